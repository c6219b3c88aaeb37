"""The self-check: reads every book of a community anew and says what is not as it must be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from alongside.kernel.db import is_postgresql
from alongside.people.models import Community
from alongside.timebank.ledger import install
from alongside.timebank.ledger.fold import months_recounted, recounted, seal_hash
from alongside.timebank.models import AccountMonth, BookCheck, Chain, MonthTotal, Seal, TimeBank, Transfer

MOST_NAMED = 20


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its name, and the ids and numbers that show it."""

    name: str
    facts: dict[str, Any]


@dataclass
class Report:
    """What a check of one community's books looked at and found."""

    community: Community
    checked_at: datetime
    transfers: int = 0
    minutes: int = 0
    findings: list[Finding] = field(default_factory=list)


# Each query returns the rows that should not be there; its columns are the facts.
QUERIES = {
    "sum_is_not_zero": """
        SELECT sum(minutes) AS minutes FROM timebank_entry WHERE community_id = %(community)s
        HAVING sum(minutes) <> 0""",
    "balance_differs_from_entries": """
        SELECT a.id AS account, a.balance_minutes AS stored, coalesce(e.total, 0) AS recomputed FROM timebank_account a
        LEFT JOIN (SELECT account_id, sum(minutes) AS total, count(*) AS places, max(seq) AS last FROM timebank_entry
          WHERE community_id = %(community)s AND seq IS NOT NULL GROUP BY account_id) e ON e.account_id = a.id
        WHERE a.community_id = %(community)s AND (a.balance_minutes <> coalesce(e.total, 0)
          OR a.seq <> coalesce(e.places, 0) OR a.seq <> coalesce(e.last, 0))""",
    "running_balance_differs": """
        SELECT account_id AS account, seq, balance_after AS stored, recomputed FROM (
          SELECT account_id, seq, balance_after, sum(minutes) OVER (PARTITION BY account_id ORDER BY seq) AS recomputed
          FROM timebank_entry WHERE community_id = %(community)s AND seq IS NOT NULL) line
        WHERE balance_after <> recomputed""",
    "entry_without_its_transfer": """
        SELECT e.transfer_id AS transfer, e.sign FROM timebank_entry e
        LEFT JOIN timebank_transfer t ON t.id = e.transfer_id AND t.community_id = e.community_id
        WHERE e.community_id = %(community)s AND (t.id IS NULL OR e.minutes <> e.sign * t.minutes
          OR e.account_id <> CASE e.sign WHEN -1 THEN t.payer_id ELSE t.payee_id END
          OR e.other_id <> CASE e.sign WHEN -1 THEN t.payee_id ELSE t.payer_id END OR e.kind <> t.kind
          OR coalesce(e.category_id <> t.category_id, e.category_id IS NOT NULL OR t.category_id IS NOT NULL)
          OR e.helped_on <> t.helped_on)""",
    "transfer_without_two_entries": """
        SELECT t.id AS transfer, count(e.sign) AS entries FROM timebank_transfer t
        LEFT JOIN timebank_entry e ON e.community_id = t.community_id AND e.transfer_id = t.id
        WHERE t.community_id = %(community)s GROUP BY t.id HAVING count(e.sign) <> 2""",
    "entry_without_its_account": """
        SELECT e.transfer_id AS transfer, e.account_id AS account FROM timebank_entry e
        LEFT JOIN timebank_account a ON a.id = e.account_id AND a.community_id = e.community_id
        WHERE e.community_id = %(community)s AND a.id IS NULL""",
    "waiting_before_no_pot": """
        SELECT e.transfer_id AS transfer, e.account_id AS account FROM timebank_entry e
        JOIN timebank_account a ON a.id = e.account_id WHERE e.community_id = %(community)s AND e.seq IS NULL
          AND (e.sign = -1 OR a.kind NOT IN ('group_pot', 'community_pot'))""",
    "held_differs_from_holds": """
        SELECT a.id AS account, a.held_minutes AS stored, coalesce(h.total, 0) AS recomputed FROM timebank_account a
        LEFT JOIN (SELECT payer_id, sum(minutes) AS total FROM timebank_hold
          WHERE community_id = %(community)s AND state = 'held' GROUP BY payer_id) h ON h.payer_id = a.id
        WHERE a.community_id = %(community)s AND a.held_minutes <> coalesce(h.total, 0)""",
    "hold_posted_without_a_transfer": """
        SELECT h.id AS hold FROM timebank_hold h
        LEFT JOIN timebank_transfer t ON t.hold_id = h.id AND t.community_id = h.community_id
        WHERE h.community_id = %(community)s AND h.state = 'posted' AND t.id IS NULL""",
    "category_is_not_there": """
        SELECT t.id AS transfer FROM timebank_transfer t
        LEFT JOIN timebank_category c ON c.id = t.category_id AND c.community_id = t.community_id
        WHERE t.community_id = %(community)s AND t.category_id IS NOT NULL AND c.id IS NULL""",
    "person_is_not_there": """
        SELECT t.id AS transfer FROM timebank_transfer t WHERE t.community_id = %(community)s
          AND (t.by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = t.by_id)
          OR t.on_behalf_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = t.on_behalf_of_id)
          OR t.overridden_by_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = t.overridden_by_id))""",
    "transfer_neither_queued_nor_sealed_or_both": """
        SELECT t.id AS transfer FROM timebank_transfer t
        LEFT JOIN timebank_unfolded u ON u.community_id = t.community_id AND u.transfer_id = t.id
        LEFT JOIN timebank_seal s ON s.community_id = t.community_id AND s.transfer_id = t.id
        WHERE t.community_id = %(community)s AND (u.transfer_id IS NULL) = (s.transfer_id IS NULL)""",
    "sealed_or_queued_but_not_there": """
        SELECT q.transfer_id AS transfer FROM (
          SELECT transfer_id FROM timebank_unfolded WHERE community_id = %(community)s
          UNION ALL SELECT transfer_id FROM timebank_seal WHERE community_id = %(community)s) q
        LEFT JOIN timebank_transfer t ON t.id = q.transfer_id WHERE t.id IS NULL""",
}


