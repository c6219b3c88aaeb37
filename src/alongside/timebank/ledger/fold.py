"""The fold: in the background, each posted transfer is counted into the totals and sealed into the chain.

Posting leaves a row in the queue; the fold takes what it finds there. A watermark would lose
minutes, because commits become visible out of order. Per community the folder locks the head of
the chain; who finds it locked goes on to the next community.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from alongside.kernel.ids import new_id
from alongside.timebank.ledger import posting
from alongside.timebank.models import AccountMonth, Chain, MonthTotal, Seal, Transfer, Unfolded

# A fold of more would hold its locks for longer than a payment from a pot should wait.
AT_ONCE = 2000
SEALED = (
    "id", "key", "kind", "payer_id", "payee_id", "minutes", "category_id", "helped_on", "posted_at", "by_id",
    "on_behalf_of_id", "channel", "overridden_by_id", "reverses_id", "hold_id", "together",
)  # fmt: skip

TotalKey = tuple[date, UUID | None, str, str, str]


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
    waiting = Unfolded.objects.filter(community=community_id).values_list("transfer", flat=True)[:AT_ONCE]
    transfers = list(
        Transfer.objects.filter(community=community_id, id__in=list(waiting))
        .select_related("payer", "payee", "reverses")
        .order_by("posted_at", "id")
    )
    if not transfers:
        return 0
    _seal(chain, transfers, at)
    _count(community_id, transfers)
    _count_accounts(community_id, transfers)
    Unfolded.objects.filter(community=community_id, transfer__in=[t.id for t in transfers]).delete()
    for pot in sorted({t.payee for t in transfers if t.payee.is_pot}, key=lambda pot: pot.id):
        posting.settle(pot)
    return len(transfers)


def seal_hash(before: str, transfer: Transfer) -> str:
    """The hash of a seal: SHA-256 over the hash before it and the transfer's columns, as lines of text."""
    lines = [before, *(f"{column}={_text(getattr(transfer, column))}" for column in SEALED)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return "" if value is None else str(value)


def _seal(chain: Chain, transfers: list[Transfer], at: datetime) -> None:
    seals = []
    for transfer in transfers:
        chain.n += 1
        chain.hash = seal_hash(chain.hash, transfer)
        seals.append(Seal(community_id=chain.community_id, n=chain.n, transfer=transfer, hash=chain.hash))
    Seal.objects.bulk_create(seals)
    chain.folded_at = at
    chain.save(update_fields=["n", "hash", "folded_at"])


def total_key(transfer: Transfer) -> tuple[TotalKey, int]:
    """Where a transfer is counted, and its minutes there: a reversal takes away from what it reverses."""
    counted, minutes = (transfer.reverses, -transfer.minutes) if transfer.reverses else (transfer, transfer.minutes)
    payer, payee = (transfer.payee, transfer.payer) if transfer.reverses else (transfer.payer, transfer.payee)
    month = counted.helped_on.replace(day=1)
    return (month, counted.category_id, counted.kind, payer.kind, payee.kind), minutes


def _number(transfer: Transfer) -> int:
    """1 for a transfer, -1 for a reversal of the whole; giving back a part leaves the transfer counted."""
    if transfer.reverses is None:
        return 1
    return -1 if transfer.minutes == transfer.reverses.minutes else 0


def _count(community_id: UUID, transfers: Iterable[Transfer]) -> None:
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


def _count_accounts(community_id: UUID, transfers: Iterable[Transfer]) -> None:
    """Exchanges alone: who gave and who received, month by month."""
    months: dict[tuple[UUID, date], AccountMonth] = {}
    for transfer in transfers:
        (month, _category, kind, _payer, _payee), minutes = total_key(transfer)
        if kind not in (Transfer.Kind.EXCHANGE, Transfer.Kind.IMPORT):
            continue
        helped, helper = (transfer.payer_id, transfer.payee_id)
        if minutes < 0:
            helped, helper = helper, helped
        for account_id, given, received in ((helper, minutes, 0), (helped, 0, minutes)):
            row = months.setdefault(
                (account_id, month),
                AccountMonth(id=new_id(), community_id=community_id, account_id=account_id, month=month,
                             last_helped_on=transfer.helped_on),
            )  # fmt: skip
            row.given_minutes += given
            row.received_minutes += received
            row.last_helped_on = max(row.last_helped_on, transfer.helped_on)
    _add_up(community_id, months)


def _add_up(community_id: UUID, months: dict[tuple[UUID, date], AccountMonth]) -> None:
    accounts = {account for account, _ in months}
    there = AccountMonth.objects.filter(community=community_id, account__in=accounts)
    known = {(row.account_id, row.month): row for row in there.filter(month__in={month for _, month in months})}
    changed = []
    for key, row in months.items():
        if old := known.get(key):
            old.given_minutes += row.given_minutes
            old.received_minutes += row.received_minutes
            old.last_helped_on = max(old.last_helped_on, row.last_helped_on)
            changed.append(old)
    AccountMonth.objects.bulk_create(row for key, row in months.items() if key not in known)
    AccountMonth.objects.bulk_update(changed, ["given_minutes", "received_minutes", "last_helped_on"], batch_size=200)


def recounted(community_id: UUID) -> dict[TotalKey, int]:
    """The totals made anew from every sealed transfer: the slow, obvious way."""
    sealed = Seal.objects.filter(community=community_id).values("transfer")
    totals: dict[TotalKey, int] = defaultdict(int)
    transfers = Transfer.objects.filter(community=community_id, id__in=sealed)
    for transfer in transfers.select_related("payer", "payee", "reverses").iterator(chunk_size=2000):
        key, minutes = total_key(transfer)
        totals[key] += minutes
    return {key: minutes for key, minutes in totals.items() if minutes}
