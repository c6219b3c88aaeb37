"""A page of a statement in a ledger of millions: as the house asks for it, at any depth, of a pot or of anybody."""

import os
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from alongside.people.models import Community
from alongside.timebank.ledger.statements import PAGE, statement
from alongside.timebank.models import Account, Entry
from alongside.timebank.showing.movements import movements
from bench.databases import django_backend
from bench.finding import Findings
from bench.large import revisit
from bench.options import Options
from bench.timing import Spread, before_others, percentile

GOAL_P99, GOAL_SAME = 1.0, 1.5
DEEP_PAGE = 1000
BUSY = 2000
# The index alone, no joins: as little as a page of a statement can cost.
RAW = """
SELECT transfer_id, minutes, kind, other_id, category_id, helped_on, seq, balance_after, placed_at FROM timebank_entry
WHERE community_id = %s AND account_id = %s AND seq < %s ORDER BY seq DESC LIMIT %s"""

Ask = Callable[[], object]


def measure(options: Options, findings: Findings) -> None:
    town = revisit()
    findings.remarks.append(
        f"{options.transfers:,} transfers, {len(town.accounts):,} accounts;"
        f" the pot has {town.pot.seq:,} movements. Pages of {PAGE} movements, of the {BUSY:,} busiest; one client;"
        " all in memory: each page was asked for once before."
    )
    busy = sorted(town.accounts, key=lambda account: -account.seq)[:BUSY]
    deep = max(PAGE, town.pot.seq - (DEEP_PAGE - 1) * PAGE)
    asks: dict[str, Ask] = {
        "anybody": lambda: ask(town.chance.choice(busy)),
        "pot": lambda: ask(town.pot),
        "deep": lambda: ask(town.pot, before=town.chance.randint(deep, deep + PAGE)),
        "all questions": lambda: ask_all(town.chance.choice(busy), town.community),
        "raw": lambda: raw(town.chance.choice(busy)),
        "whole": lambda: statement(town.chance.choice(busy)),
    }
    for account in busy:
        ask(account)
    times = timed(asks, options)
    report(findings, times)


def ask(account: Account, before: int | None = None) -> object:
    """The statement's query as the house sends it; not made into objects."""
    page = Entry.objects.statement(account, before=before).with_names()[: PAGE + 1]
    text, values = page.query.sql_with_params()
    return timed_query(text, values)


def ask_all(account: Account, community: Community) -> float:
    """Milliseconds in the database for everything a page shows: movements, who with, categories, words, reversals."""
    watch = Stopwatch()
    with connection.execute_wrapper(watch):
        page = list(Entry.objects.statement(account).with_names()[: PAGE + 1])
        movements(page, community, mine=True)
    return watch.milliseconds


class Stopwatch:
    """Adds up how long queries take."""

    def __init__(self) -> None:
        self.milliseconds = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.milliseconds += (time.perf_counter() - began) * 1e3


def raw(account: Account) -> object:
    return timed_query(RAW, (account.community_id, account.id, 10**9, PAGE + 1))


def timed_query(text: str, values: Any) -> float:
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(text, values)
        cursor.fetchall()
        return (time.perf_counter() - began) * 1e3


def timed(asks: dict[str, Ask], options: Options) -> dict[str, list[list[float]]]:
    """Milliseconds of each ask, round by round; one of each kind after the other."""
    for question in asks.values():
        for _ in range(20):
            question()
    times: dict[str, list[list[float]]] = {name: [] for name in asks}
    with before_others([os.getpid(), django_backend()], wanted=options.first):
        for _ in range(options.rounds):
            for name in asks:
                times[name].append([])
            ends = time.perf_counter() + options.seconds * len(asks)
            while time.perf_counter() < ends:
                for name, question in asks.items():
                    began = time.perf_counter()
                    took = question()
                    outer = (time.perf_counter() - began) * 1e3
                    times[name][-1].append(took if isinstance(took, float) else outer)
    return times


def report(findings: Findings, times: dict[str, list[list[float]]]) -> None:
    def p99(name: str) -> Spread:
        return Spread.of([percentile(one, 0.99) for one in times[name]])

    def median(name: str) -> list[float]:
        return [percentile(one, 0.5) for one in times[name]]

    def ratio(name: str, other: str) -> Spread:
        return Spread.of([a / b for a, b in zip(median(name), median(other), strict=True)])

    asked = min(len(one) for one in times["anybody"])
    middle = Spread.of(median("anybody")).median
    findings.milliseconds(
        "a page of anybody's statement, p99 of the query",
        p99("anybody"),
        goal=GOAL_P99,
        remark=f"p50 {middle:.3f} ms; at least {asked} pages a round",
    )
    findings.milliseconds("a page of the pot's statement, p99 of the query", p99("pot"), goal=GOAL_P99)
    findings.times("the pot's page against anybody's (p50)", ratio("pot", "anybody"), goal=GOAL_SAME, at_least=False)
    findings.times("page 1,000 against page 1 (p50)", ratio("deep", "pot"), goal=GOAL_SAME, at_least=False)
    findings.milliseconds(
        "all questions of a page together: movements, who with, categories, words, p99", p99("all questions")
    )
    findings.milliseconds("the raw limit: the entries alone, no names, p99", p99("raw"))
    findings.milliseconds("the whole `statement()` with its objects, p99", p99("whole"))
