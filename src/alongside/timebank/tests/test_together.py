"""Group exchanges and batches: all lines or none."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.kernel.models import Activity
from alongside.timebank import actions as timebank
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import Account, Transfer, TransferNote, Unfolded
from alongside.timebank.tests.factories import (
    DAY,
    NOON,
    any_category,
    balances,
    make_account,
    make_community,
    neighbors,
    pay,
    pot_of,
)

pytestmark = pytest.mark.django_db


def line(payer: Account, payee: Account, minutes: int, **options: Any) -> timebank.Line:
    options.setdefault("category", any_category(payer.community))
    return timebank.Line(payer=payer, payee=payee, minutes=minutes, helped_on=DAY, **options)


def pay_together(*lines: timebank.Line, key: str = "garden day", **options: Any) -> list[Transfer]:
    return timebank.pay_together(lines=lines, by=None, at=NOON, key=key, **options)


def test_many_are_credited_at_once_with_different_hours():
    host, amina, ben = neighbors("Host", "Amina", "Ben")

    transfers = pay_together(line(host, amina, 60), line(host, ben, 90, note="Dug the beds"))

    assert balances(host, amina, ben) == {"Host": -150, "Amina": 60, "Ben": 90}
    assert [t.minutes for t in transfers] == [60, 90]
    assert len({t.together for t in Transfer.objects.all()}) == 1
    assert Unfolded.objects.count() == Activity.objects.filter(did="timebank.paid").count() == 2
    assert TransferNote.objects.get().note == "Dug the beds"
    assert check(host.community, at=NOON).findings == []


def test_one_line_refused_refuses_all_and_is_named():
    host, amina, ben = neighbors("Host", "Amina", "Ben", floor_minutes=-100)

    with pytest.raises(timebank.OverLimit) as refusal:
        pay_together(line(host, amina, 60), line(host, ben, 90))

    assert (refusal.value.line, refusal.value.side, refusal.value.left_minutes) == (2, "payer", 40)
    assert balances(host, amina, ben) == {"Host": 0, "Amina": 0, "Ben": 0}
    assert Transfer.objects.count() == 0


def test_lines_are_posted_as_if_one_after_the_other():
    amina, ben, chris = neighbors("Amina", "Ben", "Chris", floor_minutes=0)
    timebank.set_limits(account=amina, floor_minutes=-60, by=None, at=NOON)

    pay_together(line(amina, ben, 60), line(ben, chris, 60))

    assert balances(amina, ben, chris) == {"Amina": -60, "Ben": 0, "Chris": 60}
    with pytest.raises(timebank.OverLimit) as refusal:
        pay_together(line(ben, chris, 10), line(chris, ben, 10), key="too early")
    assert refusal.value.line == 1


def test_a_ceiling_stops_a_line():
    amina, ben = neighbors("Amina", "Ben", ceiling_minutes=100)

    with pytest.raises(timebank.OverLimit) as refusal:
        pay_together(line(amina, ben, 60), line(amina, ben, 60))

    assert (refusal.value.line, refusal.value.side, refusal.value.left_minutes) == (2, "payee", 40)


def test_the_same_group_again_changes_nothing_and_a_longer_one_posts_the_rest():
    host, amina, ben = neighbors("Host", "Amina", "Ben")
    first = pay_together(line(host, amina, 60))

    assert pay_together(line(host, amina, 60)) == first
    longer = pay_together(line(host, amina, 60), line(host, ben, 90))

    assert [longer[0], longer[1].minutes] == [first[0], 90]
    assert balances(host, amina, ben) == {"Host": -150, "Amina": 60, "Ben": 90}


def test_the_same_key_with_another_line_names_line_and_field():
    host, amina, ben = neighbors("Host", "Amina", "Ben")
    pay_together(line(host, amina, 60), line(host, ben, 90))

    with pytest.raises(timebank.KeyUsedDifferently) as refusal:
        pay_together(line(host, amina, 60), line(host, ben, 91))

    assert (refusal.value.line, refusal.value.field) == (2, "minutes")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        ({"minutes": 0}, timebank.NoMinutes),
        ({"category": None}, timebank.NoCategory),
        ({"helped_on": DAY + timedelta(days=9)}, timebank.HelpedInTheFuture),
    ],
    ids=["no minutes", "no category", "future"],
)
def test_a_line_of_bad_shape_is_named(spoil, error):
    host, amina = neighbors("Host", "Amina")
    good = line(host, amina, 60)

    with pytest.raises(error) as refusal:
        pay_together(good, timebank.Line(**{**vars(good), **spoil}))

    assert refusal.value.line == 2


def test_a_closed_account_stops_the_group():
    host, amina, ben = neighbors("Host", "Amina", "Ben")
    timebank.close_account(account=ben, by=None, at=NOON)

    with pytest.raises(timebank.AccountClosed) as refusal:
        pay_together(line(host, amina, 60), line(host, ben, 60))

    assert (refusal.value.line, refusal.value.side) == (2, "payee")


def test_soft_limits_warn_for_a_group_too():
    host, amina, ben = neighbors("Host", "Amina", "Ben", soft_floor_minutes=-100, soft_ceiling_minutes=80)

    transfers = pay_together(line(host, amina, 60), line(host, ben, 90))

    assert [t.warnings for t in transfers] == [("payer",), ("payer", "payee")]


def test_pots_take_part():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)
    pay(amina, pot, 60, kind="gift")

    pay_together(line(pot, ben, 40), line(ben, pot, 10), kind="grant")

    assert balances(amina, ben, pot) == {"Amina": -60, "Ben": 30, "community pot": 30}
    assert check(amina.community, at=NOON).findings == []


def test_a_pot_may_spend_what_an_earlier_line_gave_it():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)

    pay_together(line(amina, pot, 60), line(pot, ben, 60), line(ben, pot, 5), kind="grant")

    assert balances(amina, ben, pot) == {"Amina": -60, "Ben": 55, "community pot": 5}
    assert check(amina.community, at=NOON).findings == []


def test_history_posts_without_limits():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=0)

    pay_together(line(amina, ben, 5000), kind="import")

    assert balances(amina, ben) == {"Amina": -5000, "Ben": 5000}


def test_more_than_one_slice_is_still_all_or_nothing():
    town = make_community(floor_minutes=-1005)
    amina, ben = make_account(town, "Amina"), make_account(town, "Ben")
    lines = [line(amina, ben, 1) for _ in range(1010)]

    with pytest.raises(timebank.OverLimit) as refusal:
        pay_together(*lines)
    assert refusal.value.line == 1006
    assert Transfer.objects.count() == 0

    pay_together(*lines[:1005])
    assert balances(amina, ben) == {"Amina": -1005, "Ben": 1005}
    assert check(town, at=NOON).findings == []
