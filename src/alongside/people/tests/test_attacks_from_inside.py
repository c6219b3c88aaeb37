"""What a coordinator who wants more, a commissioner who may see no names, and a guessing stranger might try."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.kernel.clock import now, today
from alongside.people import abilities, locking
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import browser_of, community, coordinator_in, people_in, person_in

pytestmark = pytest.mark.django_db

REACHED = {"language": "en", "preferred_channel": "email"}


def test_no_coordinator_writes_down_an_email_that_opens_a_stewards_record() -> None:
    town = community()
    stella = person_in(town, "Stella", roles=[Role.STEWARD], phone="555 0100")

    answer = browser_of(coordinator_in(town)).post(
        reverse("people:member_details", args=[town.slug, stella.pk]),
        {"name": "Stella", "email": "mallory@example.org", **REACHED},
    )

    stella.person.refresh_from_db()
    assert stella.person.contact_email == ""
    assert "Only a steward may do this" in answer.content.decode()


def test_a_coordinator_still_writes_down_how_to_reach_a_steward_who_is_never_online() -> None:
    town = community()
    stella = person_in(town, "Stella", roles=[Role.STEWARD])

    browser_of(coordinator_in(town)).post(
        reverse("people:member_details", args=[town.slug, stella.pk]),
        {"name": "Stella", "phone": "555 0199", **REACHED},
    )

    stella.person.refresh_from_db()
    assert stella.person.phone == "555 0199"


def test_no_coordinator_merges_an_email_into_a_stewards_record() -> None:
    town = community()
    stella = person_in(town, "Stella", roles=[Role.STEWARD])
    made_up = person_in(town, "Stella Two", email="mallory@example.org")

    browser_of(coordinator_in(town)).post(reverse("people:merge", args=[town.slug, stella.pk, made_up.pk]))

    stella.person.refresh_from_db()
    assert stella.person.contact_email == ""


def test_a_coordinator_does_not_find_out_by_trying_twice_whether_an_address_is_known_elsewhere() -> None:
    person_in(community("Elsewhere"), "Vera", email="vera@example.org")
    town = community()
    browser = browser_of(coordinator_in(town))

    def tried(email: str) -> list[int]:
        told = {"name": "Somebody", "email": email, "somebody_else": "on"}
        return [browser.post(reverse("people:add_person", args=[town.slug]), told).status_code for _ in range(2)]

    assert tried("vera@example.org") == tried("free@example.org") == [302, 200]


def test_a_commissioner_finds_nobody_by_naming_a_helper() -> None:
    town = community()
    carl = person_in(town, "Carl", roles=[Role.COMMISSIONER])
    people_in(town, "Anabel", "Annette")
    abilities.register("tests.act", "do something")

    answer = browser_of(carl).post(
        reverse("people:name_helper", args=[town.slug, carl.pk]),
        {"to": "member", "helper": "an", "abilities": ["tests.act"], "expires_on": today() + timedelta(days=9)},
    )

    assert answer.status_code == 403
    assert "Anabel" not in answer.content.decode()


ASKED = [
    ("web:home", []),
    ("people:members", []),
    ("people:join", []),
    ("people:invited", ["AAAA-BBBB-CCCC"]),
    ("people:withdraw_request", []),
]


@pytest.mark.parametrize(("name", "more"), ASKED)
def test_no_stranger_finds_out_that_a_community_is_there(name: str, more: list[str]) -> None:
    community("Hidden Harbour", join_policy=Community.JoinPolicy.INVITED)
    stranger = Client()

    there, nowhere = (stranger.get(reverse(name, args=[slug, *more])) for slug in ("hidden-harbour", "absent-harbour"))

    assert there.status_code == nowhere.status_code
    assert alike(there) == alike(nowhere)
    assert "Hidden Harbour" not in there.content.decode()


def alike(answer: Any) -> str:
    """What the browser is told, without the address that was asked for."""
    told = str(answer.get("Location", "")) + str(len(answer.content))
    return told.replace("hidden-harbour", "…").replace("absent-harbour", "…")


def test_a_member_of_elsewhere_does_not_tell_a_used_up_invitation_from_a_made_up_place() -> None:
    community("Hidden Harbour")
    browser = browser_of(person_in(community(), "Ana"))

    answers = [
        browser.get(reverse("people:invited", args=[slug, "AAAA-BBBB-CCCC"])) for slug in ("hidden-harbour", "nowhere")
    ]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "Hidden Harbour" not in answers[0].content.decode()


def test_erasing_has_the_browser_forget() -> None:
    ana = person_in(community(), "Ana")

    assert '"cache"' in _erased(ana)["Clear-Site-Data"]


def test_erasing_on_a_shared_device_leaves_no_cookies_either() -> None:
    ana = person_in(community(), "Ana")

    assert '"cookies"' in _erased(ana, shared=True)["Clear-Site-Data"]


def _erased(member: Membership, *, shared: bool = False) -> Any:
    browser = browser_of(member)
    session = browser.session
    session[locking._SIGNED_IN_AT], session[locking._SHARED] = now().timestamp(), shared
    session.save()
    return browser.post(reverse("people:erase"), {"typed": "ERASE"})
