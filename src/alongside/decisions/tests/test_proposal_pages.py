"""The pages of proposals, as people with different parts meet them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.decisions.models import Contribution, Reaction
from alongside.decisions.tests.proposals import (
    answered,
    asked,
    changed,
    community,
    coordinator_in,
    person_in,
    proposed,
    reacted,
    said,
    text_of,
    url,
)
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return person_in(community(), "Amina")


@pytest.fixture
def ben(amina):
    return person_in(amina.community, "Ben")


@pytest.fixture
def pia(amina):
    return person_in(amina.community, "Pia", roles=[Role.PROFESSIONAL])


@pytest.fixture
def cora(amina):
    return coordinator_in(amina.community)


def test_a_proposal_shows_plain_words_first_then_both_sides_then_paragraphs(amina, ben, pia):
    version = proposed(amina, why="Many eat alone.")
    reacted(version, ben, "helps", side="uses")
    reacted(version, pia, "worries", side="provides")
    said(version, ben, "Also for guests?", paragraph=2)

    text = text_of(browser_of(ben).get(url("proposal", amina.community, version.proposal_id)))

    places = [
        text.index(words)
        for words in (
            "We eat together on Fridays.", "People who use it", "The sides see it differently.",
            "People who provide it", "Lunch is on Fridays.", "Also for guests?", "Many eat alone.",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_one_press_says_where_one_stands_and_another_changes_it(amina, ben):
    version = proposed(amina)
    page = url("react", amina.community, version.proposal_id)
    browser = browser_of(ben)

    browser.post(page, {"kind": "helps", "number": 1})
    answer = browser.post(page, {"kind": "worries", "number": 1}, follow=True)

    assert "You said: worries me." in text_of(answer)
    assert [(each.kind, each.side) for each in Reaction.objects.all()] == [("worries", "uses")]

    browser.post(page, {"back": "1"})
    assert not Reaction.objects.exists()


def test_when_the_words_changed_since_one_is_asked_whether_it_is_still_so(amina, ben):
    version = proposed(amina)
    reacted(version, ben)
    changed(version, amina, text="Lunch is on Mondays.")

    text = text_of(browser_of(ben).get(url("proposal", amina.community, version.proposal_id)))

    assert "You said “helps me” about version 1. The words have changed since. Is it still so?" in text


def test_who_has_several_sides_says_which(amina):
    version = proposed(amina)
    lena = person_in(amina.community, "Lena", roles=[Role.PEER_LEADER])
    page = url("react", amina.community, version.proposal_id)

    answer = browser_of(lena).post(page, {"kind": "helps", "number": 1}, follow=True)
    assert "Say for which side: there are several to choose from." in text_of(answer)
    browser_of(lena).post(page, {"kind": "helps", "number": 1, "side": "provides"})

    assert Reaction.objects.get().side == "provides"


def test_a_coordinator_writes_down_where_somebody_stands_who_filled_in_a_slip(amina, ben, cora):
    version = proposed(amina)
    told = {"kind": "unsure", "number": 1, "whose": "Ben", "channel": "paper", "side": ""}

    browser_of(cora).post(url("react", amina.community, version.proposal_id), told)

    reaction = Reaction.objects.get()
    assert (reaction.membership, reaction.side, reaction.channel) == (ben, "uses", "paper")


def test_a_question_about_a_paragraph_is_asked_and_answered_for_all_to_read(amina, ben):
    version = proposed(amina)
    page = url("speak", amina.community, version.proposal_id)
    form = browser_of(ben).get(f"{page}?paragraph=2")
    assert "Everybody may bring a guest." in text_of(form)

    words = {"kind": "question", "text": "How many guests?", "paragraph": 2, "number": 1, "key": uuid4()}
    browser_of(ben).post(page, words)
    question = Contribution.objects.get()
    browser_of(amina).post(
        url("answer", amina.community, question.pk),
        {"status": "not_taken_up", "text": "The room is small.", "seen": ""},
    )

    text = text_of(browser_of(ben).get(url("proposal", amina.community, version.proposal_id)))
    assert question.paragraph == 2
    assert "We did not take this up, because:" in text
    assert "The room is small." in text


def test_only_authors_and_coordinators_answer(amina, ben, cora):
    question = asked(proposed(amina), ben)
    page = url("answer", amina.community, question.pk)

    assert browser_of(ben).get(page).status_code == 403
    assert browser_of(cora).get(page).status_code == 200


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"number": 99}, id="no such version"),
        pytest.param({"number": "one"}, id="no number"),
        pytest.param({"paragraph": 99}, id="no such paragraph"),
        pytest.param({"text": ""}, id="no words"),
        pytest.param({"text": "x" * 2001}, id="too many words"),
        pytest.param({"kind": "shout"}, id="no such kind"),
        pytest.param({"side": "funds"}, id="a side of others"),
        pytest.param({"key": "1"}, id="no key"),
        pytest.param({"number": 10**30}, id="a huge number"),
    ],
)
def test_broken_words_are_refused_kindly(amina, broken):
    version = proposed(amina)
    lena = person_in(amina.community, "Lena", roles=[Role.PEER_LEADER])
    words = {"kind": "comment", "text": "Good.", "number": 1, "key": uuid4(), "side": "uses", **broken}

    answer = browser_of(lena).post(url("speak", amina.community, version.proposal_id), words)

    assert answer.status_code in {200, 404}
    assert not Contribution.objects.exists()


def test_what_changed_between_two_versions_is_marked_and_read_aloud(amina, ben):
    version = proposed(amina, text="Lunch is on Fridays for all of us.")
    changed(version, amina, text="Lunch is on Mondays for all of us.")

    text = text_of(browser_of(ben).get(url("versions", amina.community, version.proposal_id)))

    assert "1 word was put in, and 1 taken out." in text
    assert '<del><span class="unseen">taken out: </span>Fridays' in text
    assert '<ins><span class="unseen">put in: </span>Mondays' in text


@pytest.mark.parametrize("query", ["?old=2&new=1", "?old=1&new=1", "?old=x&new=-1", "?old=99&new=²", "?new=1"])
def test_any_two_versions_are_compared_and_nonsense_is_no_fault(amina, query):
    version = proposed(amina)
    changed(version, amina, text="Lunch is on Mondays.")

    assert browser_of(amina).get(url("versions", amina.community, version.proposal_id) + query).status_code == 200


def test_an_older_version_says_so_and_leads_to_the_present_one(amina):
    version = proposed(amina)
    changed(version, amina, text="Lunch is on Mondays.")
    browser = browser_of(amina)

    old = text_of(browser.get(url("version", amina.community, version.proposal_id, 1)))

    assert "You read an older version" in old
    assert "Lunch is on Fridays." in old
    assert browser.get(url("version", amina.community, version.proposal_id, 9)).status_code == 404


def test_words_about_an_older_version_stay_with_their_quote(amina, ben):
    version = proposed(amina)
    said(version, ben, "Why Fridays?", paragraph=1)
    changed(version, amina, text="Lunch is on Mondays.")

    text = text_of(browser_of(ben).get(url("proposal", amina.community, version.proposal_id)))

    assert "1 word about an older version" in text
    assert "Lunch is on Fridays." in text


def test_a_commissioner_reads_without_names_and_does_not_speak(amina, ben):
    version = proposed(amina)
    answered(asked(version, ben), amina)
    funder = browser_of(person_in(amina.community, "Graham", roles=[Role.COMMISSIONER]))

    pages = [
        text_of(funder.get(address))
        for address in (
            url("home", amina.community),
            url("proposal", amina.community, version.proposal_id),
            url("talk", amina.community, version.proposal_id),
            url("on_paper", amina.community, version.proposal_id),
        )
    ]

    assert all("Amina" not in page and "Ben" not in page for page in pages)
    assert "Who cooks?" in pages[1]
    assert "What does it do for you?" not in pages[1]
    assert funder.post(url("react", amina.community, version.proposal_id), {"kind": "helps"}).status_code == 403


def test_the_pack_for_paper_has_plain_words_first_and_a_slip_to_cut_off(amina, ben):
    version = proposed(amina)
    answered(asked(version, ben), amina, "We take turns.", status="taken_up")

    text = text_of(browser_of(amina).get(url("on_paper", amina.community, version.proposal_id)))

    assert text.index("In plain words") < text.index("What is proposed") < text.index("You said, we did")
    assert "large-print" in text
    assert "My word on it" in text
    assert "Ben" not in text


def test_taking_it_back_asks_why_and_offers_undo(amina):
    version = proposed(amina)

    answer = browser_of(amina).post(
        url("withdraw", amina.community, version.proposal_id), {"why": "Nobody can cook"}, follow=True
    )

    assert "This was taken back" in text_of(answer)
    assert "Undo" in text_of(answer)


def test_a_helper_speaks_for_who_lets_them(amina, ben):
    version = proposed(amina)
    people.let_act(
        membership=ben, helper=amina, abilities=["decisions.speak"], consent_how="web",
        expires_on=timezone.localdate() + timedelta(days=90), by=ben.person, at=timezone.now(),
    )  # fmt: skip
    browser = browser_of(amina)
    browser.post(reverse("people:acting", args=[amina.community.slug]), {"membership": ben.pk, "channel": "phone"})
    browser.post(url("react", amina.community, version.proposal_id), {"kind": "helps", "number": 1})

    reaction = Reaction.objects.get()
    assert (reaction.membership, reaction.keyed_by, reaction.channel) == (ben, amina.person, "phone")


def test_more_words_ask_no_more_questions(amina, ben):
    version = proposed(amina)
    browser, address = browser_of(ben), url("proposal", amina.community, version.proposal_id)
    said(version, amina, paragraph=1)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for number in range(12):
        said(version, person_in(amina.community, f"Neighbor {number}"), paragraph=1 + number % 2)

    with CaptureQueriesContext(connection) as many:
        browser.get(address)

    assert len(many) == len(few)


def test_a_proposal_of_another_community_is_not_found(amina):
    elsewhere = person_in(community("Elm Row"), "Eve")
    version = proposed(elsewhere)

    assert browser_of(amina).get(url("proposal", amina.community, version.proposal_id)).status_code == 404
