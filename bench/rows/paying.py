"""`pay` in full against the very same function called raw: what Python and Django add."""

import os

from bench.databases import connect, django_backend
from bench.finding import Findings
from bench.options import Options
from bench.raw import RawLedger
from bench.timing import Here, race
from bench.town import live_a_while, pay, settle_in

GOAL, STRETCH = 0.7, 0.8


def measure(options: Options, findings: Findings) -> None:
    town = settle_in(options.accounts)
    live_a_while(town, options.accounts)
    address = os.environ["ALONGSIDE_DATABASE"]
    with connect(address) as connection:
        raw = RawLedger(connection, town.ids)
        ways = [
            Here("pay", lambda: pay(town), django_backend()),
            Here("raw", raw.between_neighbors, connection.info.backend_pid),
        ]
        result = race(ways, options)
    findings.times(
        f"`timebank.actions.pay` in full against its own function called raw (stretch {STRETCH} ×)",
        result.ratio("pay", "raw"),
        goal=GOAL,
        remark=f"{result.micros('pay')} against {result.micros('raw')} a transfer",
    )
    findings.times("the same by processor time", result.cpu_ratio("pay", "raw"))
