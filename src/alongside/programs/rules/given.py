"""What people put into a program: how it stands to professional work, and which sums may be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.programs.rules.faults import gettext_noop as _

# How people's input stands to that of professionals.
# Source: Bovaird, Public Administration Review 67 (2007) 846: substitutive and additive co-production.
KINDS = {
    "replacing": _("instead of professional work"),
    "adding": _("beside professional work"),
    "supported": _("with a professional's support"),
}
PAYS = (False, True)


@dataclass(frozen=True)
class Given:
    """One entry: minutes of one kind; `who` is None where nobody is named."""

    kind: str
    is_paid: bool
    minutes: int
    who: object = None


@dataclass(frozen=True)
class Sum:
    """Minutes of several entries; None where they would tell what single people gave."""

    minutes: int | None


@dataclass(frozen=True)
class Row:
    kind: str
    unpaid: Sum
    paid: Sum
    both: Sum


@dataclass(frozen=True)
class Table:
    rows: Sequence[Row]
    all: Sum

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((row.both.minutes or 0 for row in self.rows), default=0)


def summed(entries: Iterable[Given], *, fewest: int) -> Table:
    """Minutes by kind, paid and unpaid, where no difference of two sums shown tells of fewer than `fewest` people."""
    given = list(entries)
    rows = []
    unknown: list[Given] = []
    for kind in KINDS:
        cells = [[each for each in given if each.kind == kind and each.is_paid is pay] for pay in PAYS]
        hidden = [each for cell in cells if _tells(cell, fewest) for each in cell]
        both_hidden = _tells(hidden, fewest)
        unpaid, paid = (_sum(cell, is_hidden=_tells(cell, fewest)) for cell in cells)
        rows.append(Row(kind, unpaid, paid, _sum(cells[0] + cells[1], is_hidden=both_hidden)))
        unknown += hidden if both_hidden else []
    return Table(rows, _sum(given, is_hidden=_tells(unknown, fewest)))


def _tells(entries: Sequence[Given], fewest: int) -> bool:
    """Would the sum tell what single people gave? Entries that name nobody tell of nobody."""
    return 0 < len({each.who for each in entries if each.who is not None}) < fewest


def _sum(entries: Sequence[Given], *, is_hidden: bool) -> Sum:
    return Sum(None if is_hidden else sum(each.minutes for each in entries))


def width(minutes: int | None, most: int) -> int:
    """A bar's length in thousandths of the longest one."""
    return round(1000 * minutes / most) if minutes and most else 0
