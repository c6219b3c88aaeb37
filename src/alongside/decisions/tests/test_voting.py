"""A vote from opening to its result."""

from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from alongside.decisions import actions, signals
from alongside.decisions.models import Ballot, Decision, OpenBallot, Proposal, Receipt, RollEntry, Say, SideChoice
from alongside.decisions.rules.sides import Quorum
from alongside.decisions.tasks import close_votes
from alongside.decisions.tests.voting import LATER, NOON, opened, proposal_of, say, scene, voted
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.actions.merging import merge_members
from alongside.people.models import Role
from alongside.people.tests.factories import child_in, person_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_both_sides_agree_and_it_is_adopted():
    place = scene()

    decision = voted(place, "yyyyn-", "yyynn")

    assert decision.outcome == "passed"
    assert decision.result["says"] == {"uses": "agrees", "provides": "agrees"}
    assert decision.result["tallies"] == {
        "uses": {"yes": 4, "no": 1, "abstain": 1},
        "provides": {"yes": 3, "no": 2, "abstain": 0},
    }
    assert Proposal.objects.get().state == "decided"


def test_where_the_sides_differ_nothing_is_adopted_and_conciliation_begins():
    place = scene()

    decision = voted(place, "nnnnny", "yyyynn")

    assert decision.outcome == "split"
    assert decision.result["steps"][-1]["code"] == "outcome.split"
    assert Proposal.objects.get().state == "split"
    assert not Say.objects.filter(adopted=True).exists()


@pytest.mark.parametrize(
    ("uses", "provides", "outcome", "then"),
    [
        pytest.param("y", "yyyyyn", "not_quorate", "talked_over", id="one of six is no quarter"),
        pytest.param("nnnnny", "nnnnny", "not_passed", "decided", id="both say no"),
        pytest.param("yyynnn", "yyyyyn", "split", "split", id="a tie on one side"),
    ],
)
def test_what_does_not_pass(uses, provides, outcome, then):
    assert voted(scene(), uses, provides).outcome == outcome
    assert Proposal.objects.get().state == then


def test_a_vote_can_be_changed_until_the_close_and_the_last_word_counts_once():
    place = scene()
    decision = opened(place)
    first = say(decision, place.sides["uses"], "nnnnnn")

    again = say(decision, place.sides["uses"], "yyyyyn")

    assert again == first
    say(decision, place.sides["provides"], "yyyyyn")
    closed = actions.close(decision=decision, by=None, at=LATER)
    assert closed.result["tallies"]["uses"] == {"yes": 5, "no": 1, "abstain": 0}


def test_everybody_finds_their_receipt_among_those_counted():
    place = scene()
    decision = opened(place)
    given = say(decision, place.everybody, "yynynyynynyn")

    actions.close(decision=decision, by=None, at=LATER)

    assert sorted(given) == sorted(Receipt.objects.values_list("code", flat=True))
    assert Ballot.objects.count() == len(given) == 12


def test_at_its_time_a_vote_is_closed_by_the_clock_once():
    place, heard = scene(), []
    decision = opened(place)

    def listen(decision, **_about):
        heard.append(decision)

    signals.outcome.connect(listen)
    try:
        assert close_votes(LATER - timedelta(minutes=1)) == "0 closed"
        assert close_votes(LATER + timedelta(days=2)) == "1 closed"
        assert close_votes(LATER + timedelta(days=2)) == "0 closed"
    finally:
        signals.outcome.disconnect(listen)

    decision.refresh_from_db()
    assert decision.outcome == "not_quorate"
    assert Activity.objects.filter(did="decisions.vote_closed").count() == 1


def test_before_its_time_it_closes_only_when_everybody_has_voted():
    place = scene()
    decision = opened(place)
    say(decision, place.everybody[:-1], "yyyyyyyyyyy")
    facilitator = place.sides["provides"][0].person

    with pytest.raises(actions.TooEarlyToClose):
        actions.close(decision=decision, by=facilitator, at=NOON)
    say(decision, place.everybody[-1:], "n")

    assert actions.close(decision=decision, by=facilitator, at=NOON).outcome == "passed"


