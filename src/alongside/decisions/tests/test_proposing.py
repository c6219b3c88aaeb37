"""A proposal from its title to its next version."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.decisions import actions
from alongside.decisions.models import Author, Draft, Proposal, Version
from alongside.decisions.tests.proposals import (
    NOON,
    SOON,
    asked,
    changed,
    community,
    drafted,
    person_in,
    proposed,
    put_forward,
    said,
)
from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.notices.models import Notice

pytestmark = pytest.mark.django_db


def undone(person, *, at=NOON):
    """Press Undo on the newest offer."""
    undo.perform(id=UndoOffer.objects.filter(by_id=person.pk).latest("made_at", "id").pk, by=person.pk, at=at)


def test_a_form_sent_twice_begins_one_proposal():
    amina, key = person_in(community(), "Amina"), uuid4()

    for _twice in range(2):
        actions.begin(membership=amina, title="Lunch", by=amina.person, at=NOON, key=key)

    assert Proposal.objects.count() == Draft.objects.count() == Author.objects.count() == 1
    assert Activity.objects.filter(did="decisions.begun").count() == 1


def test_what_is_put_forward_is_the_first_version_and_the_draft_is_gone():
    amina = person_in(community(), "Amina")

    version = proposed(amina)

    assert (version.number, version.proposal.state) == (1, "talked_over")
    assert not Draft.objects.exists()


def test_a_draft_that_proposes_nothing_stays_a_draft():
    amina = person_in(community(), "Amina")
    proposal = drafted(amina, text="")

    with pytest.raises(actions.NothingProposed):
        put_forward(proposal, amina)

    assert Proposal.objects.get().state == "draft"


def test_of_two_authors_who_write_at_once_one_is_faster():
    amina = person_in(community(), "Amina")
    proposal = drafted(amina)
    actions.save_draft(proposal=proposal, words={"why": "Company"}, seen=NOON, by=amina.person, at=SOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.save_draft(proposal=proposal, words={"why": "Hunger"}, seen=NOON, by=amina.person, at=SOON)

    assert Draft.objects.get().why == "Company"


def test_a_part_that_is_not_known_is_no_part():
    amina = person_in(community(), "Amina")

    with pytest.raises(TypeError):
        drafted(amina, price="ten hours")


def test_the_title_stays_once_a_proposal_is_put_forward():
    amina = person_in(community(), "Amina")
    version = proposed(amina)
    draft = actions.begin_next(proposal=version.proposal, by=amina.person, at=NOON)

    actions.save_draft(
        proposal=version.proposal, words={}, title="Dinner", seen=draft.changed_at, by=amina.person, at=SOON
    )

    assert Proposal.objects.get().title == "Lunch for all"


def test_the_next_version_begins_with_the_present_words_and_counts_one_up():
    amina = person_in(community(), "Amina")

    second = changed(proposed(amina), amina, text="Lunch is on Mondays.")

    assert (second.number, second.text, second.summary) == (2, "Lunch is on Mondays.", "We eat together on Fridays.")


def test_a_version_that_says_the_same_is_none():
    amina = person_in(community(), "Amina")
    version = proposed(amina)

    with pytest.raises(actions.NothingChanged):
        changed(version, amina)

    assert Version.objects.count() == 1


def test_while_people_vote_nobody_writes_a_new_version():
    amina = person_in(community(), "Amina")
    version = proposed(amina)
    Proposal.objects.update(state="voting")

    with pytest.raises(actions.NotTalkedOver):
        changed(version, amina, text="Other words")
    with pytest.raises(actions.NotTalkedOver):
        actions.withdraw(proposal=version.proposal, why="No", by=amina.person, at=NOON)


@pytest.mark.both_databases
def test_the_database_refuses_to_change_a_version():
    version = proposed(person_in(community(), "Amina"))

    for change in ({"text": "Other"}, {"number": 7}, {"made_at": SOON}, {"summary": ""}):
        with pytest.raises(IntegrityError, match="a version never changes"), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**change)


def test_who_spoke_is_told_of_new_words_and_who_wrote_them_is_not():
    town = community()
    amina, ben, cora = (person_in(town, name) for name in ("Amina", "Ben", "Cora"))
    version = proposed(amina)
    said(version, ben)

    changed(version, amina, text="Lunch is on Mondays.")

    told = Notice.objects.filter(kind="decisions.proposal")
    assert {notice.person for notice in told} == {ben.person}
    assert told.get().body.startswith("“Lunch for all” has changed. This is version 2.")
    assert cora.person not in {notice.person for notice in Notice.objects.all()}


def test_a_proposal_is_found_by_its_words_without_accents():
    amina = person_in(community(), "Amina")
    proposed(amina, "Café für alle", text="Every Friday.")

    assert Proposal.objects.matching("CAFE friday").exists()
    assert not Proposal.objects.matching("cafe monday").exists()
    assert not Proposal.objects.matching("a\x00zzz").exists()


def test_a_draft_thrown_away_comes_back_with_undo():
    town = community()
    amina, ben = person_in(town, "Amina"), person_in(town, "Ben")
    proposal = drafted(amina, why="Company")
    actions.add_author(proposal=proposal, membership=ben, by=amina.person, at=NOON)
    actions.discard(proposal=proposal, seen=NOON, by=amina.person, at=NOON + timedelta(seconds=1))
    assert not Proposal.objects.exists()

    undone(amina.person, at=NOON + timedelta(seconds=3))

    assert Proposal.objects.get() == proposal
    assert Draft.objects.get().why == "Company"
    assert {author.membership for author in Author.objects.all()} == {amina, ben}


def test_the_draft_of_a_next_version_thrown_away_leaves_the_proposal():
    amina = person_in(community(), "Amina")
    version = proposed(amina)
    draft = actions.begin_next(proposal=version.proposal, by=amina.person, at=NOON)

    actions.discard(proposal=version.proposal, seen=draft.changed_at, by=amina.person, at=SOON)

    assert not Draft.objects.exists()
    assert Proposal.objects.get().state == "talked_over"
    undone(amina.person, at=SOON)
    assert Draft.objects.get().based_on == 1


def test_what_is_taken_back_says_why_and_comes_back_with_undo():
    town = community()
    amina, ben = person_in(town, "Amina"), person_in(town, "Ben")
    version = proposed(amina)
    asked(version, ben)

    actions.withdraw(proposal=version.proposal, why="Nobody can cook", by=amina.person, at=SOON)

    assert Proposal.objects.get().withdrawn_why == "Nobody can cook"
    assert Notice.objects.filter(person=ben.person, title="A proposal was withdrawn").exists()
    undone(amina.person, at=SOON)
    assert Proposal.objects.get().state == "talked_over"
    assert not Notice.objects.filter(person=ben.person, title="A proposal was withdrawn").exists()


def test_an_author_is_named_once_told_and_may_step_down():
    town = community()
    amina, ben = person_in(town, "Amina"), person_in(town, "Ben")
    proposal = drafted(amina)
    for _twice in range(2):
        author = actions.add_author(proposal=proposal, membership=ben, by=amina.person, at=NOON)
    assert Notice.objects.filter(person=ben.person, title="You are an author of a proposal").count() == 1

    actions.step_down(author=author, by=ben.person, at=SOON)

    assert [each.membership for each in Author.objects.all()] == [amina]
    undone(ben.person, at=SOON)
    assert Author.objects.count() == 2


def test_the_last_author_stays():
    amina = person_in(community(), "Amina")
    proposal = drafted(amina)

    with pytest.raises(actions.LastAuthor):
        actions.step_down(author=proposal.authors.get(), by=amina.person, at=NOON)
