"""Ages, and from when a person acts alone."""

import calendar
from datetime import date

ACTS_ALONE_FROM = 18  # years


def age_on(born_on: date, day: date) -> int:
    """Full years of age on `day`. Someone born on 29 February has a birthday on 1 March in common years."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def acts_alone(born_on: date | None, day: date) -> bool:
    """True from the 18th birthday on, and for people whose date of birth nobody wrote down."""
    return born_on is None or age_on(born_on, day) >= ACTS_ALONE_FROM


def last_birthday_of_the_grown(day: date) -> date:
    """People born on this day or before act alone on `day`; for questions to the database."""
    year = day.year - ACTS_ALONE_FROM
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)
