"""Giving back: a transfer of its own, once, linked both ways."""

import pytest

from alongside.timebank import actions as timebank
from alongside.timebank.models import Transfer, TransferNote
from alongside.timebank.tests.factories import NOON, balances, make_coordinator, neighbors, pay, pot_of

pytestmark = pytest.mark.django_db


def reverse(transfer: Transfer, key: str = "back", **options: object) -> Transfer:
    options.setdefault("by", None)
    return timebank.reverse(transfer=transfer, reason="Wrong person", at=NOON, key=key, **options)  # type: ignore[arg-type]


def test_a_reversal_gives_everything_back_and_says_why():
    amina, ben = neighbors("Amina", "Ben")
    transfer = pay(amina, ben, 60)

    back = reverse(transfer)

    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}
    assert (back.kind, back.reverses_id, back.category, back.helped_on) == (
        "reversal", transfer.id, transfer.category, transfer.helped_on,
    )  # fmt: skip
    assert transfer.reversal() == back
    assert TransferNote.objects.get(transfer=back).reason == "Wrong person"


def test_a_part_may_be_given_back():
    amina, ben = neighbors("Amina", "Ben")

    reverse(pay(amina, ben, 60), minutes=20)

    assert balances(amina, ben) == {"Amina": -40, "Ben": 40}


def test_a_transfer_is_reversed_once():
    amina, ben = neighbors("Amina", "Ben")
    transfer = pay(amina, ben, 60)
    first = reverse(transfer, minutes=20)

    assert reverse(transfer, minutes=20) == first
    with pytest.raises(timebank.AlreadyReversed):
        reverse(transfer, key="again", minutes=20)

    assert balances(amina, ben) == {"Amina": -40, "Ben": 40}


def test_no_more_is_given_back_than_was_moved():
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(timebank.MoreThanThere) as refusal:
        reverse(pay(amina, ben, 60), minutes=61)

    assert refusal.value.most_minutes == 60


def test_a_reversal_is_not_reversed():
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(timebank.NotReversible):
        reverse(reverse(pay(amina, ben, 60)), key="and back")


def test_a_reversal_needs_a_reason():
    amina, ben = neighbors("Amina", "Ben")
    transfer = pay(amina, ben, 60)

    with pytest.raises(timebank.ReasonMissing):
        timebank.reverse(transfer=transfer, reason=" ", by=None, at=NOON, key="back")


def test_a_reversal_keeps_to_the_limits_unless_a_coordinator_goes_past_them():
    amina, ben, chris = neighbors("Amina", "Ben", "Chris", floor_minutes=-30)
    pot = pot_of(amina.community)
    pay(amina, pot, 30, kind="gift")
    transfer = pay(pot, ben, 30, kind="grant")
    pay(ben, chris, 60)
    cora = make_coordinator(amina.community)

    with pytest.raises(timebank.OverLimit) as refusal:
        reverse(transfer)
    back = reverse(transfer, by=cora, override_reason="The grant was a mistake")

    assert (refusal.value.side, refusal.value.left_minutes) == ("payer", 0)
    assert balances(ben, pot) == {"Ben": -60, "community pot": 30}
    assert back.overridden_by_id == cora.id
