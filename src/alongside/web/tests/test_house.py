"""Undo, language, look, health: what belongs to the house itself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from alongside.kernel import undo
from alongside.kernel.clock import now
from alongside.kernel.models import UndoOffer
from alongside.people.models import Membership
from alongside.people.tests.factories import browser_of, community, person_in

pytestmark = pytest.mark.django_db

taken_back: list[dict[str, Any]] = []


@undo.inverse("web.tested")
def take_back(args: dict[str, Any], by: UUID, at: Any) -> None:
    taken_back.append(args)


@pytest.fixture
def amina() -> Membership:
    return person_in(community(), "Amina")


def offer_to(member: Membership, *, ago: timedelta = timedelta()) -> UndoOffer:
    taken_back.clear()
    return undo.offer(
        act="web.tested", args={"n": 1}, community_id=member.community_id, by=member.person_id, at=now() - ago
    )


def press_undo(browser: Client, offer: UndoOffer) -> str:
    reply = browser.post(reverse("web:undo", args=[offer.pk]), {"next": "/help/"}, follow=True)
    return reply.content.decode()


def test_undo_takes_back_and_says_so(amina: Membership) -> None:
    page = press_undo(browser_of(amina), offer_to(amina))

    assert taken_back == [{"n": 1}]
    assert "Undone." in page


def test_a_second_press_changes_nothing_more(amina: Membership) -> None:
    browser, offer = browser_of(amina), offer_to(amina)
    press_undo(browser, offer)

    assert "undone already" in press_undo(browser, offer)
    assert taken_back == [{"n": 1}]


def test_after_ten_seconds_it_is_too_late(amina: Membership) -> None:
    page = press_undo(browser_of(amina), offer_to(amina, ago=timedelta(seconds=11)))

    assert taken_back == []
    assert "It is too late to undo this. The button works for 10 seconds." in page


def test_nobody_undoes_for_another(amina: Membership) -> None:
    ben = person_in(amina.community, "Ben")

    assert "Only the person who did this" in press_undo(browser_of(ben), offer_to(amina))
    assert taken_back == []


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_elsewhere(client: Client, address: str) -> None:
    assert client.post(reverse("web:look"), {"theme": "dark", "next": address})["Location"] == "/"


def test_a_look_is_kept_on_this_device_and_can_be_forgotten(client: Client) -> None:
    client.post(reverse("web:look"), {"theme": "dark", "text_size": "large"})
    page = client.get(reverse("web:help")).content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-text-size="large"' in page

    client.post(reverse("web:look"), {"theme": "", "text_size": ""})
    assert "data-theme" not in client.get(reverse("web:help")).content.decode()


def test_an_unknown_look_is_not_kept(client: Client) -> None:
    client.post(reverse("web:look"), {"theme": '"><script>'})

    assert not client.cookies["theme"].value


def test_pages_speak_the_language_chosen_on_this_device(client: Client) -> None:
    client.post(reverse("web:language"), {"language": "es"})

    assert '<html lang="es"' in client.get(reverse("web:help")).content.decode()


def test_a_language_we_do_not_speak_changes_nothing(client: Client) -> None:
    client.post(reverse("web:language"), {"language": "tlh"})

    assert '<html lang="en"' in client.get(reverse("web:help")).content.decode()


def test_health_answers_while_the_database_does(client: Client) -> None:
    reply = client.get(reverse("web:health"))

    assert (reply.status_code, reply.json()) == (200, {"database": "answers"})


def test_health_says_when_the_database_does_not_answer(client: Client) -> None:
    def broken(*args: Any) -> None:
        raise DatabaseError

    with connection.execute_wrapper(broken):
        reply = client.get(reverse("web:health"))

    assert (reply.status_code, reply.json()) == (503, {"database": "does not answer"})


def test_search_engines_stay_outside(client: Client) -> None:
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_a_closed_community_cannot_be_told_from_one_that_does_not_exist(amina: Membership) -> None:
    stranger = browser_of(person_in(community("River Bend"), "Rolf"))
    theirs = stranger.get(reverse("web:home", args=[amina.community.slug]))
    nowhere = stranger.get(reverse("web:home", args=["nowhere-at-all"]))

    assert (theirs.status_code, nowhere.status_code) == (404, 404)
    assert amina.community.name not in theirs.content.decode()
    assert same_page(theirs) == same_page(nowhere)


def same_page(reply: Any) -> list[str]:
    """The page without tokens and its own address."""
    lines = reply.content.decode().splitlines()
    return [line for line in lines if not any(word in line for word in ("csrf", "CSRF", "/c/"))]
