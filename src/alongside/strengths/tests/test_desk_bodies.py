"""The desk finds households, organisations and groups that hold an account, and writes down what they did."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.kernel.models import Activity
from alongside.people import actions as people
from alongside.people.models import Community, Group, Household, Organisation
from alongside.people.tests.factories import browser_of
from alongside.strengths.models import Exchange
from alongside.strengths.models.finding import find_bodies, who_is_meant
from alongside.strengths.rules.steps import State
from alongside.strengths.tests.factories import NOON, Neighbor, neighbor, some_category, town
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account

pytestmark = pytest.mark.django_db


def body(kind: type[Household | Organisation | Group], name: str, leader: Neighbor) -> Account:
    """A household, organisation or group with an account; `leader` speaks for it."""
    place = leader.membership.community
    made = people.make_body(kind=kind, community=place, name=name, leader=leader.membership, by=leader.person, at=NOON)
    return timebank.open_account(community=place, holder=made, by=None, at=NOON)


@pytest.fixture
def place() -> Community:
    return town()


@pytest.fixture
def amina(place: Community) -> Neighbor:
    return neighbor(place, "Amina")


@pytest.fixture
def cora(place: Community) -> Neighbor:
    return neighbor(place, "Cora", broker=True)


def desk(cora: Neighbor, **typed: Any) -> str:
    """Write something down at the desk, and return the page that follows."""
    browser, address = browser_of(cora.membership), reverse("strengths:desk", args=[cora.account.community.slug])
    form = browser.get(address).context["form"]
    given = {
        "minutes": "1:30",
        "category": str(some_category(cora.account.community).pk),
        "helped_on": form.initial["helped_on"].isoformat(),
        "channel": "phone",
        "key": str(form.initial["key"]),
        **typed,
    }
    return str(browser.post(address, given, follow=True).content.decode())


@pytest.mark.parametrize("kind", [Household, Organisation, Group])
@pytest.mark.parametrize("text", ["Jardín", "jardin", "COMMUNITY jardin"])
def test_a_body_is_found_by_its_name_without_accents(amina: Neighbor, kind: type[Household], text: str) -> None:
    garden = body(kind, "Jardín Community", amina)

    assert list(find_bodies(garden.community, text)) == [garden]
    assert who_is_meant(garden.community, text, at_most=8).sure == garden


def test_what_is_closed_elsewhere_or_without_an_account_is_not_found(place: Community, amina: Neighbor) -> None:
    garden = body(Group, "Garden", amina)
    people.make_body(kind=Group, community=place, name="Garden without hours", leader=None, by=amina.person, at=NOON)
    body(Group, "Garden elsewhere", neighbor(town(), "Otto"))
    people.close_body(body=garden.group, by=amina.person, at=NOON)

    assert not find_bodies(place, "garden").exists()
    assert not find_bodies(place, "").exists()


def test_the_whole_name_of_a_body_is_meant_before_a_person_and_part_of_it_after(amina: Neighbor) -> None:
    home = body(Household, "Yusuf", amina)
    yusuf = neighbor(home.community, "Ben Yusuf")

    def meant(text: str) -> Any:
        return who_is_meant(home.community, text, at_most=8).sure

    assert meant("yusuf") == home
    assert meant("yus") == meant("ben yusuf") == yusuf.membership


def test_help_given_by_a_group_is_written_down_and_credited(cora: Neighbor, amina: Neighbor) -> None:
    garden = body(Group, "Garden", amina)

    page = desk(cora, giver="garden", receiver="Amina", both_agree="on")

    exchange = Exchange.objects.get()
    assert (exchange.giver, exchange.receiver, exchange.state) == (garden, amina.account, State.CONFIRMED)
    assert "Garden helped Amina" in page


def test_the_word_of_a_household_is_that_of_one_of_its_adults(cora: Neighbor, amina: Neighbor) -> None:
    home = body(Household, "Home", neighbor(amina.account.community, "Ben"))

    desk(cora, giver="Amina", receiver="Home", told_by="receiver")

    exchange, entry = Exchange.objects.get(), Activity.objects.get(did="strengths.recorded")
    assert (exchange.receiver, exchange.state, exchange.waits_for) == (home, State.DONE, "giver")
    assert entry.on_behalf_of_id == home.household.members.get().membership.person_id


def test_nobodys_word_is_taken_for_a_body_that_nobody_speaks_for(cora: Neighbor, amina: Neighbor) -> None:
    made = people.make_body(
        kind=Group, community=amina.account.community, name="Choir", leader=None, by=cora.person, at=NOON
    )
    timebank.open_account(community=amina.account.community, holder=made, by=None, at=NOON)

    page = desk(cora, giver="Choir", receiver="Amina", told_by="giver")

    assert "Say which of the two told you." in page
    assert not Exchange.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "They helped somebody"), ("es", "Ayudó a alguien")])
def test_the_search_of_the_desk_leads_to_the_account_and_back_to_the_desk(
    cora: Neighbor, amina: Neighbor, language: str, words: str
) -> None:
    garden = body(Organisation, "Garden & Co", amina)
    browser, slug = browser_of(cora.membership), garden.community.slug
    browser.cookies["django_language"] = language

    page = browser.get(reverse("strengths:find", args=[slug]), {"q": "garden"}).content.decode()

    assert reverse("timebank:account", args=[slug, garden.pk]) in page
    assert words in page
    assert "?giver=Garden+%26+Co" in page


def test_the_boxes_suggest_bodies_and_show_whose_hours_are_meant(cora: Neighbor, amina: Neighbor) -> None:
    garden = body(Group, "Garden", amina)
    address = reverse("strengths:find_person", args=[garden.community.slug])

    page = browser_of(cora.membership).get(address, {"field": "giver", "giver": "gard"}).content.decode()

    assert '<option value="Garden">' in page
    assert reverse("timebank:account", args=[garden.community.slug, garden.pk]) in page


def test_two_that_fit_are_named_and_the_whole_name_decides(cora: Neighbor, amina: Neighbor) -> None:
    body(Group, "Garden", amina)
    body(Group, "Garden of Elm Street", amina)

    page = desk(cora, giver="gard", receiver="Amina", both_agree="on")
    desk(cora, giver="Garden", receiver="Amina", both_agree="on")

    assert "Several match: Garden, Garden of Elm Street." in page
    assert [str(exchange.giver) for exchange in Exchange.objects.all()] == ["Garden"]


def test_the_desk_stays_with_coordinators(amina: Neighbor, client: Client) -> None:
    garden = body(Group, "Garden", amina)

    reply = browser_of(amina.membership).get(reverse("strengths:find", args=[garden.community.slug]), {"q": "garden"})

    assert reply.status_code == 403
