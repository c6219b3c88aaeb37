"""Writing help down: by a broker with both people's word, by one side, twice by accident, all at once."""

import threading
from uuid import uuid4

import pytest
from django.db import connections

from alongside.kernel.errors import Refusal
from alongside.strengths import actions
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import State, Step
from alongside.strengths.tests.factories import (
    NOON,
    asked,
    balances,
    neighbor,
    neighbors,
    recorded,
    some_category,
    step,
    town,
    undone,
)
from alongside.timebank import actions as timebank
from alongside.timebank.models import Category, Transfer


@pytest.mark.django_db
def test_a_broker_with_both_peoples_word_credits_at_once():
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)

    taken = recorded(
        amina, ben, by=cora, on_behalf_of=ben.person, channel="phone", consent_of_both=True, note="By phone"
    )

    assert (taken.exchange.state, taken.exchange.keyed_by, taken.exchange.channel) == (
        State.CONFIRMED,
        cora.person,
        "phone",
    )
    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}
    transfer = Transfer.objects.get()
    assert (transfer.by, transfer.on_behalf_of, transfer.channel) == (cora.person, ben.person, "phone")


@pytest.mark.django_db
def test_undo_of_a_recorded_exchange_gives_the_hours_back():
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    taken = recorded(amina, ben, by=cora, consent_of_both=True)

    undone(taken, cora, at=NOON)

    assert Exchange.objects.get().state == State.WITHDRAWN
    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 0)}


@pytest.mark.django_db
def test_a_member_cannot_vouch_for_both_sides():
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(actions.OnlyBrokersVouch):
        recorded(amina, ben, consent_of_both=True)

    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 0)}


@pytest.mark.django_db
def test_a_broker_who_takes_part_cannot_vouch_for_both_sides():
    place = town()
    ben, cora = neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)

    with pytest.raises(actions.OnlyBrokersVouch):
        recorded(cora, ben, consent_of_both=True)


@pytest.mark.django_db
def test_nobody_writes_down_what_others_did_among_themselves():
    amina, ben, carol = neighbors("Amina", "Ben", "Carol")

    with pytest.raises(actions.SpeaksForNeither):
        recorded(amina, ben, by=carol)


@pytest.mark.django_db
def test_nobody_helps_themselves_for_hours():
    (amina,) = neighbors("Amina")

    with pytest.raises(actions.WithThemselves):
        recorded(amina, amina)


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_exchange():
    amina, ben = neighbors("Amina", "Ben")
    key = uuid4()

    first, second = (recorded(amina, ben, key=key).exchange for _ in range(2))

    assert first == second
    assert balances(ben) == {"Ben": (0, 60)}


@pytest.mark.django_db
def test_the_same_form_with_other_minutes_is_refused_by_the_name_of_the_field():
    amina, ben = neighbors("Amina", "Ben")
    key = uuid4()
    recorded(amina, ben, key=key)

    with pytest.raises(timebank.KeyUsedDifferently) as refusal:
        recorded(amina, ben, key=key, minutes=61)

    assert refusal.value.field == "minutes"


@pytest.mark.django_db
def test_a_broker_may_pass_a_limit_with_a_reason():
    place = town(floor_minutes=-30)
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    with pytest.raises(timebank.OverLimit):
        recorded(amina, ben, by=cora, consent_of_both=True)

    recorded(amina, ben, by=cora, consent_of_both=True, override_reason="Agreed by the circle")

    assert balances(ben) == {"Ben": (-60, 0)}


@pytest.mark.django_db
def test_accounts_of_two_communities_do_not_meet():
    amina, ben = neighbor(town(), "Amina"), neighbor(town(), "Ben")

    with pytest.raises(Refusal):
        recorded(amina, ben)

    assert not Exchange.objects.exists()


@pytest.mark.django_db
def test_a_category_of_another_community_is_refused():
    amina, ben = neighbors("Amina", "Ben")
    foreign: Category = some_category(town())

    with pytest.raises(timebank.NotInThisCommunity):
        recorded(amina, ben, category=foreign)


def all_at_once(*acts):
    """Run every act in a thread of its own, at the same moment; return what they raised."""
    together, raised = threading.Barrier(len(acts)), []

    def run(act):
        try:
            together.wait()
            act()
        except Refusal as refusal:
            raised.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_eight_confirmations_at_once_post_once(committed_db):
    amina, ben = neighbors("Amina", "Ben")
    exchange = recorded(amina, ben).exchange

    raised = all_at_once(*[lambda: step(exchange, Step.CONFIRM, ben)] * 8)

    assert raised == ["SomeoneElseWasFaster"] * 7
    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}


def test_confirming_and_rejecting_at_once_ends_one_way(committed_db):
    amina, ben = neighbors("Amina", "Ben")
    exchange = recorded(amina, ben).exchange

    raised = all_at_once(
        lambda: step(exchange, Step.CONFIRM, ben), lambda: step(exchange, Step.REJECT, ben, reason="No")
    )

    assert raised == ["SomeoneElseWasFaster"]
    ended = Exchange.objects.get().state
    assert balances(ben) == {"Ben": (-60, 0) if ended == State.CONFIRMED else (0, 0)}


def test_the_same_form_sent_six_times_at_once_is_one_exchange(committed_db):
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    key = uuid4()

    raised = all_at_once(*[lambda: recorded(amina, ben, by=cora, consent_of_both=True, key=key)] * 6)

    assert raised == []
    assert Exchange.objects.count() == 1
    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}


def test_eight_people_agree_to_the_last_hour_and_one_gets_it(committed_db):
    place = town(floor_minutes=-60)
    ben = neighbor(place, "Ben")
    helpers = [neighbor(place, f"Helper {number}") for number in range(8)]
    questions = [asked(helper, ben) for helper in helpers]

    raised = all_at_once(
        *[
            lambda helper=helper, question=question: step(question, Step.AGREE, helper)
            for helper, question in zip(helpers, questions, strict=True)
        ]
    )

    assert raised == ["OverLimit"] * 7
    assert balances(ben) == {"Ben": (0, 60)}
