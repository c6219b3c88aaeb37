"""The section `visits` of a blueprint: phases, how long, who visits, and how many families one person has."""

from collections.abc import Iterator
from datetime import date

from alongside.programs.rules import words
from alongside.programs.rules.faults import Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import Choice, ListOf, NameOf, Table, Text, Whole, length, period, unknown
from alongside.programs.rules.times import after
from alongside.wellbeing.rules.phases import ENROLMENT, THE_DAY

COUNTS_FROM = {
    ENROLMENT: _("the day of enrolment"),
    THE_DAY: _("the day that everything turns on"),
}
EVERY = {
    "week": _("every week"),
    "two weeks": _("every two weeks"),
    "four weeks": _("every four weeks"),
    "month": _("every month"),
    "three months": _("every three months"),
}
# Longer than any program that visits people.
LONGEST_YEARS = 10

PHASE = Table(
    of={
        "name": Text(longest=60, label=_("Name"), must=True),
        "counts_from": Choice(of=COUNTS_FROM, label=_("Counts from"), must=True),
        "every": Choice(of=EVERY, label=_("How often"), must=True),
        "times": Whole(least=1, most=120, label=_("How many visits")),
        "until": period(label=_("Until"), help=_("how long after the day it counts from")),
    }
)
VISITS = Table(
    label=_("Visits"),
    help=_("by phases, on the agenda of the person who is visited"),
    of={
        "day": Text(longest=60, label=_("The day that everything turns on"), help=_("a birth, a move, a first day")),
        "length": length(label=_("How long"), must=True),
        "who": NameOf(section="roles", label=_("Which role visits"), must=True),
        "most": Whole(least=1, most=200, label=_("At most this many for one visitor"), must=True),
        "topics": ListOf(
            of=Text(longest=80),
            label=_("Topics to choose from"),
            help=_("one a line; people bring their own as well"),
            most=20,
        ),
        "phases": ListOf(of=PHASE, label=_("Phases"), help=_("in the order in which they come"), least=1, most=12),
    },
)


def _visits_fit(design: Design) -> Iterator[Fault]:
    visits = design.get("visits")
    if not visits:
        return
    roles, phases = design.get("roles", {}), visits.get("phases", [])
    if visits["who"] not in roles:
        yield unknown(visits["who"], ("visits", "who"), roles)
    if not phases:
        yield Fault(("visits", "phases"), _('"%(key)s" is missing'), facts={"key": "phases"})
    names: set[str] = set()
    after_the_day = False
    for number, each in enumerate(phases):
        place = ("visits", "phases", number)
        if each["name"] in names:
            yield Fault((*place, "name"), _('"%(key)s" stands here twice'), facts={"key": each["name"]})
        names.add(each["name"])
        is_after = each["counts_from"] == THE_DAY
        if after_the_day and not is_after:
            yield Fault((*place, "counts_from"), _("what counts from enrolment comes before what counts from the day"))
        after_the_day = after_the_day or is_after
        ends = "times" in each or "until" in each
        if not ends and (is_after or "day" not in visits):
            yield Fault((*place, "times"), _("this phase never ends"), _("say how many visits, or until when"))
        if not ends and number + 1 < len(phases) and phases[number + 1]["counts_from"] == ENROLMENT:
            yield Fault((*place, "times"), _("nothing can come after a phase that goes on until the day"))
        if "until" in each and _is_too_long(each["until"]):
            yield Fault((*place, "until"), _("at most %(years)s years fit"), facts={"years": LONGEST_YEARS})
    if after_the_day and "day" not in visits:
        yield Fault(("visits", "day"), _('"%(key)s" is missing'), _("what is that day called?"), {"key": "day"})


def _is_too_long(period: str) -> bool:
    start = date(2000, 1, 1)
    try:
        return after(start, period) > start.replace(year=start.year + LONGEST_YEARS)
    except OverflowError:
        return True


VISITING_ROLES = tuple(words.ROLES)
SECTION = Section("visits", VISITS, icon="house", check=_visits_fit)
