"""A ledger of millions of transfers, written by the database itself in a few minutes.

Two years of help between neighbors, some of them far busier than others; every fiftieth transfer goes
into the community pot. The rows are what posting and the fold would have left, seals and months of
accounts aside.
"""

import random
import time

from django.db import connection
from django.db.backends.utils import CursorWrapper

from alongside.people.models import Community, Person
from alongside.timebank.models import Account, Category
from bench.finding import Findings
from bench.options import Options
from bench.town import Town, settle_in

ACCOUNTS = 100_000
TABLES = ("timebank_transfer", "timebank_entry", "timebank_account", "timebank_monthtotal")

# Drawn from the left side more often than from the right: the busy ones.
SOMEBODY = "1 + floor({accounts} * power(random(), 1.5))::int"

LOAD = """
SET synchronous_commit = off; SET work_mem = '512MB'; SET maintenance_work_mem = '1GB'; SELECT setseed(.42);
CREATE UNLOGGED TABLE bench_who AS
  SELECT row_number() OVER (ORDER BY kind = 'person', id)::int AS n, id, kind FROM timebank_account
  WHERE kind IN ('person', 'community_pot');
CREATE UNLOGGED TABLE bench_what AS
  SELECT row_number() OVER (ORDER BY position)::int AS n, id FROM timebank_category;
CREATE UNLOGGED TABLE bench_drawn AS
  SELECT g, 1 + {somebody} AS payer, CASE WHEN g % 50 = 0 THEN 1 ELSE 1 + {somebody} END AS payee,
    15 * (1 + floor(random() * 12))::bigint AS minutes,
    1 + floor(random() * (SELECT count(*) FROM bench_what))::int AS category,
    timestamptz '2024-01-01 08:00+00' + g * (interval '730 days' / {transfers}) AS at
  FROM generate_series(1, {transfers}) g;
UPDATE bench_drawn SET payee = 2 + payer % {accounts} WHERE payer = payee;
CREATE UNLOGGED TABLE bench_moved AS
  SELECT g, payer.id AS payer, payee.id AS payee, payer.kind AS payer_kind, payee.kind AS payee_kind, minutes,
    what.id AS category, at,
    (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(g::text), 1, 3)
      || '8' || substr(md5(g::text), 4, 15))::uuid AS id
  FROM bench_drawn d JOIN bench_who payer ON payer.n = d.payer JOIN bench_who payee ON payee.n = d.payee
  JOIN bench_what what ON what.n = d.category;
INSERT INTO timebank_transfer (id, community_id, key, kind, payer_id, payee_id, minutes, category_id, helped_on,
    posted_at, by_id, channel)
  SELECT id, '{community}', 'key-' || id, CASE WHEN payee_kind = 'person' THEN 'exchange' ELSE 'gift' END, payer, payee,
    minutes, category, at::date, at, '{person}', 'web' FROM bench_moved ORDER BY g;
INSERT INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, seq, balance_after, placed_at,
    kind, other_id, category_id, helped_on)
  SELECT '{community}', id, sign, account, m, row_number() OVER w, sum(m) OVER w, at,
    CASE WHEN payee_kind = 'person' THEN 'exchange' ELSE 'gift' END, other, category, at::date FROM (
    SELECT g, id, -1 AS sign, payer AS account, -minutes AS m, at, payee_kind, payee AS other, category FROM bench_moved
    UNION ALL SELECT g, id, 1, payee, minutes, at, payee_kind, payer, category FROM bench_moved) sides
  WINDOW w AS (PARTITION BY account ORDER BY g) ORDER BY g;
UPDATE timebank_account a SET balance_minutes = total, seq = places, last_placed_at = latest
  FROM (SELECT account_id, sum(minutes) AS total, count(*) AS places, max(placed_at) AS latest FROM timebank_entry
    GROUP BY account_id) moved WHERE a.id = moved.account_id;
INSERT INTO timebank_monthtotal (id, community_id, month, category_id, kind, payer_kind, payee_kind, minutes, transfers)
  SELECT gen_random_uuid(), '{community}', date_trunc('month', at)::date, category,
    CASE WHEN payee_kind = 'person' THEN 'exchange' ELSE 'gift' END, payer_kind, payee_kind, sum(minutes), count(*)
  FROM bench_moved GROUP BY 3, 4, 5, 6, 7;
DROP TABLE bench_who, bench_what, bench_drawn, bench_moved;
"""


def measure(options: Options, findings: Findings) -> None:
    """Make a town of up to 100,000 neighbors with so many transfers behind it, and say how long that took."""
    began, transfers = time.monotonic(), options.transfers
    town = settle_in(min(ACCOUNTS, max(50, transfers // 50)))
    people = len(town.accounts)
    text = LOAD.format(
        somebody=SOMEBODY.format(accounts=people),
        accounts=people,
        transfers=transfers,
        community=town.community.id,
        person=town.payer_person.id,
    )
    with connection.cursor() as cursor:
        again = _make_bare(cursor)
        connection.connection.execute(text, prepare=False)
        for statement in again:
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE")
    findings.remarks.append(f"Loaded in {time.monotonic() - began:.0f} s.")


def revisit() -> Town:
    """The town that `build` made."""
    community = Community.objects.get(slug="bench")
    accounts = list(Account.objects.of(community).filter(kind=Account.Kind.PERSON))
    return Town(
        community=community,
        accounts=accounts,
        pot=Account.objects.of(community).get(kind=Account.Kind.COMMUNITY_POT),
        category=Category.objects.of(community).in_order()[0],
        payer_person=Person.objects.get(pk=accounts[0].person_id),
        chance=random.Random(1),
    )


def _make_bare(cursor: CursorWrapper) -> list[str]:
    """Take triggers, constraints and indexes of the large tables away; return what lays the latter in again."""
    again: list[str] = []
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if table == "timebank_account":
            continue
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
            " AND contype IN ('p', 'u', 'f') ORDER BY contype DESC",
            [table],
        )
        for name, made in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
            again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made}')
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table])
        for name, made in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
            again.append(made)
    return again
