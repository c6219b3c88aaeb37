"""`pay` against django-hordak doing the same work, with short and long histories, and against a careful ORM version."""

import importlib.util
import os

from django.db import connection

from bench.databases import copy, create, django_backend
from bench.finding import Findings
from bench.options import Options
from bench.peers.far import Far
from bench.timing import Here, race
from bench.town import live_a_while, pay, settle_in

GOAL_SHORT, GOAL_LONG, GOAL_ORM = 6, 8, 6
SHORT_ACCOUNTS, LONG_ACCOUNTS, LONG_MOVEMENTS = 300, 50, 1000


def measure(options: Options, findings: Findings) -> None:
    has_hordak = importlib.util.find_spec("hordak") is not None
    town = settle_in(min(SHORT_ACCOUNTS, options.accounts))
    live_a_while(town, len(town.accounts))
    connection.close()  # nothing may be at work in a database that is copied
    name = server().rsplit("/", 1)[1]
    twin = copy(server(), f"{name}_orm", template=name, waits_for_disk=False)
    orm = Far("careful ORM", "bench.peers.careful_far", twin)
    ours = Here("pay", lambda: pay(town), django_backend())
    against(findings, options, ours, orm, GOAL_ORM, "a careful ORM version on our own tables and guards")
    orm.stop()
    if not has_hordak:
        findings.remarks.append("django-hordak is not installed here, so it was not measured.")
        return
    short = Far("hordak", "bench.peers.hordak", create(server(), "bench_hordak_short"), str(SHORT_ACCOUNTS), "0")
    against(findings, options, ours, short, GOAL_SHORT, "django-hordak with lock and balance check, short history")
    short.stop()

    movements = min(LONG_MOVEMENTS, options.transfers // 100)
    town.accounts = town.accounts[:LONG_ACCOUNTS]
    live_a_while(town, len(town.accounts) * movements // 2)
    arguments = (create(server(), "bench_hordak_long"), str(LONG_ACCOUNTS), str(movements))
    long = Far("hordak", "bench.peers.hordak", *arguments)
    against(findings, options, ours, long, GOAL_LONG, f"the same, {movements:,} movements in each account")
    long.stop()


def server() -> str:
    return os.environ["ALONGSIDE_DATABASE"]


def against(findings: Findings, options: Options, ours: Here, theirs: Here | Far, goal: float, what: str) -> None:
    result = race([ours, theirs], options)
    findings.times(
        f"`pay` against {what}",
        result.ratio(ours.name, theirs.name),
        goal=goal,
        remark=f"{result.micros(ours.name)} against {result.micros(theirs.name)} a transfer",
    )
