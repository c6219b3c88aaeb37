"""An account's statement: opening, each movement with its running balance, closing.

A page costs the same at any depth.
"""

from dataclasses import dataclass
from datetime import datetime

from alongside.timebank.ledger.balances import place_at
from alongside.timebank.models import Account, Entry

PAGE = 50


@dataclass(frozen=True)
class Statement:
    """One page of an account's movements, newest first.

    `opening_minutes` is the balance before the period, `closing_minutes` that at its end. `older` is
    the seq to ask the next page with (`before=`), None on the last.
    """

    account: Account
    entries: list[Entry]
    opening_minutes: int
    closing_minutes: int
    waiting: list[Entry]
    older: int | None


def statement(
    account: Account,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    size: int | None = PAGE,
) -> Statement:
    """The page of movements posted from `since` up to, not including, `until`. `size` None: all of them.

    Credits that wait before a pot have no place yet; they come apart, in `waiting`, and count in the
    closing balance of a period that is not over.
    """
    first = place_at(account, since, inclusive=False) if since else None
    last = place_at(account, until, inclusive=False) if until else None
    entries = Entry.objects.statement(account, before=before).with_names()
    if first:
        entries = entries.filter(seq__gt=first.seq)
    if last:
        entries = entries.filter(seq__lte=last.seq)
    page = list(entries if size is None else entries[: size + 1])
    older = page[size - 1].seq if size is not None and len(page) > size else None
    waiting = _waiting(account, since, until)
    now = Account.objects.get(pk=account.pk, community=account.community_id).balance_minutes
    closing = (last.balance_minutes if last else now) + sum(entry.minutes for entry in waiting)
    return Statement(
        account=account,
        entries=page if size is None else page[:size],
        opening_minutes=first.balance_minutes if first else 0,
        closing_minutes=closing,
        waiting=waiting if before is None else [],
        older=older,
    )


def _waiting(account: Account, since: datetime | None, until: datetime | None) -> list[Entry]:
    if not account.is_pot:
        return []
    waiting = Entry.objects.waiting(account).with_names().select_related("transfer")
    if since:
        waiting = waiting.filter(transfer__posted_at__gte=since)
    if until:
        waiting = waiting.filter(transfer__posted_at__lt=until)
    return list(waiting.order_by("transfer__posted_at"))
