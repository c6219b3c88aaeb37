"""Setting hours aside: held, then posted in whole or in part, or released. Once."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.models import Person
from alongside.timebank.actions.paying import check_shape, refuse_a_closed_body
from alongside.timebank.actions.telling import tell_of_limits
from alongside.timebank.actions.who import id_of
from alongside.timebank.ledger import posting
from alongside.timebank.ledger.locks import lock_accounts
from alongside.timebank.ledger.order import Order, differing_field
from alongside.timebank.ledger.refusals import (
    AccountClosed,
    HoldEnded,
    KeyUsedDifferently,
    MoreThanThere,
    OverLimit,
)
from alongside.timebank.models import Account, Category, Hold, TimeBank, Transfer


def hold(
    *,
    payer: Account,
    payee: Account,
    minutes: int,
    category: Category | None,
    by: Person | None,
    at: datetime,
    key: str | UUID,
    expires_at: datetime | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Hold:
    """Reserve `minutes` of the payer's for the payee; both limits count them from now on.

    `expires_at`: when the hold lets go by itself; the time bank's own number of days unless told.
    Raises OverLimit, AccountClosed, BodyClosed, KeyUsedDifferently and the refusals of shape that `pay` raises.
    """
    order = Order(
        payer=payer, payee=payee, minutes=minutes, category=category, helped_on=at.date(), key=str(key),
        kind=Transfer.Kind.GRANT, at=at, by_id=id_of(by), channel=channel,
    )  # fmt: skip
    check_shape(order)
    with transaction.atomic():
        refuse_a_closed_body(payer, by, at)
        payer_now, payee_now = _lock_both(payer, payee)
        first: Hold | None = Hold.objects.filter(community=payer.community_id, key=str(key)).first()
        if first:
            return _repeated(first, order)
        _check_limits(payer_now, payee_now, minutes)
        made = Hold.objects.create(
            community_id=payer.community_id, key=str(key), payer=payer, payee=payee, minutes=minutes,
            category=category, held_at=at, expires_at=expires_at or _expiry(payer, at), by=by,
            on_behalf_of=on_behalf_of, channel=channel,
        )  # fmt: skip
        _log(made, "timebank.held", by, at, on_behalf_of, channel)
    return made


def post_hold(
    *,
    hold: Hold,
    helped_on: date,
    by: Person | None,
    at: datetime,
    key: str | UUID,
    minutes: int | None = None,
    category: Category | None = None,
    kind: str = Transfer.Kind.EXCHANGE,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    note: str = "",
) -> Transfer:
    """Settle a hold: post `minutes` of it (all, unless told), let the rest go, and return the transfer.

    What was held may be posted whatever the limits say by now. The same key again returns the first
    transfer. Raises HoldEnded when it was posted otherwise or released, MoreThanThere beyond what
    was held, and the refusals of shape that `pay` raises.
    """
    amount = hold.minutes if minutes is None else minutes
    if amount > hold.minutes:
        raise MoreThanThere(most_minutes=hold.minutes)
    order = Order(
        payer=hold.payer, payee=hold.payee, minutes=amount, category=category or hold.category, helped_on=helped_on,
        key=str(key), kind=kind, at=at, by_id=id_of(by), on_behalf_of_id=id_of(on_behalf_of),
        channel=channel, hold_id=hold.id, note=note,
    )  # fmt: skip
    check_shape(order)
    with transaction.atomic():
        _lock_both(hold.payer, hold.payee)
        if not _end(hold, Hold.State.POSTED, at):
            return _posted_before(hold, order)
        transfer = posting.post(order)
        if transfer.warnings:
            tell_of_limits(transfer)
    return transfer


def release_hold(
    *,
    hold: Hold,
    by: Person | None,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Hold:
    """Let the hours go: refused, withdrawn or out of time. A second release changes nothing.

    Raises HoldEnded when it was posted.
    """
    with transaction.atomic():
        _lock_both(hold.payer, hold.payee)
        if _end(hold, Hold.State.RELEASED, at):
            _log(hold, "timebank.released", by, at, on_behalf_of, channel)
        elif hold.state == Hold.State.POSTED:
            raise HoldEnded(state=hold.state)
    return hold


def release_expired_holds(*, at: datetime) -> int:
    """Release every hold whose time is up, and return how many there were."""
    expired = list(Hold.objects.out_of_time(at).select_related("payer", "payee"))
    for one in expired:
        try:
            release_hold(hold=one, by=None, at=at)
        except HoldEnded:
            continue  # posted since we looked
    return len(expired)


def _lock_both(payer: Account, payee: Account) -> tuple[Account, Account]:
    """Both as they stand now. A paying pot is settled and locked last; a receiving pot is read, not locked."""
    paying_pot = [payer.id] if payer.is_pot else []
    found = lock_accounts(payer.community_id, [payer.id, payee.id])
    if paying_pot:
        posting.settle(payer)
        found |= lock_accounts(payer.community_id, [], pots=paying_pot)
    for account in (payer, payee):
        if account.id not in found:
            found[account.id] = Account.objects.get(pk=account.id, community=payer.community_id)
    return found[payer.id], found[payee.id]


def _check_limits(payer: Account, payee: Account, minutes: int) -> None:
    for side, account in (("payer", payer), ("payee", payee)):
        if account.closed_at is not None:
            raise AccountClosed(side=side)
    free = payer.free_minutes
    if free is not None and minutes > free:
        raise OverLimit(side="payer", left_minutes=free)
    room = payee.room_minutes
    if room is not None and minutes > room:
        raise OverLimit(side="payee", left_minutes=room)


def _repeated(first: Hold, order: Order) -> Hold:
    asked = (order.payer.id, order.payee.id, order.minutes, order.category and order.category.id)
    there = (first.payer_id, first.payee_id, first.minutes, first.category_id)
    for field, before, now in zip(("payer", "payee", "minutes", "category"), there, asked, strict=True):
        if before != now:
            raise KeyUsedDifferently(field=field, first_id=first.id)
    return first


def _expiry(account: Account, at: datetime) -> datetime | None:
    days = TimeBank.objects.filter(community=account.community_id).values_list("hold_days", flat=True).first()
    return at + timedelta(days=days) if days else None


def _end(hold: Hold, state: Hold.State, at: datetime) -> bool:
    """Compare and set: True for the one caller who ended it. `hold` then shows how it stands."""
    still = Hold.objects.filter(pk=hold.pk, community=hold.community_id, state=Hold.State.HELD)
    ended = bool(still.update(state=state, ended_at=at))
    hold.refresh_from_db(fields=["state", "ended_at"])
    return ended


def _posted_before(hold: Hold, order: Order) -> Transfer:
    first: Transfer | None = Transfer.objects.filter(community=hold.community_id, hold=hold, key=order.key).first()
    if first is None:
        raise HoldEnded(state=hold.state)
    if field := differing_field(first, order):
        raise KeyUsedDifferently(field=field, first_id=first.id)
    return first


def _log(hold: Hold, did: str, by: Person | None, at: datetime, on_behalf_of: Person | None, channel: str) -> None:
    activity.log(
        did=did,
        about_what=hold,
        by_id=id_of(by),
        at=at,
        on_behalf_of_id=id_of(on_behalf_of),
        channel=channel,
    )
