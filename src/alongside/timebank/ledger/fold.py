"""The fold: in the background, each posted transfer is counted into the totals and sealed into the chain.

Posting leaves a row in the queue; the fold takes what it finds there. A watermark would lose
minutes, because commits become visible out of order. Per community the folder locks the head of
the chain; who finds it locked goes on to the next community.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from alongside.kernel.ids import new_id
from alongside.timebank.ledger import posting
from alongside.timebank.ledger.rows import insert_rows
from alongside.timebank.models import Account, Chain, MonthTotal, Seal, Transfer, Unfolded

# A fold of more would hold its locks for longer than a payment from a pot should wait.
AT_ONCE = 2000
SEALED = (
    "id", "key", "kind", "payer_id", "payee_id", "minutes", "category_id", "helped_on", "posted_at", "by_id",
    "on_behalf_of_id", "channel", "overridden_by_id", "reverses_id", "hold_id", "together",
)  # fmt: skip
_sealed, _POSTED_AT = attrgetter(*SEALED), SEALED.index("posted_at")
_LINES = "\n".join(["%s", *(f"{column}=%s" for column in SEALED)])
# What counting needs to know besides.
COUNTED = (
    *SEALED, "payer__kind", "payee__kind", "reverses__helped_on", "reverses__category_id", "reverses__kind",
    "reverses__minutes",
)  # fmt: skip
SEAL_COLUMNS = {"community_id": "uuid", "n": "bigint", "transfer_id": "uuid", "hash": "text"}
MONTH_COLUMNS = {
    "id": "uuid", "community_id": "uuid", "account_id": "uuid", "month": "date", "given_minutes": "bigint",
    "received_minutes": "bigint", "last_helped_on": "date",
}  # fmt: skip
# The unique rule account_month_once, by its columns: SQLite cannot name it.
ADD_TO_MONTH = """
ON CONFLICT (community_id, account_id, month) DO UPDATE SET
  given_minutes = timebank_accountmonth.given_minutes + excluded.given_minutes,
  received_minutes = timebank_accountmonth.received_minutes + excluded.received_minutes,
  last_helped_on = CASE WHEN excluded.last_helped_on > timebank_accountmonth.last_helped_on
    THEN excluded.last_helped_on ELSE timebank_accountmonth.last_helped_on END"""

TotalKey = tuple[date, UUID | None, str, str, str]
# Minutes given and received, and the latest day of help.
AccountMonthLine = list[Any]
# A transfer with the columns of COUNTED. Not a model: a fold reads thousands, and objects would cost most of its time.
Row = Any


def fold(at: datetime) -> int:
    """Fold what waits in every community; returns how many transfers were folded."""
    folded = 0
    for community_id in Unfolded.objects.values_list("community", flat=True).distinct():
        while done := fold_community(community_id, at):
            folded += done
    return folded


@transaction.atomic
def fold_community(community_id: UUID, at: datetime) -> int:
    """Fold up to AT_ONCE transfers of one community; 0 when none wait or another process is at it."""
    head = Chain.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    chain = head.filter(community=community_id).first()
    if chain is None:
        return 0
    queued, sealed_before = Unfolded.objects.filter(community=community_id), chain.n
    # Both are asked for in the database's own words: thousands of ids take longer to write down than to look up.
    waiting = queued.values("transfer")[:AT_ONCE]
    transfers = list(_rows(Transfer.objects.filter(community=community_id, id__in=waiting)))
    if not transfers:
        return 0
    _seal(chain, transfers, at)
    _count(community_id, transfers)
    _count_accounts(community_id, transfers)
    sealed = Seal.objects.filter(community=community_id, n__gt=sealed_before).values("transfer")
    queued.filter(transfer__in=sealed).delete()
    pots = {transfer.payee_id for transfer in transfers if transfer.payee__kind in Account.POTS}
    # A pot may close while something is on its way there: that waits until it opens again, and holds nobody up.
    for pot in Account.objects.filter(community=community_id, id__in=pots).open().order_by("id"):
        posting.settle(pot)
    posting.learn(("timebank_seal", "timebank_accountmonth"), rows=len(transfers))
    return len(transfers)


def _rows(transfers: "QuerySet[Transfer]") -> "QuerySet[Transfer, Row]":
    return transfers.order_by("posted_at", "id").values_list(*COUNTED, named=True)


def seal_hash(before: str, transfer: Transfer | Row) -> str:
    """The hash of a seal: SHA-256 over the hash before it and the transfer's columns, as lines of text."""
    texts = ["" if value is None else value for value in _sealed(transfer)]
    texts[_POSTED_AT] = transfer.posted_at.isoformat(timespec="microseconds")
    return hashlib.sha256((_LINES % (before, *texts)).encode()).hexdigest()


