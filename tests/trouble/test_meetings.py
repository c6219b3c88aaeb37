"""Many at the same meeting at once: nobody's words are lost, and a count of hands becomes one decision."""

from functools import partial

import pytest

from alongside.decisions import actions
from alongside.decisions.models import AgendaItem, Decision, HandVote, Meeting, MinutesApproval, Passage
from alongside.decisions.tests.meetings import END, START, put_forward, raised, scene, state_of, to_decide, wrote
from alongside.decisions.tests.meetings import over as meeting_over
from alongside.kernel.errors import SomeoneElseWasFaster
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
