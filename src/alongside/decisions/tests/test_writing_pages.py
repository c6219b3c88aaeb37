"""The pages on which a proposal is written, looked over and put forward."""

import re
from uuid import uuid4

import pytest

from alongside.decisions import actions
from alongside.decisions.models import Author, Draft, Proposal, Version
from alongside.decisions.tests.proposals import community, coordinator_in, drafted, person_in, text_of, url
from alongside.people.tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return person_in(community(), "Amina")


@pytest.fixture
def ben(amina):
    return person_in(amina.community, "Ben")


@pytest.fixture
def cora(amina):
    return coordinator_in(amina.community)


def seen(answer):
    """The moment a form carries, of what was there when the page was made."""
    found = re.search(r'name="seen" value="([^"]+)"', text_of(answer))
    assert found
    return found[1]


def test_a_newcomer_writes_one_thing_a_page_and_looks_it_over(amina):
    town, browser = amina.community, browser_of(amina)
    answer = browser.post(url("start", town), {"title": "Lunch for all", "key": uuid4()}, follow=True)
    for words in ("We eat together.", "Many eat alone.", "Everybody here.", "A cook a week.", "Lunch on Fridays."):
        page = answer.request["PATH_INFO"]
        part = page.rstrip("/").rpartition("/")[2]
        answer = browser.post(page, {part: words, "seen": seen(answer)}, follow=True)

    looked_over = text_of(answer)
    assert "Look your proposal over" in looked_over
    assert all(words in looked_over for words in ("Lunch for all", "Many eat alone.", "Lunch on Fridays."))

    answer = browser.post(answer.request["PATH_INFO"], {"seen": seen(answer)}, follow=True)

    assert "Everybody can read it now, and speak about it." in text_of(answer)
    assert Version.objects.get().why == "Many eat alone."


def test_a_practiced_person_writes_everything_on_one_page_and_keeps_it_for_later(amina):
    town, browser = amina.community, browser_of(amina)
    answer = browser.post(url("start", town), {"title": "Lunch", "key": uuid4(), "all": "1"}, follow=True)
    page = answer.request["PATH_INFO"]
    assert page.endswith("/write/")

    words = {"title": "Lunch for all", "text": "Fridays.", "why": "", "affects": "", "changes": "", "summary": "Lunch."}
    answer = browser.post(page, {**words, "seen": seen(answer), "later": "1"}, follow=True)

    assert "Your draft is kept." in text_of(answer)
    assert "Go on writing" in text_of(answer)
    assert (Proposal.objects.get().title, Draft.objects.get().text) == ("Lunch for all", "Fridays.")


def test_what_somebody_else_saved_meanwhile_is_not_written_over(amina):
    proposal = drafted(amina)
    page = url("write_part", amina.community, proposal.pk, "why")
    browser = browser_of(amina)
    old = seen(browser.get(page))
    browser.post(page, {"why": "Company", "seen": old})

    answer = browser.post(page, {"why": "Hunger", "seen": old})

    assert "Somebody else has written here since." in text_of(answer)
    assert "Hunger" in text_of(answer)
    assert Draft.objects.get().why == "Company"


def test_a_proposal_that_says_nothing_is_not_put_forward(amina):
    page = url("check", amina.community, drafted(amina, text="").pk)
    browser = browser_of(amina)

    answer = browser.post(page, {"seen": seen(browser.get(page))})

    assert "Say what you propose first." in text_of(answer)


@pytest.mark.parametrize("broken", ["", "yesterday", "2026-01-01", "2026-01-01T10:00:00"])
def test_a_broken_moment_is_answered_kindly(amina, broken):
    answer = browser_of(amina).post(url("check", amina.community, drafted(amina).pk), {"seen": broken})

    assert answer.status_code == 200
    assert Proposal.objects.get().state == "draft"


def test_a_draft_is_shown_to_its_authors_and_coordinators_alone(amina, ben, cora):
    proposal = drafted(amina)

    answers = {
        each.person.name: browser_of(each).get(url("proposal", amina.community, proposal.pk)).status_code
        for each in (amina, ben, cora)
    }

    assert answers == {"Amina": 302, "Ben": 403, "Cora": 302}


def test_a_coordinator_writes_one_down_for_a_member_who_phoned(amina, cora):
    told = {"title": "A bench", "whose": str(amina.number), "channel": "phone", "key": uuid4()}

    browser_of(cora).post(url("start", amina.community), told)

    proposal = Proposal.objects.get()
    assert (proposal.made_by, proposal.keyed_by, proposal.channel) == (amina, cora.person, "phone")
    assert Author.objects.get().membership == amina


def test_members_are_not_asked_whose_word_it_is(amina):
    assert 'name="whose"' not in text_of(browser_of(amina).get(url("start", amina.community)))


def test_an_author_named_on_the_page_may_write(amina, ben):
    proposal = drafted(amina)
    browser_of(amina).post(url("authors", amina.community, proposal.pk), {"who": "Ben"})

    assert browser_of(ben).get(url("write", amina.community, proposal.pk)).status_code == 200
    assert actions.last_version(proposal) is None
