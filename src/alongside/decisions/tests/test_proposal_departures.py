"""What stays of proposals and talk when somebody exports, leaves, is erased or merged."""

import json

import pytest

from alongside.decisions.departures import proposals as departures
from alongside.decisions.models import Author, Contribution, Draft, Proposal, Reaction, Version
from alongside.decisions.tests.proposals import (
    NOON,
    SOON,
    answered,
    asked,
    community,
    coordinator_in,
    drafted,
    person_in,
    proposed,
    reacted,
    said,
)
from alongside.people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return person_in(community(), "Amina")


@pytest.fixture
def ben(amina):
    return person_in(amina.community, "Ben")


def test_the_file_of_everything_holds_words_stands_and_drafts(amina, ben):
    version = proposed(amina, why="Many eat alone.")
    answered(asked(version, ben), amina, "We take turns.")
    reacted(version, ben, "worries", side="uses")
    drafted(ben, "A second kettle", why="One is not enough.")

    hers, his = (json.dumps(departures.export(each.person)) for each in (amina, ben))

    assert all(words in hers for words in ("Lunch for all", "Many eat alone.", "We take turns."))
    assert all(words in his for words in ("Who cooks?", "worries", "A second kettle", "One is not enough."))
    assert "Many eat alone." not in his


def test_of_who_is_erased_the_words_go_and_the_answers_stay(amina, ben):
    version = proposed(amina)
    answered(asked(version, ben, "Who cooks?"), amina, "We take turns.")
    said(version, ben, "Good.")
    reacted(version, ben)

    departures.erase(ben.person, by=None, at=SOON)

    left = Contribution.objects.get()
    assert (left.text, left.answer, left.words_erased_at) == ("", "We take turns.", SOON)
    assert not Reaction.objects.exists()


def test_a_proposal_that_is_somebodys_alone_goes_with_them(amina):
    proposed(amina)
    drafted(amina, "A second kettle")

    departures.erase(amina.person, by=None, at=SOON)

    assert not Proposal.objects.exists()


@pytest.mark.parametrize("took_part", ["spoke", "reacted", "voted"])
def test_a_proposal_that_others_took_part_in_is_the_communitys_by_now(amina, ben, took_part):
    version = proposed(amina)
    if took_part == "spoke":
        said(version, ben)
    elif took_part == "reacted":
        reacted(version, ben)
    else:
        Proposal.objects.update(state="decided")

    departures.erase(amina.person, by=None, at=SOON)

    assert Version.objects.get().text == version.text
    assert not Author.objects.exists()


def test_who_leaves_stands_for_nothing_and_their_drafts_go(amina, ben):
    version = proposed(amina)
    reacted(version, ben)
    drafted(ben, "A second kettle")

    departures.leave(ben, by=None, at=SOON)
    departures.leave(amina, by=None, at=SOON)

    assert [each.title for each in Proposal.objects.all()] == ["Lunch for all"]
    assert [model.objects.count() for model in (Author, Draft, Reaction)] == [0, 0, 0]


def test_two_records_made_one_have_one_word_the_later(amina, ben):
    twice = person_in(amina.community, "Ben again")
    version = proposed(ben)
    reacted(version, ben, "helps")
    reacted(version, twice, "worries", at=SOON)
    answered(asked(version, twice), twice)
    drafted(twice, "A second kettle")

    departures.merge(kept=ben, dropped=twice, by=amina.person, at=SOON)

    assert [(each.membership, each.kind) for each in Reaction.objects.all()] == [(ben, "worries")]
    assert {each.membership for each in Author.objects.all()} == {ben}
    assert Contribution.objects.get().answered_by == ben


def test_the_house_merges_through_this_room(amina, ben):
    cora, twice = coordinator_in(amina.community), person_in(amina.community, "Ben again")
    said(proposed(amina), twice)

    people.merge_members(one=ben, other=twice, by=cora.person, at=NOON)

    assert Contribution.objects.get().membership == ben
