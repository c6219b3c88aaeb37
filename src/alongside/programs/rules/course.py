"""When the sessions of a design take place, what is to take at each, and what people's time in one is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alongside.programs.rules.sections.giving import credit_of
from alongside.programs.rules.times import minutes_of
from alongside.programs.rules.words import WEEKDAYS

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = tuple(WEEKDAYS)
_FREQUENCY = {
    "day": "FREQ=DAILY",
    "weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "week": "FREQ=WEEKLY",
    "two weeks": "FREQ=WEEKLY;INTERVAL=2",
}


def first_day_from(sessions: Mapping[str, Any], day: date) -> date:
    """The first day on or after `day` on which a session can be: the day of the week that the design says."""
    if sessions["every"] == "weekday":
        return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
    if "on" not in sessions or sessions["every"] == "day":
        return day
    return day + timedelta(days=(_NAMES.index(sessions["on"]) - day.weekday()) % 7)


def rule_of(sessions: Mapping[str, Any], first_day: date) -> str:
    """The rule of RFC 5545 by which sessions repeat from their first day on.

    "Every month" on a day of the week means the same one of its month: the second Tuesday, or the last where the first
    day is a fifth one. Without a day of the week it means the day of the month.
    """
    every = sessions["every"]
    if every == "month":
        rule = "FREQ=MONTHLY"
        if "on" in sessions:
            week = (first_day.day - 1) // 7 + 1
            rule += f";BYDAY={-1 if week == 5 else week}{_DAYS[first_day.weekday()]}"
    else:
        rule = _FREQUENCY[every]
        if every in ("week", "two weeks"):
            rule += f";BYDAY={_DAYS[first_day.weekday()]}"
    return f"{rule};COUNT={sessions['count']}" if "count" in sessions else rule


def minutes(sessions: Mapping[str, Any]) -> int:
    """How long a session is, in minutes."""
    return minutes_of(sessions["length"])


def title_of(sessions: Mapping[str, Any], number: int) -> str:
    """What the plan calls a session, counted from 1; "" where it says nothing."""
    plan = sessions.get("plan", [])
    return str(plan[number - 1]["title"]) if number <= len(plan) else ""


@dataclass(frozen=True)
class There:
    """Somebody who came to a session. `minutes`: as attested, None where nobody noted times; `does`: see `EARNS`."""

    person: Any
    does: str
    minutes: int | None = None
    is_paid: bool = False


@dataclass(frozen=True)
class Earned:
    """Hours that a session is worth to somebody, in minutes, with what for: "attending", "leading" and so on."""

    person: Any
    minutes: int
    what: tuple[str, ...]


# What people do in a session, by the names of the section [credits].
EARNS = ("attending", "leading", "helping")


def earned(credits: Mapping[str, Any], there: Sequence[There], *, length_minutes: int) -> list[Earned]:
    """What each person earns by the program's policy; who earns nothing is left out.

    "time given" is the time somebody was there, as attested, else the length of the session. Who leads also gets what
    preparing is worth. People who are paid earn nothing unless the policy says so.
    """
    found = []
    for one in there:
        if one.is_paid and not credits.get("paid_people_earn", False):
            continue
        whole = one.minutes if one.minutes is not None else length_minutes
        parts = {one.does: _worth(credits, one.does, whole)}
        if one.does == "leading":
            parts["preparing"] = _worth(credits, "preparing", 0)
        if total := sum(parts.values()):
            found.append(Earned(one.person, total, tuple(name for name, worth in parts.items() if worth)))
    return found


def _worth(credits: Mapping[str, Any], what: str, minutes_there: int) -> int:
    fixed = credit_of(credits.get(what, "none"))
    return minutes_there if fixed is None else fixed
