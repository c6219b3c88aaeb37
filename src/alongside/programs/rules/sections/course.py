"""What happens: a series of sessions, and what is done in them."""

from collections.abc import Iterator, Mapping
from typing import Any

from alongside.programs.rules import words
from alongside.programs.rules.faults import Fault
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.leaders import FILLED_BY
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import (
    Choice,
    ListOf,
    NameOf,
    Table,
    Text,
    Whole,
    YesNo,
    length,
    time_of_day,
    unknown,
)

EVERY = {
    "day": _("every day"),
    "weekday": _("Monday to Friday"),
    "week": _("every week"),
    "two weeks": _("every two weeks"),
    "month": _("every month"),
}
MODES = {"in person": _("in person"), "online": _("online"), "phone": _("by phone")}

LEADERS = Table(
    of={
        "role": NameOf(section="roles", label=_("Which role leads"), must=True),
        "count": Whole(least=1, most=10, label=_("How many lead together"), must=True),
        "filled_by": Choice(
            of=FILLED_BY,
            label=_("Who steps in when a leader is missing"),
            help=_("where nothing is said: whoever is ready to lead"),
        ),
    }
)
PLAN = ListOf(
    label=_("Session plan"),
    help=_("what each session is about, in order"),
    most=60,
    of=Table(
        of={
            "title": Text(longest=120, label=_("Title"), must=True),
            "led_by": NameOf(section="roles", label=_("Who leads this one")),
            "happens": ListOf(of=Text(longest=200), label=_("What happens"), help=_("one thing a line"), most=20),
        }
    ),
)
EXTRAS = ListOf(
    label=_("Also on offer"),
    help=_("childcare places, rides, a meal: taken together with the session or not at all"),
    most=8,
    of=Table(
        of={
            "name": Text(longest=60, label=_("Name"), must=True),
            "places": Whole(least=1, most=500, label=_("Places"), must=True),
        }
    ),
)
HANDS = ListOf(
    label=_("Hands that are needed"),
    help=_("cooks, helpers, drivers: how many of each at every session"),
    most=8,
    of=Table(
        of={
            "name": Text(longest=60, label=_("Name"), must=True),
            "count": Whole(least=1, most=50, label=_("How many"), must=True),
        }
    ),
)

SESSIONS = Table(
    label=_("Sessions"),
    of={
        "count": Whole(least=1, most=200, label=_("How many sessions"), help=_("leave it out where they go on")),
        "every": Choice(of=EVERY, label=_("How often"), must=True),
        "on": Choice(of=words.WEEKDAYS, label=_("Day of the week")),
        "starts": time_of_day(label=_("Starts at"), must=True),
        "length": length(label=_("How long"), must=True),
        "mode": Choice(of=MODES, label=_("In person, online or by phone")),
        "place": Text(longest=100, label=_("Place")),
        "leaders": Table(of=LEADERS.of, label=_("Leaders")),
        "complete_after": Whole(least=1, most=200, label=_("Completed after this many sessions")),
        "begins_with": ListOf(of=Text(longest=160), label=_("Every session begins with"), most=8),
        "plan": PLAN,
        "extras": EXTRAS,
        "hands": HANDS,
        "checklist": ListOf(of=Text(longest=200), label=_("Checklist for whoever looks on"), most=40),
        "times_matter": YesNo(label=_("Note when people came and left")),
    },
)

TOPICS = Table(
    label=_("Topics people ask for"),
    of={
        "enough": Whole(least=1, most=500, label=_("People who want a topic before it becomes a class"), must=True),
        "host": NameOf(section="roles", label=_("The role that hosts a class")),
        "places": Whole(least=1, most=500, label=_("Places in a class, at most")),
    },
)


def _sessions_fit(design: Design) -> Iterator[Fault]:
    sessions, roles = design.get("sessions", {}), design.get("roles", {})
    count = sessions.get("count")
    needed, planned = sessions.get("complete_after"), sessions.get("plan", [])
    if count and needed and needed > count:
        yield Fault(
            ("sessions", "complete_after"),
            _("nobody can complete it: %(needed)s of %(count)s sessions"),
            facts={"needed": needed, "count": count},
        )
    if count and len(planned) > count:
        yield Fault(
            ("sessions", "plan"),
            _("%(planned)s sessions are planned, but there are %(count)s"),
            facts={"planned": len(planned), "count": count},
        )
    if sessions.get("every") in ("week", "two weeks") and "on" not in sessions:
        yield Fault(("sessions", "on"), _('"%(key)s" is missing'), _("on which day of the week?"), {"key": "on"})
    yield from _names_differ(sessions)
    if "leaders" in sessions and sessions["leaders"]["role"] not in roles:
        yield unknown(sessions["leaders"]["role"], ("sessions", "leaders", "role"), roles)
    for number, each in enumerate(planned):
        if "led_by" in each and each["led_by"] not in roles:
            yield unknown(each["led_by"], ("sessions", "plan", number, "led_by"), roles)


def _names_differ(sessions: Mapping[str, Any]) -> Iterator[Fault]:
    """Whoever signs up chooses by the name: no two things that can be taken have the same one."""
    seen: set[str] = set()
    for kind in ("hands", "extras"):
        for number, each in enumerate(sessions.get(kind, [])):
            name = each["name"].casefold()
            if name in seen:
                yield Fault(("sessions", kind, number, "name"), _('"%(name)s" stands there twice'), facts=dict(each))
            seen.add(name)


def _topics_have_a_host(design: Design) -> Iterator[Fault]:
    host = design.get("topics", {}).get("host")
    if host is not None and host not in design.get("roles", {}):
        yield unknown(host, ("topics", "host"), design.get("roles", {}))


SECTIONS = (
    Section("sessions", SESSIONS, icon="calendar", check=_sessions_fit),
    Section("topics", TOPICS, icon="message-square", check=_topics_have_a_host),
)
