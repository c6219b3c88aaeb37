"""Lengths, periods and times of day as people write them: "2h30", "45 min", "3 weeks", "18:30"."""

import re
from datetime import date, time, timedelta

from dateutil.relativedelta import relativedelta

_LENGTH = re.compile(r"(?:(\d{1,2}) ?h(?:ours?)? ?)?(?:(\d{1,3}) ?(?:min(?:utes?)?)?)?", re.ASCII)
_PERIOD = re.compile(r"(\d{1,3}) (day|week|month|year)s?", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
LONGEST_MINUTES = 24 * 60


class NotATime(ValueError):
    """What is written is no length, period or time of day."""


def minutes_of(text: str) -> int:
    """Whole minutes of a length: "2h30" is 150, "45 min" 45, "3 h" 180; from 1 to a day. Raises NotATime."""
    found = _LENGTH.fullmatch(text.strip())
    # "90" alone could be hours: the unit must stand somewhere.
    if not found or not any(unit in text for unit in ("h", "min")):
        raise NotATime(text)
    minutes = 60 * int(found[1] or 0) + int(found[2] or 0)
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise NotATime(text)
    return minutes


def length_of(minutes: int) -> str:
    """The other way round: 150 is "2h30", 45 is "45 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours}h{rest:02d}" if rest else f"{hours}h"


def time_of(text: str) -> time:
    """A time of day on a clock of 24 hours: "18:30". Raises NotATime."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise NotATime(text)
    return time(int(found[1]), int(found[2]))


def after(day: date, period: str) -> date:
    """The day that lies a period after another: "3 weeks", "2 months". Raises NotATime.

    Months end on their last day where the day does not exist: a month after 31 January is 28 or 29 February.
    """
    found = _PERIOD.fullmatch(period.strip())
    if not found or not int(found[1]):
        raise NotATime(period)
    count, unit = int(found[1]), found[2]
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return day + (relativedelta(months=count) if unit == "month" else relativedelta(years=count))
