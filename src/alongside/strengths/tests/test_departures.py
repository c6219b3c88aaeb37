"""Goodbyes: exported, erased, left and merged; the hours of others stay as they are."""

import pytest
from django.urls import reverse

from alongside.people import actions as people
from alongside.people.tests.factories import browser_of
from alongside.strengths import actions, departures
from alongside.strengths.actions import Answer
from alongside.strengths.models import Exchange, ExchangeWords, Listing, StrengthsProfile
from alongside.strengths.rules.pictures import Section
from alongside.strengths.rules.steps import State, Step
from alongside.strengths.tests.factories import (
    NOON,
    Neighbor,
    asked,
    balances,
    neighbor,
    neighbors,
    offer_of,
    recorded,
    step,
    town,
    with_screens,
)

pytestmark = pytest.mark.django_db


def described(person: Neighbor) -> None:
    actions.save_profile(
        membership=person.membership,
        answers={Section.SKILL: Answer(["skill-cooking"], ["Calligraphy"])},
        by=person.person,
        at=NOON,
    )


def test_an_export_holds_strengths_listings_exchanges_and_own_words():
    amina, ben = neighbors("Amina", "Ben")
    described(amina)
    offer_of(amina, "Reading aloud")
    recorded(amina, ben, note="Read letters")

    tables = departures.export(amina.person)

    assert [row["words"] or row["picture"] for row in tables["strengths"]] == ["Calligraphy", "skill-cooking"]
    assert [row["title"] for row in tables["offers_and_requests"]] == ["Reading aloud"]
    assert [(row["giver"], row["minutes"]) for row in tables["exchanges"]] == [("Amina", 60)]
    assert [row["words"] for row in tables["words_on_exchanges"]] == ["Read letters"]


def test_two_records_whose_hours_do_not_fit_together_stay_two_and_the_page_says_why():
    amina, again, ben = neighbors("Amina", "Amina again", "Ben")
    cora = neighbor(amina.membership.community, "Cora", broker=True)
    for one in (amina, again):
        step(asked(ben, one, minutes=400), Step.AGREE, ben)

    address = reverse("people:merge", args=[cora.membership.community.slug, amina.membership.pk, again.membership.pk])
    answer = browser_of(cora.membership).post(address, follow=True)

    assert "The two records cannot become one yet." in answer.content.decode()
    assert balances(amina, again) == {"Amina": (0, 400), "Amina again": (0, 400)}


def test_erasing_wipes_words_and_keeps_the_hours_of_the_other():
    amina, ben = neighbors("Amina", "Ben")
    described(amina)
    offer = offer_of(amina)
    exchange = recorded(amina, ben, note="Read letters", listing=offer).exchange
    step(exchange, Step.CONFIRM, ben)

    departures.erase(amina.person, by=amina.person, at=NOON)

    assert not ExchangeWords.objects.filter(author=amina.person).exists()
    assert [model.objects.count() for model in (StrengthsProfile, Listing)] == [0, 0]
    assert Exchange.objects.get().listing is None
    assert balances(ben)["Ben"] == (-60, 0)


def test_leaving_takes_offers_down_and_leaves_no_hours_aside():
    amina, ben, carol = with_screens(*neighbors("Amina", "Ben", "Carol"))
    offer = offer_of(amina)
    arranged = step(asked(amina, ben), Step.AGREE, amina).exchange
    done = recorded(amina, carol).exchange

    departures.leave(amina.membership, by=amina.person, at=NOON)

    offer.refresh_from_db()
    states = {found.pk: found.state for found in Exchange.objects.all()}
    assert offer.closed_at == NOON
    assert states == {arranged.pk: State.EXPIRED, done.pk: State.CONFIRMED}
    assert balances(ben, carol) == {"Ben": (0, 0), "Carol": (-60, 0)}


def test_when_two_records_become_one_open_exchanges_and_hours_set_aside_come_along():
    place = town()
    amina, ben = neighbor(place, "Amina"), neighbor(place, "Ben")
    twin, cora = neighbor(place, "Amina Y."), neighbor(place, "Cora", broker=True)
    exchange = recorded(ben, twin).exchange
    offer = offer_of(twin)

    departures.merge(kept=amina.membership, dropped=twin.membership, by=cora.person, at=NOON)

    exchange.refresh_from_db()
    offer.refresh_from_db()
    assert (exchange.receiver, offer.membership) == (amina.account, amina.membership)
    assert balances(amina, twin) == {"Amina": (0, 60), "Amina Y.": (0, 0)}
    step(exchange, Step.CONFIRM, amina)
    assert balances(amina, ben) == {"Amina": (-60, 0), "Ben": (60, 0)}


def test_what_was_open_between_the_two_records_themselves_is_called_off():
    place = town()
    amina, twin, cora = neighbor(place, "Amina"), neighbor(place, "Twin"), neighbor(place, "Cora", broker=True)
    exchange = recorded(amina, twin).exchange

    departures.merge(kept=amina.membership, dropped=twin.membership, by=cora.person, at=NOON)

    exchange.refresh_from_db()
    assert exchange.state == State.CANCELLED
    assert balances(amina, twin) == {"Amina": (0, 0), "Twin": (0, 0)}


def test_the_house_asks_this_room_when_somebody_is_erased():
    amina, _ben = neighbors("Amina", "Ben")
    described(amina)

    people.erase_person(person=amina.person, by=None, at=NOON, even_the_last=True)

    assert not StrengthsProfile.objects.exists()
