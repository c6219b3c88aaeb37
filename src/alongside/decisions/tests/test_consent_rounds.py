"""Consent rounds: opened, stood in, objected to, and ended; what the rule says is what the rows hold."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from alongside.decisions import actions, signals
from alongside.decisions.models import Decision, Finding, Objection, RollEntry, Say, Stance
from alongside.decisions.tests.rounds import (
    LATER,
    NOON,
    clarify,
    find,
    fresh,
    next_version,
    objected,
    round_of,
    scene,
    stand,
    understood,
)
from alongside.decisions.tests.voting import opened
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.actions.leaving import erase_person
from alongside.people.actions.merging import merge_members
from alongside.people.tests.factories import person_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def place():
    return scene(uses=3, provides=3)


@pytest.fixture
def consenting(place):
    """A round in which everybody but the last who uses it has consented."""
    decision = round_of(place)
    stand(decision, *place.sides["uses"][:2], *place.sides["provides"])
    return decision


def kinds(decision):
    return {
        str(one.membership.person): one.kind for one in Stance.objects.on(decision).select_related("membership__person")
    }


def why(refused):
    return refused.value.why


def test_silence_is_no_consent_and_everybody_who_consents_adopts_it(place):
    decision = round_of(place)
    stand(decision, *place.everybody)

    actions.end_round(decision=decision, by=None, at=NOON)

    stands = Decision.objects.get(pk=decision.pk)
    assert (stands.state, stands.outcome) == ("closed", "passed")
    assert stands.review_on is not None
    assert stands.proposal.state == "decided"
    assert Say.objects.filter(decision=decision, took_part=True, adopted=True).count() == 6


def test_with_nobody_saying_anything_things_stay_as_they_are(place):
    decision = round_of(place)

    assert actions.close_due(at=LATER) == 1

    stands = Decision.objects.get(pk=decision.pk)
    assert stands.outcome == "not_quorate"
    assert stands.proposal.state == "talked_over"


def test_one_side_alone_adopts_nothing(place):
    decision = round_of(place)
    stand(decision, *place.sides["uses"])
    actions.close_due(at=LATER)

    assert Decision.objects.get(pk=decision.pk).outcome == "not_quorate"


def test_an_objection_is_taken_up_in_a_new_version_and_only_the_objector_says_so(place, consenting):
    author, objector = place.sides["uses"][0], place.sides["uses"][2]
    objection = understood(consenting, objector, place.sides["provides"][0])

    version = next_version(consenting, author, objection)

    assert Decision.objects.get(pk=consenting.pk).version_id == version.pk
    assert Decision.objects.get(pk=consenting.pk).proposal.state == "voting"
    # What people said was about the older words: it is kept, and no longer counts.
    assert {one.version.number for one in Stance.objects.on(consenting)} == {1}
    with pytest.raises(actions.RoundGoesOn):
        actions.end_round(decision=consenting, by=None, at=NOON)
    with pytest.raises(actions.StepNotOpen) as refused:
        actions.confirm_integrated(objection=fresh(objection), membership=author, by=author.person, at=NOON)
    assert why(refused) == "not_theirs"

    actions.confirm_integrated(objection=fresh(objection), membership=objector, by=objector.person, at=NOON)
    assert kinds(consenting)[str(objector.person)] == "pending"
    stand(consenting, *place.everybody)
    actions.end_round(decision=consenting, by=None, at=NOON)

    assert fresh(objection).state == "integrated"
    assert fresh(objection).answered_in == version
    assert Decision.objects.get(pk=consenting.pk).outcome == "passed"


def test_while_an_objection_is_open_its_objector_does_not_consent(place, consenting):
    objector = place.sides["uses"][2]
    objected(consenting, objector)

    with pytest.raises(actions.StepNotOpen) as refused:
        stand(consenting, objector)

    assert why(refused) == "still_open"


def test_an_objection_without_a_new_version_is_not_confirmed(place, consenting):
    objector = place.sides["uses"][2]
    objection = understood(consenting, objector, place.sides["uses"][0])

    with pytest.raises(actions.StepNotOpen) as refused:
        actions.confirm_integrated(objection=objection, membership=objector, by=objector.person, at=NOON)

    assert why(refused) == "no_new_version"


def test_a_version_takes_up_only_what_was_understood(place, consenting):
    objection = objected(consenting, place.sides["uses"][2])

    with pytest.raises(actions.StepNotOpen) as refused:
        next_version(consenting, place.sides["uses"][0], fresh(objection))

    assert why(refused) == "not_clarified"
    assert Decision.objects.get(pk=consenting.pk).version.number == 1


def test_an_objection_taken_back_asks_its_objector_again(place, consenting):
    objector = place.sides["uses"][2]
    objection = fresh(objected(consenting, objector))

    actions.take_back(objection=objection, membership=objector, by=objector.person, at=NOON)

    assert fresh(objection).state == "withdrawn"
    assert kinds(consenting)[str(objector.person)] == "pending"


def test_it_takes_a_facilitator_of_each_side_and_there_is_one_appeal(place, consenting):
    objector = place.sides["uses"][2]
    mine, other = place.sides["uses"][0], place.sides["provides"][0]
    objection = understood(consenting, objector, mine)

    find(objection, mine)
    assert fresh(objection).is_open
    with pytest.raises(actions.StepNotOpen) as refused:
        find(fresh(objection), mine)
    assert why(refused) == "side_has_spoken"
    find(fresh(objection), other)
    assert fresh(objection).state == "not_qualified"
    assert Notice.objects.filter(person=objector.person, title__contains="no longer stands").exists()

    actions.appeal_finding(objection=fresh(objection), membership=objector, by=objector.person, at=NOON)
    assert fresh(objection).state == "clarified"
    assert Finding.objects.filter(objection=objection, is_void=True).count() == 2
    assert kinds(consenting)[str(objector.person)] == "objection"

    find(fresh(objection), other)
    find(fresh(objection), mine)
    with pytest.raises(actions.StepNotOpen) as refused:
        actions.appeal_finding(objection=fresh(objection), membership=objector, by=objector.person, at=NOON)
    assert why(refused) == "appealed_before"


def test_a_finding_on_what_nobody_understood_is_refused(place, consenting):
    objection = fresh(objected(consenting, place.sides["uses"][2]))

    with pytest.raises(actions.StepNotOpen) as refused:
        find(objection, place.sides["uses"][0])

    assert why(refused) == "not_clarified"


def test_at_the_close_an_open_objection_is_unresolved_and_nothing_changes(place, consenting):
    objection = objected(consenting, place.sides["uses"][2])

    assert actions.close_due(at=LATER) == 1

    stands = Decision.objects.get(pk=consenting.pk)
    assert fresh(objection).state == "unresolved"
    assert stands.outcome == "not_passed"
    assert stands.proposal.state == "talked_over"
    # Its words stand in its own row alone, from which they can be erased.
    assert "bus" not in str(stands.result)


def test_nothing_moves_after_the_end(place, consenting):
    objection = fresh(objected(consenting, place.sides["uses"][2]))
    objector = place.sides["uses"][2]

    for late in (NOON, LATER):
        if late == NOON:
            actions.close_due(at=LATER)
        with pytest.raises(actions.RoundIsOver):
            stand(consenting, place.everybody[0], at=late)
        with pytest.raises(actions.RoundIsOver):
            actions.take_back(objection=objection, membership=objector, by=objector.person, at=late)
    with pytest.raises(SomeoneElseWasFaster):
        actions.end_round(decision=consenting, by=None, at=LATER)


def test_who_acts_on_decisions_hears_of_it_once(place, django_capture_on_commit_callbacks):
    heard = []
    signals.outcome.connect(lambda decision, **rest: heard.append(decision.outcome), weak=False, dispatch_uid="heard")
    decision = round_of(place)
    stand(decision, *place.everybody)

    with django_capture_on_commit_callbacks(execute=True):
        actions.end_round(decision=decision, by=None, at=NOON)

    signals.outcome.disconnect(dispatch_uid="heard")
    assert heard == ["passed"]


def test_a_round_ends_early_only_when_everything_is_said(place, consenting):
    with pytest.raises(actions.RoundGoesOn):
        actions.end_round(decision=consenting, by=None, at=NOON)


def test_whoever_is_on_no_roll_has_no_say(place, consenting):
    late, elsewhere = person_in(place.town, "Late"), scene(name="Elm Street").everybody[0]

    for stranger in (late, elsewhere):
        with pytest.raises(actions.NotOnTheRoll):
            stand(consenting, stranger)
        with pytest.raises(actions.NotOnTheRoll):
            objected(consenting, stranger)
    objection = fresh(objected(consenting, place.sides["uses"][2]))
    with pytest.raises(actions.NotAFacilitator):
        clarify(objection, place.sides["uses"][1])
    clarify(objection, place.sides["uses"][2])
    with pytest.raises(actions.StepNotOpen) as refused:
        find(fresh(objection), late)
    assert why(refused) == "facilitator_of_no_side"


def test_the_database_keeps_one_finding_a_side_and_one_facilitator_a_side(place, consenting):
    mine, other = place.sides["uses"][0], place.sides["provides"][0]
    objection = understood(consenting, place.sides["uses"][2], mine)
    find(objection, mine)
    about = {"community": place.town, "objection": objection, "reason": "Again", "at": NOON}

    for side, who in (("uses", other), ("provides", mine)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.create(side=side, membership=who, **about)


def test_the_version_of_a_vote_and_of_a_round_that_is_over_never_moves(place, consenting):
    vote_place = scene(name="Elm Street")
    vote = opened(vote_place)
    actions.close_due(at=LATER)
    version = place.proposal.versions.create(
        community=place.town, number=7, text="Other", made_by=place.everybody[0], keyed_by=place.everybody[0].person,
        made_at=NOON,
    )  # fmt: skip

    for decision in (vote, consenting):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(version=version)


def test_no_ballot_is_cast_in_a_round_and_no_stance_given_in_a_vote(place, consenting):
    person = place.everybody[0]
    with pytest.raises(actions.VotingIsOver):
        actions.cast(decision=consenting, membership=person, choice="yes", by=person.person, at=NOON)
    vote_place = scene(name="Elm Street")
    with pytest.raises(Decision.DoesNotExist):
        stand(opened(vote_place), vote_place.everybody[0])


def test_somebody_says_for_another_how_it_reached_them(place):
    decision, silent = round_of(place), place.sides["uses"][1]
    helper = place.sides["provides"][1]

    actions.give_stance(
        decision=decision, membership=silent, stance="consent_with_concern", words="The stairs are steep.",
        by=helper.person, at=NOON, on_behalf_of=silent.person, channel="phone",
    )  # fmt: skip

    said = Stance.objects.get(membership=silent)
    assert (said.keyed_by, said.channel, said.words) == (helper.person, "phone", "The stairs are steep.")
    assert RollEntry.objects.on(decision).get(membership=silent).channel == "phone"
    entry = Activity.objects.get(did="decisions.stance_given")
    assert (entry.by_id, entry.on_behalf_of_id) == (helper.person_id, silent.person_id)


def test_the_objection_of_somebody_who_leaves_stays_until_it_is_looked_at(place, consenting):
    objector = place.sides["uses"][2]
    objection = understood(consenting, objector, place.sides["uses"][0])

    people.leave_community(membership=objector, by=objector.person, at=NOON)

    with pytest.raises(actions.NotOnTheRoll):
        actions.take_back(objection=fresh(objection), membership=objector, by=objector.person, at=NOON)
    assert fresh(objection).is_open
    find(fresh(objection), place.sides["uses"][0])
    find(fresh(objection), place.sides["provides"][0])
    assert fresh(objection).state == "not_qualified"


def test_erasing_wipes_the_words_and_keeps_the_record(place, consenting):
    objector, mine = place.sides["uses"][2], place.sides["uses"][0]
    objection = understood(consenting, objector, mine)
    find(objection, mine, reason="He only wants to sleep.")
    actions.close_due(at=LATER)

    erase_person(person=objector.person, by=None, at=LATER + timedelta(days=1))
    erase_person(person=mine.person, by=None, at=LATER + timedelta(days=1))

    row = fresh(objection)
    assert (row.reason, row.harms, row.clarified, row.state) == ("", "", "", "unresolved")
    assert Finding.objects.get(objection=objection).reason == ""


def test_two_records_of_one_person_become_one_word(place, consenting):
    kept, dropped = place.sides["uses"][1:3]
    objection = objected(consenting, dropped)

    merge_members(one=kept, other=dropped, by=place.everybody[0].person, at=NOON)

    assert fresh(objection).membership == kept
    assert not RollEntry.objects.on(consenting).filter(membership=dropped).exists()
    assert Stance.objects.on(consenting).get(membership=kept).kind == "objection"


def test_letters_go_to_whoever_is_asked(place, consenting):
    author, objector, facilitator = place.sides["uses"][0], place.sides["uses"][2], place.sides["provides"][0]
    objection = understood(consenting, objector, facilitator)
    next_version(consenting, author, objection)

    def titles(member):
        return list(
            Notice.objects.filter(person=member.person).order_by("made_at", "id").values_list("title", flat=True)
        )

    assert titles(objector) == [
        "A consent round is open, and you have a say", "There is a new version: please look again",
    ]  # fmt: skip
    assert "Somebody objects" in titles(facilitator)
    told = Notice.objects.get(person=objector.person, title__contains="new version")
    assert "Only you can say whether it does" in told.body
    assert Objection.objects.count() == 1
