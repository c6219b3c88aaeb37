"""The whole book of a community as a file that other programs read: hledger's journal, or CSV."""

import csv
from collections.abc import Iterator
from typing import Any, Protocol

from alongside.people.models import Community
from alongside.timebank.models import Account, Transfer


class Out(Protocol):
    """Whatever takes text: a file, a command's output."""

    def write(self, text: str, /) -> Any: ...


CSV_HEADER = (
    "id", "key", "kind", "helped_on", "posted_at", "minutes", "category", "payer", "payee", "by", "on_behalf_of",
    "channel", "overridden_by", "reverses", "hold", "together",
)  # fmt: skip


def transfers(community: Community) -> Iterator[Transfer]:
    """Every transfer in the order it was posted."""
    rows = Transfer.objects.of(community).select_related("category", "payer", "payee")
    return rows.order_by("posted_at", "id").iterator(chunk_size=2000)


def to_csv(community: Community, out: Out) -> int:
    """Write every transfer as a row of ids, minutes and dates; returns how many. No names, no words."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(CSV_HEADER)
    written = 0
    for t in transfers(community):
        rows.writerow([
            t.id, t.key, t.kind, t.helped_on, t.posted_at.isoformat(), t.minutes, t.category_id, t.payer_id, t.payee_id,
            t.by_id, t.on_behalf_of_id, t.channel, t.overridden_by_id, t.reverses_id, t.hold_id, t.together,
        ])  # fmt: skip
        written += 1
    return written


def to_hledger(community: Community, out: Out) -> int:
    """Write a journal for `hledger check`: minutes as the commodity `min`, accounts by kind and id.

    Its last entry asserts every account's balance, so that hledger recomputes the books by itself.
    """
    out.write(f"; {' '.join(community.name.split())}\ncommodity 1. min\n")
    for account in Account.objects.of(community).order_by("kind", "id"):
        out.write(f"account {_name(account)}\n")
    written, last = 0, None
    for t in transfers(community):
        out.write(f"\n{t.posted_at:%Y-%m-%d} {t.kind}  ; id:{t.id}, helped:{t.helped_on}\n")
        out.write(f"    {_name(t.payer)}  -{t.minutes} min\n    {_name(t.payee)}  {t.minutes} min\n")
        written, last = written + 1, t.posted_at
    if last:
        out.write(f"\n{last:%Y-%m-%d} balances\n")
        for account in Account.objects.of(community).with_balance().order_by("kind", "id"):
            out.write(f"    {_name(account)}  0 min = {account.exact_minutes} min\n")
    return written


def _name(account: Account) -> str:
    return f"{account.kind}:{account.id}"
