"""Totals, seals, signals and the self-check."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alongside.kernel.db import is_postgresql
from alongside.timebank import actions as timebank
from alongside.timebank.ledger import books
from alongside.timebank.ledger.fold import SEALED, fold, seal_hash
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import (
    BookCheck,
    MonthTotal,
    Seal,
    Transfer,
    Unfolded,
)
from alongside.timebank.rules import Signal
from alongside.timebank.tasks import check_the_books
from alongside.timebank.tests.factories import (
    DAY,
    NOON,
    make_account,
    make_community,
    neighbors,
    pay,
    pot_of,
)

pytestmark = pytest.mark.django_db


MARCH = {"since": DAY, "until": DAY}


def test_the_fold_counts_and_seals_each_transfer_once():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)
    pay(amina, ben, 30, helped_on=date(2026, 2, 27))

    assert (fold(NOON), fold(NOON)) == (2, 0)

    assert Unfolded.objects.count() == 0
    assert list(Seal.objects.order_by("n").values_list("n", flat=True)) == [1, 2]
    totals = MonthTotal.objects.order_by("month").values_list("month", "minutes", "transfers", "payer_kind")
    assert list(totals) == [(date(2026, 2, 1), 30, 1, "person"), (date(2026, 3, 1), 60, 1, "person")]


def test_totals_are_the_same_before_and_after_the_fold():
    amina, ben = neighbors("Amina", "Ben")
    transfer = pay(amina, ben, 60)
    pay(ben, pot_of(amina.community), 15, kind="gift", category=None)
    timebank.reverse(transfer=transfer, minutes=20, reason="Shorter", by=None, at=NOON, key="back")
    town = amina.community

    before = (books.by_month(town, **MARCH), books.people_reached(town, **MARCH))
    fold(NOON)
    pay(amina, ben, 5)
    after_fold = books.by_month(town, **MARCH)
    fold(NOON)

    counted = [(line.kind, line.minutes, line.transfers) for line in before[0]]
    assert counted == [("exchange", 40, 1), ("gift", 15, 1)]
    assert before[1] == books.people_reached(town, **MARCH) == 2
    assert after_fold == books.by_month(town, **MARCH)
    assert [line.minutes for line in after_fold] == [45, 15]


def test_a_fold_of_a_whole_reversal_leaves_nothing_counted():
    amina, ben = neighbors("Amina", "Ben")
    transfer = pay(amina, ben, 60)
    fold(NOON)
    timebank.reverse(transfer=transfer, reason="Mistake", by=None, at=NOON, key="back")
    fold(NOON)

    assert MonthTotal.objects.values_list("minutes", "transfers").get() == (0, 0)
    assert books.people_reached(amina.community, **MARCH) == 0


def test_the_chain_covers_every_column():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)
    fold(NOON)

    first_hash = Seal.objects.get().hash

    assert len(first_hash) == 64
    assert seal_hash("", Transfer.objects.get()) == first_hash
    assert set(SEALED) == {field.attname for field in Transfer._meta.concrete_fields} - {"community_id"}


SPOILS = {
    "balance_differs_from_entries": "UPDATE timebank_account SET balance_minutes = balance_minutes + 1 WHERE seq > 0",
    "held_differs_from_holds": "UPDATE timebank_account SET held_minutes = held_minutes + 1 WHERE seq > 0",
    "running_balance_differs": "UPDATE timebank_entry SET balance_after = balance_after + 1 WHERE sign = 1",
    "sum_is_not_zero": "DELETE FROM timebank_entry WHERE sign = 1",
    "transfer_without_two_entries": "DELETE FROM timebank_entry WHERE sign = -1",
    "entry_without_its_transfer": "DELETE FROM timebank_transfer",
    "entry_without_its_account": "DELETE FROM timebank_account WHERE seq > 0",
    "chain_is_broken": "UPDATE timebank_transfer SET channel = 'paper'",
    "chain_head_differs": "UPDATE timebank_chain SET n = 7",
    "transfer_neither_queued_nor_sealed_or_both": "DELETE FROM timebank_seal",
    "sealed_or_queued_but_not_there": "DELETE FROM timebank_transfer WHERE minutes = 60",
    "month_total_differs": "UPDATE timebank_monthtotal SET minutes = minutes + 1",
    "account_month_differs": "UPDATE timebank_accountmonth SET given_minutes = given_minutes + 1",
    "person_is_not_there": "DELETE FROM people_person",
    "category_is_not_there": "DELETE FROM timebank_category",
}


@pytest.mark.parametrize("finding", SPOILS)
def test_the_self_check_finds_what_was_spoiled_with_the_guards_taken_down(finding):
    assert {finding, "guard_is_missing"} <= findings_after(SPOILS[finding])


COPIES = {
    "kind": "kind = 'gift'",
    "who with": "other_id = account_id",
    "category": "category_id = NULL",
    "day": "helped_on = '2020-01-01'",
}


@pytest.mark.parametrize("copy", COPIES)
def test_the_self_check_finds_an_entry_that_says_another_thing_than_its_transfer(copy):
    assert "entry_without_its_transfer" in findings_after(f"UPDATE timebank_entry SET {COPIES[copy]}")


def test_older_books_have_each_entry_filled_with_what_its_transfer_was():
    upgrade = import_module("alongside.timebank.migrations.0004_entries_say_of_what")

    found = findings_after(f"UPDATE timebank_entry SET {', '.join(COPIES.values())}", upgrade.FILL)

    assert found == {"guard_is_missing"}


def findings_after(*statements: str) -> set[str]:
    """What the self-check says of an exchange and a gift once these have run without guards; then they are undone."""
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)
    pay(ben, pot_of(amina.community), 15, kind="gift", after_minutes=1)
    fold(NOON)
    assert check(amina.community, at=NOON).findings == []
    with transaction.atomic():
        take_guards_down()
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        found = {found.name for found in check(amina.community, at=NOON).findings}
        transaction.set_rollback(True)
    return found


def take_guards_down() -> None:
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'timebank%%'", [])
            for name, table in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'timebank%%'", [])
            for [name] in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def test_the_nightly_check_keeps_its_result():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)

    said = check_the_books(NOON)

    assert said == "1 books checked, 0 with findings"
    kept = BookCheck.objects.get()
    assert (kept.transfers, kept.minutes, kept.findings) == (1, 60, [])


def test_the_check_command_says_so_and_fails_when_something_is_wrong(capsys):
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)
    call_command("ledger_check")
    assert "1 transfers, 0 findings" in capsys.readouterr().out

    take_guards_down()
    with pytest.raises(CommandError):
        call_command("ledger_check", "--community", amina.community.slug)


def test_signals_are_raised_from_real_exchange_dates():
    town = make_community(floor_minutes=-9000)
    giver, receiver, quiet = (make_account(town, name) for name in ("Giver", "Receiver", "Quiet"))
    pay(receiver, giver, 1300, helped_on=date(2025, 6, 1))
    fold(NOON)

    found = {str(found.account): found.signals for found in books.signals(town, on=DAY)}

    assert found == {
        "Giver": {Signal.GIVE_ONLY, Signal.INACTIVE},
        "Receiver": {Signal.RECEIVE_ONLY, Signal.INACTIVE},
    }
    later = {str(found.account): found.signals for found in books.signals(town, on=DAY + timedelta(days=200))}
    assert later["Giver"] == {Signal.GIVE_ONLY, Signal.INACTIVE, Signal.HOARDING}
    assert later[str(quiet)] == {Signal.INACTIVE}


def test_concentration_of_giving():
    town = make_community(floor_minutes=-9000)
    one, *others = (make_account(town, f"Neighbor {n}") for n in range(4))
    for other in others:
        pay(other, one, 60)
    fold(NOON)

    found = books.concentration(town, **MARCH)

    assert (found.people, found.gini, found.top_tenth_share) == (4, 0.75, 1.0)
