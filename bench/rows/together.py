"""A thousand payments at once against one after the other, every guard on."""

from bench.databases import django_backend
from bench.finding import Findings
from bench.options import Options
from bench.timing import Here, race
from bench.town import live_a_while, pay, pay_many, settle_in

GOAL = 2.5


def measure(options: Options, findings: Findings) -> None:
    town = settle_in(options.accounts)
    live_a_while(town, options.accounts)
    backend = django_backend()
    ways = [Here("together", lambda: pay_many(town), backend), Here("single", lambda: pay(town), backend)]
    result = race(ways, options)
    findings.times(
        "`pay_together` with 1,000 lines, per transfer, against `pay`",
        result.ratio("together", "single"),
        goal=GOAL,
        remark=f"{result.micros('together')} against {result.micros('single')} a transfer",
    )
