"""What a row of the table found, and whether it meets its goal."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.timing import Spread

TIMES, MILLISECONDS = "×", "ms"


@dataclass(frozen=True)
class Finding:
    """One measured number. `goal` None: published without one. `at_least`: more is better."""

    what: str
    value: float
    low: float
    high: float
    unit: str
    goal: float | None = None
    at_least: bool = True
    remark: str = ""

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal


@dataclass
class Findings:
    """The findings of one row, in the order they are shown, and what one should know to read them."""

    found: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def times(
        self, what: str, spread: Spread, *, goal: float | None = None, at_least: bool = True, remark: str = ""
    ) -> None:
        """Add a ratio."""
        self.found.append(Finding(what, spread.median, spread.low, spread.high, TIMES, goal, at_least, remark))

    def milliseconds(self, what: str, spread: Spread, *, goal: float | None = None, remark: str = "") -> None:
        """Add a duration; less is better."""
        self.found.append(Finding(what, spread.median, spread.low, spread.high, MILLISECONDS, goal, False, remark))

    def write(self, path: Path) -> None:
        path.write_text(json.dumps({"found": [asdict(one) for one in self.found], "remarks": self.remarks}))

    @classmethod
    def read(cls, path: Path) -> "Findings":
        stored = json.loads(path.read_text())
        return cls([Finding(**one) for one in stored["found"]], stored["remarks"])
