"""Who takes part, in which role, how they grow, and who does what."""

from collections.abc import Iterator, Mapping
from typing import Any

from alongside.programs.rules import words
from alongside.programs.rules.faults import Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import Choice, ListOf, MapOf, NameOf, Table, Text, Whole, YesNo, period, unknown

LIVED = {
    "by choice": _("whoever wants to says so"),
    "at least one": _("at least one of them"),
    "all": _("all of them"),
}

ROLES = MapOf(
    label=_("Roles"),
    help=_("what people can be in this program"),
    of=Table(
        of={
            "name": Text(longest=60, label=_("Name"), must=True),
            "who": Choice(of=words.ROLES, label=_("Who they are in the community"), must=True),
            "does": ListOf(of=Text(longest=160), label=_("What they do"), help=_("one thing a line"), most=12),
            "lived_experience": Choice(of=LIVED, label=_("Lived experience")),
            "paid": YesNo(label=_("Paid for it")),
            "needs": ListOf(of=Text(longest=80), label=_("Checks they need"), help=_("one a line"), most=12),
        }
    ),
)

WAYS_IN = {
    "person": _("by oneself"),
    "household": _("as a household"),
    "referral": _("somebody refers them"),
    "introduction": _("somebody introduces them"),
}

ENROLMENT = Table(
    label=_("Taking part"),
    of={
        "by": ListOf(of=Choice(of=WAYS_IN), label=_("How people come in"), least=1),
        "at_least": Whole(least=1, most=5000, label=_("At least this many")),
        "places": Whole(least=1, most=5000, label=_("Places")),
        "waiting_list": YesNo(label=_("Waiting list")),
        "cohorts": YesNo(label=_("In cohorts that begin together")),
    },
)

STEP_ASKS = Table(
    of={
        "sessions": Whole(least=1, most=200, label=_("Sessions attended")),
        "completed": Whole(least=1, most=20, label=_("Times completed")),
        "training": Text(longest=120, label=_("Training")),
        "introduction": YesNo(
            label=_("The short session on what co-production is"),
            help=_("the one that comes with the house, in any program here"),
        ),
        "beside_mentor": Whole(least=1, most=100, label=_("Sessions beside a mentor")),
        "led": Whole(least=1, most=100, label=_("Sessions led")),
        "checks": ListOf(of=Text(longest=80), label=_("Checks in date"), most=12),
    }
)
STEP_KEEPS = Table(
    of={
        "led": Whole(least=1, most=100, label=_("Sessions led"), must=True),
        "within": period(label=_("Within"), must=True),
    }
)

PATHWAY = MapOf(
    label=_("Steps people can take"),
    help=_("each says what it asks and what it gives"),
    of=Table(
        of={
            "name": Text(longest=60, label=_("Name"), must=True),
            "from": ListOf(of=NameOf(section="pathway"), label=_("Comes after"), most=6),
            "asks": Table(of=STEP_ASKS.of, label=_("What it asks")),
            "keeps": Table(of=STEP_KEEPS.of, label=_("What keeps it current")),
            "gives": ListOf(of=Text(longest=160), label=_("What it gives"), help=_("one thing a line"), most=12),
            "role": NameOf(section="roles", label=_("The role it opens")),
            "for": Choice(of=words.SIDE_NAMES, label=_("Whose pathway it is")),
        }
    ),
)

BOARD = MapOf(
    label=_("Who does what"),
    help=_("0: nothing, 1: a little, 2: a good part, 3: most"),
    keys=words.STAGES,
    of=MapOf(of=Whole(least=0, most=3), keys=words.ACTORS),
)


def _places_fit(design: Design) -> Iterator[Fault]:
    enrolment = design.get("enrolment", {})
    least, places = enrolment.get("at_least"), enrolment.get("places")
    if least and places and least > places:
        yield Fault(
            ("enrolment", "at_least"),
            _("%(least)s are needed, but there is room for %(places)s"),
            facts={"least": least, "places": places},
        )


def _steps_lead_somewhere(design: Design) -> Iterator[Fault]:
    steps = design.get("pathway", {})
    roles = design.get("roles", {})
    for key, step in steps.items():
        for number, before in enumerate(step.get("from", [])):
            if before not in steps:
                yield unknown(before, ("pathway", key, "from", number), steps)
        if "role" in step and step["role"] not in roles:
            yield unknown(step["role"], ("pathway", key, "role"), roles)
    for key in steps:
        if circle := _circle_through(key, steps):
            yield Fault(
                ("pathway", key, "from"),
                _("nobody can reach this step: it comes after itself (%(circle)s)"),
                _("let one of them begin without another"),
                {"circle": " ← ".join(circle)},
            )
            return


def _circle_through(key: str, steps: Mapping[str, Any]) -> list[str]:
    """The way from a step back to itself where each step on it can only be reached by the next; [] where there is none.

    A step with several before it can be reached by any of them, so only steps that nobody can reach count.
    """
    reached: set[str] = set()
    while True:
        new = {
            name
            for name, step in steps.items()
            if name not in reached
            and (not step.get("from") or any(before in reached or before not in steps for before in step["from"]))
        }
        if not new:
            break
        reached |= new
    if key in reached:
        return []
    way = [key]
    while way.count(way[-1]) < 2:
        way.append(next(before for before in steps[way[-1]]["from"] if before not in reached))
    return way[way.index(way[-1]) :]


SECTIONS = (
    Section("roles", ROLES, icon="user-round"),
    Section("enrolment", ENROLMENT, icon="door-open", check=_places_fit),
    Section("pathway", PATHWAY, icon="footprints", check=_steps_lead_somewhere),
    Section("board", BOARD, icon="grid-3x3"),
)
