"""Links into a made-up community: only there, only on this machine, never in production."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from alongside.people.actions import demo_links
from alongside.people.models import Role
from alongside.people.tests.factories import also_in, community, coordinator_in, person_in
from alongside.people.tests.signing_in import who

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Client:
    """A browser on the very machine."""
    return Client(headers={"host": "localhost:8000"})


def made_up():
    town = community("Riverside", is_demo=True)
    return person_in(town, "Amina"), coordinator_in(town)


def address_for(role: Role) -> str:
    token = next(link.token for link in demo_links.links() if link.role == role)
    return reverse("people:demo_entry", args=[token])


def test_a_link_shows_a_button_and_the_button_signs_in(here: Client):
    made_up()

    page = here.get(address_for(Role.PARTICIPANT)).content.decode()
    before = who(here)
    here.post(address_for(Role.PARTICIPANT))

    assert "Sign in as Amina" in page
    assert [before, who(here)] == ["", "Amina"]


def test_one_person_for_each_role_is_on_the_list():
    made_up()

    out = StringIO()
    call_command("demo_links", address="http://localhost:8123", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line.split(": ")[0] for line in lines] == ["Amina, participant", "Cora, coordinator"]
    assert all("http://localhost:8123/demo-entry/" in line for line in lines)


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param({"REMOTE_ADDR": "192.0.2.7"}, id="another machine"),
        pytest.param({"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, id="behind a proxy"),
        pytest.param({"HTTP_FORWARDED": "for=192.0.2.7"}, id="behind another kind of proxy"),
        pytest.param({"HTTP_HOST": "testserver"}, id="another name"),
    ],
)
def test_a_link_opens_nothing_from_elsewhere(here: Client, elsewhere: dict[str, Any]):
    made_up()

    answer = here.post(address_for(Role.COORDINATOR), **elsewhere)

    assert answer.status_code == 410
    assert who(here) == ""


def test_production_knows_no_such_links(here: Client, settings):
    made_up()
    address = address_for(Role.COORDINATOR)
    settings.PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("demo_links")
    assert here.post(address).status_code == 404


def test_a_real_community_has_no_such_links(here: Client):
    person_in(community(), "Ben")

    with pytest.raises(CommandError):
        call_command("demo_links")


def test_nobody_who_belongs_to_a_real_community_is_opened(here: Client):
    amina, _ = made_up()
    address = address_for(Role.PARTICIPANT)
    also_in(community("Elm Street"), amina)

    assert here.post(address).status_code == 410
    assert who(here) == ""


def test_a_link_runs_out(here: Client, monkeypatch):
    made_up()
    address = address_for(Role.PARTICIPANT)
    monkeypatch.setattr(demo_links, "LASTS", demo_links.LASTS * 0)

    assert here.post(address).status_code == 410
