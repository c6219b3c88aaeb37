"""Silence counts as yes only for people who could have been asked on a screen; the others are rung up."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Household
from alongside.people.tests.factories import browser_of
from alongside.strengths import actions, departures
from alongside.strengths.history import history_of
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import State, Step
from alongside.strengths.tests.factories import (
    NOON,
    Neighbor,
    asked,
    balances,
    neighbor,
    neighbors,
    recorded,
    step,
    town,
    undone,
    with_screens,
)
from alongside.strengths.worklist import Work, queue_of
from alongside.timebank import actions as timebank

pytestmark = pytest.mark.django_db
A_YEAR = timedelta(days=365)


def to_ask(one: Neighbor) -> list[Work]:
    works = [listed.work for listed in queue_of(one.membership.community, at=NOON)]
    return [work for work in works if work.item.startswith("strengths.by_phone")]


@pytest.mark.parametrize("channel", ["in_app", "phone", "letter", "text", "email"])
def test_silence_never_confirms_for_somebody_without_a_screen(channel):
    amina, ben = neighbors("Amina", "Ben")
    ben.person.preferred_channel = channel
    ben.person.save()
    recorded(amina, ben)

    assert actions.confirm_by_silence(at=NOON + A_YEAR) == 0
    assert actions.remind(at=NOON + A_YEAR) == 0

    assert Exchange.objects.get().state == State.DONE
    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 60)}


def test_coordinators_find_it_at_once_with_the_person_to_ring():
    amina, ben = neighbors("Amina", "Ben")
    exchange = recorded(amina, ben).exchange

    (work,) = to_ask(amina)

    assert work.person == ben.person
    assert str(exchange.pk) in work.link


def test_once_asked_and_answered_by_phone_it_is_off_the_list():
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    exchange = recorded(amina, ben).exchange

    taken = step(exchange, Step.CONFIRM, cora, on_behalf_of=ben.person, channel="phone")

    assert taken.exchange.state == State.CONFIRMED
    assert to_ask(amina) == []


def test_taking_the_answer_back_leaves_it_to_be_asked_again():
    amina, ben = neighbors("Amina", "Ben")
    taken = step(recorded(amina, ben).exchange, Step.CONFIRM, ben)

    undone(taken, ben)

    assert len(to_ask(amina)) == 1
    assert actions.confirm_by_silence(at=NOON + A_YEAR) == 0


@pytest.mark.parametrize(("proved", "counts"), [(True, True), (False, False)], ids=["proved", "written down"])
def test_only_a_proved_address_is_a_screen(proved, counts):
    amina, ben = neighbors("Amina", "Ben")
    EmailAddress.objects.create(user=ben.person, email="ben@example.org", verified=proved)
    recorded(amina, ben)

    assert bool(actions.confirm_by_silence(at=NOON + A_YEAR)) is counts


def test_one_adult_with_a_screen_answers_for_a_household():
    amina, ben = neighbors("Amina", "Ben")
    home = people.make_body(
        kind=Household, community=ben.account.community, name="Home", leader=ben.membership, by=ben.person, at=NOON
    )
    account = timebank.open_account(community=ben.account.community, holder=home, by=None, at=NOON)
    household = Neighbor(ben.membership, account)

    recorded(amina, household)
    with_screens(ben)
    recorded(amina, household)

    assert [exchange.answer_by is None for exchange in Exchange.objects.order_by("id")] == [True, False]


def test_saying_done_after_arranging_asks_by_phone_too():
    amina, ben = neighbors("Amina", "Ben")
    exchange = step(asked(amina, ben), Step.AGREE, amina).exchange

    step(exchange, Step.SAY_DONE, amina)

    assert [work.person for work in to_ask(amina)] == [ben.person]


def test_whoever_lost_their_screen_meanwhile_is_left_to_be_asked():
    amina, ben = neighbors("Amina", "Ben")
    address = EmailAddress.objects.create(user=ben.person, email="ben@example.org", verified=True)
    exchange = recorded(amina, ben).exchange
    address.delete()

    assert actions.confirm_by_silence(at=NOON + A_YEAR) == 0

    exchange.refresh_from_db()
    assert (exchange.state, exchange.answer_by) == (State.DONE, None)
    assert "A coordinator asks by phone" in [str(moment.title) for moment in history_of(exchange)]


def test_a_screen_that_comes_later_confirms_nothing_behind_its_owners_back():
    amina, ben = neighbors("Amina", "Ben")
    recorded(amina, ben)
    with_screens(ben)

    assert actions.confirm_by_silence(at=NOON + A_YEAR) == 0


@pytest.mark.parametrize(
    ("language", "on_the_page", "in_the_letter"),
    [
        ("en", "Silence does not count as yes.", "A coordinator will ask you."),
        ("es", "El silencio no cuenta como un sí.", "Quien coordina te lo preguntará."),
    ],
)
def test_the_page_and_the_letter_say_so(language, on_the_page, in_the_letter):
    amina, ben = neighbors("Amina", "Ben")
    ben.person.language = language
    ben.person.save()
    exchange = recorded(amina, ben).exchange
    browser = browser_of(amina.membership)
    browser.cookies["django_language"] = language

    page = browser.get(reverse("strengths:exchange", args=[exchange.community.slug, exchange.pk])).content.decode()

    assert on_the_page in page
    assert in_the_letter in Notice.objects.get(person=ben.person, kind="strengths.exchange").body


def test_a_goodbye_takes_no_hours_of_somebody_who_was_not_asked():
    amina, ben = neighbors("Amina", "Ben")
    recorded(amina, ben)

    departures.leave(amina.membership, by=amina.person, at=NOON)

    assert Exchange.objects.get().state == State.CANCELLED
    assert balances(ben) == {"Ben": (0, 0)}


def test_a_goodbye_of_who_was_helped_still_credits_who_helped():
    amina, ben = neighbors("Amina", "Ben")
    recorded(amina, ben, by=ben)

    departures.leave(ben.membership, by=ben.person, at=NOON)

    assert Exchange.objects.get().state == State.CONFIRMED
