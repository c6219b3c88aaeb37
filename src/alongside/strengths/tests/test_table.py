"""The table of steps by itself, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.strengths.rules.steps import (
    HOLDING,
    OPEN,
    TABLE,
    TERMINAL,
    Actor,
    Side,
    State,
    Step,
    actors_of,
    reminder_is_due,
    row_for,
    steps_open_to,
)

DONE_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANSWER_BY = DONE_AT + timedelta(days=14)


def test_no_step_leads_out_of_an_ended_exchange():
    assert [row for row in TABLE if row.before in TERMINAL] == []


def test_every_open_state_has_a_way_to_end():
    for state in OPEN:
        reachable, frontier = set(), {state}
        while frontier:
            reachable |= frontier
            frontier = {row.after for row in TABLE if row.before in frontier} - reachable
        assert reachable & TERMINAL, state


def test_from_each_state_a_step_has_one_outcome():
    assert len({(row.before, row.step) for row in TABLE}) == len(TABLE)


def test_only_an_answer_a_mediator_or_silence_credits_hours():
    credits = {(row.step, row.who) for row in TABLE if row.after == State.CONFIRMED}
    assert credits == {
        (Step.CONFIRM, Actor.WAITED_FOR),
        (Step.AUTO_CONFIRM, Actor.HOUSE),
        (Step.SETTLE_AS_SAID, Actor.MEDIATOR),
        (Step.SETTLE_CHANGED, Actor.MEDIATOR),
    }


def test_hours_are_set_aside_while_there_is_something_to_settle():
    assert HOLDING < OPEN
    assert State.PROPOSED not in HOLDING


def test_whoever_spoke_last_cannot_confirm_their_own_word():
    giver = actors_of([Side.GIVER], waits_for=Side.RECEIVER)

    steps = {row.step for row in steps_open_to(State.DONE, giver)}

    assert steps == {Step.CANCEL, Step.DISPUTE}


def test_the_side_waited_for_may_confirm_reject_or_dispute():
    receiver = actors_of([Side.RECEIVER], waits_for=Side.RECEIVER)

    steps = {row.step for row in steps_open_to(State.DONE, receiver)}

    assert steps == {Step.CONFIRM, Step.REJECT, Step.DISPUTE}


def test_a_stranger_to_the_exchange_may_do_nothing():
    assert steps_open_to(State.DONE, actors_of([], waits_for=Side.GIVER)) == []


def test_a_no_always_says_why():
    nos = {Step.DECLINE, Step.REJECT, Step.DISPUTE, Step.WITHDRAW, Step.SETTLE_CHANGED, Step.SETTLE_AS_SAID}
    assert {row.step for row in TABLE if row.needs_reason} == nos


def test_a_step_from_the_wrong_state_is_not_in_the_table():
    assert row_for(State.CONFIRMED, Step.CONFIRM) is None


@pytest.mark.parametrize(
    ("days", "reminded_after_days", "due"),
    [
        pytest.param(6, None, False, id="before half the wait"),
        pytest.param(7, None, True, id="at half the wait"),
        pytest.param(9, 7, False, id="already reminded at half"),
        pytest.param(13, 7, True, id="a day before the end"),
        pytest.param(13.5, None, True, id="both moments missed: one reminder"),
        pytest.param(13.6, 13.5, False, id="reminded after both"),
    ],
)
def test_reminders_come_halfway_and_a_day_before_the_end(days, reminded_after_days, due):
    reminded_at = DONE_AT + timedelta(days=reminded_after_days) if reminded_after_days else None

    answer = reminder_is_due(
        since=DONE_AT, answer_by=ANSWER_BY, reminded_at=reminded_at, at=DONE_AT + timedelta(days=days)
    )

    assert answer is due
