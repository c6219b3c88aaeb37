"""What changed between two texts, paragraph by paragraph and word by word, as a person would mark it by hand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from alongside.decisions.rules.paragraphs import paragraphs

# Two paragraphs that share less than this part of their words are two paragraphs, not one that changed.
LEAST_ALIKE = 0.4
# Comparing costs a step for each pair of equal words, and at worst that many times over. Beyond this the text says
# the same few words again and again, and is shown as taken out and put in whole.
MOST_PAIRS = 20_000
# Fewer words that stayed than this, between two changes, belong to one change: easier to read.
FEWEST_KEPT = 2

# Beyond so many paragraphs on both sides, multiplied, two texts are compared as one paragraph each.
MOST_PARAGRAPH_PAIRS = 40_000

_OPENING, _CLOSING = '(["“«¿¡', '.,;:!?…)]"”»'


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words in a row that stayed, were taken out or were put in."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Compared:
    """One paragraph of the old text, the new text or both, in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        """ "same", "removed", "added", or "changed" when it has pieces of several kinds."""
        kinds = {piece.kind for piece in self.pieces}
        return kinds.pop().value if len(kinds) == 1 else "changed"


@dataclass(frozen=True)
class Tally:
    """How many words were put in and taken out."""

    added: int
    removed: int


def compare(old: str, new: str) -> list[Compared]:
    """Return every paragraph of both texts, in the order in which one would read them.

    Taking the pieces that stayed and those taken out gives the words of `old`; those that stayed
    and those put in, the words of `new`. White space alone is no change.
    """
    before, after = paragraphs(old), paragraphs(new)
    return list(_compared(before, after))


def tally(compared: Sequence[Compared]) -> Tally:
    """Count the words put in and taken out."""
    counts = Counter[Kind]()
    for paragraph in compared:
        for piece in paragraph.pieces:
            counts[piece.kind] += len(re.findall(r"\w+(?:['’-]\w+)*", piece.text))
    return Tally(added=counts[Kind.ADDED], removed=counts[Kind.REMOVED])


def _compared(before: list[str], after: list[str]) -> Iterator[Compared]:
    if len(before) * len(after) > MOST_PARAGRAPH_PAIRS:
        before, after = ["\n".join(before)], ["\n".join(after)]
    folded = [" ".join(each.split()) for each in before], [" ".join(each.split()) for each in after]
    for what, start, end, new_start, new_end in SequenceMatcher(None, *folded, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (_whole(Kind.SAME, text) for text in after[new_start:new_end])
        else:
            yield from _gone_first(_replaced(before[start:end], after[new_start:new_end]))


def _gone_first(compared: Iterable[Compared]) -> Iterator[Compared]:
    """Of paragraphs in a row that are whole, those taken out before those put in: what was, then what is."""
    for _is_whole, run in groupby(compared, key=lambda each: each.kind != "changed"):
        # Sorting keeps the order of equals, and those that changed inside are all equal here.
        yield from sorted(run, key=lambda each: each.kind == Kind.ADDED)


def _replaced(before: list[str], after: list[str]) -> Iterator[Compared]:
    """Paragraphs in the place of others: those alike are told word by word, the rest whole."""
    waiting = list(before)
    for text in after:
        place = next((place for place, old in enumerate(waiting) if _alike(old, text)), None)
        if place is None:
            yield _whole(Kind.ADDED, text)
            continue
        yield from (_whole(Kind.REMOVED, old) for old in waiting[:place])
        yield Compared(tuple(_word_by_word(waiting[place], text)))
        del waiting[: place + 1]
    yield from (_whole(Kind.REMOVED, old) for old in waiting)


def _whole(kind: Kind, text: str) -> Compared:
    return Compared((Piece(kind, text),))


def _alike(old: str, new: str) -> bool:
    """Do they share enough words, wherever these stand?"""
    before, after = Counter(_keys(_words(old))), Counter(_keys(_words(new)))
    shared = (before & after).total()
    return 2 * shared >= LEAST_ALIKE * (before.total() + after.total())


def _words(text: str) -> list[str]:
    """Words, and the marks around them, each with the space after it."""
    return [part for chunk in re.findall(r"\S+\s*", text) for part in _apart(chunk)]


def _apart(chunk: str) -> Iterator[str]:
    """A word without its brackets and stops, which are parts of their own: "(9.30)," has four."""
    word = chunk.rstrip()
    body = word.lstrip(_OPENING).rstrip(_CLOSING)
    if not body:
        yield chunk
        return
    start = len(word) - len(word.lstrip(_OPENING))
    parts = (word[:start], body, word[start + len(body) :])
    *first, last = [part for part in parts if part]
    yield from first
    yield last + chunk[len(word) :]


def _keys(words: list[str]) -> list[str]:
    return [word.rstrip() for word in words]


def _word_by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = _words(old), _words(new)
    olds, news = _keys(before), _keys(after)
    if _pairs(olds, news) > MOST_PAIRS:
        yield from (Piece(Kind.REMOVED, old), Piece(Kind.ADDED, new))
        return
    for kept, gone, come in _runs(SequenceMatcher(None, olds, news, autojunk=False), before, after):
        for kind, words in ((Kind.SAME, kept), (Kind.REMOVED, gone), (Kind.ADDED, come)):
            if words:
                yield Piece(kind, "".join(words))


def _pairs(olds: list[str], news: list[str]) -> int:
    counted, others = Counter(olds), Counter(news)
    return sum(number * others[word] for word, number in counted.items())


def _runs(
    matcher: "SequenceMatcher[str]", before: list[str], after: list[str]
) -> list[tuple[list[str], list[str], list[str]]]:
    """What stayed, and then what was taken out and put in after it, as often as that goes on."""
    runs: list[tuple[list[str], list[str], list[str]]] = [([], [], [])]
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        kept, gone, come = runs[-1]
        if what != "equal":
            gone += before[start:end]
            come += after[new_start:new_end]
        elif not (gone or come):
            kept += after[new_start:new_end]
        elif end - start < FEWEST_KEPT and end < len(before) and new_end < len(after):
            gone += before[start:end]
            come += after[new_start:new_end]
        else:
            runs.append((after[new_start:new_end], [], []))
    return runs
