"""Offers and requests: found, shown, ended, and written down for others."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel import undo
from alongside.kernel.clock import now, today
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.tests.factories import browser_of
from alongside.people.trail import trail_of
from alongside.strengths import actions
from alongside.strengths.actions.listings import STAYS
from alongside.strengths.models import Listing
from alongside.strengths.rules import week
from alongside.strengths.rules.steps import Step
from alongside.strengths.tests.factories import (
    NOON,
    TODAY,
    neighbor,
    neighbors,
    offer_of,
    recorded,
    request_of,
    some_category,
    town,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["reading", "READING", "récit", "recit", "amina", "amína reading", "letters", "o'brien", "strasse"]
)
def test_a_search_finds_words_whatever_their_accents_and_capitals(text):
    (amina,) = neighbors("Amina O’Brien")
    offer = offer_of(amina, "Reading a récit", description="Letters from the Lange Straße too")

    assert list(Listing.objects.of(offer.community).matching(text)) == [offer]


def test_a_search_needs_every_word_and_knows_no_wildcards():
    (amina,) = neighbors("Amina")
    offer_of(amina, "Reading aloud")

    found = Listing.objects.of(amina.membership.community)

    assert [found.matching(text).exists() for text in ("reading cooking", "100%", "re_ding", "")] == [
        False,
        False,
        False,
        True,
    ]


def test_times_of_the_week_narrow_down_but_silence_rules_nothing_out():
    amina, ben, carol = neighbors("Amina", "Ben", "Carol")
    monday, friday = week.pack([(0, 0)]), week.pack([(4, 2)])
    offer_of(amina, "Monday", week=monday)
    offer_of(ben, "Friday", week=friday)
    offer_of(carol, "Any time")

    found = Listing.objects.of(amina.membership.community).with_time_in(monday)

    assert {listing.title for listing in found} == {"Monday", "Any time"}


def test_an_ended_or_paused_offer_is_not_in_the_list():
    amina, ben = neighbors("Amina", "Ben")
    offer_of(amina, "Ended", open_until=TODAY)
    actions.pause(listing=offer_of(amina, "Paused"), by=amina.person, at=NOON)

    assert not Listing.objects.of(ben.membership.community).open_on(TODAY + timedelta(days=1)).exists()


def test_owners_hear_a_week_before_the_end_once_and_again_after_prolonging():
    (amina,) = neighbors("Amina")
    offer = offer_of(amina, open_until=TODAY + timedelta(days=7))
    place = amina.membership.community

    told = [actions.tell_of_ends(community=place, at=NOON) for _time in range(2)]
    offer.refresh_from_db()
    actions.keep_open(listing=offer, today=TODAY, by=amina.person, at=NOON)
    told.append(actions.tell_of_ends(community=place, at=NOON + STAYS - timedelta(days=3)))

    assert told == [1, 0, 1]
    assert Notice.objects.filter(kind="strengths.listing_ends", person=amina.person).count() == 2


def test_a_broker_writes_an_offer_down_and_it_is_the_members():
    place = town()
    edith, cora = neighbor(place, "Edith"), neighbor(place, "Cora", broker=True)

    offer = offer_of(edith, by=cora.person, on_behalf_of=edith.person, channel="phone")

    assert (offer.person, offer.keyed_by, offer.keyed_for_them) == (edith.person, cora.person, True)


def test_the_same_form_sent_twice_is_one_listing():
    (amina,) = neighbors("Amina")
    key = uuid4()

    assert offer_of(amina, key=key) == offer_of(amina, key=key)


@pytest.mark.usefixtures("committed_db")
def test_the_same_form_sent_at_once_is_one_listing():
    (amina,) = neighbors("Amina")
    key, category = uuid4(), some_category(amina.membership.community)

    with ThreadPoolExecutor(4) as crowd:
        made = list(crowd.map(lambda _number: _and_hang_up(offer_of, amina, key=key, category=category), range(4)))

    assert len(set(made)) == 1
    assert Listing.objects.count() == 1


def _and_hang_up(act, *args, **details):
    try:
        return act(*args, **details)
    finally:
        connections.close_all()


def test_a_listing_closed_while_somebody_changes_it_stays_closed():
    (amina,) = neighbors("Amina")
    offer = offer_of(amina)
    seen_before = Listing.objects.get(pk=offer.pk)
    actions.close(listing=offer, by=amina.person, at=NOON)

    actions.change(listing=seen_before, by=amina.person, at=NOON, title="Reading letters aloud")

    kept = Listing.objects.get()
    assert (kept.title, kept.closed_at) == ("Reading letters aloud", NOON)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"title": ""}, id="listing_has_a_title"),
        pytest.param({"minutes": 1441}, id="listing_within_a_day"),
        pytest.param({"minutes": 0}, id="listing_of_no_time"),
        pytest.param({"week": 1 << 21}, id="listing_week_has_21_pieces"),
    ],
)
def test_the_database_keeps_listings_in_shape(broken):
    (amina,) = neighbors("Amina")
    offer = offer_of(amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.filter(pk=offer.pk).update(**broken)


def queries_of(client, url):
    client.get(url)  # the first visit fills caches
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["offers", "my_listings", "exchanges_waiting", "exchanges_open", "queue"])
def test_more_rows_ask_no_more_questions_of_the_database(page):
    place = town(floor_minutes=-6000)
    amina = neighbor(place, "Amina", broker=True)
    url = reverse(f"strengths:{page}", args=[place.slug])
    client = browser_of(amina.membership)
    fresh = {"open_until": today() + timedelta(days=30), "at": now() - timedelta(days=8)}

    def one_more(number):
        ben = neighbor(place, f"Ben {number}")
        offer_of(amina, f"Offer {number}", **fresh)
        request_of(ben, f"Request {number}", **fresh)
        recorded(ben, amina, at=now() - timedelta(days=8), helped_on=today() - timedelta(days=9))

    one_more(1)
    few = queries_of(client, url)
    for number in range(2, 8):
        one_more(number)

    assert queries_of(client, url) == few


def test_somebody_elses_listing_of_another_community_is_not_found():
    amina, stranger = neighbor(town(), "Amina"), neighbor(town(), "Stranger")
    offer = offer_of(stranger)

    answer = browser_of(amina.membership).get(
        reverse("strengths:listing", args=[amina.membership.community.slug, offer.pk])
    )

    assert answer.status_code == 404


def test_a_listing_links_to_its_person_only_for_those_who_may_see_them():
    place = town()
    amina, ben = neighbor(place, "Amina"), neighbor(place, "Ben")
    url = reverse("strengths:listing", args=[place.slug, offer_of(amina, open_until=today() + timedelta(days=30)).pk])
    profile = reverse("strengths:profile", args=[place.slug, amina.membership.pk])

    assert profile in browser_of(amina.membership).get(url).content.decode()
    assert profile not in browser_of(ben.membership).get(url).content.decode()


def test_how_to_reach_each_other_is_hidden_until_both_agree():
    place = town()
    amina, ben = neighbor(place, "Amina", phone="0700 900 123"), neighbor(place, "Ben")
    offer = offer_of(amina, open_until=today() + timedelta(days=30))
    taken = actions.propose(
        giver=amina.account,
        receiver=ben.account,
        minutes=60,
        category=offer.category,
        helped_on=today(),
        listing=offer,
        by=ben.person,
        at=now(),
        key=uuid4(),
    )
    client, url = browser_of(ben.membership), reverse("strengths:exchange", args=[place.slug, taken.exchange.pk])
    assert "0700 900 123" not in client.get(url).content.decode()

    actions.take_step(exchange=taken.exchange, step=Step.AGREE, by=amina.person, at=now(), seen=0)

    assert "0700 900 123" in client.get(url).content.decode()
    assert "0700 900 123" not in client.get(reverse("strengths:listing", args=[place.slug, offer.pk])).content.decode()


def keep(**who: Any) -> None:
    actions.keep_open(today=TODAY, **who)


@pytest.mark.parametrize("mark", [actions.pause, actions.close, keep], ids=["pausing", "closing", "keeping"])
def test_a_mark_on_a_listing_comes_back_exactly_and_once(mark):
    (amina,) = neighbors("Amina")
    offer = offer_of(amina)
    before = Listing.objects.values().get()
    mark(listing=offer, by=amina.person, at=NOON + timedelta(minutes=1))
    assert Listing.objects.values().get() != before
    way_back = UndoOffer.objects.get()

    undo.perform(id=way_back.pk, by=amina.person.pk, at=NOON + timedelta(minutes=1, seconds=10))

    assert Listing.objects.values().get() == before
    assert Activity.objects.filter(did="strengths.listing_mark_undone", about_id=offer.pk).count() == 1
    with pytest.raises(undo.AlreadyUndone):
        undo.perform(id=way_back.pk, by=amina.person.pk, at=NOON + timedelta(minutes=1, seconds=10))


def test_a_listing_changed_since_keeps_its_mark():
    (amina,) = neighbors("Amina")
    offer = offer_of(amina)
    actions.close(listing=offer, by=amina.person, at=NOON)
    actions.change(listing=offer, title="Other words", by=amina.person, at=NOON + timedelta(seconds=1))

    with pytest.raises(SomeoneElseWasFaster):
        undo.perform(id=UndoOffer.objects.get().pk, by=amina.person.pk, at=NOON + timedelta(seconds=2))

    assert Listing.objects.get().closed_at == NOON


def test_nobodys_listing_comes_back_once_they_have_left():
    (amina,) = neighbors("Amina")
    actions.close(listing=offer_of(amina), by=amina.person, at=NOON)
    people.leave_community(membership=amina.membership, by=amina.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        undo.perform(id=UndoOffer.objects.get().pk, by=amina.person.pk, at=NOON)


@pytest.mark.parametrize(("language", "word"), [("en", "Undo"), ("es", "Deshacer")])
def test_taking_a_listing_down_can_be_undone_on_the_page(language, word):
    (amina,) = neighbors("Amina")
    offer, browser = offer_of(amina), browser_of(amina.membership)
    browser.cookies["django_language"] = language
    address = reverse("strengths:mark_listing", args=[offer.community.slug, offer.pk, "close"])

    page = browser.post(address, follow=True).content.decode()
    browser.post(reverse("web:undo", args=[UndoOffer.objects.get().pk]))

    assert f"<span>{word}</span>" in page
    assert Listing.objects.get().closed_at is None


def test_a_mark_undone_for_somebody_stands_on_the_trail_of_what_was_done_for_them():
    amina, ben = neighbors("Amina", "Ben")
    details: dict[str, Any] = {"by": ben.person, "on_behalf_of": amina.person, "channel": "phone", "at": NOON}
    actions.close(listing=offer_of(amina), **details)

    undo.perform(id=UndoOffer.objects.get().pk, by=ben.person.pk, at=NOON + timedelta(seconds=1))

    assert [str(act.title) for act in trail_of(amina.membership)] == [
        "Undone at once",
        "An offer or a request taken down",
    ]
