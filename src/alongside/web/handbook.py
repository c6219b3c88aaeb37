"""The handbook: Markdown pages in `docs/`, read, rendered, searched. Plain Python, no Django.

A page is `docs/<kind>/<name>.md`, or `docs/<kind>/<folder>/<name>.md` where a kind has many of one sort; its Spanish
version is `<name>.es.md`. Where a translation is missing the English page stands in. Paths in this module have no
".md": "how-to/print-a-card".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

KINDS = ("tutorials", "how-to", "explanation", "reference", "adr")
EXCERPT_WORDS = 30

_TAGS = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "blockquote", "hr", "br"}
_FOLD_TAGS = {"details", "summary"}
# Examples that a machine reads are folded away: the sentences before them tell the same.
_FOLDED = {"en": "Check it yourself, in Python", "es": "Compruébalo tú, en Python"}
_TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
_HEADINGS = {"h2", "h3", "h4"}
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """One page of the handbook in one language. `translated`: written in the language asked for."""

    path: str
    title: str
    text: str
    language: str
    translated: bool

    @property
    def kind(self) -> str:
        return self.path.partition("/")[0]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Hit:
    """A page that speaks of what was asked, and the words around the first mention."""

    page: Page
    excerpt: str


def pages(folder: Path, *, language: str) -> list[Page]:
    """Every page of the handbook in `language`, by kind, then by folder, then by title."""
    found = [_page(folder, path, language) for path in _paths(folder)]
    return sorted(found, key=lambda page: (KINDS.index(page.kind), page.folder, page.title.casefold()))


def find(folder: Path, path: str, *, language: str) -> Page | None:
    """The page at `path`, or None. Only paths that the folder itself lists can be reached."""
    return _page(folder, path, language) if path in _paths(folder) else None


def _page(folder: Path, path: str, language: str) -> Page:
    own = folder / f"{path}.{language}.md"
    file = own if language != "en" and own.is_file() else folder / f"{path}.md"
    text = _read(file, file.stat().st_mtime_ns)
    translated = language == "en" or file == own
    return Page(path, _title(text), text, language if translated else "en", translated)


def as_html(page: Page, *, address: str) -> str:
    """The page without its title, as safe HTML. Links between pages lead below `address`."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(_body(page.text))
    _name_headings(tokens)
    _free_empty_corners(tokens)
    for token in _links(tokens):
        token.attrSet("href", _address_of(str(token.attrGet("href") or ""), page, address))
    html = reader.renderer.render(_with_examples_folded(tokens, page.language), reader.options, {})
    return nh3.clean(
        html,
        tags=_TAGS | _TABLE_TAGS | _FOLD_TAGS,
        attributes={"a": {"href"}, **{tag: {"id"} for tag in _HEADINGS}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _with_examples_folded(tokens: list[Token], language: str) -> list[Token]:
    folded: list[Token] = []
    for token in tokens:
        if token.type == "fence" and token.content.startswith(">>>"):
            words = _FOLDED.get(language, _FOLDED["en"])
            begin, end = (Token("html_block", "", 0) for _twice in range(2))
            begin.content, end.content = f"<details><summary>{words}</summary>\n", "</details>\n"
            folded += [begin, token, end]
        else:
            folded.append(token)
    return folded


def search(folder: Path, words: str, *, language: str, at_most: int = 20) -> list[Hit]:
    """Pages that hold every one of the words (accents and case do not matter), best first.

    A word in the title weighs as much as ten in the text.
    """
    wanted = fold(words).split()
    if not wanted:
        return []
    scored = []
    for page in pages(folder, language=language):
        title, text = fold(page.title), fold(page.text)
        if all(word in text for word in wanted):
            score = sum(10 * title.count(word) + text.count(word) for word in wanted)
            scored.append((score, Hit(page, _excerpt(page, wanted[0]))))
    scored.sort(key=lambda pair: (-pair[0], pair[1].page.title))
    return [hit for _, hit in scored[:at_most]]


def fold(text: str) -> str:
    """Lower case without accents, for comparing words: "Año" and "ano" are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _paths(folder: Path) -> list[str]:
    return [
        file.relative_to(folder).with_suffix("").as_posix()
        for kind in KINDS
        for pattern in ("*.md", "*/*.md")
        for file in sorted((folder / kind).glob(pattern))
        if "." not in file.stem
    ]


@lru_cache(maxsize=256)
def _read(file: Path, changed_at_ns: int) -> str:
    return file.read_text(encoding="utf-8")


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()


def _body(text: str) -> str:
    return text.partition("\n")[2]


def _excerpt(page: Page, word: str) -> str:
    plain = " ".join(re.sub(r"[#*`|>\[\]]|\(\S+?\)|-{3,}", " ", _body(page.text)).split())
    words = plain.split()
    first = next((place for place, found in enumerate(words) if word in fold(found)), 0)
    start = max(0, first - EXCERPT_WORDS // 3)
    piece = " ".join(words[start : start + EXCERPT_WORDS])
    return ("… " if start else "") + piece + (" …" if start + EXCERPT_WORDS < len(words) else "")


def _name_headings(tokens: list[Token]) -> None:
    """Give each heading an id of its words; a second one of the same words gets "-2"."""
    met: Counter[str] = Counter()
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag in _HEADINGS:
            name = re.sub(r"[^a-z0-9]+", "-", fold(inline.content)).strip("-")
            met[name] += 1
            heading.attrSet("id", name if met[name] == 1 else f"{name}-{met[name]}")


def _free_empty_corners(tokens: list[Token]) -> None:
    """An empty cell in a table's head heads nothing: a plain cell to those who listen."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "th_open" and not inline.content:
            opening.tag = closing.tag = "td"


def _links(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "link_open":
            yield token
        yield from _links(token.children or [])


def _address_of(link: str, page: Page, address: str) -> str:
    """Turn "../how-to/cards.md#print" into the address of that help page; leave others alone."""
    if _OUTSIDE.match(link):
        return link
    target, _, heading = link.partition("#")
    parts = page.folder.split("/")
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    path = re.sub(r"(?:\.[a-z]{2})?\.md$", "", "/".join(parts))
    return f"{address}{path}/" + (f"#{heading}" if heading else "")
