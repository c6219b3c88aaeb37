"""The same transfer as a careful Django application writes it: rows locked in order, everything through the ORM.

It writes into our own tables, guards and all, so that both do the same work in the database; only that a transfer posts
itself there is taken out, in a copy (`careful_far.py`).
"""

from django.db import transaction

from alongside.kernel import activity
from alongside.people.models import Person
from alongside.timebank.models import Account, Category, Entry, Transfer, Unfolded
from bench.raw import NOON, TODAY
from bench.town import Town, new_key


class Refused(Exception):
    """The account is closed, or a limit is passed."""


def pay(town: Town) -> int:
    """One payment between random neighbors of the town."""
    payer, payee = town.pair()
    post(payer, payee, 30, town.category, town.payer_person, new_key())
    return 1


@transaction.atomic
def post(payer: Account, payee: Account, minutes: int, category: Category, by: Person, key: str) -> Transfer:
    community = payer.community_id
    if first := Transfer.objects.filter(community=community, key=key).first():
        return first  # type: ignore[no-any-return]
    both = Account.objects.filter(community=community, id__in=(payer.id, payee.id)).order_by("id")
    locked = {account.id: account for account in both.select_for_update()}
    payer, payee = locked[payer.id], locked[payee.id]
    _check(payer, payee, minutes)
    transfer = Transfer.objects.create(
        community_id=community,
        key=key,
        kind=Transfer.Kind.EXCHANGE,
        payer=payer,
        payee=payee,
        minutes=minutes,
        category=category,
        helped_on=TODAY,
        posted_at=NOON,
        by=by,
        channel="web",
    )
    _move(transfer, payer, -1, -minutes)
    _move(transfer, payee, 1, minutes)
    Unfolded.objects.create(community_id=community, transfer=transfer)
    activity.log(did="timebank.paid", about_what=transfer, by_id=by.id, at=NOON)
    return transfer


def _check(payer: Account, payee: Account, minutes: int) -> None:
    left = payer.balance_minutes - payer.held_minutes - minutes
    if payer.closed_at or payee.closed_at or (payer.floor_minutes is not None and left < payer.floor_minutes):
        raise Refused
    ceiling = payee.ceiling_minutes
    if ceiling is not None and payee.balance_minutes + payee.awaited_minutes + minutes > ceiling:
        raise Refused


def _move(transfer: Transfer, account: Account, sign: int, minutes: int) -> None:
    account.balance_minutes += minutes
    account.seq += 1
    account.last_placed_at = max(NOON, account.last_placed_at or NOON)
    Entry.objects.create(
        community_id=account.community_id,
        transfer=transfer,
        sign=sign,
        account=account,
        minutes=minutes,
        seq=account.seq,
        balance_after=account.balance_minutes,
        placed_at=account.last_placed_at,
        kind=transfer.kind,
        other=transfer.payee if sign < 0 else transfer.payer,
        category=transfer.category,
        helped_on=transfer.helped_on,
    )
    account.save(update_fields=["balance_minutes", "seq", "last_placed_at"])
