"""Authors and speakers at the same proposal at once: nobody's words are lost, and somebody always stands for it."""

from functools import partial
from uuid import uuid4

import pytest

from alongside.decisions import actions
from alongside.decisions.actions.talking import take_words_back
from alongside.decisions.models import Author, Contribution, Draft, Proposal, Reaction, Version
from alongside.decisions.tests.proposals import (
    NOON,
    SOON,
    answered,
    asked,
    drafted,
    proposed,
    put_forward,
    reacted,
    said,
)
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Membership
from alongside.people.tests.factories import community, person_in
from tests.trouble.test_trouble import at_once

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]


def neighbors(*names: str) -> list[Membership]:
    town = community()
    return [person_in(town, name) for name in names]


def test_two_authors_step_down_at_once_and_one_stays():
    amina, ben = neighbors("Amina", "Ben")
    proposal = proposed(amina).proposal
    actions.add_author(proposal=proposal, membership=ben, by=amina.person, at=NOON)
    authors = Author.objects.select_related("membership__person", "proposal", "community").filter(proposal=proposal)

    results = at_once(
        [partial(actions.step_down, author=each, by=each.membership.person, at=SOON) for each in list(authors)]
    )

    assert [type(result) for result in results if result is not None] == [actions.LastAuthor]
    assert Author.objects.filter(proposal=proposal).count() == 1


def test_a_draft_put_forward_eight_times_at_once_is_one_version():
    [amina] = neighbors("Amina")
    proposal = drafted(amina)
    seen = Draft.objects.get(proposal=proposal).changed_at

    def press() -> Version:
        return put_forward(Proposal.objects.select_related("community").get(pk=proposal.pk), amina, seen=seen)

    results = at_once([press] * 8)

    assert Version.objects.filter(proposal=proposal).count() == 1
    refused = [result for result in results if not isinstance(result, Version)]
    assert len(refused) == 7
    assert all(isinstance(result, (SomeoneElseWasFaster, Draft.DoesNotExist)) for result in refused)


def test_the_same_words_sent_eight_times_at_once_are_said_once():
    amina, ben = neighbors("Amina", "Ben")
    version, key = proposed(amina), uuid4()

    results = at_once([partial(said, version, ben, key=key)] * 8)

    assert {result.pk for result in results} == {Contribution.objects.get().pk}


def test_where_one_stands_said_eight_times_at_once_is_one_word():
    amina, ben = neighbors("Amina", "Ben")
    version = proposed(amina)

    results = at_once(partial(reacted, version, ben, kind) for kind in ["helps", "worries"] * 4)

    assert results == [None] * 8
    assert Reaction.objects.count() == 1


def test_a_question_taken_back_while_it_is_answered_is_either_gone_or_answered():
    amina, ben = neighbors("Amina", "Ben")
    question = asked(proposed(amina), ben)
    back = {"row": str(question.pk), "at": NOON.isoformat()}

    answer, taken_back = at_once(
        [partial(answered, question, amina), partial(take_words_back, back, ben.person_id, NOON)]
    )

    left = Contribution.objects.filter(pk=question.pk).values_list("status", "answer")
    if isinstance(taken_back, SomeoneElseWasFaster):
        assert list(left) == [("answered", "We take turns.")]
    else:
        assert taken_back is None
        assert isinstance(answer, SomeoneElseWasFaster)
        assert list(left) == []
