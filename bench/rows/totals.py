"""Totals by month and category of a large ledger, and what a transfer costs with totals and chain."""

import os
import time
from collections.abc import Callable

from django.db import connection

from alongside.timebank.ledger import books
from alongside.timebank.ledger.fold import fold_community
from bench.databases import django_backend
from bench.finding import Findings
from bench.large import revisit
from bench.options import Options
from bench.raw import NOON, TODAY
from bench.timing import Here, Spread, before_others, race
from bench.town import OPENED, Town, pay

GOAL_MILLISECONDS, GOAL_COST = 5.0, 1.25
WAITING = 100
# As many as wait in a lively hour; the fold takes up to twice as many at once.
BETWEEN_FOLDS = 1000


def measure(options: Options, findings: Findings) -> None:
    town = revisit()
    findings.remarks.append(f"{options.transfers:,} transfers over two years.")
    fold_all(town)
    for _ in range(WAITING):
        pay(town)
    totals(town, options, findings)
    fold_all(town)
    cost(town, options, findings)


def fold_all(town: Town) -> None:
    while fold_community(town.community.id, NOON):
        pass


def totals(town: Town, options: Options, findings: Findings) -> None:
    """Two years of totals, a few payments still in the queue."""
    lines = books.by_month(town.community, since=OPENED.date(), until=TODAY)
    rounds: list[float] = []
    with before_others([os.getpid(), django_backend()], wanted=options.first):
        for _ in range(options.rounds):
            took: list[float] = []
            ends = time.perf_counter() + options.seconds
            while not took or time.perf_counter() < ends:
                began = time.perf_counter()
                books.by_month(town.community, since=OPENED.date(), until=TODAY)
                took.append((time.perf_counter() - began) * 1e3)
            rounds.append(sorted(took)[len(took) // 2])
    findings.milliseconds(
        "month × category totals of the whole ledger, as `books.by_month` gives them",
        Spread.of(rounds),
        goal=GOAL_MILLISECONDS,
        remark=f"{len(lines)} lines, {WAITING} transfers still in the queue",
    )


def cost(town: Town, options: Options, findings: Findings) -> None:
    """Pay with the queue row, with queue row and fold, and with neither."""
    backend = django_backend()
    between_folds = min(BETWEEN_FOLDS, options.transfers // 100)
    leave_the_queue_out()

    unfolded = 0

    def pay_and_fold() -> int:
        """Fold as many as are paid here, not those besides that wait from the way that leaves them to wait."""
        nonlocal unfolded
        for _ in range(between_folds):
            pay(town)
        unfolded += between_folds
        while unfolded > 0:
            unfolded -= fold_community(town.community.id, NOON)
        return between_folds

    ways = [
        Here("queued", in_schema("public", lambda: pay(town)), backend),
        Here("folded", in_schema("public", pay_and_fold), backend),
        Here("plain", in_schema("plain", lambda: pay(town)), backend),
    ]
    result = race(ways, options)
    findings.times(
        "time of a payment with totals and chain against one without, at the moment of paying",
        result.ratio("plain", "queued"),
        goal=GOAL_COST,
        at_least=False,
        remark=f"{result.micros('queued')} against {result.micros('plain')}",
    )
    findings.times(
        "the same with the fold's own work in the background added",
        result.ratio("plain", "folded"),
        goal=GOAL_COST,
        at_least=False,
        remark=f"{result.micros('folded')}, folded {between_folds:,} at a time",
    )


def leave_the_queue_out() -> None:
    """A schema in which what is put into the queue goes nowhere: the insert is rewritten to nothing when planned."""
    with connection.cursor() as cursor:
        # The ledger's functions name its own tables with their schema: here this one follows the search path.
        cursor.execute("SELECT pg_get_functiondef('timebank_transfer_posts'::regproc)")
        (posts,) = cursor.fetchone()
        cursor.execute(posts.replace("public.timebank_unfolded", "timebank_unfolded"))
        cursor.execute("CREATE SCHEMA plain")
        cursor.execute("CREATE VIEW plain.timebank_unfolded AS SELECT * FROM public.timebank_unfolded")
        cursor.execute("CREATE RULE nowhere AS ON INSERT TO plain.timebank_unfolded DO INSTEAD NOTHING")


def in_schema(schema: str, once: Callable[[], int]) -> Callable[[], int]:
    """Find tables in this schema first."""
    path = f"{schema}, public"

    def do() -> int:
        global _path
        if _path != path:
            with connection.cursor() as cursor:
                cursor.execute(f"SET search_path = {path}")
            _path = path
        return once()

    return do


_path = ""
