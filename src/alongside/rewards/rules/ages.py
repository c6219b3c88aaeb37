"""How long ago something was given out that nobody has used yet. Calendar months; the last day of one still counts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

MONTH, QUARTER, HALF_YEAR, OLDER = "month", "quarter", "half_year", "older"
# The name of each age, and up to how many months it goes.
UP_TO = ((MONTH, 1), (QUARTER, 3), (HALF_YEAR, 6))
AGES = (MONTH, QUARTER, HALF_YEAR, OLDER)


def age_of(given_on: date, *, on: date) -> str:
    """Which age something has on a day."""
    return next((name for name, months in UP_TO if on <= given_on + relativedelta(months=months)), OLDER)


def counted_by_age(days: Iterable[date], *, on: date) -> dict[str, int]:
    """How many were given out how long ago; every age is there."""
    found = Counter(age_of(day, on=on) for day in days)
    return {age: found[age] for age in AGES}
