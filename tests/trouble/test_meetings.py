"""Many at the same meeting at once: nobody's words are lost, and a count of hands becomes one decision."""

from functools import partial
from uuid import uuid4

import pytest

from alongside.decisions import actions
from alongside.decisions.models import (
    AgendaItem,
    Correction,
    Decision,
    HandVote,
    Meeting,
    MinutesApproval,
    Passage,
    Undertaking,
)
from alongside.decisions.tests.meetings import (
    END,
    START,
    called,
    corrected,
    put_forward,
    raised,
    scene,
    state_of,
    to_decide,
    wrote,
)
from alongside.decisions.tests.meetings import over as meeting_over
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity
from alongside.people.tests.factories import coordinator_in
from tests.trouble.test_trouble import at_once

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]


def test_of_many_who_save_the_same_passage_at_once_one_is_kept_and_the_others_are_told():
    place = scene(uses=4, provides=2)
    _meeting, item, _cora = meeting_over(place)

    def save(number: int) -> Passage:
        fresh = AgendaItem.objects.select_related("meeting__community").get(pk=item.pk)
        return wrote(fresh, place.everybody[0], f"By {number}.", number=1)

    results = at_once([partial(save, number) for number in range(6)])

    assert [type(one) for one in results if not isinstance(one, Passage)] == [SomeoneElseWasFaster] * 5
    assert Passage.objects.filter(item=item).count() == 2


def test_both_sides_approve_at_once_and_the_minutes_stand_once():
    place = scene(uses=2, provides=2)
    meeting, _item, _cora = put_forward(place, uses=2, provides=2)

    def approve(member):
        fresh = Meeting.objects.select_related("community").get(pk=meeting.pk)
        return actions.approve_minutes(meeting=fresh, membership=member, revision=1, by=member.person, at=END)

    at_once([partial(approve, member) for member in place.everybody])

    assert state_of(meeting) == "approved"
    assert MinutesApproval.objects.count() >= 2


def test_both_sides_confirm_at_once_again_and_again_and_one_decision_is_made():
    place = scene(uses=3, provides=2)
    item, cora = to_decide(place)
    hands = raised(item, cora)

    def confirm(member):
        fresh = HandVote.objects.select_related("meeting__community", "community").get(pk=hands.pk)
        return actions.confirm_hands(hands=fresh, membership=member, by=member.person, at=START)

    at_once([partial(confirm, member) for member in place.everybody * 2])

    assert Decision.objects.count() == 1
    assert Decision.objects.get().result["rolls"] == {"uses": 3, "provides": 2}


def test_one_form_pressed_many_times_at_once_calls_one_meeting():
    place = scene(uses=2, provides=2)
    cora, key = coordinator_in(place.town), uuid4()

    results = at_once([partial(called, cora, key=key)] * 6)

    assert {type(one) for one in results} == {Meeting}
    assert Meeting.objects.count() == 1
    assert Activity.objects.filter(did="decisions.meeting_called").count() == 1


def test_one_form_pressed_many_times_at_once_enters_hands_once():
    place = scene(uses=3, provides=2)
    item, cora = to_decide(place)
    key = uuid4()

    def enter() -> HandVote:
        fresh = AgendaItem.objects.select_related("meeting__community", "community").get(pk=item.pk)
        return raised(fresh, cora, key=key)

    results = at_once([enter] * 6)

    assert {type(one) for one in results} == {HandVote}
    assert HandVote.objects.count() == 1


def test_one_form_pressed_many_times_at_once_asks_for_one_correction():
    place = scene(uses=2, provides=2)
    meeting, _item, _cora = put_forward(place)
    key = uuid4()

    def ask() -> Correction:
        fresh = Meeting.objects.select_related("community").get(pk=meeting.pk)
        return corrected(fresh, place.everybody[0], key=key)

    results = at_once([ask] * 6)

    assert {type(one) for one in results} == {Correction}
    assert Correction.objects.count() == 1


def test_one_form_pressed_many_times_at_once_writes_one_undertaking():
    place = scene(uses=2, provides=2)
    meeting, _item, cora = meeting_over(place)
    key = uuid4()

    def undertake() -> Undertaking:
        fresh = Meeting.objects.select_related("community").get(pk=meeting.pk)
        return actions.undertake(
            meeting=fresh, membership=cora, what="Buy lamps", owner=place.everybody[0], due_on=END.date(),
            by=cora.person, at=END, key=key,
        )  # fmt: skip

    results = at_once([undertake] * 6)

    assert {type(one) for one in results} == {Undertaking}
    assert Undertaking.objects.count() == 1
