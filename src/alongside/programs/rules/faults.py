"""What is wrong with a blueprint or a design: where, why, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]


def gettext_noop(text: str) -> str:
    """Mark words for the translators; pages translate them when they show them."""
    return text


@dataclass(frozen=True)
class Fault:
    """`reason` and `hint` are sentences with the names of `facts` in them, as %(name)s; `line` counts from 1."""

    path: Path
    reason: str
    hint: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None

    @property
    def where(self) -> str:
        """The place in words that a file shows: sessions.plan[3].title, counted from 1."""
        told = ""
        for step in self.path:
            told += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if told else step
        return told

    def __str__(self) -> str:
        told = [f"line {self.line}" if self.line else "", self.where, self.reason % self.facts]
        hint = f" ({self.hint % self.facts})" if self.hint else ""
        return ": ".join(part for part in told if part) + hint


class DoesNotFit(Exception):
    """A blueprint or design cannot be; `faults` says all that is wrong, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)