def test_a_ballot_after_the_close_is_refused_whole():
    place = scene()
    decision = opened(place)
    actions.close(decision=decision, by=None, at=LATER)

    with pytest.raises(actions.VotingIsOver):
        say(decision, place.everybody, "y")
    with pytest.raises(actions.VotingIsOver):
        actions.cast(
            decision=opened(scene(name="Elm Street")),
            membership=place.everybody[0],
            choice="yes",
            by=place.everybody[0].person,
            at=LATER,
        )
    assert not Ballot.objects.exists()
    assert not OpenBallot.objects.exists()


def test_whoever_is_on_no_roll_does_not_vote():
    place = scene()
    decision = opened(place)
    late = person_in(place.town, "Late")

    with pytest.raises(actions.NotOnTheRoll):
        say(decision, [late], "y")
    with pytest.raises(actions.NotCounted):
        actions.cast(
            decision=decision, membership=place.everybody[0], choice="maybe", by=place.everybody[0].person, at=NOON
        )


def test_whoever_leaves_is_counted_as_they_voted_and_votes_no_more():
    place = scene()
    decision = opened(place)
    leaver = place.sides["uses"][1]
    say(decision, [leaver], "n")

    people.leave_community(membership=leaver, by=leaver.person, at=NOON)

    with pytest.raises(actions.NotOnTheRoll):
        say(decision, [leaver], "y")
    closed = actions.close(decision=decision, by=None, at=LATER)
    assert closed.result["rolls"]["uses"] == 6
    assert Ballot.objects.get().choice == "no"


def test_a_new_role_while_voting_moves_nobody_to_the_other_side():
    place = scene()
    decision = opened(place)
    grown = place.sides["uses"][1]

    people.give_role(membership=grown, role=Role.PROFESSIONAL, by=None, at=NOON)
    say(decision, [grown], "y")

    assert OpenBallot.objects.get().side == "uses"


def test_two_records_of_one_person_vote_once():
    place = scene()
    decision = opened(place)
    kept, dropped = place.sides["uses"][1:3]
    say(decision, [dropped], "n")

    merge_members(one=kept, other=dropped, by=place.sides["provides"][0].person, at=NOON)

    assert RollEntry.objects.filter(side="uses").count() == 5
    assert RollEntry.objects.get(membership=kept).took_part
    say(decision, [kept], "y")
    assert OpenBallot.objects.get().choice == "yes"


def test_children_and_people_elsewhere_are_on_no_roll():
    place = scene()
    child_in(place.town, "Kid")
    person_in(scene(name="Elm Street").town, "Elsewhere")

    opened(place)

    assert RollEntry.objects.count() == 12


def test_people_with_two_sides_say_which_before_voting_opens():
    place = scene()
    peer = person_in(place.town, "Peer", roles=[Role.PEER_LEADER])

    with pytest.raises(actions.SidesNotSaid) as refusal:
        opened(place)
    assert refusal.value.people == (peer,)
    with pytest.raises(actions.NotASideOfTheirs):
        actions.speak_for(proposal=place.proposal, membership=peer, side="funds", by=peer.person, at=NOON)
    actions.speak_for(proposal=place.proposal, membership=peer, side="uses", by=peer.person, at=NOON)
    actions.speak_for(proposal=place.proposal, membership=peer, side="provides", by=peer.person, at=NOON)

    opened(place)

    assert RollEntry.objects.get(membership=peer).side == "provides"
    assert SideChoice.objects.count() == 1
    with pytest.raises(actions.NotReadyToVote):
        actions.speak_for(proposal=place.proposal, membership=peer, side="uses", by=peer.person, at=NOON)


def test_those_who_did_not_say_are_left_out_only_knowingly():
    place = scene()
    peer = person_in(place.town, "Peer", roles=[Role.PEER_LEADER])

    opened(place, leave_out_unsaid=True)

    assert not RollEntry.objects.filter(membership=peer).exists()


