"""Many at once: limits hold, keys have one effect, nobody waits for a pot, a crash after the commit does no harm."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, connections, transaction

from alongside.timebank import actions as timebank
from alongside.timebank.ledger.fold import fold
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import Account, Entry, RecognisedKind, RecognisedWork, Transfer
from alongside.timebank.tests.factories import (
    DAY,
    NOON,
    any_category,
    balance,
    make_account,
    make_community,
    neighbors,
    pay,
    pot_of,
)
from alongside.timebank.tests.shell import shell

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Start every act in a thread of its own, together; return results and refusals in order."""
    acts = list(acts)
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(position: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[position] = act()
        except timebank.LedgerRefusal as refusal:
            results[position] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def kinds(results: list[Any]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def test_fifty_people_spending_the_same_last_credit_and_exactly_seven_can():
    town = make_community()
    shared = make_account(town, "Shared", floor_minutes=-70)
    others = [make_account(town, f"Neighbor {n}") for n in range(50)]

    results = at_once(partial(pay, shared, other, 10) for other in others)

    assert kinds(results) == {"Transfer": 7, "OverLimit": 43}
    assert balance(shared) == -70
    assert sum(balance(other) for other in others) == 70
    assert check(town, at=NOON).findings == []


def test_payments_in_both_directions_never_lock_each_other_out():
    amina, ben, chris = neighbors("Amina", "Ben", "Chris", floor_minutes=-9000)
    pairs = [(amina, ben), (ben, amina), (ben, chris), (chris, ben), (chris, amina), (amina, chris)] * 3

    results = at_once(partial(pay, a, b, 10) for a, b in pairs)

    assert kinds(results) == {"Transfer": 18}
    assert [balance(account) for account in (amina, ben, chris)] == [0, 0, 0]


def test_the_same_key_in_parallel_has_one_effect():
    amina, ben = neighbors("Amina", "Ben")
    key = uuid4()

    results = at_once((lambda: pay(amina, ben, 60, key=key)) for _ in range(10))

    assert len({transfer.id for transfer in results}) == 1
    assert balance(amina) == -60


def test_the_same_key_for_different_people_in_parallel_has_one_effect():
    town = make_community()
    accounts = [make_account(town, f"Neighbor {n}") for n in range(10)]
    pairs = list(zip(accounts[::2], accounts[1::2], strict=True))

    results = at_once(partial(pay, a, b, 60, key="one", by=None) for a, b in pairs)

    assert kinds(results) == {"Transfer": 1, "KeyUsedDifferently": 4}
    assert sum(abs(balance(account)) for account in accounts) == 120


def test_the_same_note_of_recognised_work_sent_in_parallel_counts_once():
    [amina] = neighbors("Amina")
    order: dict[str, Any] = {
        "person": amina.person, "kind": RecognisedKind.objects.of(amina.community).earliest("name"), "minutes": 45,
        "done_on": DAY, "by": amina.person, "at": NOON, "key": "one",
    }  # fmt: skip

    noted = at_once([partial(timebank.note_recognised_work, **order)] * 4)

    assert len({one.pk for one in noted}) == 1
    assert RecognisedWork.objects.count() == 1


def test_a_hold_accepted_twice_at_once_posts_once():
    amina, ben = neighbors("Amina", "Ben")
    held = timebank.hold(
        payer=amina, payee=ben, minutes=60, category=any_category(amina.community), by=None, at=NOON, key="hold"
    )

    def accept(key: str) -> Transfer:
        return timebank.post_hold(hold=held.__class__.objects.get(pk=held.pk), helped_on=DAY, by=None, at=NOON, key=key)

    results = at_once(partial(accept, f"click {n}") for n in range(6))

    assert kinds(results) == {"Transfer": 1, "HoldEnded": 5}
    assert balance(amina) == -60


def test_approve_and_cancel_at_once_end_one_way():
    amina, ben = neighbors("Amina", "Ben")
    held = timebank.hold(
        payer=amina, payee=ben, minutes=60, category=any_category(amina.community), by=None, at=NOON, key="hold"
    )
    again = type(held).objects.get

    results = at_once([
        lambda: timebank.post_hold(hold=again(pk=held.pk), helped_on=DAY, by=None, at=NOON, key="yes"),
        lambda: timebank.release_hold(hold=again(pk=held.pk), by=None, at=NOON),
    ])  # fmt: skip

    assert kinds(results)["HoldEnded"] == 1
    assert check(amina.community, at=NOON).findings == []


def test_reversed_twice_at_once_gives_back_once():
    amina, ben = neighbors("Amina", "Ben")
    transfer = pay(amina, ben, 60)

    results = at_once(
        partial(timebank.reverse, transfer=transfer, reason="Mistake", by=None, at=NOON, key=f"back {n}")
        for n in range(5)
    )

    assert kinds(results) == {"Transfer": 1, "AlreadyReversed": 4}
    assert balance(amina) == 0


def test_eight_pay_into_a_pot_while_it_pays_out_and_it_never_shows_below_its_floor():
    town = make_community(floor_minutes=-9000)
    pot, needy = pot_of(town), make_account(town, "Needy")
    givers = [make_account(town, f"Giver {n}") for n in range(8)]
    shown: list[int] = []

    def give(giver: Account) -> None:
        for _ in range(5):
            pay(giver, pot, 10, kind="gift")

    def spend() -> int:
        done = 0
        for _ in range(30):
            try:
                pay(pot, needy, 10, kind="grant", by=None)
                done += 10
            except timebank.OverLimit:
                pass
            shown.append(balance(pot))
        return done

    results = at_once([*(partial(give, giver) for giver in givers), spend, lambda: fold(NOON)])

    assert min(shown) >= 0
    assert balance(pot) == 8 * 5 * 10 - results[-2]
    fold(NOON)
    assert Entry.objects.waiting(pot).count() == 0
    assert check(town, at=NOON).findings == []


@pytest.mark.postgresql_only
def test_paying_into_a_pot_does_not_wait_for_one_who_has_not_committed():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)
    with transaction.atomic():
        pay(amina, pot, 60, kind="gift")
        [other] = at_once([lambda: pay(ben, pot, 30, kind="gift")])

    assert isinstance(other, Transfer)
    assert balance(pot) == 90


@pytest.mark.postgresql_only
def test_a_pot_closed_while_something_is_on_its_way_there_holds_no_fold_up():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)
    with transaction.atomic():
        pay(amina, pot, 60, kind="gift")
        at_once([lambda: timebank.close_account(account=pot, by=None, at=NOON)])
    pay(amina, ben, 10)

    assert fold(NOON) == 2
    timebank.reopen_account(account=pot, by=None, at=NOON)
    pay(pot, ben, 60, kind="grant")
    assert check(amina.community, at=NOON).findings == []


