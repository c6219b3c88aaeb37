"""What people say about a proposal, what comes of it, and where they stand."""

from uuid import uuid4

import pytest

from alongside.decisions import actions
from alongside.decisions.models import Contribution, Proposal, Reaction
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.proposals import (
    NOON,
    SOON,
    answered,
    asked,
    changed,
    community,
    drafted,
    person_in,
    proposed,
    reacted,
    said,
)
from alongside.decisions.tests.test_proposing import undone
from alongside.decisions.views.showing import sides_shown
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people.models import Role
from alongside.people.tests.factories import standing_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Amina, who proposes; Ben, who takes part too; Pia, a professional."""
    town = community()
    return person_in(town, "Amina"), person_in(town, "Ben"), person_in(town, "Pia", roles=[Role.PROFESSIONAL])


def test_a_question_is_told_to_the_authors_and_to_nobody_else(people):
    amina, ben, _pia = people
    version = proposed(amina)

    asked(version, ben, "Who cooks?")

    notice = Notice.objects.get(kind="decisions.question")
    assert notice.person == amina.person
    assert notice.title == "Somebody asks about your proposal"
    assert "Who cooks?" in notice.body
    assert notice.shown_from > NOON


def test_words_sent_twice_are_said_once(people):
    amina, ben, _pia = people
    version, key = proposed(amina), uuid4()

    for _twice in range(2):
        said(version, ben, key=key)

    assert Contribution.objects.count() == Notice.objects.count() == 1


def test_words_taken_back_at_once_were_never_said_or_told(people):
    amina, ben, _pia = people
    said(proposed(amina), ben)

    undone(ben.person)

    assert not Contribution.objects.exists()
    assert not Notice.objects.exists()


def test_there_is_no_paragraph_beyond_the_last(people):
    amina, ben, _pia = people

    with pytest.raises(actions.NoSuchParagraph) as refusal:
        said(proposed(amina), ben, paragraph=3)

    assert refusal.value.last == 2


@pytest.mark.parametrize("state", ["draft", "decided", "withdrawn"])
def test_nobody_speaks_about_what_is_not_talked_over(people, state):
    amina, ben, _pia = people
    version = proposed(amina)
    Proposal.objects.update(state=state)

    with pytest.raises(actions.NotOpenForTalk):
        said(version, ben)
    with pytest.raises(actions.NotOpenForTalk):
        reacted(version, ben)


def test_nobody_speaks_for_a_side_that_is_not_theirs(people):
    amina, ben, _pia = people
    version = proposed(amina)

    with pytest.raises(actions.NotTheirSide):
        reacted(version, ben, side="provides")
    with pytest.raises(actions.NotTheirSide):
        said(version, ben, side="funds")


def test_an_answer_says_what_came_of_it_and_reaches_who_asked(people):
    amina, ben, _pia = people
    question = asked(proposed(amina), ben)

    answered(question, amina, "We take turns, from May.", status="taken_up")

    question.refresh_from_db()
    assert (question.status, question.answered_by) == ("taken_up", amina)
    notice = Notice.objects.get(kind="decisions.answer")
    assert notice.person == ben.person
    assert "It was taken up, because: We take turns, from May." in notice.body


def test_of_two_answers_at_once_one_is_faster(people):
    amina, ben, _pia = people
    question = asked(proposed(amina), ben)
    answered(question, amina)

    with pytest.raises(SomeoneElseWasFaster):
        answered(question, amina, seen=None, at=SOON)


def test_an_answer_taken_back_at_once_waits_again_and_is_not_told(people):
    amina, ben, _pia = people
    question = asked(proposed(amina), ben)
    answered(question, amina, at=SOON)

    undone(amina.person, at=SOON)

    question.refresh_from_db()
    assert (question.status, question.answer) == ("open", "")
    assert not Notice.objects.filter(kind="decisions.answer").exists()


def test_a_word_changed_is_one_word_and_can_be_taken_back(people):
    amina, ben, _pia = people
    version = proposed(amina)
    reacted(version, ben, "helps", side="uses")
    reacted(version, ben, "worries", side="uses")
    assert Reaction.objects.get().kind == "worries"

    actions.unreact(proposal=version.proposal, membership=ben, by=ben.person, at=NOON)

    assert not Reaction.objects.exists()


def test_both_sides_stand_side_by_side_and_older_words_are_told(people):
    amina, ben, pia = people
    version = proposed(amina)
    reacted(version, ben, "helps", side="uses")
    reacted(version, pia, "worries", side="provides")

    shown = sides_shown(changed(version, amina, text="Lunch is on Mondays."), hides_few=False)

    assert {voice.kind: voice.count for voice in shown.left.voices} == {"helps": 1, "worries": 0, "unsure": 0}
    assert {voice.kind: voice.count for voice in shown.right.voices} == {"helps": 0, "worries": 1, "unsure": 0}
    assert str(shown.common).startswith("The sides see it differently.")
    assert shown.stale == "2 of them spoke about an older version."


def test_who_sees_sums_alone_sees_no_side_of_fewer_than_five(people):
    amina, ben, _pia = people
    version = proposed(amina)
    reacted(version, ben, "helps", side="uses")

    shown = sides_shown(version, hides_few=True)

    assert (shown.left.words, shown.left.voices, shown.common) == (
        "Fewer than 5 people have spoken.",
        [],
        "Too few people have spoken to show more.",
    )


def test_what_waits_for_each(people):
    amina, ben, pia = people
    version = proposed(amina)
    asked(version, ben)
    reacted(version, ben)
    drafted(ben, "A second kettle")
    changed(version, amina, text="Lunch is on Mondays.")

    assert [need.action for need in needs_of(standing_for(amina))] == ["Answer"]
    assert [need.title for need in needs_of(standing_for(ben))] == ["“Lunch for all” has changed", "A second kettle"]
    assert [need.title for need in needs_of(standing_for(pia))] == ["Lunch for all"]


def test_nothing_waits_for_who_only_reads(people):
    amina, *_others = people
    proposed(amina)
    funder = person_in(amina.community, "Graham", roles=[Role.COMMISSIONER])

    assert needs_of(standing_for(funder)) == []