def check_all(*, at: datetime) -> list[Report]:
    """Check every community that has a time bank, and keep each result as a BookCheck row."""
    banks = TimeBank.objects.select_related("community").order_by("community__slug")
    return [keep(check(bank.community, at=at)) for bank in banks]


def check(community: Community, *, at: datetime) -> Report:
    """Read all books of one community in one consistent view, and return what was found."""
    report = Report(community=community, checked_at=at)
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and is_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        transfers = Transfer.objects.of(community)
        report.transfers = transfers.count()
        report.minutes = transfers.aggregate(total=Sum("minutes"))["total"] or 0
        for name, sql in QUERIES.items():
            report.findings += [Finding(name, facts) for facts in _rows(sql, community)]
        for look in LOOKS:
            report.findings += look(community)
    return report


def keep(report: Report) -> Report:
    """Write a report down for the page that members read."""
    BookCheck.objects.create(
        community=report.community, checked_at=report.checked_at, transfers=report.transfers, minutes=report.minutes,
        findings=[{"name": finding.name, "facts": finding.facts} for finding in report.findings],
    )  # fmt: skip
    return report


def _rows(sql: str, community: Community) -> Iterator[dict[str, Any]]:
    id = community.id if is_postgresql() else community.id.hex
    with connection.cursor() as cursor:
        cursor.execute(sql, {"community": id})
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchmany(MOST_NAMED):
            yield {
                name: value if isinstance(value, int) else str(value) for name, value in zip(names, row, strict=True)
            }


def _chain(community: Community) -> Iterator[Finding]:
    """Hash the whole chain again, link by link."""
    before, n = "", 0
    seals = Seal.objects.of(community).order_by("n").select_related("transfer")
    for seal in seals.iterator(chunk_size=2000):
        n += 1
        before = seal_hash(before, seal.transfer)
        if (seal.n, seal.hash) != (n, before):
            yield Finding("chain_is_broken", {"n": seal.n, "transfer": str(seal.transfer_id)})
            return
    head = Chain.objects.of(community).values_list("n", "hash").first()
    if head != (n, before):
        yield Finding("chain_head_differs", {"stored": head[0] if head else None, "recomputed": n})


def _totals(community: Community) -> Iterator[Finding]:
    columns = ("month", "category", "kind", "payer_kind", "payee_kind", "minutes")
    stored = {tuple(row[:-1]): row[-1] for row in MonthTotal.objects.of(community).values_list(*columns) if row[-1]}
    anew = recounted(community.id)
    for key in sorted({*stored, *anew}, key=str):
        if stored.get(key, 0) != anew.get(key, 0):
            facts = {"month": f"{key[0]:%Y-%m}", "category": str(key[1]), "kind": key[2]}
            found = {"stored": stored.get(key, 0), "recomputed": anew.get(key, 0)}
            yield Finding("month_total_differs", facts | found)


def _account_months(community: Community) -> Iterator[Finding]:
    """Months carry no foreign keys: those of an account that is not there differ as well."""
    columns = ("account", "month", "given_minutes", "received_minutes", "last_helped_on")
    stored = {tuple(row[:2]): list(row[2:]) for row in AccountMonth.objects.of(community).values_list(*columns)}
    anew = months_recounted(community.id)
    for account, month in sorted({*stored, *anew}, key=str):
        here, there = (each.get((account, month), [0, 0, ""]) for each in (stored, anew))
        if here != there:
            facts = {"account": str(account), "month": f"{month:%Y-%m}"}
            yield Finding("account_month_differs", facts | {"stored": str(here), "recomputed": str(there)})


def _guards(community: Community) -> Iterator[Finding]:
    """Every guard of the ledger is in the database, and awake."""
    awake = (
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'timebank%%' AND tgenabled = 'A'"
        if is_postgresql()
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'timebank%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(awake, [])
        there = {row[0] for row in cursor.fetchall()}
    for name in sorted(install.triggers(connection.vendor) - there):
        yield Finding("guard_is_missing", {"guard": name})


LOOKS: tuple[Callable[[Community], Iterator[Finding]], ...] = (_chain, _totals, _account_months, _guards)
