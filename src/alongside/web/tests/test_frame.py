"""The frame of every page: menu, switcher, help, and what they cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.decisions.tests.proposals import drafted, proposed
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import (
    also_in,
    browser_of,
    child_in,
    community,
    coordinator_in,
    person_in,
    standing_for,
)
from alongside.web import menu
from alongside.web.help_links import HELP_FOR, HELP_FOR_ROOM
from alongside.web.menu import Entry, menu_for
from alongside.web.settings_links import links_for

pytestmark = pytest.mark.django_db

ENTRIES = (
    Entry("Home", "web:home", "people.see_noticeboard", "house"),
    Entry("Runs", "web:runs", "web.see_runs", "history"),
)


def labels(membership: Membership, view_name: str = "") -> list[str]:
    return [
        str(item.label) for item in menu_for(standing_for(membership), view_name=view_name, counts={}, entries=ENTRIES)
    ]


def test_the_menu_shows_only_what_may_be_opened() -> None:
    town = community()

    assert labels(person_in(town, "Amina")) == ["Home"]
    assert labels(person_in(town, "Cora", roles=[Role.COORDINATOR])) == ["Home", "Runs"]


def test_the_menu_knows_where_we_are() -> None:
    items = menu_for(standing_for(person_in(community(), "Amina")), view_name="web:home", counts={}, entries=ENTRIES)

    assert [(str(item.label), item.current) for item in items] == [("Home", True)]


def test_no_place_stands_in_the_menu_twice() -> None:
    names = [entry.url_name for entry in menu.ENTRIES]

    assert len(names) == len(set(names))


def test_the_front_page_leads_a_member_home_and_a_member_of_two_to_a_choice(client: Client) -> None:
    town = community()
    amina = person_in(town, "Amina")
    browser = browser_of(amina)
    assert browser.get("/")["Location"] == reverse("web:home", args=[town.slug])

    also_in(community("River Bend"), amina)

    assert browser.get("/")["Location"] == reverse("web:communities")
    page = browser.get(reverse("web:communities")).content.decode()
    assert page.index("Maple Street") < page.index("River Bend")


def test_the_front_page_lists_places_that_may_be_asked_and_no_others(client: Client) -> None:
    community("Maple Street")
    community("Closed Circle", join_policy=Community.JoinPolicy.INVITED)

    page = client.get("/").content.decode()

    assert "Maple Street" in page
    assert "Closed Circle" not in page


def test_a_page_costs_the_same_in_one_community_and_in_twenty() -> None:
    town = community()
    amina = person_in(town, "Amina")
    browser = browser_of(amina)
    alone = asked(browser, reverse("web:settings", args=[town.slug]))
    for number in range(20):
        also_in(community(f"Town {number}"), amina)

    among_many = asked(browser, reverse("web:settings", args=[town.slug]))

    assert among_many == alone
    # Session, person, community, membership, roles, unread notices, my communities.
    assert len(alone) <= 7, alone


def asked(browser: Client, address: str) -> list[str]:
    """The tables a page asks, in order."""
    with CaptureQueriesContext(connection) as questions:
        browser.get(address)
    return [question["sql"].partition(" FROM ")[2].split()[0] for question in questions]


def test_every_help_link_leads_to_a_page(client: Client) -> None:
    for path in {*HELP_FOR.values(), *HELP_FOR_ROOM.values()}:
        assert client.get(reverse("web:help_page", args=[path])).status_code == 200, path


def test_every_page_of_the_handbook_opens_in_both_languages(client: Client) -> None:
    paths = [page.path for shelf in client.get(reverse("web:help")).context["shelves"] for page in shelf["pages"]]
    assert paths

    for language in ("en", "es"):
        client.cookies["django_language"] = language
        assert {client.get(reverse("web:help_page", args=[path])).status_code for path in paths} == {200}


def test_settings_of_the_community_are_for_those_who_keep_it() -> None:
    town = community()

    def doors(membership: Membership) -> set[str]:
        return {link.url for shelf in links_for(standing_for(membership)) for link in shelf.links}

    about = reverse("web:community_settings", args=[town.slug])
    assert about not in doors(person_in(town, "Amina"))
    assert about in doors(person_in(town, "Stella", roles=[Role.STEWARD]))


def test_a_steward_changes_what_the_community_says_of_itself() -> None:
    town = community()
    browser = browser_of(person_in(town, "Stella", roles=[Role.STEWARD]))
    address = reverse("web:community_settings", args=[town.slug])
    shown: dict[str, Any] = browser.get(address).context["form"].initial

    browser.post(address, shown | {"name": "Maple Street Time Bank", "contact_phone": "0700 900 300"})

    town.refresh_from_db()
    assert (town.name, town.contact_phone, town.slug) == ("Maple Street Time Bank", "0700 900 300", "maple-street")


def test_search_finds_children_for_coordinators_alone() -> None:
    town = community()
    child_in(town, "Timothy")
    neighbor, coordinator = browser_of(person_in(town, "Amina")), browser_of(coordinator_in(town))
    address = reverse("web:search", args=[town.slug])

    assert "Timothy" not in neighbor.get(address, {"q": "tim"}).content.decode()
    assert "Timothy" in coordinator.get(address, {"q": "tim"}).content.decode()


def test_search_finds_proposals_by_their_words_and_no_drafts() -> None:
    amina = person_in(community(), "Amina")
    proposed(amina, "Café für alle")
    drafted(amina, "A café of my own")
    address = reverse("web:search", args=[amina.community.slug])

    page = browser_of(amina).get(address, {"q": "CAFE"}).content.decode()

    assert "Café für alle" in page
    assert "A café of my own" not in page


def test_search_finds_people_and_help() -> None:
    town = community()
    zoe = person_in(town, "Zoë Privacy")
    page = browser_of(person_in(town, "Amina")).get(reverse("web:search", args=[town.slug]), {"q": "privacy"})

    titles = [str(shelf.title) for shelf in page.context["shelves"]]
    assert titles[0] == "People"
    assert "Help" in titles
    assert page.context["shelves"][0].hits[0].person == zoe.person


def test_somebody_who_only_looks_at_sums_finds_no_people() -> None:
    town = community()
    person_in(town, "Zoë")
    funder = browser_of(person_in(town, "Frank", roles=[Role.COMMISSIONER]))

    assert "Zoë" not in funder.get(reverse("web:search", args=[town.slug]), {"q": "zoe"}).content.decode()