def _seal(chain: Chain, transfers: list[Row], at: datetime) -> None:
    seals = []
    for transfer in transfers:
        chain.n += 1
        chain.hash = seal_hash(chain.hash, transfer)
        seals.append((chain.community_id, chain.n, transfer.id, chain.hash))
    insert_rows("timebank_seal", SEAL_COLUMNS, seals)
    chain.folded_at = at
    chain.save(update_fields=["n", "hash", "folded_at"])


def total_key(transfer: Row) -> tuple[TotalKey, int]:
    """Where a transfer is counted, and its minutes there: a reversal takes away from what it reverses."""
    if transfer.reverses_id is None:
        helped_on, category, kind = transfer.helped_on, transfer.category_id, transfer.kind
        return (helped_on.replace(day=1), category, kind, transfer.payer__kind, transfer.payee__kind), transfer.minutes
    helped_on, category = transfer.reverses__helped_on, transfer.reverses__category_id
    sides = (transfer.reverses__kind, transfer.payee__kind, transfer.payer__kind)
    return (helped_on.replace(day=1), category, *sides), -transfer.minutes


def _number(transfer: Row) -> int:
    """1 for a transfer, -1 for a reversal of the whole; giving back a part leaves the transfer counted."""
    if transfer.reverses_id is None:
        return 1
    return -1 if transfer.minutes == transfer.reverses__minutes else 0


def _count(community_id: UUID, transfers: Iterable[Row]) -> None:
    totals: dict[TotalKey, list[int]] = defaultdict(lambda: [0, 0])
    for transfer in transfers:
        key, minutes = total_key(transfer)
        totals[key][0] += minutes
        totals[key][1] += _number(transfer)
    for (month, category, kind, payer_kind, payee_kind), (minutes, number) in sorted(totals.items(), key=str):
        row = MonthTotal.objects.filter(
            community=community_id, month=month, category=category, kind=kind,
            payer_kind=payer_kind, payee_kind=payee_kind,
        )  # fmt: skip
        if not row.update(minutes=F("minutes") + minutes, transfers=F("transfers") + number):
            MonthTotal.objects.create(
                community_id=community_id, month=month, category_id=category, kind=kind, payer_kind=payer_kind,
                payee_kind=payee_kind, minutes=minutes, transfers=number,
            )  # fmt: skip


def _count_accounts(community_id: UUID, transfers: Iterable[Row]) -> None:
    # In one order for all, so that the rows are locked in it.
    rows = [
        (new_id(), community_id, account, month, *line)
        for (account, month), line in sorted(
            _by_account(transfers).items(), key=lambda each: (each[0][0].int, each[0][1])
        )
    ]
    insert_rows("timebank_accountmonth", MONTH_COLUMNS, rows, on_conflict=ADD_TO_MONTH)


def _by_account(transfers: Iterable[Row]) -> dict[tuple[UUID, date], AccountMonthLine]:
    """Exchanges alone: who gave and who received, month by month."""
    months: dict[tuple[UUID, date], AccountMonthLine] = {}
    for transfer in transfers:
        (month, _category, kind, _payer, _payee), minutes = total_key(transfer)
        if kind not in (Transfer.Kind.EXCHANGE, Transfer.Kind.IMPORT):
            continue
        helped, helper = transfer.payer_id, transfer.payee_id
        if minutes < 0:
            helped, helper = helper, helped
        for account, given, received in ((helper, minutes, 0), (helped, 0, minutes)):
            line = months.setdefault((account, month), [0, 0, transfer.helped_on])
            line[0] += given
            line[1] += received
            line[2] = max(line[2], transfer.helped_on)
    return months


def recounted(community_id: UUID) -> dict[TotalKey, int]:
    """The totals made anew from every sealed transfer: the slow, obvious way."""
    totals: dict[TotalKey, int] = defaultdict(int)
    for transfer in _sealed_rows(community_id):
        key, minutes = total_key(transfer)
        totals[key] += minutes
    return {key: minutes for key, minutes in totals.items() if minutes}


def months_recounted(community_id: UUID) -> dict[tuple[UUID, date], AccountMonthLine]:
    """For each account and month of help: minutes given and received, the latest day; from all sealed transfers."""
    return _by_account(_sealed_rows(community_id))


def _sealed_rows(community_id: UUID) -> Iterator[Row]:
    sealed = Seal.objects.filter(community=community_id).values("transfer")
    return _rows(Transfer.objects.filter(community=community_id, id__in=sealed)).iterator(chunk_size=2000)
