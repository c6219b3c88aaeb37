"""The ledger, driven at random, against a slow and obvious model: a list of what was moved."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from alongside.kernel.db import is_postgresql
from alongside.timebank import actions as timebank
from alongside.timebank.ledger.balances import balance_at
from alongside.timebank.ledger.fold import fold_community
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.ledger.statements import statement
from alongside.timebank.models import Account, Hold, Transfer
from alongside.timebank.tests.factories import DAY, NOON, any_category, make_account, make_community, pay, pot_of

PEOPLE = ("Amina", "Ben", "Chris")
POT = "pot"
ALL = (*PEOPLE, POT)
FLOOR, CEILING = -100, 150

names = st.sampled_from(ALL)
amounts = st.integers(min_value=1, max_value=120)
between_two = st.tuples(names, names, amounts).filter(lambda line: line[0] != line[1])
lines = st.lists(between_two, min_size=1, max_size=4)


@dataclass
class Model:
    """Every transfer as (payer, payee, minutes), every open hold likewise; balances by adding up."""

    moved: list[tuple[str, str, int]] = field(default_factory=list)
    held: dict[str, tuple[str, str, int]] = field(default_factory=dict)

    def balance(self, name: str) -> int:
        return sum(m for _, payee, m in self.moved if payee == name) - sum(m for p, _, m in self.moved if p == name)

    def allows(self, payer: str, payee: str, minutes: int) -> bool:
        floor = 0 if payer == POT else FLOOR
        reserved = sum(m for p, _, m in self.held.values() if p == payer)
        awaited = sum(m for _, p, m in self.held.values() if p == payee)
        fits = self.balance(payer) - reserved - minutes >= floor
        return fits and (payee == POT or self.balance(payee) + awaited + minutes <= CEILING)


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.town = make_community(floor_minutes=FLOOR, ceiling_minutes=CEILING)
        self.accounts: dict[str, Account] = {name: make_account(self.town, name) for name in PEOPLE}
        self.accounts[POT] = pot_of(self.town)
        self.category = any_category(self.town)
        self.model = Model()
        self.steps = count(1)
        self.last: dict[str, Any] = {}
        self.transfers: list[tuple[Transfer, tuple[str, str, int]]] = []
        self.reversed: set[Any] = set()
        self.seen: list[tuple[Any, dict[str, int]]] = []

    def now(self) -> Any:
        return NOON + timedelta(minutes=next(self.steps))

    @rule(payer=names, payee=names, minutes=amounts)
    def pay(self, payer: str, payee: str, minutes: int) -> None:
        at = self.now()
        sides = {"payer": self.accounts[payer], "payee": self.accounts[payee]}
        order: dict[str, Any] = {**sides, "minutes": minutes, "key": f"pay {at}"}
        if payer == payee:
            with pytest.raises(timebank.SameAccount):
                pay(**order, at=at, by=None)
        elif not self.model.allows(payer, payee, minutes):
            with pytest.raises(timebank.OverLimit):
                pay(**order, at=at, by=None)
        else:
            transfer = pay(**order, at=at, by=None)
            self.model.moved.append((payer, payee, minutes))
            self.transfers.append((transfer, (payer, payee, minutes)))
            self.last = order

    @precondition(lambda self: self.last)
    @rule()
    def pay_the_same_again(self) -> None:
        pay(**self.last, at=self.now(), by=None)

    @precondition(lambda self: self.last)
    @rule()
    def use_the_key_for_another_amount(self) -> None:
        with pytest.raises(timebank.KeyUsedDifferently):
            pay(**{**self.last, "minutes": self.last["minutes"] + 1}, at=self.now(), by=None)

    @rule(
        lines=st.lists(st.tuples(names, names, amounts).filter(lambda line: line[0] != line[1]), min_size=1, max_size=4)
    )
    def pay_together(self, lines: list[tuple[str, str, int]]) -> None:
        after = Model(moved=list(self.model.moved), held=self.model.held)
        refused_at = None
        for position, line in enumerate(lines, start=1):
            if not after.allows(*line):
                refused_at = position
                break
            after.moved.append(line)
        at = self.now()
        asked = [
            timebank.Line(
                payer=self.accounts[a], payee=self.accounts[b], minutes=m, category=self.category, helped_on=DAY
            )
            for a, b, m in lines
        ]  # fmt: skip
        if refused_at:
            with pytest.raises(timebank.OverLimit) as refusal:
                timebank.pay_together(lines=asked, by=None, at=at, key=f"group {at}")
            assert refusal.value.line == refused_at
        else:
            timebank.pay_together(lines=asked, by=None, at=at, key=f"group {at}")
            self.model = after

    @rule(payer=names, payee=st.sampled_from(PEOPLE), minutes=amounts)
    def hold(self, payer: str, payee: str, minutes: int) -> None:
        if payer == payee:
            return
        at = self.now()
        order: dict[str, Any] = {
            "payer": self.accounts[payer], "payee": self.accounts[payee], "minutes": minutes,
            "category": self.category, "by": None, "at": at, "key": f"hold {at}",
        }  # fmt: skip
        if self.model.allows(payer, payee, minutes):
            timebank.hold(**order)
            self.model.held[f"hold {at}"] = (payer, payee, minutes)
        else:
            with pytest.raises(timebank.OverLimit):
                timebank.hold(**order)

    @precondition(lambda self: self.model.held)
    @rule(data=st.data(), part=st.integers(min_value=1, max_value=120))
    def post_a_hold(self, data: st.DataObject, part: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.held)))
        payer, payee, held = self.model.held.pop(key)
        minutes = min(part, held)
        hold = Hold.objects.get(community=self.town, key=key)
        timebank.post_hold(hold=hold, helped_on=DAY, by=None, at=self.now(), key=f"post {key}", minutes=minutes)
        self.model.moved.append((payer, payee, minutes))

    @precondition(lambda self: self.model.held)
    @rule(data=st.data())
    def release_a_hold(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.held)))
        del self.model.held[key]
        timebank.release_hold(hold=Hold.objects.get(community=self.town, key=key), by=None, at=self.now())

    @precondition(lambda self: self.transfers)
    @rule(data=st.data(), part=st.integers(min_value=1, max_value=120))
    def reverse(self, data: st.DataObject, part: int) -> None:
        transfer, (payer, payee, moved) = data.draw(st.sampled_from(self.transfers))
        minutes, at = min(part, moved), self.now()
        order = {
            "transfer": transfer,
            "minutes": minutes,
            "reason": "Mistake",
            "by": None,
            "at": at,
            "key": f"back {at}",
        }
        if transfer.id in self.reversed:
            with pytest.raises(timebank.AlreadyReversed):
                timebank.reverse(**order)
        elif not self.model.allows(payee, payer, minutes):
            with pytest.raises(timebank.OverLimit):
                timebank.reverse(**order)
        else:
            timebank.reverse(**order)
            self.reversed.add(transfer.id)
            self.model.moved.append((payee, payer, minutes))

    @rule()
    def fold(self) -> None:
        fold_community(self.town.id, self.now())

    @rule()
    def look_back_later(self) -> None:
        self.seen.append((self.now(), {name: self.model.balance(name) for name in ALL}))

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        accounts = Account.objects.of(self.town).with_balance()
        found = {account.pk: account.exact_minutes for account in accounts}
        assert {name: found[self.accounts[name].pk] for name in ALL} == {n: self.model.balance(n) for n in ALL}
        assert sum(found.values()) == 0

    def teardown(self) -> None:
        if is_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for moment, then in self.seen:
            assert {name: balance_at(self.accounts[name], moment) for name in ALL} == then
        for name in ALL:
            shown = statement(self.accounts[name], size=None)
            movements = sum(entry.minutes for entry in (*shown.entries, *shown.waiting))
            assert shown.closing_minutes == movements == self.model.balance(name)
        assert check(self.town, at=self.now()).findings == []


@pytest.mark.first_look
@pytest.mark.django_db
def test_the_ledger_agrees_with_the_model():
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )  # fmt: skip


@pytest.mark.all_variants
@pytest.mark.django_db
def test_the_ledger_agrees_with_the_model_at_length():
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )  # fmt: skip
