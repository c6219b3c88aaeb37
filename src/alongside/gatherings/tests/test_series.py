"""Series: filled for months ahead, moved and called off one by one, and changed from one gathering on."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.gatherings import actions, tasks
from alongside.gatherings.models import Booking, Gathering, Part, PartKind, Series, Visibility
from alongside.gatherings.rules.recurrence import HORIZON, wall_time
from alongside.gatherings.tests.gatherings import NOON, books, group_of, line, made, states, taken, told, turns, weekly
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people.tests.factories import community, coordinator_in, people_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def town():
    return community()


def locals_of(series, many=4):
    found = [wall_time(one.starts_at, series.time_zone) for one in turns(series)[:many]]
    return [f"{one:%d %b %H:%M}" for one in found]


def change(series, since, **terms):
    repeats = actions.Repeats(
        terms.pop("rrule", "FREQ=WEEKLY"),
        terms.pop("first_day", since.starts_at.date()),
        terms.pop("start", time(10)),
    )
    given: dict[str, Any] = {
        "told": told(),
        "why": "The hall.",
        "seen": series.changed_at,
        "by": None,
        "at": LATER,
        **terms,
    }
    return actions.change_series(series=series, since=since, repeats=repeats, **given)


def test_a_series_is_made_for_fifteen_months_ahead_with_its_parts_and_once_a_form(town):
    key = uuid4()
    series = weekly(town, key=key, parts=[actions.PartTold("Seat", 8), actions.PartTold("Cook", 2, PartKind.HELP)])

    assert weekly(town, key=key) == series
    found = turns(series)
    assert len(found) == 65
    assert found[0].starts_at == datetime(2026, 3, 10, 10, tzinfo=UTC)
    assert found[-1].starts_at <= NOON + HORIZON
    assert Part.objects.filter(gathering__series=series).count() == 130


def test_a_series_keeps_its_hour_across_both_changes_of_the_clock(town):
    series = weekly(town)

    assert {wall_time(one.starts_at, "Europe/London").time() for one in turns(series)} == {time(10)}
    assert {one.starts_at.hour for one in turns(series)} == {9, 10}


def test_the_clock_adds_what_comes_within_reach_and_nothing_twice(town):
    series = weekly(town)
    before = len(turns(series))

    assert tasks.extend(NOON + timedelta(days=1)) == "0 made"
    assert tasks.extend(NOON + timedelta(days=28)) == "4 made"
    assert tasks.extend(NOON + timedelta(days=28)) == "0 made"
    assert len(turns(series)) == before + 4


def test_a_series_that_is_over_is_looked_at_no_more(town):
    for rrule in ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;UNTIL=20260324"):
        series = weekly(town, rrule=rrule)
        assert (len(turns(series)), series.is_complete) == (3, True)


@pytest.mark.parametrize(
    ("rrule", "first_day", "refusal"),
    [
        pytest.param("FREQ=MINUTELY", date(2026, 3, 10), actions.RuleRefused, id="by the minute"),
        pytest.param("FREQ=WEEKLY;BYDAY=WE", date(2026, 3, 10), actions.RuleRefused, id="never on that day"),
        pytest.param("FREQ=WEEKLY", date(2022, 3, 8), actions.StartsOutOfRange, id="years ago"),
        pytest.param("FREQ=WEEKLY", date(2066, 3, 9), actions.StartsOutOfRange, id="in forty years"),
    ],
)
def test_what_no_series_can_be_is_refused(town, rrule, first_day, refusal):
    with pytest.raises(refusal):
        weekly(town, rrule=rrule, first_day=first_day)

    assert not Series.objects.exists()


def test_one_is_moved_alone_and_people_are_asked_again(town):
    (amina,) = people_in(town, "Amina")
    series = weekly(town)
    one = turns(series)[1]
    books(one, amina)

    moved = actions.move_gathering(
        gathering=one, starts_at=one.starts_at + timedelta(days=1), why="A funeral.", seen=one.changed_at, by=None,
        at=LATER,
    )  # fmt: skip

    assert locals_of(series, 3) == ["10 Mar 10:00", "18 Mar 10:00", "24 Mar 10:00"]
    assert moved.was_moved
    assert moved.sequence == 1
    assert Booking.objects.get().must_confirm
    body = Notice.objects.get(person=amina.person).body
    assert "A funeral." in body
    assert "Tuesday 17 March" in body
    assert "Wednesday 18 March" in body


def test_of_two_who_move_it_at_once_one_is_faster_and_moving_it_nowhere_is_refused(town):
    one = made(town, 3)
    given: dict[str, Any] = {"gathering": one, "why": "x", "seen": NOON, "by": None, "at": LATER}
    with pytest.raises(actions.NothingIsDifferent):
        actions.move_gathering(starts_at=one.starts_at, **given)
    with pytest.raises(actions.ReasonMissing):
        actions.move_gathering(starts_at=one.starts_at, **{**given, "why": " "})
    actions.move_gathering(starts_at=one.starts_at + timedelta(hours=1), **given)

    with pytest.raises(SomeoneElseWasFaster):
        actions.move_gathering(starts_at=one.starts_at + timedelta(hours=2), **given)


def test_more_room_lets_people_in_and_less_room_puts_nobody_out(town):
    amina, ben, chris = people_in(town, "Amina", "Ben", "Chris")
    one = made(town, 2)
    for member in (amina, ben, chris):
        books(one, member)
    given: dict[str, Any] = {"gathering": one, "told": told(), "why": "x", "by": None}

    one = actions.change_gathering(parts=[actions.PartTold("Table 1", 1)], seen=NOON, at=LATER, **given)
    assert line(one) == ["Chris"]
    actions.change_gathering(parts=[actions.PartTold("Table 1", 3)], seen=LATER, at=LATER + timedelta(1), **given)

    assert taken(one) == {"Table 1": 3}
    assert states(one)["Chris"] == "booked"


def test_one_is_called_off_with_a_reason_and_everybody_who_counts_on_it_hears(town):
    amina, ben = people_in(town, "Amina", "Ben")
    cora = coordinator_in(town)
    one = made(town, 1)
    books(one, amina)
    books(one, ben)

    actions.call_off(gathering=one, why="Snow.", by=cora.person, at=LATER)

    told_of = Notice.objects.filter(title="A gathering was called off")
    assert {row.person for row in told_of} == {amina.person, ben.person}
    assert all("Snow." in row.body for row in told_of)
    with pytest.raises(actions.GatheringIsOver):
        actions.call_off(gathering=one, why="Rain.", by=cora.person, at=LATER)


def test_a_series_is_called_off_from_one_on_and_people_get_one_letter(town):
    (amina,) = people_in(town, "Amina")
    series = weekly(town)
    found = turns(series)
    for one in found[:4]:
        books(one, amina)

    off = actions.call_off(gathering=found[2], why="No cook.", by=None, at=LATER, and_after=True)

    assert len(off) == len(found) - 2
    assert [one.is_called_off for one in turns(series)[:4]] == [False, False, True, True]
    assert Notice.objects.filter(person=amina.person).count() == 1
    assert tasks.extend(NOON + timedelta(days=90)) == "0 made"


def test_a_change_from_one_on_leaves_what_was_and_nobody_loses_a_place(town):
    amina, ben = people_in(town, "Amina", "Ben")
    series = weekly(town, parts=[actions.PartTold("Seat", 8)])
    found = turns(series)
    for one in (found[0], found[3]):
        books(one, amina)
    books(found[4], ben)
    ids = {one.pk for one in found}

    new = change(series, found[2], rrule="FREQ=WEEKLY;BYDAY=TH", start=time(14))

    series.refresh_from_db()
    assert locals_of(series) == ["10 Mar 10:00", "17 Mar 10:00"]
    assert locals_of(new, 3) == ["26 Mar 14:00", "02 Apr 14:00", "09 Apr 14:00"]
    assert new.follows == series
    assert {one.pk for one in turns(new)} <= ids
    moved = Booking.objects.get(membership=amina, gathering__series=new)
    assert wall_time(moved.gathering.starts_at, "Europe/London") == datetime(2026, 4, 2, 14)  # noqa: DTZ001
    assert moved.must_confirm
    assert not Booking.objects.get(membership=amina, gathering__series=series).must_confirm
    assert "Thursday 2 April, 2" in Notice.objects.get(person=amina.person).body
    assert Notice.objects.filter(person=ben.person).count() == 1
    assert taken(turns(new)[1]) == {"Seat": 1}


def test_where_all_is_still_to_come_the_series_itself_changes_and_calendars_know_it_again(town):
    series = weekly(town)
    uid = series.uid

    new = change(series, turns(series)[0], start=time(11), told=told(title="Late soup"))

    assert (new.pk, new.uid, new.sequence) == (series.pk, uid, 1)
    assert locals_of(new, 2) == ["10 Mar 11:00", "17 Mar 11:00"]
    assert {one.title for one in turns(new)} == {"Late soup"}


def test_weekly_becomes_fortnightly_and_where_somebody_counted_on_the_others_they_are_called_off(town):
    amina, ben = people_in(town, "Amina", "Ben")
    series = weekly(town)
    found = turns(series)
    books(found[1], amina)
    books(found[2], ben)

    new = change(series, found[0], rrule="FREQ=WEEKLY;INTERVAL=2")

    assert locals_of(new, 3) == ["10 Mar 10:00", "24 Mar 10:00", "07 Apr 10:00"]
    lone = Gathering.objects.get(pk=found[1].pk)
    assert (lone.series, lone.is_called_off, lone.called_off_why) == (None, True, "The hall.")
    assert not Gathering.objects.filter(pk=found[3].pk).exists()
    assert Notice.objects.get(person=amina.person).title == "A gathering was called off"
    assert not Notice.objects.filter(person=ben.person).exists()


def test_what_was_moved_changed_or_called_off_by_itself_stays_so(town):
    series = weekly(town)
    first, moved, worded, off = turns(series)[:4]
    seen: dict[str, Any] = {"seen": NOON, "by": None, "at": LATER}
    actions.move_gathering(gathering=moved, starts_at=moved.starts_at + timedelta(days=2), why="x", **seen)
    actions.change_gathering(gathering=worded, told=told(title="Feast"), why="x", **seen)
    actions.call_off(gathering=off, why="Snow.", by=None, at=LATER)

    new = change(series, first, start=time(15), at=LATER + timedelta(hours=1), told=told(title="Tea"))

    assert locals_of(new) == ["10 Mar 15:00", "19 Mar 10:00", "24 Mar 10:00", "31 Mar 10:00"]
    assert [one.title for one in turns(new)[:4]] == ["Tea", "Soup kitchen", "Feast", "Tea"]
    assert [one.is_called_off for one in turns(new)[:4]] == [False, False, False, True]


def test_of_a_counted_series_only_the_rest_is_left_after_a_change(town):
    series = weekly(town, rrule="FREQ=WEEKLY;COUNT=6")

    new = change(series, turns(series)[2], rrule="FREQ=WEEKLY;COUNT=6", start=time(11))

    series.refresh_from_db()
    assert (len(turns(series)), len(turns(new))) == (2, 4)
    assert series.is_complete


def test_new_parts_hold_from_one_on_and_what_is_taken_stays(town):
    (amina,) = people_in(town, "Amina")
    series = weekly(town, parts=[actions.PartTold("Seat", 3), actions.PartTold("Ride", 2, PartKind.EXTRA)])
    found = turns(series)
    seat = {Part.objects.get(gathering=found[3], name="Seat"): 2}
    books(found[3], amina, parts=seat)

    new = change(series, found[2], parts=[actions.PartTold("Seat", 1)])

    sizes = [dict(Part.objects.filter(gathering=one).values_list("name", "size")) for one in turns(new)[:2]]
    assert sizes == [{"Seat": 1}, {"Seat": 2}]
    assert dict(Part.objects.filter(gathering=found[0]).values_list("name", "size")) == {"Seat": 3, "Ride": 2}


@pytest.mark.parametrize("which", ["past", "other", "faster", "no reason"])
def test_a_change_of_a_series_begins_with_one_of_its_own_that_is_still_to_come(town, which):
    series = weekly(town)
    since = turns(series)[0]
    cases: dict[str, tuple[dict[str, Any], type[Exception]]] = {
        "past": ({"at": since.starts_at}, actions.PastStays),
        "other": ({"since": turns(weekly(town))[0]}, actions.PastStays),
        "faster": ({"seen": NOON - timedelta(1)}, SomeoneElseWasFaster),
        "no reason": ({"why": " "}, actions.ReasonMissing),
    }
    terms, refusal = cases[which]
    since = terms.pop("since", since)

    with pytest.raises(refusal):
        change(series, since, **terms)


def test_a_room_above_finds_its_own_and_what_lies_between_two_moments(town):
    series = weekly(town, for_room="programs", for_id="7")
    made(town, 3, for_room="programs", for_id="8")

    mine = Gathering.objects.of(town).of_room("programs", "7")
    first = turns(series)[0]

    assert set(mine) == set(turns(series))
    assert list(mine.between(first.starts_at + timedelta(minutes=59), first.starts_at + timedelta(days=7))) == [first]


def test_reminders_go_out_once_the_day_before_and_anew_for_another_time(town):
    amina, ben = people_in(town, "Amina", "Ben")
    series = weekly(town)
    one = turns(series)[0]
    books(one, amina)
    day_before = one.starts_at - timedelta(hours=20)
    books(one, ben, at=day_before - timedelta(hours=1))

    assert tasks.remind(one.starts_at - timedelta(hours=25)) == "0 reminded"
    assert [tasks.remind(day_before) for _again in range(2)] == ["1 reminded", "0 reminded"]
    reminder = Notice.objects.get(person=amina.person)
    assert (reminder.title, reminder.kind) == ("A reminder for you", "gatherings.reminder")
    actions.move_gathering(
        gathering=one, starts_at=one.starts_at + timedelta(hours=3), why="x", seen=one.changed_at, by=None,
        at=day_before,
    )  # fmt: skip
    assert tasks.remind(day_before + timedelta(hours=1)) == "1 reminded"


def test_a_reminder_of_what_is_for_a_group_alone_says_no_name_and_no_place(town):
    (amina,) = people_in(town, "Amina")
    about = {"group": group_of(town, amina), "visibility": Visibility.GROUP, "title": "Living with diabetes"}
    books(turns(weekly(town, about=about))[0], amina)

    tasks.remind(datetime(2026, 3, 9, 12, tzinfo=UTC))

    reminder = Notice.objects.get(person=amina.person)
    assert "diabetes" not in reminder.title + reminder.body
    assert "Tuesday 10 March, 10" in reminder.body