def test_a_vote_is_opened_once_and_one_at_a_time():
    place, key = scene(), uuid4()
    first = opened(place, key=key)

    assert opened(place, key=key) == first
    with pytest.raises(actions.NotReadyToVote):
        opened(place)
    assert Notice.objects.filter(kind="decisions.vote_opened").count() == 12


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        pytest.param({"sides": ["uses"]}, actions.NeedsTwoSides, id="one side"),
        pytest.param({"sides": ["uses", "uses"]}, actions.NeedsTwoSides, id="the same side twice"),
        pytest.param({"sides": ["uses", "funds"]}, actions.EmptyRoll, id="a side of nobody"),
        pytest.param({"scrutineers": {}}, actions.NotAScrutineer, id="nobody looks over the count"),
        pytest.param({"closes_at": NOON}, actions.ClosesTooSoon, id="over before it begins"),
    ],
)
def test_what_cannot_be_opened(terms, refusal):
    place = scene()

    with pytest.raises(refusal):
        opened(place, **terms)
    assert not Decision.objects.exists()


def test_a_vote_called_off_keeps_no_ballot():
    place = scene()
    decision = opened(place)
    say(decision, place.everybody, "yyyyyyyyyyyn")
    by = place.sides["provides"][0].person

    with pytest.raises(actions.ReasonMissing):
        actions.call_off(decision=decision, why=" ", by=by, at=NOON)
    actions.call_off(decision=decision, why="The text was wrong", by=by, at=NOON)

    assert not OpenBallot.objects.exists()
    assert not Ballot.objects.exists()
    assert Proposal.objects.get().state == "talked_over"
    with pytest.raises(SomeoneElseWasFaster):
        actions.close(decision=decision, by=by, at=LATER)
    assert opened(place)


def test_say_is_written_for_everybody_on_a_roll():
    place = scene()

    voted(place, "yyyyy", "yyyyyn")

    author = place.sides["uses"][0]
    row = Say.objects.get(membership=author)
    assert (row.eligible, row.seen, row.took_part, row.authored, row.adopted) == (True, True, True, True, True)
    silent = Say.objects.get(membership=place.sides["uses"][5])
    assert (silent.eligible, silent.seen, silent.took_part, silent.authored) == (True, False, False, False)
    assert Say.objects.count() == 12


def test_other_terms_count_otherwise():
    place = scene()

    decision = voted(place, "yyyynn", "yyynnn", threshold=Fraction(2, 3), quorum=Quorum(share=Fraction(1, 3)))

    assert decision.settings == {"quorum": {"kind": "approval", "share": "1/3"}, "threshold": "2/3"}
    assert decision.outcome == "split"


TERMS = {
    "rule": "parity-weighted",
    "settings": {"quorum": {"kind": "approval", "share": "0"}, "threshold": "1/2"},
    "is_secret": False,
    "sides": ["uses"],
    "opens_at": NOON - timedelta(days=1),
    "closes_at": LATER + timedelta(days=1),
    "lot_seed": "mine",
}


@pytest.mark.parametrize("term", TERMS)
def test_the_database_keeps_the_terms_of_an_open_vote(term):
    decision = opened(scene())

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**{term: TERMS[term]})


def test_the_database_keeps_version_roll_and_count():
    place = scene()
    decision = voted(place, "yyyyyn", "yyyyyn")
    _other, version = proposal_of(place.everybody[0], "Another")
    lies = [
        lambda: Decision.objects.filter(pk=decision.pk).update(version=version),
        lambda: Decision.objects.filter(pk=decision.pk).update(outcome="not_passed"),
        lambda: Decision.objects.filter(pk=decision.pk).update(result={}),
        lambda: Decision.objects.filter(pk=decision.pk)._raw_delete("default"),
        lambda: Ballot.objects.filter(choice="no").update(choice="yes"),
        lambda: Ballot.objects.filter(choice="no")._raw_delete("default"),
        lambda: Ballot.objects.create(community=place.town, decision=decision, side="uses", choice="yes"),
        lambda: Receipt.objects.create(community=place.town, decision=decision, code="X"),
        lambda: Receipt.objects.all()._raw_delete("default"),
        lambda: RollEntry.objects.filter(side="uses").update(side="provides"),
        lambda: RollEntry.objects.filter(took_part=True).update(took_part=False, channel=""),
        lambda: RollEntry.objects.all()._raw_delete("default"),
        lambda: OpenBallot.objects.create(
            community=place.town, decision=decision, side="uses", choice="yes", voter_key="x", receipt="x"
        ),
    ]

    for lie in lies:
        with pytest.raises(IntegrityError), transaction.atomic():
            lie()
    assert mail.outbox == []
