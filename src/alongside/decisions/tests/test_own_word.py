"""Whoever writes down the word of others does not get round them: minutes, advice, plans, small edits, lists."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import Attendance, Minutes, MinutesApproval
from alongside.decisions.tests import advising
from alongside.decisions.tests.meetings import (
    END,
    NOON,
    START,
    approve,
    brought,
    called,
    confirm,
    corrected,
    put_forward,
    raised,
    scene,
    state_of,
    to_decide,
)
from alongside.kernel.channels import Channel
from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of, community, coordinator_in, person_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=5, provides=5)


def by_phone(cora, member):
    return {"by": cora.person, "on_behalf_of": member.person, "channel": Channel.PHONE}


def approve_for(cora, meeting, member, *, revision=1, at=END):
    return actions.approve_minutes(
        meeting=meeting, membership=member, revision=revision, at=at, **by_phone(cora, member)
    )


# Minutes


def test_nobody_approves_for_who_asked_for_a_correction_themselves(place):
    meeting, _item, cora = put_forward(place)
    uma = place.sides["uses"][0]
    asked = corrected(meeting, uma)
    actions.answer_correction(
        correction=asked, membership=cora, take_up=False, answer="It was dark.", by=cora.person, at=END
    )

    with pytest.raises(actions.AnsweredThemselves):
        approve_for(cora, meeting, uma)

    assert not MinutesApproval.objects.exists()
    approve(meeting, [uma])
    assert MinutesApproval.objects.get().membership == uma


def test_nobody_takes_an_approval_away_by_asking_for_a_correction_in_its_name(place):
    meeting, _item, cora = put_forward(place)
    uma = place.sides["uses"][0]
    approve(meeting, [uma])

    with pytest.raises(actions.AnsweredThemselves):
        corrected(meeting, uma, **by_phone(cora, uma))

    assert MinutesApproval.objects.get().membership == uma


def test_what_was_told_by_phone_can_be_told_otherwise_by_phone(place):
    meeting, _item, cora = put_forward(place)
    uma = place.sides["uses"][0]
    asked = corrected(meeting, uma, **by_phone(cora, uma))
    actions.answer_correction(
        correction=asked, membership=cora, take_up=False, answer="It was dark.", by=cora.person, at=END
    )

    assert approve_for(cora, meeting, uma).membership == uma


def test_words_that_others_wrote_down_do_not_shorten_the_days_to_read(place):
    meeting, _item, cora = put_forward(place)
    there = [*place.sides["uses"][:2], *place.sides["provides"][:2]]

    for member in there:
        approve_for(cora, meeting, member)

    assert state_of(meeting) == Minutes.State.PUT_FORWARD
    actions.let_minutes_stand(at=END + timedelta(days=3))
    assert state_of(meeting) == Minutes.State.APPROVED


def test_who_has_answered_stays_on_the_list_of_who_was_there_and_on_their_side(place):
    meeting, _item, cora = put_forward(place)
    uma, ula = place.sides["uses"][:2]
    asked = corrected(meeting, uma)
    actions.answer_correction(correction=asked, membership=cora, take_up=True, answer="", by=cora.person, at=END)

    with pytest.raises(actions.HasAnswered):
        actions.keep_attendance(meeting=meeting, came={}, gone=[uma], by=cora.person, at=END)
    actions.keep_attendance(meeting=meeting, came={}, gone=[ula], by=cora.person, at=END)

    assert Attendance.objects.filter(meeting=meeting, membership=uma).exists()
    assert not Attendance.objects.filter(meeting=meeting, membership=ula).exists()


def test_while_a_count_waits_nobody_is_swapped_for_somebody_who_would_confirm_it(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)
    there, other = place.sides["uses"][0], place.sides["uses"][4]

    changes: list[dict[str, Any]] = [
        {"came": {other: actions.Seat("uses")}, "gone": [there]},
        {"came": {}, "gone": [place.sides["provides"][0]]},
    ]
    for change in changes:
        with pytest.raises(actions.HandsWait):
            actions.keep_attendance(meeting=item.meeting, by=cora.person, at=START, **change)

    assert confirm(hands, there, place.sides["provides"][0]).decision_id
    actions.keep_attendance(meeting=item.meeting, came={}, gone=[there], by=cora.person, at=START)


# A meeting that moves


def test_who_cannot_come_hears_of_another_day_but_not_of_another_room(place):
    cora, uma = coordinator_in(place.town), place.sides["uses"][0]
    meeting = called(cora)
    actions.say_coming(meeting=meeting, membership=uma, comes=False, by=uma.person, at=NOON)
    Notice.objects.all().delete()

    def change(minutes, **told):
        given = {"title": "Kitchen meeting", "starts_at": START, "minutes": 60, "place": "The hall", **told}
        meeting.refresh_from_db()
        actions.change_meeting(
            meeting=meeting, told=actions.MeetingTold(**given), why="It rains.", seen=meeting.changed_at,
            by=cora.person, at=NOON + timedelta(minutes=minutes),
        )  # fmt: skip

    change(1, place="The yard")
    assert not Notice.objects.filter(person=uma.person).exists()
    change(2, place="The yard", starts_at=START + timedelta(days=1))
    assert Notice.objects.filter(person=uma.person).count() == 1


# What is to be decided by hands


def test_everybody_hears_what_is_to_be_decided_by_its_own_name_and_not_by_that_of_the_matter(place):
    cora, uma = coordinator_in(place.town), place.sides["uses"][0]
    meeting = called(cora)
    brought(meeting, uma, "Tea towels", told={"proposal": place.proposal, "decides": True})

    told = Notice.objects.get(kind="decisions.agenda", person=place.sides["uses"][3].person)
    assert "“Open on Sundays” is to be decided" in told.body
    assert "Tea towels" in told.body


def test_everybody_hears_when_what_is_to_be_decided_moves_to_another_meeting(place):
    cora, uma = coordinator_in(place.town), place.sides["uses"][0]
    meeting, next_one = called(cora), called(cora, starts_at=START + timedelta(days=7))
    item = brought(meeting, uma, told={"proposal": place.proposal, "decides": True})
    Notice.objects.all().delete()

    actions.carry_item(item=item, to=next_one, by=cora.person, at=NOON)

    told = Notice.objects.filter(kind="decisions.agenda", body__contains="is to be decided")
    assert {member.person_id for member in place.everybody} <= set(told.values_list("person", flat=True))


def test_hands_are_not_counted_long_after_the_meeting_when_nobody_knows_who_was_there(place):
    item, cora = to_decide(place)
    actions.end_meeting(meeting=item.meeting, by=cora.person, at=END)

    with pytest.raises(actions.MeetingIsOver):
        raised(item, cora, at=END + timedelta(days=3, seconds=1))
    assert raised(item, cora, at=END + timedelta(days=3)).state == "waits"


# Advice


def test_who_decides_writes_down_nobody_else_s_advice(place):
    decision = advising.begun(place)
    decider, other = place.everybody[0], place.sides["uses"][1]

    with pytest.raises(actions.DecidersAsk):
        advising.advised(decision, other, **by_phone(decider, other))

    cora = coordinator_in(place.town)
    assert advising.advised(decision, other, **by_phone(cora, other)).membership == other


def test_nobody_decides_once_a_side_that_could_object_is_gone(place):
    decision = advising.planned(place)
    for member in place.sides["provides"]:
        member.left_at = NOON
        member.save(update_fields=["left_at"])

    with pytest.raises(actions.EmptyRoll):
        advising.say(decision, place.everybody[0], at=NOON + 7 * advising.DAY)

    advising.say(decision, place.everybody[0], "leave", why="Too few of us.", at=NOON + 7 * advising.DAY)
    decision.refresh_from_db()
    assert decision.outcome == "not_passed"


def test_nobody_of_another_community_finds_a_meeting(place):
    meeting, eve = called(coordinator_in(place.town)), person_in(community("Elsewhere"), "Eve")

    assert browser_of(eve).get(reverse("decisions:meeting", args=[place.town.slug, meeting.pk])).status_code == 404
