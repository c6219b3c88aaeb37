"""What a meeting decides by show of hands: announced, counted, confirmed by two sides, and then a decision like any."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.decisions import actions, signals, subjects
from alongside.decisions.models import (
    AgendaItem,
    Ballot,
    Conciliation,
    Decision,
    HandConfirmation,
    HandVote,
    Proposal,
    RollEntry,
    Say,
    Scrutineer,
    Version,
)
from alongside.decisions.tests.meetings import END, NOON, START, brought, confirm, raised, scene, to_decide
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.tests.factories import community, person_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=5, provides=3)


def proposal_state():
    return Proposal.objects.get().state


def test_hands_become_a_decision_once_somebody_of_each_side_confirms(place, django_capture_on_commit_callbacks):
    item, cora = to_decide(place)
    heard = []
    signals.outcome.connect(lambda sender, decision, **more: heard.append(decision), weak=False, dispatch_uid="hands")
    hands = raised(item, cora, "2,1,0", "2,0,0")
    assert proposal_state() == "voting"
    assert not Decision.objects.exists()

    confirm(hands, place.sides["uses"][0])
    assert not Decision.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        stands = confirm(hands, place.sides["provides"][1])

    signals.outcome.disconnect(dispatch_uid="hands")
    made = Decision.objects.get()
    assert (stands.decision, heard) == (made, [made])
    assert (made.state, made.outcome, made.is_secret) == ("closed", "passed", False)
    assert made.result["tallies"] == {
        "uses": {"yes": 2, "no": 1, "abstain": 0}, "provides": {"yes": 2, "no": 0, "abstain": 0},
    }  # fmt: skip
    assert made.result["rolls"] == {"uses": 3, "provides": 2}
    assert not Ballot.objects.exists()
    assert {one.side: one.membership for one in Scrutineer.objects.all()} == {
        "uses": place.sides["uses"][0], "provides": place.sides["provides"][1],
    }  # fmt: skip
    assert proposal_state() == "decided"


def test_who_was_there_took_part_and_who_was_invited_could_have(place):
    item, cora = to_decide(place)
    confirm(raised(item, cora), place.sides["uses"][0], place.sides["provides"][0])

    took_part = {one.membership: one.took_part for one in Say.objects.select_related("membership")}
    there = [*place.sides["uses"][:3], *place.sides["provides"][:2]]
    assert {member for member, took in took_part.items() if took} == set(there)
    assert set(took_part) >= set(place.everybody)
    assert set(RollEntry.objects.values_list("membership", flat=True)) == {one.pk for one in there}


def test_everybody_the_meeting_was_for_hears_what_came_out(place):
    item, cora = to_decide(place)
    confirm(raised(item, cora), place.sides["uses"][0], place.sides["provides"][0])

    told = Notice.objects.filter(key__startswith="hands-stands")
    assert set(told.values_list("person", flat=True)) == {one.person_id for one in [*place.everybody, cora]}


def test_where_the_sides_differ_nobody_is_outvoted_and_conciliation_begins(place):
    item, cora = to_decide(place)
    confirm(raised(item, cora, "3,0,0", "0,2,0"), place.sides["uses"][0], place.sides["provides"][0])

    assert Decision.objects.get().outcome == "split"
    assert Conciliation.objects.count() == 1
    assert proposal_state() == "split"


def test_a_tie_leaves_things_as_they_are(place):
    item, cora = to_decide(place)
    confirm(raised(item, cora, "1,1,1", "1,1,0"), place.sides["uses"][0], place.sides["provides"][0])

    assert Decision.objects.get().outcome == "not_passed"


# Guards


@pytest.mark.parametrize("days", [0, 2])
def test_what_was_not_announced_three_days_before_is_not_decided(place, days):
    item, cora = to_decide(place, at=START - timedelta(days=days, minutes=1))
    with pytest.raises(actions.NotAnnounced):
        raised(item, cora)


def test_new_words_are_announced_anew(place):
    item, cora = to_decide(place)
    Version.objects.create(
        community=place.town, proposal=place.proposal, number=2, text="We open at nine.", made_by=cora,
        keyed_by=cora.person, made_at=START - timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(actions.NotAnnounced):
        raised(item, cora)


def test_what_is_only_talked_about_is_not_decided(place):
    item, cora = to_decide(place)
    AgendaItem.objects.update(kind="talk", announced_at=None)
    with pytest.raises(actions.NotAnnounced):
        raised(item, cora)


def test_nothing_is_decided_with_too_few_of_a_side(place):
    item, cora = to_decide(place, provides=0)
    with pytest.raises(actions.TooFewThere) as refused:
        raised(item, cora, "3,0,0", "0,0,0")
    assert (refused.value.side, refused.value.there, refused.value.needed) == ("provides", 0, 1)


@pytest.mark.parametrize("uses", ["2,0,0", "4,0,0", "3,1,0"])
def test_counts_that_do_not_make_the_number_of_those_who_are_there_are_refused(place, uses):
    item, cora = to_decide(place)
    with pytest.raises(actions.CountsDoNotFit):
        raised(item, cora, uses)


def test_one_person_cannot_confirm_for_both_sides_nor_the_facilitator_alone(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)
    ana = place.sides["uses"][0]

    confirm(hands, ana, ana, place.sides["uses"][1])
    with pytest.raises(actions.NotThere):
        confirm(hands, cora)

    assert HandConfirmation.objects.count() == 1
    assert not Decision.objects.exists()


def test_nobody_confirms_who_was_not_there_or_for_another(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])
    for member in (place.sides["provides"][2], steward, person_in(community("Elsewhere"), "Eve")):
        with pytest.raises(actions.NotThere):
            confirm(hands, member)
        with pytest.raises(actions.NotThere):
            actions.refuse_hands(hands=hands, membership=member, why="No.", by=member.person, at=START)
    with pytest.raises(actions.NotThere):
        actions.confirm_hands(hands=hands, membership=place.sides["uses"][0], by=cora.person, at=START)


def test_the_database_lets_no_count_stand_without_two_sides_nor_change(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)
    confirm(hands, place.sides["uses"][0])
    given = {"community": place.town, "hands": hands, "at": START}
    for attempt in (
        lambda: HandVote.objects.update(counts={}),
        lambda: HandVote.objects.all()._raw_delete("default"),
        lambda: HandConfirmation.objects.update(side="provides"),
        lambda: HandConfirmation.objects.all()._raw_delete("default"),
        lambda: HandConfirmation.objects.create(side="provides", membership=place.sides["provides"][2], **given),
        lambda: HandConfirmation.objects.create(side="provides", membership=place.sides["uses"][1], **given),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_somebody_who_was_there_says_it_was_not_so_and_it_can_be_counted_anew(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)
    ana = place.sides["uses"][0]
    with pytest.raises(actions.ReasonMissing):
        actions.refuse_hands(hands=hands, membership=ana, why=" ", by=ana.person, at=START)

    actions.refuse_hands(hands=hands, membership=ana, why="I said no.", by=ana.person, at=START)

    assert proposal_state() == "talked_over"
    with pytest.raises(SomeoneElseWasFaster):
        confirm(hands, ana)
    again = raised(item, cora, "2,1,0")
    confirm(again, ana, place.sides["provides"][0])
    assert Decision.objects.get().outcome == "passed"


def test_while_a_count_waits_the_words_stay_and_no_other_vote_opens(place):
    item, cora = to_decide(place)
    raised(item, cora)
    author = place.sides["uses"][0]
    with pytest.raises(actions.NotTalkedOver):
        actions.withdraw(proposal=place.proposal, why="No.", by=author.person, at=START)
    with pytest.raises(actions.NotReadyToVote):
        raised(item, cora)


def test_what_nobody_confirms_in_two_weeks_does_not_stand(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)

    assert actions.lapse_hands(at=START + timedelta(days=13)) == 0
    assert actions.lapse_hands(at=START + timedelta(days=14)) == 1
    assert actions.lapse_hands(at=START + timedelta(days=15)) == 0

    hands.refresh_from_db()
    assert hands.state == "lapsed"
    assert proposal_state() == "talked_over"


def test_when_the_list_of_those_there_changes_the_count_no_longer_fits(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)
    actions.keep_attendance(
        meeting=item.meeting, came={place.sides["uses"][3]: actions.Seat("uses")}, by=cora.person, at=START
    )
    with pytest.raises(actions.CountsDoNotFit):
        confirm(hands, place.sides["uses"][0])


def test_the_owner_was_there_and_is_told(place):
    item, cora = to_decide(place)
    ana = place.sides["uses"][0]
    with pytest.raises(actions.NotOnTheRoll):
        raised(item, cora, owner=place.sides["uses"][4])
    day = place.town.day_of(END) + timedelta(days=30)
    hands = raised(item, cora, owner=ana, due_on=day)
    confirm(hands, ana, place.sides["provides"][0])

    made = Decision.objects.get()
    assert (made.owner, made.due_on) == (ana, day)
    assert Notice.objects.filter(person=ana.person, kind="decisions.owner").exists()


def test_hands_are_not_counted_before_the_meeting_has_begun(place):
    item, cora = to_decide(place)
    type(item.meeting).objects.update(begun_at=None)
    with pytest.raises(actions.NotYetBegun):
        raised(item, cora, at=NOON)


def test_what_belongs_to_another_room_is_decided_by_hands_only_where_that_room_says_so(place, monkeypatch):
    item, cora = to_decide(place)
    about = subjects.Subject(
        name="rules", ways={"double-majority"}, lines=lambda *_: [], check=lambda *_: None,
        check_opening=lambda *_: None, edit_url=lambda _: "", came_of_it=lambda _: None,
    )  # fmt: skip
    monkeypatch.setitem(subjects._subjects, "rules", about)
    Proposal.objects.update(subject="rules")

    with pytest.raises(subjects.NotByThisRule):
        raised(item, cora)
    with pytest.raises(actions.NotForThisMeeting):
        brought(item.meeting, cora, told={"proposal": Proposal.objects.get(), "decides": True})

    monkeypatch.setitem(subjects._subjects, "rules", replace(about, ways={"hands"}))
    assert raised(item, cora).state == "waits"


def test_who_leaves_after_the_count_does_not_undo_it(place):
    item, cora = to_decide(place)
    hands = raised(item, cora)
    people.leave_community(
        membership=place.sides["uses"][1], by=place.sides["uses"][1].person, at=START + timedelta(hours=1)
    )

    stands = confirm(hands, place.sides["uses"][0], place.sides["provides"][0])

    assert stands.state == "stands"
    assert Decision.objects.get().result["rolls"] == {"uses": 3, "provides": 2}


def test_what_waits_for_its_hands_to_be_confirmed_is_neither_moved_nor_dropped(place):
    item, cora = to_decide(place)
    raised(item, cora)
    AgendaItem.objects.filter(pk=item.pk).update(state="stands", began_at=None)

    with pytest.raises(actions.HandsWait):
        actions.drop_item(item=item, why="No time.", by=cora.person, at=END)
