"""Holds: reserved, then posted in whole or in part, or released. Once."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.timebank import actions as timebank
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import Account, Hold, Transfer
from alongside.timebank.tests.factories import DAY, NOON, any_category, balances, neighbors, pay, pot_of

pytestmark = pytest.mark.django_db


def hold(payer: Account, payee: Account, minutes: int, key: str = "hold", **options: Any) -> Hold:
    options.setdefault("category", any_category(payer.community))
    return timebank.hold(payer=payer, payee=payee, minutes=minutes, by=payer.person, at=NOON, key=key, **options)


def post(held: Hold, key: str = "post", **options: Any) -> Transfer:
    return timebank.post_hold(hold=held, helped_on=DAY, by=held.payee.person, at=NOON, key=key, **options)


def reserved(*accounts: Account) -> list[tuple[int, int]]:
    found = {a.id: a for a in Account.objects.filter(id__in=[a.id for a in accounts])}
    return [(found[a.id].held_minutes, found[a.id].awaited_minutes) for a in accounts]


def test_a_hold_reserves_and_moves_nothing():
    amina, ben = neighbors("Amina", "Ben")

    held = hold(amina, ben, 60)

    assert (held.state, held.expires_at) == ("held", NOON + timedelta(days=60))
    assert reserved(amina, ben) == [(60, 0), (0, 60)]
    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}


def test_held_hours_count_toward_the_floor():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-100)
    hold(amina, ben, 60)

    with pytest.raises(timebank.OverLimit) as by_payment:
        pay(amina, ben, 41)
    with pytest.raises(timebank.OverLimit) as by_hold:
        hold(amina, ben, 41, key="another")

    assert by_payment.value.left_minutes == by_hold.value.left_minutes == 40


def test_awaited_hours_count_toward_the_ceiling():
    amina, ben = neighbors("Amina", "Ben", ceiling_minutes=100)
    hold(amina, ben, 60)

    with pytest.raises(timebank.OverLimit) as refusal:
        pay(amina, ben, 41)

    assert (refusal.value.side, refusal.value.left_minutes) == ("payee", 40)


def test_posting_a_hold_settles_it():
    amina, ben = neighbors("Amina", "Ben")

    transfer = post(hold(amina, ben, 60), note="Thank you for the lift")

    assert Transfer.objects.get(pk=transfer.pk).hold.state == "posted"
    assert reserved(amina, ben) == [(0, 0), (0, 0)]
    assert balances(amina, ben) == {"Amina": -60, "Ben": 60}


def test_a_part_may_be_posted_and_the_rest_lets_go():
    amina, ben = neighbors("Amina", "Ben")

    post(hold(amina, ben, 60), minutes=45)

    assert reserved(amina, ben) == [(0, 0), (0, 0)]
    assert balances(amina, ben) == {"Amina": -45, "Ben": 45}


def test_no_more_than_was_held_is_posted():
    amina, ben = neighbors("Amina", "Ben")
    held = hold(amina, ben, 60)

    with pytest.raises(timebank.MoreThanThere) as refusal:
        post(held, minutes=61)

    assert refusal.value.most_minutes == 60
    assert reserved(amina) == [(60, 0)]


def test_what_was_held_may_be_posted_though_the_floor_has_risen():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-60)
    held = hold(amina, ben, 60)
    timebank.set_limits(account=amina, floor_minutes=0, by=None, at=NOON)

    post(held)

    assert balances(amina, ben) == {"Amina": -60, "Ben": 60}


def test_a_hold_posts_once():
    amina, ben = neighbors("Amina", "Ben")
    held = hold(amina, ben, 60)
    first = post(held)

    assert post(held) == first
    with pytest.raises(timebank.HoldEnded):
        post(held, key="another click")
    with pytest.raises(timebank.KeyUsedDifferently) as refusal:
        post(held, minutes=30)

    assert refusal.value.field == "minutes"
    assert balances(amina, ben) == {"Amina": -60, "Ben": 60}


def test_a_released_hold_lets_go_and_is_not_posted():
    amina, ben = neighbors("Amina", "Ben")
    held = hold(amina, ben, 60)

    timebank.release_hold(hold=held, by=ben.person, at=NOON)
    timebank.release_hold(hold=held, by=ben.person, at=NOON)

    assert reserved(amina, ben) == [(0, 0), (0, 0)]
    with pytest.raises(timebank.HoldEnded) as refusal:
        post(held)
    assert refusal.value.state == "released"


def test_a_posted_hold_is_not_released():
    amina, ben = neighbors("Amina", "Ben")
    held = hold(amina, ben, 60)
    post(held)

    with pytest.raises(timebank.HoldEnded):
        timebank.release_hold(hold=held, by=ben.person, at=NOON)


def test_holds_out_of_time_let_go():
    amina, ben = neighbors("Amina", "Ben")
    hold(amina, ben, 60, expires_at=NOON + timedelta(days=1))
    hold(amina, ben, 30, key="later", expires_at=NOON + timedelta(days=9))

    released = timebank.release_expired_holds(at=NOON + timedelta(days=2))

    assert released == 1
    assert reserved(amina) == [(30, 0)]


def test_the_same_key_holds_once_and_names_what_differs():
    amina, ben = neighbors("Amina", "Ben")

    first = hold(amina, ben, 60)

    assert hold(amina, ben, 60) == first
    with pytest.raises(timebank.KeyUsedDifferently) as refusal:
        hold(amina, ben, 61)
    assert refusal.value.field == "minutes"
    assert reserved(amina) == [(60, 0)]


def test_a_pot_may_hold_what_it_has_just_been_given():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)
    pay(amina, pot, 60, kind="gift")

    held = timebank.hold(payer=pot, payee=ben, minutes=60, category=None, by=None, at=NOON, key="grant")

    with pytest.raises(timebank.OverLimit):
        pay(pot, ben, 1, kind="grant")
    timebank.post_hold(hold=held, helped_on=DAY, by=None, at=NOON, key="granted", kind="grant")
    assert balances(pot, ben) == {"community pot": 0, "Ben": 60}
    assert check(amina.community, at=NOON).findings == []
