"""Why a count came out as it did: steps with a code and facts, put into words by whoever shows them.

The codes and their English words stand in `wording`. Other languages translate those.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from alongside.decisions.rules.exact import shown, written
from alongside.decisions.rules.wording import ENGLISH

Fact = str | int | Fraction | tuple[str, ...]
# Facts that hold ids of what was voted on or of a side, and are shown by their names.
NAMED = {"what", "over", "others", "side"}


@dataclass(frozen=True)
class Step:
    """One thing that happened in a count. `side`: whom it is about, "" for everybody."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    side: str = ""

    def as_data(self) -> dict[str, object]:
        """The step as plain values for JSON; fractions as "29/40"."""
        about = {"side": self.side} if self.side else {}
        return {"code": self.code, **about, **{name: _plain(fact) for name, fact in self.facts.items()}}


def step(code: str, /, *, side: str = "", **facts: Fact) -> Step:
    """Write `step("passed", side="staff", yes=3)`."""
    return Step(code, facts, side)


def in_english(steps: Iterable[Step], names: Mapping[str, str] | None = None) -> list[str]:
    """One plain sentence or two for each step. `names`: how ids are called."""
    return [_sentence(one, names or {}) for one in steps]


def for_side(steps: Sequence[Step], side: str) -> list[Step]:
    """What a side is told: the steps about it and the steps about everybody."""
    return [one for one in steps if one.side in ("", side)]


def _sentence(one: Step, names: Mapping[str, str]) -> str:
    facts = {"side": one.side, **one.facts}
    said = {name: _said(fact, names if name in NAMED else {}) for name, fact in facts.items()}
    return ENGLISH[one.code].format(**said)


def _said(fact: Fact, names: Mapping[str, str]) -> str:
    if isinstance(fact, tuple):
        return ", ".join(names.get(one, one) for one in fact)
    if isinstance(fact, str):
        return names.get(fact, fact)
    return shown(fact)


def _plain(fact: Fact) -> object:
    if isinstance(fact, tuple):
        return list(fact)
    return fact if isinstance(fact, str) else written(fact)
