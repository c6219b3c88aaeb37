"""What all readers share: from bytes to lines, and refusals that name the line and what was expected."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from alongside.decisions.rules.exact import number
from alongside.decisions.rules.schulze import Ranked

MOST_BYTES = 100 * 1024 * 1024
MOST_CHOICES = 10_000
_SHORT = 10
_WHOLE = re.compile(r"[0-9]{1,12}")


class BadFile(Exception):
    """The file cannot be counted. `line`: where, from 1, or None for the file as a whole."""

    def __init__(self, expected: str, *, line: int | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.line = line


@dataclass(frozen=True)
class Rankings:
    """Ranked ballots: ids of the candidates, their names, and ballots as ranks of equals with how many like it."""

    candidates: Sequence[str]
    ballots: Sequence[Ranked]
    names: dict[str, str] = field(default_factory=dict)
    seats: int | None = None

    def strict(self) -> list[tuple[tuple[str, ...], int]]:
        """Ballots without ties. Raises BadFile where a ballot holds one."""
        try:
            return [(tuple([one for (one,) in ranks]), many) for ranks, many in self.ballots]
        except ValueError:  # more or fewer than one in a rank
            raise BadFile(
                "expected ballots without ties: this rule needs each candidate at a place of its own"
            ) from None


def read_text(path: Path, *, holds: str = "ballots") -> str:
    """The text of a file: UTF-8, with or without mark, or UTF-16 with its mark; line ends as "\\n"."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(f"expected a file of at most {MOST_BYTES // 1024 // 1024} MB")
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(f"expected a file that can be read ({error.strerror})") from None
    return decoded(data, holds=holds)


def decoded(data: bytes, *, holds: str = "ballots") -> str:
    """The text of bytes, see `read_text`."""
    if not data.strip():
        raise BadFile(f"expected {holds}, and the file is empty")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = None if wide else data.count(b"\n", 0, error.start) + 1
        raise BadFile("expected text in UTF-8", line=line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise BadFile("expected text, found a zero byte", line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def whole(text: str, what: str, *, line: int | None, least: int = 0, most: int = 10**12) -> int:
    """A whole number within bounds, or a refusal that says what was expected."""
    if len(text) < _SHORT and text.isascii() and text.isdecimal() and least <= (number := int(text)) <= most:
        return number  # nearly all are such, and there may be a million
    if not _WHOLE.fullmatch(text.strip()) or not least <= int(text) <= most:
        raise BadFile(f"expected {what} as a whole number from {least} to {most}, found {cut(text)}", line=line)
    return int(text)


def amount(text: str, what: str, *, line: int | None) -> Fraction:
    """A number that is not negative, with decimals after "." or ","."""
    try:
        found = number(text.replace(",", "."))
    except ValueError:
        found = Fraction(-1)
    if found < 0:
        raise BadFile(f"expected {what} as a number of 0 or more, found {cut(text)}", line=line)
    return found


def cut(text: str) -> str:
    """Text quoted for a message, never long, never more than a line."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text[:40])
    return f'"{shown}…"' if len(text) > 40 else f'"{shown}"'


def distinct(lines: Sequence[str], first: int) -> Iterator[tuple[str, int, int]]:
    """Equal lines once: the text, how many there are, and the number of the first; `first` is that of lines[0]."""
    counted = Counter(lines)
    if len(counted) == len(lines):
        yield from ((text, 1, place) for place, text in enumerate(lines, first))
        return
    place_of = {text: place for place, text in reversed(list(enumerate(lines, first)))}
    for text, many in counted.items():
        yield text, many, place_of[text]
