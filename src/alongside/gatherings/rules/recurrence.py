"""When a series takes place: rules of RFC 5545 on the clock of one place, then moments in UTC.

A rule is reckoned in wall time and only then becomes a moment, so that "Tuesdays at 10" stays at 10 across both changes
of the clock. A time that a change skips is read by the offset before it, so it is later by the clock (01:30 is then
02:30); of a time that comes twice the first counts. Both as RFC 5545, section 3.3.5. A day that a month or a year does
not have is left out (29 February, the 31st), as section 3.3.10 says.
"""
# ruff: noqa: DTZ001, DTZ007 (wall times have no zone: the place has)

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

FREQUENCIES, FINER = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"), ("SECONDLY", "MINUTELY", "HOURLY")
# Parts that name a time of day, or something finer than a day, are refused: a series meets once a day at most.
PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST")
MOST_LETTERS, MOST_INSTANCES, MOST_INTERVAL = 300, 500, 60
HORIZON = timedelta(days=456)  # fifteen months
# Two dates of an old and a new rule belong together when no more than so many days lie between them.
MOST_DAYS_APART = 15

UNREADABLE, TOO_FINE, TOO_MANY, NEVER_THEN = "unreadable", "too_fine", "too_many", "never_then"


class RuleDoesNotFit(ValueError):
    """A rule that no series can have; `why` is one of the four words above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Rule:
    """A rule in its parts, every key in capitals; `until` in wall time, None for a rule without one."""

    parts: tuple[tuple[str, str], ...]
    until: datetime | None = None

    def get(self, name: str) -> str:
        return dict(self.parts).get(name, "")

    def ending(self, until: datetime) -> "Rule":
        """The same rule, over by a moment of wall time; a count gives way to it."""
        parts = tuple((name, value) for name, value in self.parts if name != "COUNT")
        return replace(self, parts=parts, until=min(until, self.until or until))

    def text(self, zone: str = "") -> str:
        """The rule as RFC 5545 writes it; with a `zone` its end is in UTC, as calendars need it, else in wall time."""
        words = [f"{name}={value}" for name, value in self.parts]
        if self.until is not None:
            end = f"{moment(self.until, zone):%Y%m%dT%H%M%SZ}" if zone else f"{self.until:%Y%m%dT%H%M%S}"
            words.append(f"UNTIL={end}")
        return ";".join(words)


def parsed(text: str, *, zone: str) -> Rule:
    """A rule as people or programs write it. Raises RuleDoesNotFit: unreadable, too_fine or too_many."""
    if len(text) > MOST_LETTERS:
        raise RuleDoesNotFit(UNREADABLE)
    told = [part.partition("=")[::2] for part in text.strip().upper().removeprefix("RRULE:").split(";") if part]
    parts = dict(told)
    if len(parts) != len(told) or "" in parts.values() or parts.get("FREQ") is None:
        raise RuleDoesNotFit(UNREADABLE)
    if parts["FREQ"] in FINER or parts.keys() & {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        raise RuleDoesNotFit(TOO_FINE)
    if parts["FREQ"] not in FREQUENCIES or parts.keys() - set(PARTS) or {"COUNT", "UNTIL"} <= parts.keys():
        raise RuleDoesNotFit(UNREADABLE)
    _refuse_too_much(parts)
    until = _until(parts.pop("UNTIL"), zone) if "UNTIL" in parts else None
    rule = Rule(tuple((name, parts[name]) for name in PARTS if name in parts), until)
    _read(rule, datetime(2024, 1, 1))
    return rule


def _refuse_too_much(parts: dict[str, str]) -> None:
    for name, most in (("COUNT", MOST_INSTANCES), ("INTERVAL", MOST_INTERVAL)):
        value = parts.get(name, "1")
        if not value.isascii() or not value.isdigit() or int(value[:9]) < 1:
            raise RuleDoesNotFit(UNREADABLE)
        if int(value[:9]) > most:
            raise RuleDoesNotFit(TOO_MANY)


def _until(text: str, zone: str) -> datetime:
    """The end of a rule in wall time: a day counts to its last second, a moment in UTC is read on the clock here."""
    try:
        if len(text) == len("20260303"):
            return datetime.combine(datetime.strptime(text, "%Y%m%d"), time(23, 59, 59))
        if text.endswith("Z"):
            told = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return told.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return datetime.strptime(text, "%Y%m%dT%H%M%S")
    except (ValueError, OverflowError):
        raise RuleDoesNotFit(UNREADABLE) from None


def _read(rule: Rule, start: datetime) -> Sequence[datetime]:
    try:
        return rrulestr(rule.text(), dtstart=start)  # type: ignore[return-value]
    except (ValueError, TypeError, IndexError, OverflowError):
        raise RuleDoesNotFit(UNREADABLE) from None


def check_start(rule: Rule, start: datetime) -> None:
    """Raises RuleDoesNotFit (never_then) unless the rule itself meets on the day of `start`, in wall time."""
    if starts(rule, start, since=start, until=start) != [start]:
        raise RuleDoesNotFit(NEVER_THEN)


def starts(rule: Rule, start: datetime, *, since: datetime, until: datetime) -> list[datetime]:
    """The starts in wall time from `since` to `until`, both counted in, at most MOST_INSTANCES of them."""
    last = min(until, rule.until or until)
    if last < start:
        return []
    # With an end of its own no rule runs on for ever, not even one that never meets.
    bounded = rule if rule.get("COUNT") else replace(rule, until=last)
    found: list[datetime] = []
    for one in _read(bounded, start):
        if one > last or len(found) == MOST_INSTANCES:
            break
        if one >= since:
            found.append(one)
    return found


def moment(wall: datetime, zone: str) -> datetime:
    """The moment of a wall time in UTC: a time that is skipped by the offset before, of a double one the first."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_time(at: datetime, zone: str) -> datetime:
    """What the clock there shows at a moment."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def paired(old: Sequence[date], new: Sequence[date]) -> dict[int, int]:
    """Which date of a changed rule takes the place of which old one, by their places in the lists.

    Where there are as many as before, give or take one, they go together in order. Else the nearest go together first,
    each once. What lies more than MOST_DAYS_APART days away belongs to nothing.
    """
    if abs(len(old) - len(new)) <= 1:
        in_order = {i: i for i in range(min(len(old), len(new)))}
        if all(_apart(old[i], new[i]) <= MOST_DAYS_APART for i in in_order):
            return in_order
    near = sorted(
        (_apart(before, after), i, j)
        for i, before in enumerate(old)
        for j, after in enumerate(new)
        if _apart(before, after) <= MOST_DAYS_APART
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _days, i, j in near:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _apart(one: date, other: date) -> int:
    return abs((one - other).days)
