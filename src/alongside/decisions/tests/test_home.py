"""The page "Decide": what is voted on, what is talked over, and who may do what about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.decisions.tests.test_vote_pages import now_open
from alongside.decisions.tests.voting import proposal_of, scene
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, community, coordinator_in, person_in

pytestmark = pytest.mark.django_db


def page(member):
    return browser_of(member).get(reverse("decisions:home", args=[member.community.slug])).content.decode()


def proposal_page(member, place):
    address = reverse("decisions:proposal", args=[place.town.slug, place.proposal.pk])
    return browser_of(member).get(address).content.decode()


def test_a_proposal_that_is_talked_over_leads_to_its_page():
    place = scene()

    text = page(place.everybody[0])

    assert reverse("decisions:proposal", args=[place.town.slug, place.proposal.pk]) in text
    assert "Being talked over" in text
    assert "Being voted on" not in text


def test_a_vote_that_is_open_leads_to_its_page():
    place = scene()
    vote = now_open(place)

    text = page(place.everybody[0])

    assert reverse("decisions:decision", args=[place.town.slug, vote.pk]) in text
    assert reverse("decisions:proposal", args=[place.town.slug, place.proposal.pk]) not in text


def test_only_those_who_run_votes_are_offered_to_open_one():
    place = scene()
    funder = person_in(place.town, "Graham", roles=[Role.COMMISSIONER])
    to_open = reverse("decisions:choose_rule", args=[place.town.slug, place.proposal.pk])

    assert to_open in proposal_page(coordinator_in(place.town), place)
    assert to_open not in proposal_page(place.everybody[0], place)
    assert to_open not in proposal_page(funder, place)


def test_where_nothing_is_decided_the_page_says_so():
    assert "Nothing is being decided right now" in page(person_in(community(), "Amina"))


def test_more_proposals_ask_no_more_questions():
    place = scene()
    member = place.everybody[0]
    browser, address = browser_of(member), reverse("decisions:home", args=[place.town.slug])
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for number in range(5):
        proposal_of(member, title=f"Proposal {number}")

    with CaptureQueriesContext(connection) as many:
        browser.get(address)

    assert len(many) == len(few)
