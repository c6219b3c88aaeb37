"""Leaders of sessions: in which role and how many the design asks for, and who fills a place that was lost."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from alongside.programs.rules.faults import gettext_noop as _

READY, COORDINATORS = "whoever is ready", "coordinators"
FILLED_BY = {READY: _("whoever is ready"), COORDINATORS: _("coordinators choose among those who offer")}
# So long before a session it shows that a check will have run out: time enough to renew it, or to find somebody.
LOOKS_AHEAD = timedelta(days=21)


def role_that_leads(design: Mapping[str, Any]) -> str:
    """The role of those who lead sessions; "" where the design names none."""
    return str(design.get("sessions", {}).get("leaders", {}).get("role", ""))


def role_of(design: Mapping[str, Any]) -> dict[str, Any]:
    """What the design says of that role."""
    found: dict[str, Any] = design.get("roles", {}).get(role_that_leads(design), {})
    return found


def needed(design: Mapping[str, Any]) -> int:
    """How many lead a session together; 0 where nobody has to."""
    return int(design.get("sessions", {}).get("leaders", {}).get("count", 0))


def coordinators_choose(design: Mapping[str, Any]) -> bool:
    """Does whoever offers to step in wait for a coordinator's word?"""
    return bool(design.get("sessions", {}).get("leaders", {}).get("filled_by") == COORDINATORS)


def days_lost(days: Collection[date], has: Collection[date], *, today: date) -> set[date]:
    """The days of sessions on which a check does not hold, once it is time to look for somebody else; else none.

    `has`: the days on which it holds, today among them if so. While it holds today and the first such day is far, it
    may be renewed in good time.
    """
    lacking = {day for day in days if day not in has}
    if not lacking or (today in has and min(lacking) - today > LOOKS_AHEAD):
        return set()
    return lacking
