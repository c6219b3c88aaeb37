"""`pay` on SQLite against the same statements sent by sqlite3 alone."""

import random
import sqlite3
from collections.abc import Callable

from django.conf import settings

from alongside.kernel.ids import new_id
from alongside.timebank.ledger import sqlite as ledger
from bench.finding import Findings
from bench.options import Options
from bench.raw import NOON, TODAY
from bench.timing import Here, race
from bench.town import Town, live_a_while, pay, settle_in

GOAL = 0.65


def measure(options: Options, findings: Findings) -> None:
    town = settle_in(options.accounts)
    live_a_while(town, options.accounts)
    result = race([Here("pay", lambda: pay(town)), Here("raw", raw_payments(town))], options)
    findings.times(
        "`pay` against the same statements in raw `sqlite3`",
        result.ratio("pay", "raw"),
        goal=GOAL,
        remark=f"{result.micros('pay')} against {result.micros('raw')} a transfer",
    )


def raw_payments(town: Town) -> Callable[[], int]:
    """The statements of `alongside.timebank.ledger.sqlite`, with nothing around them."""
    database = settings.DATABASES["default"]
    connection = sqlite3.connect(database["NAME"], isolation_level=None)
    connection.executescript(database["OPTIONS"]["init_command"])
    execute, chance = connection.execute, random.Random(2)
    accounts, community = [account.id.hex for account in town.accounts], town.community.id.hex
    category, by = town.category.id.hex, town.payer_person.id.hex
    at, today = ledger.moment(NOON), TODAY.isoformat()
    find_key, find_accounts, post, log = (
        text.replace("%s", "?") for text in (ledger.FIND_KEY, ledger.FIND_ACCOUNTS, ledger.POST, ledger.LOG)
    )

    def once() -> int:
        payer, payee = chance.sample(accounts, 2)
        id, key = new_id().hex, str(new_id())
        execute("BEGIN IMMEDIATE")
        if execute(find_key, (community, key)).fetchone() is not None:
            raise AssertionError
        found = {row[0]: row[1:] for row in execute(find_accounts, (community, payer, payee)).fetchall()}
        balance, held, _awaited, floor = found[payer][:4]
        if balance - held - 30 < floor or found[payee][-1] is not None:
            raise AssertionError
        execute(
            post,
            (id, community, key, "exchange", payer, payee, 30, category, today, at, by, None, "web", *[None] * 4),
        )
        execute(log, (new_id().hex, community, at, by, None, "web", "timebank.paid", id))
        execute("COMMIT")
        return 1

    return once
