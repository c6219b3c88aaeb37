"""The full function against a minimal one, and what each guard costs: the same ledger with one of them taken out."""

import os
import random
from collections.abc import Callable

import psycopg
from django.db import connection

from alongside.kernel.ids import new_id
from bench.databases import connect, copy
from bench.finding import Findings
from bench.options import Options
from bench.raw import RawLedger
from bench.timing import Here, race
from bench.town import live_a_while, settle_in

GOAL = 0.4

# Two updates and one insert: as little as a transfer can be and still respect a limit and a key.
MINIMAL = """
CREATE TABLE minimal_account (id bigint PRIMARY KEY, balance bigint NOT NULL DEFAULT 0,
  floor bigint NOT NULL DEFAULT -1000000000) WITH (fillfactor = 70);
CREATE TABLE minimal_transfer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key uuid NOT NULL UNIQUE,
  payer bigint NOT NULL, payee bigint NOT NULL, minutes int NOT NULL CHECK (minutes > 0),
  at timestamptz NOT NULL DEFAULT now(), CHECK (payer <> payee));
CREATE FUNCTION minimal_post(p_key uuid, p_payer bigint, p_payee bigint, p_minutes int) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE made bigint;
BEGIN
  INSERT INTO minimal_transfer (key, payer, payee, minutes) VALUES (p_key, p_payer, p_payee, p_minutes)
    ON CONFLICT (key) DO NOTHING RETURNING id INTO made;
  IF made IS NULL THEN SELECT id INTO made FROM minimal_transfer WHERE key = p_key; RETURN made; END IF;
  IF p_payer > p_payee THEN UPDATE minimal_account SET balance = balance + p_minutes WHERE id = p_payee; END IF;
  UPDATE minimal_account SET balance = balance - p_minutes WHERE id = p_payer AND balance - p_minutes >= floor;
  IF NOT FOUND THEN RAISE 'limit'; END IF;
  IF p_payer < p_payee THEN UPDATE minimal_account SET balance = balance + p_minutes WHERE id = p_payee; END IF;
  RETURN made;
END $$;
"""

TABLES = ["timebank_transfer", "timebank_entry", "timebank_account", "timebank_unfolded", "kernel_activity"]

Change = Callable[[psycopg.Connection], None]


def measure(options: Options, findings: Findings) -> None:
    town = settle_in(options.accounts)
    live_a_while(town, options.accounts)
    connection.close()
    full = os.environ["ALONGSIDE_DATABASE"]
    with connect(full) as minimal:
        minimal.execute(MINIMAL, prepare=False)
        minimal.execute(f"INSERT INTO minimal_account (id) SELECT generate_series(1, {options.accounts})")
        minimal.execute("ANALYZE minimal_account")
    addresses = {name: without(full, name) for name in GUARDS}
    ledgers = {name: connect(address) for name, address in {"everything": full, **addresses}.items()}
    ways = [
        Here(name, RawLedger(ledger, town.ids).between_neighbors, ledger.info.backend_pid)
        for name, ledger in ledgers.items()
    ]
    with connect(full) as minimal:
        ways.append(Here("minimal", minimal_posts(minimal, options.accounts), minimal.info.backend_pid))
        result = race(ways, options)
    findings.times(
        "the full function, raw, against a minimal one (two updates, one insert)",
        result.ratio("everything", "minimal"),
        goal=GOAL,
        remark=f"{result.micros('everything')} against {result.micros('minimal')} a transfer",
    )
    for name in GUARDS:
        findings.times(f"the full function against one without {name}", result.ratio("everything", name))
    for ledger in ledgers.values():
        ledger.close()


def minimal_posts(minimal: psycopg.Connection, accounts: int) -> Callable[[], int]:
    cursor, chance = minimal.cursor(), random.Random(2)

    def post() -> int:
        payer, payee = chance.sample(range(1, accounts + 1), 2)
        cursor.execute("SELECT minimal_post(%s, %s, %s, 30)", (new_id(), payer, payee))
        cursor.fetchone()
        return 1

    return post


def without(full: str, guard: str) -> str:
    """A copy of the database with one guard taken out."""
    number = list(GUARDS).index(guard)
    name = full.rsplit("/", 1)[1]
    address = copy(full, f"{name}_{number}", template=name, waits_for_disk=False)
    with connect(address) as connection_:
        GUARDS[guard](connection_)
        connection_.execute("VACUUM ANALYZE")
    return address


def _triggers(*names: str) -> Change:
    """Drop these triggers, wherever they are."""

    def change(ledger: psycopg.Connection) -> None:
        found = ledger.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname = ANY (%s)", (list(names),)
        ).fetchall()
        for name, table in found:
            ledger.execute(f"DROP TRIGGER {name} ON {table}")

    return change


def _foreign_keys(ledger: psycopg.Connection) -> None:
    """Drop the foreign keys of the tables that posting writes to."""
    found = ledger.execute(
        "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid::regclass::text = ANY (%s)",
        (TABLES,),
    ).fetchall()
    for name, table in found:
        ledger.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def _rules_of_rows(ledger: psycopg.Connection) -> None:
    """Let the guards that a payment meets ask nothing of a row by itself."""
    _cut(ledger, "timebank_transfer_posts", " broken := timebank_rule_broken_by(", ";")
    _cut(ledger, "timebank_entry_fits", " := CASE", "END")


def _insert_into(table: str, function: str) -> Change:
    """Take one INSERT out of a function that every payment calls."""

    def change(ledger: psycopg.Connection) -> None:
        _cut(ledger, function, f"INSERT INTO {table}", ";")

    return change


def _cut(ledger: psycopg.Connection, function: str, begins: str, ends: str) -> None:
    """Take out of a function what begins and ends with these words."""
    row = ledger.execute("SELECT pg_get_functiondef(%s::regproc)", (function,)).fetchone()
    source = str(row[0]) if row else ""
    begin = source.index(begins)
    ledger.execute(source[:begin] + source[source.index(ends, begin) + len(ends) :])


GUARDS: dict[str, Change] = {
    "the check that an entry matches its transfer": _triggers("timebank_entry_fits"),
    "the check that a balance follows its entries": _triggers("timebank_account_follows_entries"),
    "the refusals of changes": _triggers(
        "timebank_account_stays",
        "timebank_account_follows_holds",
        "timebank_transfer_no_change",
        "timebank_entry_no_change",
        "timebank_entry_no_delete",
    ),
    "foreign keys": _foreign_keys,
    "the rules of single rows": _rules_of_rows,
    "the trigger that posts batches, awake for single posts too": _triggers("timebank_transfers_post"),
    "the activity entry": _insert_into("public.kernel_activity", "timebank_post"),
    "the queue row for totals and chain": _insert_into("public.timebank_unfolded", "timebank_transfer_posts"),
}
