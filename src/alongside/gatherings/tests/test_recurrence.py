"""When a series takes place: across both changes of the clock, on 29 February, and never finer than a day."""
# ruff: noqa: DTZ001 (wall times have no zone: the place has)

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.gatherings.rules.recurrence import (
    MOST_INSTANCES,
    RuleDoesNotFit,
    check_start,
    moment,
    paired,
    parsed,
    starts,
    wall_time,
)

LONDON = "Europe/London"


def moments(text, start, *, days=60, zone=LONDON):
    found = starts(parsed(text, zone=zone), start, since=start, until=start + timedelta(days=days))
    return [moment(one, zone) for one in found]


def test_ten_o_clock_stays_ten_o_clock_across_the_change_in_spring():
    found = moments("FREQ=WEEKLY", datetime(2026, 3, 24, 10), days=7)

    assert found == [datetime(2026, 3, 24, 10, tzinfo=UTC), datetime(2026, 3, 31, 9, tzinfo=UTC)]


def test_ten_o_clock_stays_ten_o_clock_across_the_change_in_autumn():
    found = moments("FREQ=WEEKLY", datetime(2026, 10, 20, 10), days=7)

    assert found == [datetime(2026, 10, 20, 9, tzinfo=UTC), datetime(2026, 10, 27, 10, tzinfo=UTC)]


def test_a_time_that_the_clock_skips_happens_later_by_the_clock_and_on_that_day():
    found = moments("FREQ=DAILY", datetime(2026, 3, 28, 1, 30), days=2)

    assert [wall_time(one, LONDON) for one in found] == [
        datetime(2026, 3, 28, 1, 30), datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 30, 1, 30),
    ]  # fmt: skip


def test_of_a_time_that_comes_twice_the_first_counts():
    found = moments("FREQ=DAILY", datetime(2026, 10, 24, 1, 30), days=1)

    assert found == [datetime(2026, 10, 24, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_a_change_of_half_an_hour_is_reckoned_too():
    found = moments("FREQ=WEEKLY", datetime(2026, 3, 29, 10), days=7, zone="Australia/Lord_Howe")

    assert found == [datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 4, 4, 23, 30, tzinfo=UTC)]


def test_the_29th_of_february_is_left_out_where_there_is_none():
    found = moments("FREQ=YEARLY", datetime(2024, 2, 29, 10), days=3700)

    assert [(one.year, one.month, one.day) for one in found] == [(2024, 2, 29), (2028, 2, 29), (2032, 2, 29)]


def test_the_31st_is_left_out_where_a_month_has_none():
    found = moments("FREQ=MONTHLY", datetime(2026, 1, 31, 10), days=150)

    assert [(one.month, one.day) for one in found] == [(1, 31), (3, 31), (5, 31)]


def test_the_last_friday_of_every_month():
    found = moments("FREQ=MONTHLY;BYDAY=-1FR", datetime(2026, 1, 30, 18), days=90)

    assert [one.day for one in found] == [30, 27, 27, 24]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("FREQ=HOURLY", "too_fine", id="by the hour"),
        pytest.param("FREQ=SECONDLY", "too_fine", id="every second for ever"),
        pytest.param("FREQ=DAILY;BYHOUR=1,2,3", "too_fine", id="several times a day"),
        pytest.param("FREQ=DAILY;COUNT=501", "too_many", id="too many times"),
        pytest.param("FREQ=DAILY;COUNT=999999999999999999999", "too_many", id="far too many times"),
        pytest.param("FREQ=DAILY;INTERVAL=0", "unreadable", id="no step"),
        pytest.param("FREQ=DAILY;COUNT=2;UNTIL=20260401", "unreadable", id="two ends"),
        pytest.param("FREQ=DAILY;FREQ=WEEKLY", "unreadable", id="twice"),
        pytest.param("FREQ=WEEKLY;BYDAY=XX", "unreadable", id="no such day"),
        pytest.param("FREQ=DAILY;UNTIL=soon", "unreadable", id="no day"),
        pytest.param("INTERVAL=2", "unreadable", id="how often is not said"),
        pytest.param("FREQ=DAILY\r\nATTACH:x", "unreadable", id="a line slipped in"),
        pytest.param("", "unreadable", id="nothing"),
        pytest.param("FREQ=DAILY;" * 99, "unreadable", id="far too long"),
    ],
)
def test_a_rule_that_no_series_can_have_is_refused(text, why):
    with pytest.raises(RuleDoesNotFit) as refused:
        parsed(text, zone=LONDON)

    assert refused.value.why == why


@pytest.mark.parametrize("text", ["FREQ=WEEKLY;BYDAY=WE", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], ids=["other", "never"])
def test_a_series_starts_on_a_day_of_its_own_rule(text):
    with pytest.raises(RuleDoesNotFit, match="never_then"):
        check_start(parsed(text, zone=LONDON), datetime(2026, 3, 3, 10))


def test_an_end_in_utc_is_read_on_the_clock_of_the_place_and_written_in_utc_again():
    rule = parsed("FREQ=DAILY;UNTIL=20260701T090000Z", zone=LONDON)

    assert rule.until == datetime(2026, 7, 1, 10)
    assert rule.text(LONDON) == "FREQ=DAILY;UNTIL=20260701T090000Z"


def test_a_day_as_the_end_counts():
    found = moments("FREQ=DAILY;UNTIL=20260305", datetime(2026, 3, 3, 10))

    assert len(found) == 3


@given(
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=DAILY;INTERVAL=3"]),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from([LONDON, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca"]),
)
def test_every_instance_shows_its_hour_on_the_wall_or_that_hour_was_skipped(text, start, zone):
    start = start.replace(second=0, microsecond=0)
    found = starts(parsed(text, zone=zone), start, since=start, until=start + timedelta(days=456))

    assert len(found) <= MOST_INSTANCES
    assert len({one.date() for one in found}) == len(found)
    for one in found:
        shown = wall_time(moment(one, zone), zone)
        assert shown == one or timedelta(0) < shown - one <= timedelta(hours=1)


@given(st.integers(0, 6), st.integers(1, 20))
def test_a_series_that_moves_to_another_weekday_keeps_its_order(shift, many):
    old = [date(2026, 3, 3) + timedelta(weeks=n) for n in range(many)]
    new = [day + timedelta(days=shift) for day in old]

    assert [paired(old, new).get(n) for n in range(many)] == list(range(many))


def test_where_a_series_meets_half_as_often_the_nearest_go_together_and_the_others_belong_to_nothing():
    old = [date(2026, 3, 3) + timedelta(weeks=n) for n in range(4)]

    assert paired(old, old[::2]) == {0: 0, 2: 1}
