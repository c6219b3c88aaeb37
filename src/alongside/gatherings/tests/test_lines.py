"""Who moves up, and how long somebody was there."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.gatherings.rules.places import fits, next_in_line
from alongside.gatherings.rules.time_there import minutes_there, says_otherwise

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_a_bundle_fits_whole_or_not_at_all():
    assert fits({"class": 1, "childcare": 2}, {"class": None, "childcare": 2})
    assert not fits({"class": 1, "childcare": 2}, {"class": 5, "childcare": 1})


def test_the_first_whose_whole_bundle_fits_moves_up():
    line = [("Amina", {"class": 1, "childcare": 1}), ("Ben", {"class": 1}), ("Chris", {"class": 1})]

    assert list(next_in_line(line, {"class": 1, "childcare": 0})) == ["Ben"]


bundles = st.dictionaries(st.sampled_from("abc"), st.integers(1, 4), min_size=1)


@given(st.lists(bundles, max_size=12), st.dictionaries(st.sampled_from("abc"), st.none() | st.integers(0, 9)))
def test_who_moves_up_never_takes_more_than_there_is_and_nobody_is_passed_over_for_nothing(wanted, free):
    line = list(enumerate(wanted))
    moved = list(next_in_line(line, free))

    taken = {part: sum(wanted[one].get(part, 0) for one in moved) for part in "abc"}
    assert all(free.get(part, 0) is None or taken[part] <= free.get(part, 0) for part in "abc")
    left = {part: None if room is None else room - taken[part] for part, room in free.items()}
    assert not any(fits(bundle, left) for one, bundle in line if one not in moved)


def test_minutes_are_reckoned_between_in_and_out_alone():
    assert minutes_there(NOON, NOON + timedelta(minutes=90, seconds=59)) == 90
    assert minutes_there(NOON, None) is None
    assert minutes_there(NOON, NOON - timedelta(minutes=1)) is None
    assert minutes_there(NOON, NOON + timedelta(days=9)) == 1440


def test_accounts_a_few_minutes_apart_say_the_same():
    assert not says_otherwise(NOON, NOON + timedelta(minutes=5))
    assert says_otherwise(NOON, NOON + timedelta(minutes=6))
    assert not says_otherwise(NOON, None)
