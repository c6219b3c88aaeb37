"""What a ballot says, as one short text: so that every kind is kept, keyed from paper, sealed and counted alike.

Options are numbered from 1, as they stand on the ballot.

    word     "yes", "no"
    step     "1" (veto) to "8" (wholehearted support)
    marks    the options that one ticks, "1,4"
    ranks    the options in order, the best first, "3>1>2"; what is left out stands below
    points   options with their points, "1=5,4=2"
    all      "abstain": I leave it to the others
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

ABSTAIN = "abstain"
MOST_OPTIONS, MOST_POINTS = 24, 5
STEPS = range(1, 9)

Said = TypeVar("Said", list[int], dict[int, int])

_WORDS = {"yes", "no"}
_NUMBER = re.compile(r"[1-9]\d?", re.ASCII)


class Style(StrEnum):
    """How a ballot is filled in."""

    WORD = "word"
    STEP = "step"
    MARKS = "marks"
    RANKS = "ranks"
    POINTS = "points"


class NotABallot(ValueError):
    """The text says nothing that can be counted. `why`: empty, unknown, twice, order or points."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def checked(style: Style, text: str, *, options: int = 0) -> str:
    """The text, when it is a ballot of this style with so many options, written as it is kept. Raises NotABallot."""
    if not text:
        raise NotABallot("empty")
    if text == ABSTAIN and style is not Style.STEP:
        return text
    if style in (Style.WORD, Style.STEP):
        if text not in (_WORDS if style is Style.WORD else set(map(str, STEPS))):
            raise NotABallot("unknown")
        return text
    if style is Style.POINTS:
        return points_text(_known(points_of(text), options))
    if style is Style.RANKS:
        return ranks_text(_known(ranks_of(text), options))
    return marks_text(_known(marks_of(text), options))


def marks_of(text: str) -> list[int]:
    """The ticked options; none for who abstains."""
    return [] if text == ABSTAIN else [_number(one) for one in text.split(",")]


def ranks_of(text: str) -> list[int]:
    """The options, the best first; none for who abstains."""
    return [] if text == ABSTAIN else [_number(one) for one in text.split(">")]


def points_of(text: str) -> dict[int, int]:
    """The points of each option that got any; none for who abstains. Raises NotABallot."""
    if text == ABSTAIN:
        return {}
    found: dict[int, int] = {}
    for piece in text.split(","):
        option, _, points = piece.partition("=")
        if _number(option) in found:
            raise NotABallot("twice")
        if not points.isascii() or not points.isdigit() or not 1 <= int(points[:3]) <= MOST_POINTS:
            raise NotABallot("points")
        found[_number(option)] = int(points)
    return found


def marks_text(options: Iterable[int]) -> str:
    """Ticks as they are kept. Raises NotABallot for an empty ballot, and an option ticked twice."""
    ticked = sorted(options)
    if not ticked:
        raise NotABallot("empty")
    return ",".join(map(str, _once(ticked)))


def ranks_text(options: Iterable[int]) -> str:
    """An order as it is kept. Raises NotABallot for an empty ballot, and an option that stands there twice."""
    order = list(options)
    if not order:
        raise NotABallot("empty")
    return ">".join(map(str, _once(order)))


def points_text(points: Mapping[int, int]) -> str:
    """Points as they are kept; options with none are left out. Raises NotABallot for an empty ballot."""
    given = {option: many for option, many in sorted(points.items()) if many}
    if not given:
        raise NotABallot("empty")
    return ",".join(f"{option}={many}" for option, many in given.items())


def order_from(places: Mapping[int, int]) -> str:
    """The order of options that were numbered 1, 2, 3 …; those without a number are left out.

    Raises NotABallot: empty; twice, when two have the same number; order, when a number between is missing.
    """
    by_place = sorted(places.items(), key=lambda pair: pair[1])
    found = [place for _option, place in by_place]
    if len(set(found)) < len(found):
        raise NotABallot("twice")
    if found != list(range(1, len(found) + 1)):
        raise NotABallot("order")
    return ranks_text(option for option, _place in by_place)


def cells(style: Style, text: str) -> frozenset[str]:
    """The single things a ballot says, each of which gives a voter away when all of a side say it."""
    if text == ABSTAIN or style in (Style.WORD, Style.STEP):
        return frozenset({text})
    if style is Style.RANKS:
        return frozenset(f"{place}:{option}" for place, option in enumerate(ranks_of(text), 1))
    return frozenset(text.split(","))


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise NotABallot("unknown")
    return int(text)


def _once(options: list[int]) -> list[int]:
    if len(set(options)) < len(options):
        raise NotABallot("twice")
    return options


def _known(said: Said, options: int) -> Said:
    if any(option > options for option in said):
        raise NotABallot("unknown")
    return said
