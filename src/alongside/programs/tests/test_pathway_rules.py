"""What a step asks, how long it stays current, who could lead together, and what may be told of who went on."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.programs.introduction import languages, plan
from alongside.programs.rules.conversion import Conversion, Held, conversion, on_steps, shown
from alongside.programs.rules.pairing import MOST_SUGGESTED, Candidate, suggestions
from alongside.programs.rules.pathway import (
    Has,
    State,
    currency,
    eligible,
    is_open,
    last_day,
    look,
    needs_of,
    opening,
)
from alongside.programs.rules.times import after

STEPS: dict[str, Any] = {
    "participant": {"name": "Participant", "for": "people", "role": "participant"},
    "contributor": {"name": "Contributor", "from": ["participant"], "for": "people", "asks": {"sessions": 2}},
    "leader": {
        "name": "Leader", "from": ["contributor", "participant"], "for": "people", "role": "leader",
        "asks": {"completed": 1, "training": "Leader  Training", "beside_mentor": 2, "checks": ["Reference"]},
        "keeps": {"led": 2, "within": "1 year"},
    },
    "trainer": {"name": "Trainer", "from": ["leader"], "for": "people", "asks": {"led": 12}},
    "prescriber": {"name": "Prescriber", "for": "providers"},
    "facilitator": {"name": "F", "from": ["prescriber"], "for": "providers", "asks": {"introduction": True}},
}  # fmt: skip
ALL = Has(
    sessions=6, completed=1, beside_mentor=2, trainings=frozenset({"leader training"}), has_introduction=True,
    checks=frozenset({"reference"}), sides=frozenset({"people"}), takes_part=True,
)  # fmt: skip
SINCE = date(2026, 3, 3)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def without(**less):
    return Has(**{**vars(ALL), **less})


def test_who_has_everything_that_a_step_asks_is_eligible_for_it_and_not_for_the_one_after():
    assert eligible(STEPS, ALL) == ["contributor", "leader"]


@pytest.mark.parametrize(
    "less",
    [
        pytest.param({"completed": 0}, id="not completed"),
        pytest.param({"beside_mentor": 1}, id="one session beside a mentor is missing"),
        pytest.param({"trainings": frozenset()}, id="no training"),
        pytest.param({"checks": frozenset()}, id="no check"),
        pytest.param({"sides": frozenset({"providers"})}, id="of the other side"),
        pytest.param({"takes_part": False}, id="on no step before"),
        pytest.param({"steps": frozenset({"leader"})}, id="on it already"),
    ],
)
def test_nobody_is_eligible_who_lacks_one_thing(less):
    assert "leader" not in eligible(STEPS, without(**less))


def test_what_is_missing_is_told_with_how_much_of_it_is_there():
    needs = needs_of(STEPS["leader"], without(beside_mentor=1))

    assert [(need.kind, need.has, need.needed) for need in needs] == [
        ("completed", 1, 1), ("beside_mentor", 1, 2), ("training", 1, 1), ("checks", 1, 1),
    ]  # fmt: skip
    assert [need.kind for need in needs if not need.is_met] == ["beside_mentor"]


def test_a_step_after_one_that_has_lapsed_is_not_reached():
    assert eligible(STEPS, without(led=12, steps=frozenset({"leader"}))) == ["contributor", "trainer"]
    assert "trainer" not in eligible(STEPS, without(led=12, steps=frozenset()))


def test_the_pathway_of_professionals_works_the_same_way():
    has = Has(sides=frozenset({"providers"}), takes_part=True, has_introduction=True)

    assert eligible(STEPS, has) == ["facilitator"]
    assert eligible(STEPS, Has(**{**vars(has), "has_introduction": False})) == []


def test_false_asks_nothing_and_a_step_that_asks_nothing_after_nothing_is_open():
    assert is_open({"name": "x", "asks": {"introduction": False}})
    assert not is_open({"name": "x", "from": ["participant"]})
    assert [each.key for each in look(STEPS, ALL) if each.is_held] == ["participant"]


def test_only_a_role_that_no_open_step_gives_is_for_who_holds_a_step():
    assert opening(STEPS, "leader") == ["leader"]
    assert opening(STEPS, "participant") == []
    assert opening(STEPS, "guest") == []


@given(has=st.builds(Has, sessions=st.integers(0, 20), led=st.integers(0, 20), takes_part=st.booleans(),
                     sides=st.frozensets(st.sampled_from(["people", "providers"])),
                     steps=st.frozensets(st.sampled_from(list(STEPS)))), more=st.integers(0, 20))  # fmt: skip
def test_having_more_never_takes_a_step_away(has, more):
    richer = Has(**{**vars(has), "sessions": has.sessions + more, "led": has.led + more})

    assert set(eligible(STEPS, has)) <= set(eligible(STEPS, richer))


# --- how long a step stays current


KEEPS: dict[str, Any] = {"led": 2, "within": "1 year"}


def state(*led_on, on, since=SINCE):
    return currency(KEEPS, since=since, led_on=led_on, on=on).state


def test_the_first_period_is_given_and_it_lapses_on_the_day_a_period_after():
    assert state(on=date(2026, 12, 1)) == State.CURRENT
    assert state(on=date(2027, 3, 2)) == State.LAPSES
    assert state(on=date(2027, 3, 3)) == State.LAPSED


def test_it_is_current_until_the_last_but_one_session_is_a_period_ago():
    led = [date(2026, 6, 1), date(2026, 9, 1), date(2027, 5, 31)]

    assert last_day(SINCE, led, **KEEPS) == date(2027, 8, 31)
    assert state(*led, on=date(2027, 8, 31)) == State.LAPSES
    assert state(*led, on=date(2027, 9, 1)) == State.LAPSED


def test_it_comes_back_on_the_day_on_which_enough_were_led_and_no_earlier():
    led = [date(2028, 5, 1), date(2028, 6, 1)]

    assert state(*led, on=date(2028, 5, 31)) == State.LAPSED
    assert state(*led, on=date(2028, 6, 1)) == State.CURRENT


def test_a_session_of_29_february_counts_as_long_as_one_of_the_28th():
    keeps: dict[str, Any] = {"led": 1, "within": "1 year"}
    since = date(2027, 1, 1)

    assert last_day(since, [date(2028, 2, 29)], **keeps) == date(2029, 2, 27)
    assert last_day(since, [date(2028, 2, 28)], **keeps) == date(2029, 2, 27)
    assert last_day(since, [date(2028, 3, 1)], **keeps) == date(2029, 2, 28)
    assert last_day(date(2028, 2, 29), [], **keeps) == date(2029, 2, 27)


def test_a_step_that_asks_for_nothing_more_stays():
    assert currency(None, since=SINCE, led_on=[], on=date(2099, 1, 1)).state == State.CURRENT


PERIODS = st.builds(
    lambda n, unit: f"{n} {unit}", st.integers(1, 30), st.sampled_from(["days", "weeks", "months", "years"])
)


@given(since=DAYS, led_on=st.lists(DAYS, max_size=12), on=DAYS, led=st.integers(1, 5), within=PERIODS)
def test_it_is_current_exactly_while_enough_sessions_or_the_first_period_count(since, led_on, on, led, within):
    found = currency({"led": led, "within": within}, since=since, led_on=led_on, on=on)

    counting = sum(day <= on < after(day, within) for day in led_on)
    assert found.is_current == (counting >= led or on < after(since, within))
    assert found.led == counting


@given(since=DAYS, led_on=st.lists(DAYS, max_size=8), more=DAYS, led=st.integers(1, 4), within=PERIODS)
def test_leading_once_more_never_shortens_it(since, led_on, more, led, within):
    assert last_day(since, led_on, led=led, within=within) <= last_day(since, [*led_on, more], led=led, within=within)


# --- who could lead together


def pool(*led, lived=()):
    return [Candidate(f"p{n}", led=count, lived=n in lived) for n, count in enumerate(led)]


def test_somebody_experienced_is_suggested_with_somebody_newer():
    found = suggestions(pool(20, 12, 0, 1), together=2)

    assert [sorted(one.led >= 6 for one in pair) for pair in found] == [[False, True]] * 2


def test_few_people_are_never_put_together_by_the_house():
    assert suggestions(pool(9, 0, 0), together=2) == []


CANDIDATES = st.lists(
    st.builds(Candidate, key=st.uuids(), led=st.integers(0, 30), ahead=st.integers(0, 9), lived=st.booleans()),
    max_size=9, unique_by=lambda one: one.key,
)  # fmt: skip


@given(
    people=CANDIDATES, wanted=st.sampled_from(["", "at least one", "all"]), data=st.data(), together=st.integers(2, 3)
)
def test_no_suggestion_has_two_who_are_kept_apart_or_too_little_lived_experience(people, wanted, data, together):
    keys = [one.key for one in people]
    pairs = [frozenset((a, b)) for a in keys for b in keys if str(a) < str(b)]
    apart = data.draw(st.sets(st.sampled_from(pairs), max_size=10) if pairs else st.just(set()))

    found = suggestions(people, together=together, wanted=wanted, apart=apart, turn="a day")

    named = [one.key for group in found for one in group]
    assert len(named) == len(set(named))
    assert len(found) <= MOST_SUGGESTED
    for group in found:
        inside = {one.key for one in group}
        assert len(inside) == together
        assert not any(pair <= inside for pair in apart)
        lived = [one.lived for one in group]
        assert wanted != "all" or all(lived)
        assert wanted != "at least one" or any(lived)


# --- who went on


def at(day):
    return datetime(2026, 1, day, tzinfo=UTC)


def test_leading_counts_for_who_had_come_to_learn_before():
    sessions = [
        Held(at(2), frozenset("abc"), frozenset("x")),
        Held(at(9), frozenset("bc"), frozenset("xa")),
        Held(at(16), frozenset("x"), frozenset("a")),
    ]

    assert conversion(sessions, contributors=frozenset("ab")) == Conversion(4, 2, 1, 3, 2, 1)


def test_numbers_of_few_people_are_left_out():
    told = shown(Conversion(attended=9, contributed=6, led=2, sessions=10, by_former=4, former=2), fewest=5)

    assert (told.attended, told.contributed, told.led, told.share) == (9, 6, None, None)
    few = shown(Conversion(attended=4, contributed=0, led=0, sessions=3, by_former=0, former=0), fewest=5)
    assert (few.attended, few.contributed, few.led) == (None, None, None)


def test_one_hidden_step_hides_another_so_that_nobody_can_reckon_it():
    assert on_steps({"a": 12, "b": 3, "c": 8, "d": 0}, fewest=5) == {"a": 12, "b": None, "c": None, "d": 0}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=6))
def test_no_step_with_fewer_than_five_people_is_told(counts):
    told = on_steps(counts, fewest=5)

    assert told.keys() == counts.keys()
    assert all(count is None or count == 0 or count >= 5 for count in told.values())


# --- the short session


@pytest.mark.parametrize("language", languages())
def test_the_short_session_takes_30_to_45_minutes_in_every_language(language):
    session = plan(language)

    assert 30 <= session.minutes <= 45
    assert sum(part.minutes for part in session.parts) == session.minutes
    assert max(len(line.split()) for part in session.parts for line in part.happens) <= 24


def test_the_short_session_is_in_english_where_there_is_no_other():
    assert plan("xx") == plan("en") == plan("en-gb")
    assert plan("es-mx").title == "Qué es la coproducción"
