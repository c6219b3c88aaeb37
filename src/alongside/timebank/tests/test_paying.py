"""Paying: limits, keys, days, and what the ledger refuses."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Membership, Role
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Entry, Transfer, TransferNote, Unfolded
from alongside.timebank.tests.factories import (
    DAY,
    NOON,
    any_category,
    balances,
    make_account,
    make_community,
    make_coordinator,
    make_member,
    neighbors,
    other_category,
    pay,
    pot_of,
)

pytestmark = pytest.mark.django_db


def test_an_hour_given_is_an_hour_earned():
    amina, ben = neighbors("Amina", "Ben")

    transfer = pay(amina, ben, 90, note="Drove me to the clinic")

    assert balances(amina, ben) == {"Amina": -90, "Ben": 90}
    entries = (
        Entry.objects.filter(transfer=transfer).order_by("sign").values_list("account", "minutes", "balance_after")
    )
    assert list(entries) == [(amina.id, -90, -90), (ben.id, 90, 90)]
    assert Unfolded.objects.filter(transfer=transfer).count() == 1
    assert TransferNote.objects.get(transfer=transfer).note == "Drove me to the clinic"


def test_a_payment_returns_the_row_as_it_stands():
    amina, ben = neighbors("Amina", "Ben")

    transfer = pay(amina, ben, 90, channel="phone", on_behalf_of=amina.person)

    stored = Transfer.objects.get(pk=transfer.pk)
    columns = [field.attname for field in Transfer._meta.concrete_fields]
    assert {c: getattr(transfer, c) for c in columns} == {c: getattr(stored, c) for c in columns}


def test_a_payment_leaves_one_activity_entry():
    amina, ben = neighbors("Amina", "Ben")

    transfer = pay(amina, ben, 30, by=ben.person, on_behalf_of=amina.person, channel="phone")

    entry = Activity.objects.get(about_id=transfer.id)
    assert (entry.did, entry.about_type, entry.by_id, entry.on_behalf_of_id, entry.channel, entry.community_id) == (
        "timebank.paid", "timebank.transfer", ben.person_id, amina.person_id, "phone", amina.community_id,
    )  # fmt: skip


def test_a_payment_cannot_take_the_payer_below_the_floor():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-120)

    with pytest.raises(timebank.OverLimit) as refusal:
        pay(amina, ben, 150)

    assert (refusal.value.side, refusal.value.left_minutes) == ("payer", 120)
    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}
    assert Transfer.objects.count() == 0


def test_a_payment_cannot_lift_the_payee_above_the_ceiling():
    amina, ben = neighbors("Amina", "Ben", ceiling_minutes=100)

    with pytest.raises(timebank.OverLimit) as refusal:
        pay(amina, ben, 101)

    assert (refusal.value.side, refusal.value.left_minutes) == ("payee", 100)


def test_a_refusal_leaves_the_transaction_around_it_sound():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-60)

    with pytest.raises(timebank.OverLimit):
        pay(amina, ben, 61)
    pay(amina, ben, 60)

    assert balances(amina, ben) == {"Amina": -60, "Ben": 60}


def test_soft_limits_warn_and_let_through():
    amina, ben = neighbors("Amina", "Ben", soft_floor_minutes=-60, soft_ceiling_minutes=60)

    assert pay(amina, ben, 60).warnings == ()
    assert pay(amina, ben, 1).warnings == ("payer", "payee")


def test_a_letter_about_a_limit_says_you_to_whose_limit_it_is():
    amina, ben = neighbors("Amina", "Ben", soft_floor_minutes=-60)

    pay(amina, ben, 61)

    said = {notice.person: notice.body for notice in Notice.objects.select_related("person")}
    assert said == {
        amina.person: "You have received a lot. Some help given in return would be welcome.",
        ben.person: "Amina has received a lot. Some help given in return would be welcome.",
    }


def test_a_coordinator_may_go_past_a_limit_with_a_reason():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-60)
    cora = make_coordinator(amina.community)

    transfer = pay(amina, ben, 90, by=cora, override_reason="Moving house after the flood")

    assert balances(amina, ben) == {"Amina": -90, "Ben": 90}
    assert Transfer.objects.get(pk=transfer.pk).overridden_by == cora
    assert TransferNote.objects.get(transfer=transfer).reason == "Moving house after the flood"


def test_a_coordinator_of_today_is_one_from_the_communitys_own_midnight_on():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-60)
    town = amina.community
    town.time_zone = "Pacific/Auckland"
    town.save()
    cora = make_member(town, "Cora")
    membership = Membership.objects.get(person=cora)
    people.give_role(membership=membership, role=Role.COORDINATOR, by=None, at=NOON)  # 1 am on 4 March there

    transfer = pay(amina, ben, 90, by=cora, override_reason="Moving house after the flood")

    assert transfer.overridden_by == cora


def test_nobody_else_may_go_past_a_limit():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-60)

    with pytest.raises(timebank.OverrideNeedsCoordinator):
        pay(amina, ben, 90, override_reason="I need it")

    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}


def test_the_same_key_again_returns_the_first_transfer():
    amina, ben = neighbors("Amina", "Ben")
    key = uuid4()

    first = pay(amina, ben, 90, key=key)
    again = pay(amina, ben, 90, key=key, after_minutes=5)

    assert again == first
    assert again.posted_at == NOON
    assert balances(amina, ben) == {"Amina": -90, "Ben": 90}
    assert Activity.objects.filter(did="timebank.paid").count() == 1


def test_the_same_key_again_returns_the_first_transfer_even_when_the_credit_is_spent():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-90)
    key = uuid4()

    first = pay(amina, ben, 90, key=key)

    assert pay(amina, ben, 90, key=key) == first


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("payer", lambda a, b, c: {"payer": c}),
        ("payee", lambda a, b, c: {"payee": c}),
        ("minutes", lambda a, b, c: {"minutes": 91}),
        ("category", lambda a, b, c: {"category": other_category(a.community)}),
        ("helped_on", lambda a, b, c: {"helped_on": DAY - timedelta(days=1)}),
        ("by", lambda a, b, c: {"by": b.person}),
        ("on_behalf_of", lambda a, b, c: {"on_behalf_of": b.person}),
        ("channel", lambda a, b, c: {"channel": "paper"}),
        ("kind", lambda a, b, c: {"kind": "gift"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_same_key_with_another_payload_names_the_field(field, change):
    amina, ben, chris = neighbors("Amina", "Ben", "Chris")
    key = uuid4()
    order: dict[str, Any] = {"payer": amina, "payee": ben, "minutes": 90, "by": amina.person}
    first = pay(**order, key=key)

    with pytest.raises(timebank.KeyUsedDifferently) as refusal:
        pay(**{**order, **change(amina, ben, chris)}, key=key)

    assert (refusal.value.field, refusal.value.first_id) == (field, first.id)
    assert balances(amina, ben, chris) == {"Amina": -90, "Ben": 90, "Chris": 0}


def test_two_communities_may_use_the_same_key():
    amina, ben = neighbors("Amina", "Ben")
    dora, emil = neighbors("Dora", "Emil")

    pay(amina, ben, 30, key="slip-1")
    pay(dora, emil, 45, key="slip-1")

    assert balances(ben, emil) == {"Ben": 30, "Emil": 45}


@pytest.mark.parametrize("minutes", [0, -1, True, 1.5, "60"])
def test_an_amount_is_a_whole_number_of_minutes(minutes):
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(timebank.NoMinutes):
        pay(amina, ben, minutes)


def test_nobody_pays_themselves():
    [amina] = neighbors("Amina")

    with pytest.raises(timebank.SameAccount):
        pay(amina, amina, 60)


def test_help_is_not_from_the_future():
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(timebank.HelpedInTheFuture):
        pay(amina, ben, 60, helped_on=DAY + timedelta(days=2))


def test_an_exchange_has_a_category():
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(timebank.NoCategory):
        pay(amina, ben, 60, category=None)


def test_hours_do_not_cross_communities():
    [amina] = neighbors("Amina")
    [dora] = neighbors("Dora")

    with pytest.raises(timebank.NotInThisCommunity) as payee:
        pay(amina, dora, 60)
    with pytest.raises(timebank.NotInThisCommunity) as category:
        pay(amina, make_account(amina.community, "Ben"), 60, category=any_category(dora.community))

    assert (payee.value.what, category.value.what) == ("payee", "category")


def test_an_unsaved_account_is_unknown():
    [amina] = neighbors("Amina")
    ghost = Account(community=amina.community, kind="person")

    with pytest.raises(timebank.NotInThisCommunity) as refusal:
        pay(amina, ghost, 60)

    assert refusal.value.what == "payee"


def test_a_closed_account_takes_no_part():
    amina, ben = neighbors("Amina", "Ben")
    timebank.close_account(account=ben, by=None, at=NOON)

    with pytest.raises(timebank.AccountClosed) as refusal:
        pay(amina, ben, 60)

    assert refusal.value.side == "payee"


def test_an_account_closes_at_zero_alone():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)

    with pytest.raises(timebank.BalanceNotZero) as refusal:
        timebank.close_account(account=ben, by=None, at=NOON)

    assert refusal.value.balance_minutes == 60


def test_gifts_and_grants_go_through_the_pot():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)

    pay(amina, pot, 60, kind="gift", category=None)
    pay(pot, ben, 40, kind="grant", category=None)

    assert balances(amina, ben, pot) == {"Amina": -60, "Ben": 40, "community pot": 20}


def test_a_pot_never_goes_below_zero():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)
    pay(amina, pot, 60, kind="gift")

    with pytest.raises(timebank.OverLimit) as refusal:
        pay(pot, ben, 61, kind="grant")

    assert (refusal.value.side, refusal.value.left_minutes) == ("payer", 60)


def test_a_large_amount_keeps_its_width():
    town = make_community()
    rich = make_account(town, "Rich", floor_minutes=None)
    poor = make_account(town, "Poor", soft_ceiling_minutes=None)

    pay(rich, poor, 3_000_000_000)

    assert balances(rich, poor) == {"Rich": -3_000_000_000, "Poor": 3_000_000_000}
