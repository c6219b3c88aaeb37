"""The books at a glance, made ready to show: by month, by kind of help, by direction; no names.

Who does not keep the books sees no number behind which fewer than five exchanges or people stand.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from alongside.people.models import Community
from alongside.timebank import rules
from alongside.timebank.ledger import books
from alongside.timebank.ledger.books import MonthLine
from alongside.timebank.models import AccountMonth, Category, Transfer
from alongside.timebank.models.accounts import Kind
from alongside.timebank.showing.periods import month_after, month_name
from alongside.ui.words import hours_text

HELPING = (Transfer.Kind.EXCHANGE, Transfer.Kind.IMPORT)
DIRECTIONS = {
    "people": gettext_lazy("People helped each other"),
    "to_bodies": gettext_lazy("People helped organisations"),
    "from_bodies": gettext_lazy("Organisations helped people"),
    "between_bodies": gettext_lazy("Organisations helped each other"),
    "into_pots": gettext_lazy("Into pots"),
    "out_of_pots": gettext_lazy("Out of pots"),
    "elsewhere": gettext_lazy("With other communities"),
    "opening": gettext_lazy("Opening balances"),
}
_POTS = (Kind.GROUP_POT, Kind.COMMUNITY_POT)


def direction_of(payer_kind: str, payee_kind: str) -> str:
    """From which kind of account to which, as a key of DIRECTIONS; hours flow to who helped."""
    if Kind.ISSUANCE in (payer_kind, payee_kind):
        return "opening"
    if Kind.PARTNER in (payer_kind, payee_kind):
        return "elsewhere"
    if payee_kind in _POTS:
        return "into_pots"
    if payer_kind in _POTS:
        return "out_of_pots"
    helped, helper = (kind == Kind.ORGANISATION for kind in (payer_kind, payee_kind))
    return {(False, False): "people", (True, False): "to_bodies", (False, True): "from_bodies"}.get(
        (helped, helper), "between_bodies"
    )


@dataclass(frozen=True)
class Cell:
    """An amount, and the number of exchanges behind it; `hidden` when it is too small to be shown."""

    minutes: int = 0
    count: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table; `width` is its total in thousandths of the longest line's."""

    name: str
    cells: list[Cell]
    total: Cell
    width: int = 0


@dataclass(frozen=True)
class Glance:
    """Hours of exchanges, month by month and by kind of help; and everything by direction."""

    months: list[date]
    by_month: list[Row]
    by_category: list[Row]
    by_direction: list[Row]
    total: Cell
    people: Cell
    lines: list[MonthLine]
    categories: dict[UUID, str]

    def sentence(self) -> str:
        """What the picture shows, in one or two sentences."""
        if not self.total.minutes and not self.total.hidden:
            return _("No help was written down in these months.")
        if self.total.hidden:
            return _("There was too little help in these months to show how much.")
        facts = {"hours": hours_text(self.total.minutes)}
        shown = [row for row in self.by_month if row.total.minutes > 0 and not row.total.hidden]
        if not shown:
            return _("In these months people helped for %(hours)s.") % facts
        best = max(shown, key=lambda row: row.total.minutes)
        facts |= {"month": best.name, "most": hours_text(best.total.minutes)}
        return _("In these months people helped for %(hours)s. The most was in %(month)s, with %(most)s.") % facts


def glance(community: Community, *, since: date, until: date, direction: str, small_numbers: bool) -> Glance:
    """The books from the month of `since` to that of `until`; `direction`: a key of DIRECTIONS, or "" for all."""
    lines = books.by_month(community, since=since, until=until)
    helping = [line for line in lines if line.kind in HELPING and direction in ("", _direction(line))]
    months = list(_months(since, until))
    names = dict(Category.objects.of(community).in_order().values_list("pk", "name"))
    reached = books.people_reached(community, since=since, until=until)
    # Behind a sum stand no more people than took part at all.
    people = reached or None
    active = {} if small_numbers else _people_by_month(community, since, until)
    fewest = 0 if small_numbers else rules.FEWEST_SHOWN
    by_month = _one_column(
        [(month_name(month), [line for line in helping if line.month == month], active.get(month)) for month in months],
        fewest,
    )
    by_direction = _one_column(
        [(str(name), [line for line in lines if _direction(line) == key], people) for key, name in DIRECTIONS.items()],
        fewest,
    )
    total = _cell(helping)
    return Glance(
        months=months,
        by_month=by_month,
        by_category=_table(helping, months, names, active, people, fewest),
        by_direction=[row for row in by_direction if row.total.count or row.total.minutes or row.total.hidden],
        total=Cell(total.minutes, total.count, 0 < _behind(total, people) < fewest),
        people=Cell(0, reached, 0 < reached < fewest),
        lines=lines,
        categories=names,
    )


