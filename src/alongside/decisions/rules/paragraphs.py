"""A text in paragraphs, so that people can speak about one of them."""

import re


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`, in order; none of them is empty.

    Empty lines set paragraphs apart. A text without an empty line has a paragraph in each line.
    """
    parts = re.split(r"\n[^\S\n]*\n+", text.strip()) if re.search(r"\n[^\S\n]*\n", text.strip()) else text.split("\n")
    return [part.strip() for part in parts if part.strip()]


def with_paragraph(text: str, number: int, words: str) -> str:
    """Return `text` with other words in its paragraph `number`, counted from 1; the others stay as they are."""
    parts = paragraphs(text)
    parts[number - 1] = words.strip()
    return "\n\n".join(parts)
