from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from alongside.kernel.clock import today
from alongside.ui.words import day_text, duration_code, hours_for_table, hours_text, number_text

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 hours"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 h 30 min"),
        (120, "2 hours"),
        (60 * 12500, "12,500 hours"),
        (-75, "−1 h 15 min"),
    ],
)
def test_minutes_are_written_as_people_say_them(minutes: int, words: str):
    assert hours_text(minutes).replace(NBSP, " ") == words.replace(NBSP, " ")


@pytest.mark.parametrize(("minutes", "words"), [(60, "+1 hour"), (0, "0 hours"), (-60, "−1 hour")])
def test_a_sign_is_written_where_it_is_asked_for(minutes: int, words: str):
    assert hours_text(minutes, signed=True).replace(NBSP, " ") == words


def test_the_machine_reads_a_duration():
    assert duration_code(-95) == "PT1H35M"


def test_a_day_of_another_year_says_the_year():
    assert day_text(date(2020, 3, 3)) == "Tuesday 3 March 2020"


def test_a_day_of_this_year_leaves_the_year_out():
    assert day_text(date(today().year, 3, 3)).endswith("3 March")


@pytest.mark.parametrize(
    ("hour", "minute", "words"), [(10, 0, "10 am"), (15, 15, "3:15 pm"), (0, 0, "12 am"), (12, 0, "12 pm")]
)
def test_a_moment_says_its_time_by_twelve_hours(hour: int, minute: int, words: str):
    moment = datetime(2020, 1, 7, hour, minute, tzinfo=UTC)

    assert day_text(moment).replace(NBSP, " ") == f"Tuesday 7 January 2020, {words}"


def test_a_moment_is_told_in_the_time_zone_of_the_reader():
    with timezone.override("America/New_York"):
        assert day_text(datetime(2020, 1, 8, 2, 0, tzinfo=UTC), form="date") == "Tuesday 7 January 2020"


def test_tables_get_a_short_day():
    assert day_text(date(2020, 3, 3), form="short") == "3 Mar 2020"


def test_thousands_are_set_apart_as_the_language_does():
    told = [number_text(999), number_text(12500), hours_for_table(60 * 12500 + 5), hours_for_table(-60)]

    assert told == ["999", "12,500", "12,500:05", "\N{MINUS SIGN}1:00"]
    with translation.override("es"):
        assert number_text(12500) == f"12{NBSP}500"