def _direction(line: MonthLine) -> str:
    return direction_of(line.payer_kind, line.payee_kind)


def _months(since: date, until: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = month_after(month)


def _cell(lines: Sequence[MonthLine]) -> Cell:
    return Cell(sum(line.minutes for line in lines), sum(line.transfers for line in lines))


def _people_by_month(community: Community, since: date, until: date) -> dict[date, int]:
    active = AccountMonth.objects.of(community).filter(
        month__range=(since.replace(day=1), until), account__kind=Kind.PERSON
    )
    return dict(active.order_by().values_list("month").annotate(people=Count("account")))


def _behind(cell: Cell, people: int | None) -> int:
    """How many exchanges stand behind a cell, or people of its months when those are fewer."""
    return cell.count if people is None else min(cell.count, people)


def _one_column(groups: list[tuple[str, list[MonthLine], int | None]], fewest: int) -> list[Row]:
    totals = [_cell(lines) for _name, lines, _people in groups]
    behind = [_behind(total, people) for total, (_name, _lines, people) in zip(totals, groups, strict=True)]
    hidden = rules.hidden_places(behind, fewest=fewest)
    longest = max((total.minutes for place, total in enumerate(totals) if place not in hidden), default=0) or 1
    return [
        Row(
            name,
            [],
            Cell(total.minutes, total.count, place in hidden),
            0 if place in hidden else max(0, round(total.minutes / longest * 1000)),
        )
        for place, ((name, _lines, _people), total) in enumerate(zip(groups, totals, strict=True))
    ]


def _table(
    lines: list[MonthLine],
    months: list[date],
    names: dict[UUID, str],
    active: dict[date, int],
    people: int | None,
    fewest: int,
) -> list[Row]:
    """A row for each kind of help that was given, a cell for each month."""
    found: dict[UUID | None, dict[date, list[MonthLine]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        found[line.category_id][line.month].append(line)
    order = [category for category in (*names, None) if category in found]
    cells = [[_cell(found[category][month]) for month in months] for category in order]
    behind = [[_behind(cell, active.get(month)) for cell, month in zip(row, months, strict=True)] for row in cells]
    hidden = rules.hidden_cells(behind, fewest=fewest)
    totals = [Cell(sum(cell.minutes for cell in row), sum(cell.count for cell in row)) for row in cells]
    hidden_totals = rules.hidden_places([_behind(total, people) for total in totals], fewest=fewest)
    return [
        Row(
            names[category] if category else _("Without a kind"),
            [Cell(cell.minutes, cell.count, (r, c) in hidden) for c, cell in enumerate(row)],
            Cell(total.minutes, total.count, r in hidden_totals),
        )
        for r, (category, row, total) in enumerate(zip(order, cells, totals, strict=True))
    ]


def as_rows(seen: Glance, *, small_numbers: bool) -> Iterator[Sequence[object]]:
    """The same figures as a table for spreadsheets: all of them, or without the small ones."""
    in_minutes = pgettext("a length of time", "Minutes")
    if small_numbers:
        yield (_("Month"), _("Kind of help"), _("What it was"), _("Direction"), in_minutes, _("How many"))
        kinds = dict(Transfer.Kind.choices)
        for line in seen.lines:
            category = seen.categories.get(line.category_id, "") if line.category_id else ""
            direction = DIRECTIONS[_direction(line)]
            yield (f"{line.month:%Y-%m}", category, kinds[line.kind], direction, line.minutes, line.transfers)
        return
    yield (_("Month"), _("Kind of help"), in_minutes, _("How many"))
    for row in seen.by_category:
        for month, cell in zip(seen.months, row.cells, strict=True):
            if cell.hidden:
                yield (f"{month:%Y-%m}", row.name, _("fewer than 5, or hidden with it"), "")
            elif cell.count:
                yield (f"{month:%Y-%m}", row.name, cell.minutes, cell.count)