def test_two_folders_at_once_count_each_transfer_once():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-9000)
    for _ in range(20):
        pay(amina, ben, 10)

    results = at_once([lambda: fold(NOON)] * 3)

    assert sum(results) == 20
    assert check(amina.community, at=NOON).findings == []


CRASH = """
import os, signal, sys
import django
django.setup()
from django.db import connections
connections.settings["default"]["NAME"] = sys.argv[1]
from alongside.timebank.models import Account
from alongside.timebank.tests.factories import pay
payer, payee = (Account.objects.get(pk=id) for id in sys.argv[2:4])
pay(payer, payee, 60, key="one slip")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_between_commit_and_reply_then_repeated_there_is_one_effect():
    amina, ben = neighbors("Amina", "Ben")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
    arguments = [str(connection.settings_dict["NAME"]), str(amina.id), str(ben.id)]

    killed = subprocess.run([sys.executable, "-c", CRASH, *arguments], env=environment, check=False)
    again = pay(amina, ben, 60, key="one slip")

    assert killed.returncode == -signal.SIGKILL
    assert Transfer.objects.get() == again
    assert (balance(amina), balance(ben)) == (-60, 60)


@pytest.mark.postgresql_only
def test_a_lost_database_connection_then_the_same_key_has_one_effect():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60, key="one slip")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    end_connection(pid)

    with pytest.raises(OperationalError):
        pay(amina, ben, 60, key="one slip")
    connection.close()
    pay(amina, ben, 60, key="one slip")

    assert balance(amina) == -60


def end_connection(pid: int) -> None:
    with shell() as opened:
        opened.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
