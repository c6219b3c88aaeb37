"""Boards: who is there is ticked, and a decision is noted with a quorum or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.programs import actions
from alongside.programs.models import BoardDecision, BoardMeeting, BoardPresence
from alongside.programs.tests.job_scenes import again, nursery, seated
from alongside.programs.tests.scenes import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
PARENTS = [f"Parent {n}" for n in range(8)]


def board_of_seven():
    """A board of seven, an eighth parent who is not on it, and today's meeting."""
    program, parents = nursery(*PARENTS)
    terms = seated(program, parents[:7])
    return program, parents, terms, met(program, parents[0])


def met(program, by, day=TODAY):
    meeting = actions.hold_board_meeting(program=program, job="board", held_on=day, by=by.person, at=NOON)
    return again(meeting, program)


def ticked(meeting, here):
    return actions.tick_presence(meeting=meeting, here=here, by=here[0].person, at=NOON)


def decides(meeting, by, words="We buy a slide.", key=None):
    return actions.note_board_decision(meeting=meeting, words=words, by=by.person, at=NOON, key=key or uuid4())


def test_three_of_seven_cannot_decide_and_four_can():
    _program, parents, _terms, meeting = board_of_seven()
    quorum = ticked(meeting, parents[:3])
    assert (quorum.holders, quorum.here, quorum.needed, quorum.is_there) == (7, 3, 4, False)

    with pytest.raises(actions.NoQuorum) as refusal:
        decides(meeting, parents[0])
    assert (refusal.value.here, refusal.value.needed) == (3, 4)
    assert not BoardDecision.objects.exists()

    assert ticked(meeting, parents[:4]).is_there
    made = decides(meeting, parents[0])
    assert (made.holders, made.here, made.needed) == (7, 4, 4)


def test_what_was_said_is_written_down_without_a_quorum_and_by_one_at_a_time():
    _program, parents, _terms, meeting = board_of_seven()
    told = {"meeting": meeting, "by": parents[0].person, "at": NOON + timedelta(minutes=1)}

    actions.write_board_minutes(minutes="We talked.", seen=meeting.changed_at, **told)
    with pytest.raises(SomeoneElseWasFaster):
        actions.write_board_minutes(minutes="Nobody talked.", seen=meeting.changed_at, **told)

    assert BoardMeeting.objects.get().minutes == "We talked."


def test_who_has_no_seat_that_day_does_not_count():
    program, parents, terms, meeting = board_of_seven()
    with pytest.raises(actions.NotOnTheBoard):
        ticked(meeting, parents[4:])
    assert not BoardPresence.objects.exists()

    ticked(meeting, parents[:4])
    actions.step_down(term=again(terms[0], program), by=parents[0].person, at=NOON)

    quorum = actions.quorum_of(meeting)
    assert (quorum.holders, quorum.here, quorum.needed) == (6, 3, 3)


def test_a_meeting_of_another_day_counts_who_had_a_seat_then():
    program, parents, _terms, _meeting = board_of_seven()

    before = met(program, parents[0], NOON.date() - timedelta(days=1))

    assert actions.quorum_of(before).holders == 0
    with pytest.raises(actions.NoQuorum):
        decides(before, parents[0])
    with pytest.raises(actions.MeetsLater):
        met(program, parents[0], NOON.date() + timedelta(days=1))
    with pytest.raises(actions.NoSuchJob):
        actions.hold_board_meeting(program=program, job="garden", held_on=NOON.date(), by=parents[0].person, at=NOON)


def test_one_board_meets_once_a_day_and_one_form_decides_once():
    program, parents, _terms, meeting = board_of_seven()
    ticked(meeting, parents[:7])
    key = uuid4()

    assert met(program, parents[1]) == meeting
    assert decides(meeting, parents[0], key=key) == decides(meeting, parents[0], key=key)

    assert BoardDecision.objects.count() == 1


@pytest.mark.both_databases
def test_the_database_takes_no_decision_with_more_people_than_are_ticked():
    program, parents, _terms, meeting = board_of_seven()
    ticked(meeting, parents[:3])
    told = {
        "community": program.community, "meeting": meeting, "words": "Mine!", "holders": 7, "needed": 4,
        "keyed_by": parents[0].person, "at": NOON,
    }  # fmt: skip

    for here in (3, 4, 8):
        with pytest.raises(IntegrityError), transaction.atomic():
            BoardDecision.objects.create(here=here, key=uuid4(), **told)

    assert not BoardDecision.objects.exists()
