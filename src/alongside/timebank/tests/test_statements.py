"""Statements, and balances at any moment."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.timebank.ledger.balances import balance_at
from alongside.timebank.ledger.fold import fold
from alongside.timebank.ledger.statements import statement
from alongside.timebank.showing.movements import movements
from alongside.timebank.tests.factories import (
    NOON,
    neighbors,
    pay,
    pot_of,
)

pytestmark = pytest.mark.django_db


def after(minutes: int) -> Any:
    return NOON + timedelta(minutes=minutes)


def test_a_statement_shows_opening_movements_and_closing():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60, after_minutes=1)
    pay(ben, amina, 20, after_minutes=2)
    pay(amina, ben, 5, after_minutes=3)

    shown = statement(ben, since=after(2), until=after(3))

    assert (shown.opening_minutes, shown.closing_minutes) == (60, 40)
    assert [(e.minutes, e.balance_after) for e in shown.entries] == [(-20, 40)]


def test_pages_of_a_statement_follow_each_other():
    amina, ben = neighbors("Amina", "Ben")
    for n in range(5):
        pay(amina, ben, n + 1, after_minutes=n)

    first = statement(ben, size=2)
    second = statement(ben, size=2, before=first.older)
    third = statement(ben, size=2, before=second.older)

    assert [[e.minutes for e in page.entries] for page in (first, second, third)] == [[5, 4], [3, 2], [1]]
    assert third.older is None


def test_a_statement_page_asks_no_more_when_it_has_more_rows(django_assert_num_queries):
    amina, ben = neighbors("Amina", "Ben")
    for n in range(3):
        pay(amina, ben, 1, after_minutes=n, note="Thanks")

    # The movements, who with, the categories, the balance; then what was given back, and the words beside them.
    with django_assert_num_queries(6):
        shown = movements(statement(ben).entries, ben.community, mine=True)

    assert [(str(row.other), row.note) for row in shown] == [("Amina", "Thanks")] * 3


def test_a_balance_in_the_past_never_changes():
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)
    moments = [after(n) for n in range(8)]
    pay(amina, ben, 60, after_minutes=1)
    pay(amina, pot, 30, kind="gift", after_minutes=3)
    pay(pot, ben, 10, kind="grant", after_minutes=5)

    def seen() -> list[tuple[int, ...]]:
        return [tuple(balance_at(account, m) for account in (amina, ben, pot)) for m in moments]

    before = seen()
    fold(NOON)
    pay(ben, amina, 99, after_minutes=20)

    assert before == seen()
    assert before == [
        (0, 0, 0), (-60, 60, 0), (-60, 60, 0), (-90, 60, 30), (-90, 60, 30),
        (-90, 70, 20), (-90, 70, 20), (-90, 70, 20),
    ]  # fmt: skip


def test_a_clock_that_runs_backwards_leaves_the_line_in_order():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60, after_minutes=60)
    pay(amina, ben, 30, after_minutes=0)

    assert balance_at(ben, after(59)) == 0
    assert balance_at(ben, after(60)) == 90
