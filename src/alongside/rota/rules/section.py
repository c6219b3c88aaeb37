"""The section `rota` of a blueprint: the duties of an opening day, what each family owes, and what keeps it safe."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from alongside.programs.rules import words
from alongside.programs.rules.faults import Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import (
    Choice,
    ListOf,
    Shape,
    Table,
    Text,
    Whole,
    Written,
    YesNo,
    length,
    period,
    time_of_day,
)
from alongside.programs.rules.times import LONGEST_MINUTES, minutes_of, time_of
from alongside.rota.rules.opening import Section as Rules
from alongside.rota.rules.opening import checked_needed, works

NAME = "rota"
MONTH, ROTA = "month", "rota"
CALENDAR_DAYS, OPENING_DAYS = "calendar days", "opening days"
OWED_EACH = {MONTH: _("each month"), ROTA: _("each rota")}
COUNTED_IN = {CALENDAR_DAYS: _("days of the calendar"), OPENING_DAYS: _("opening days")}
# The longest month, and the weeks and the turns of a weekday that can lie in one.
MONTH_DAYS, MONTH_WEEKS, MONTH_TURNS = 31, 6, 5
_MONEY = re.compile(r"(\d{1,6})(?:\.(\d{2}))? ([A-Z]{3})", re.ASCII)


class Money(NamedTuple):
    """An amount in the smallest units that are written: 1250 and "GBP" are 12.50 GBP."""

    minor: int
    currency: str


def money_of(text: str) -> Money:
    """Read "12.50 GBP" or "12 GBP". Raises ValueError for anything else, and for nothing."""
    found = _MONEY.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    minor = 100 * int(found[1]) + int(found[2] or 0)
    if not minor:
        raise ValueError(text)
    return Money(minor, found[3])


def _checks(label: str, **told: Any) -> ListOf:
    return ListOf(of=Text(longest=80), label=label, help=_("checks and training by their names, one a line"), **told)


DUTY: dict[str, Shape] = {
    "name": Text(longest=60, label=_("Name"), must=True),
    "people": Whole(least=1, most=20, label=_("How many people"), must=True),
    "on": ListOf(
        of=Choice(of=words.WEEKDAYS),
        label=_("On which days"),
        help=_("none: at every session of the program"),
        most=7,
    ),
    "starts": time_of_day(label=_("Starts at")),
    "length": length(label=_("How long")),
    "everybody_has": _checks(_("What everybody on it needs"), most=12),
    "somebody_has": _checks(_("What at least one of them needs"), most=12),
    "counts_in_ratio": YesNo(label=_("Counts in the number of adults")),
}
PATTERN: dict[str, Shape] = {
    "name": Text(longest=40, label=_("Name"), must=True),
    "least": Whole(most=60, label=_("At least this many duties"), must=True),
    "most": Whole(least=1, most=60, label=_("At most this many duties")),
    "share": Whole(least=1, most=20, label=_("How large a share of the rest")),
}
RATIO: dict[str, Shape] = {
    "children": Whole(least=1, most=500, label=_("Children at a time")),
    "for_one_adult": Whole(least=1, most=100, label=_("Children for one adult at most")),
    "adults": Whole(least=1, most=50, label=_("Adults at least")),
    "staff": Whole(most=50, label=_("Staff among these adults")),
    "counts_with": _checks(_("Checks without which nobody counts"), least=1, most=12, must=True),
}
FEE: dict[str, Shape] = {
    "each": Written(
        read=money_of, example="12.50 GBP", what=_("an amount of money belongs here"), label=_("For each duty not done")
    ),
    "words": Text(longest=200, label=_("In words")),
    "free_because": ListOf(of=Text(longest=80), label=_("Reasons to be free of it"), help=_("one a line"), most=12),
}
SPACING: dict[str, Shape] = {
    "days": Whole(least=1, most=60, label=_("Days from one duty to the next"), must=True),
    "counted_in": Choice(of=COUNTED_IN, label=_("Counted in")),
}
SHAPE = Table(
    label=_("Rota"),
    help=_("who does which duty, shared out fairly and safely"),
    of={
        "ahead": period(label=_("How far ahead it is made")),
        "duties": ListOf(of=Table(of=DUTY), label=_("Duties"), help=_("of every opening day"), least=1, most=12),
        "owed": ListOf(of=Table(of=PATTERN), label=_("What a family owes, by how it takes part"), most=8),
        "owed_each": Choice(of=OWED_EACH, label=_("Owed")),
        "fair_within": Whole(most=20, label=_("Nobody further from an equal share than")),
        "spacing": Table(of=SPACING, label=_("Days between the duties of a family")),
        "most_a_week": Whole(least=1, most=14, label=_("At most this many duties of a family in a week")),
        "ratio": Table(of=RATIO, label=_("Adults for the children")),
        "fee": Table(of=FEE, label=_("Where a duty was not done")),
    },
)


def _rota_fits(design: Design) -> Iterator[Fault]:
    rules = design.get(NAME)
    if not rules:
        return
    if not rules.get("duties"):
        yield Fault((NAME, "duties"), _('"%(key)s" is missing'), facts={"key": "duties"})
    yield from _duties_fit(rules.get("duties", []), has_sessions=bool(design.get("sessions")))
    yield from _names_differ(rules)
    yield from _owed_fits(rules)
    yield from _ratio_fits(rules)
    fee = rules.get("fee")
    if fee is not None and not fee.get("each") and not fee.get("words"):
        yield Fault((NAME, "fee", "each"), _('"%(key)s" is missing'), _("an amount, or words"), {"key": "each"})


def _duties_fit(duties: list[Mapping[str, Any]], *, has_sessions: bool) -> Iterator[Fault]:
    for number, duty in enumerate(duties):
        place = (NAME, "duties", number)
        if not duty.get("on") and not has_sessions:
            yield Fault((*place, "on"), _("there are no sessions it could be at"), _("say on which days of the week"))
        for key in ("starts", "length"):
            if duty.get("on") and key not in duty:
                yield Fault((*place, key), _('"%(key)s" is missing'), facts={"key": key})
        if "starts" in duty and "length" in duty:
            begins = time_of(duty["starts"])
            if 60 * begins.hour + begins.minute + minutes_of(duty["length"]) > LONGEST_MINUTES:
                yield Fault((*place, "length"), _("a duty ends on the day on which it starts"))


def _names_differ(rules: Rules) -> Iterator[Fault]:
    for kind in ("duties", "owed"):
        seen: set[str] = set()
        for number, each in enumerate(rules.get(kind, [])):
            if each["name"].casefold() in seen:
                yield Fault((NAME, kind, number, "name"), _('"%(key)s" stands here twice'), facts={"key": each["name"]})
            seen.add(each["name"].casefold())


def _owed_fits(rules: Rules) -> Iterator[Fault]:
    possible = _most_in_a_month(rules) if rules.get("owed_each", MONTH) == MONTH else None
    for number, each in enumerate(rules.get("owed", [])):
        place = (NAME, "owed", number)
        if each.get("most") is not None and each["most"] < each["least"]:
            facts = {"least": each["least"], "most": each["most"]}
            yield Fault((*place, "most"), _("at least %(least)s, and at most %(most)s, cannot both be"), facts=facts)
        if possible is not None and each["least"] > possible:
            yield Fault(
                (*place, "least"),
                _("nobody can do %(least)s duties in a month: at most %(possible)s fit"),
                _("let there be fewer, less far apart, or more of them in a week"),
                {"least": each["least"], "possible": possible},
            )


def _most_in_a_month(rules: Rules) -> int | None:
    """How many duties a family can have in the longest month; None where nothing limits it."""
    limits = []
    if "most_a_week" in rules:
        limits.append(MONTH_WEEKS * rules["most_a_week"])
    if spacing := rules.get("spacing"):
        days = MONTH_DAYS
        duties = rules.get("duties", [])
        if spacing.get("counted_in") == OPENING_DAYS and all(duty.get("on") for duty in duties):
            days = min(days, MONTH_TURNS * len({day for duty in duties for day in duty["on"]}))
        limits.append(-(-days // spacing["days"]))
    return min(limits, default=None)


def _ratio_fits(rules: Rules) -> Iterator[Fault]:
    ratio = rules.get("ratio")
    if ratio is None:
        return
    place = (NAME, "ratio")
    if ("children" in ratio) != ("for_one_adult" in ratio):
        missing = "for_one_adult" if "children" in ratio else "children"
        yield Fault((*place, missing), _('"%(key)s" is missing'), _("the two belong together"), {"key": missing})
    elif "children" not in ratio and "adults" not in ratio:
        yield Fault((*place, "adults"), _('"%(key)s" is missing'), _("how many adults are needed?"), {"key": "adults"})
    needed = checked_needed(rules)
    for day in words.WEEKDAYS:
        there = [
            duty
            for duty in rules.get("duties", [])
            if day in duty.get("on", []) and {"starts", "length"} <= duty.keys()
        ]
        for group in works(there):
            people = sum(there[one]["people"] for one in group)
            if people < needed:
                yield Fault(
                    (*place, "adults" if "adults" in ratio else "children"),
                    _("%(needed)s adults are needed besides staff, but the duties bring %(people)s"),
                    _("ask for more people on a duty, or count more staff"),
                    {"needed": needed, "people": people},
                )
                return


SECTION = Section(NAME, SHAPE, icon="calendar-check", check=_rota_fits)
