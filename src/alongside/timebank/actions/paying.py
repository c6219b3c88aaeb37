"""Moving hours: one payment, a group exchange, and giving back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from alongside.kernel.channels import Channel
from alongside.people.models import Person
from alongside.people.permissions import standing_of
from alongside.timebank.actions.telling import tell_of_limits
from alongside.timebank.actions.who import id_of
from alongside.timebank.ledger import posting
from alongside.timebank.ledger.locks import lock_accounts
from alongside.timebank.ledger.order import WITHOUT_LIMITS, Order
from alongside.timebank.ledger.refusals import (
    AlreadyReversed,
    HelpedInTheFuture,
    LedgerRefusal,
    MoreThanThere,
    NoCategory,
    NoMinutes,
    NotInThisCommunity,
    NotReversible,
    OverrideNeedsCoordinator,
    ReasonMissing,
    SameAccount,
)
from alongside.timebank.models import Account, Category, Transfer
from alongside.timebank.permissions import may_override

# Somewhere on Earth it is already tomorrow.
AHEAD = timedelta(hours=14)
_TOGETHER = UUID("0f5a1f5e-9d0b-5c36-8f2a-3f1f6f0c9a10")


def pay(
    *,
    payer: Account,
    payee: Account,
    minutes: int,
    category: Category | None,
    helped_on: date,
    by: Person | None,
    at: datetime,
    key: str | UUID,
    kind: str = Transfer.Kind.EXCHANGE,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    note: str = "",
    override_reason: str = "",
) -> Transfer:
    """Move `minutes` (1 or more) from who was helped to who helped, and return the transfer.

    `key`: made by the caller, one for each intended payment; the same again returns the first
    transfer, with another payload it raises KeyUsedDifferently. `transfer.warnings` names the sides
    ("payer", "payee") whose soft limit is passed; both people are told.
    `override_reason`: lets a coordinator go past hard limits, in the sight of both people.
    Raises OverLimit, AccountClosed, NotInThisCommunity, NoMinutes, SameAccount, NoCategory,
    HelpedInTheFuture, OverrideNeedsCoordinator; then nothing was written.
    """
    order = Order(
        payer=payer, payee=payee, minutes=minutes, category=category, helped_on=helped_on, key=str(key), kind=kind,
        at=at, by_id=id_of(by), on_behalf_of_id=id_of(on_behalf_of), channel=channel, note=note,
    )  # fmt: skip
    check_shape(order)
    if not override_reason:
        transfer = posting.post(order)
        if transfer.warnings:
            tell_of_limits(transfer)
        return transfer
    order.overridden_by_id = overriding(by, payer, at).id
    order.reason = override_reason
    with transaction.atomic():
        transfer = posting.post(order)
        tell_of_limits(transfer, override_reason=override_reason)
    return transfer


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a group exchange or a batch."""

    payer: Account
    payee: Account
    minutes: int
    category: Category | None = None
    helped_on: date
    note: str = ""
    key: str = ""


def pay_together(
    *,
    lines: Sequence[Line],
    by: Person | None,
    at: datetime,
    key: str | UUID,
    kind: str = Transfer.Kind.EXCHANGE,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    override_reason: str = "",
) -> list[Transfer]:
    """Post all lines or none, as if one after the other, and return their transfers in order.

    One-to-many and many-to-one alike, different minutes each; all accounts in one community. A line
    without a `key` of its own gets "KEY:POSITION". Raises what `pay` raises, with `line` (from 1) set.
    """
    if not lines:
        return []
    overridden_by = overriding(by, lines[0].payer, at).id if override_reason else None
    together = uuid5(_TOGETHER, f"{lines[0].payer.community_id}:{key}")
    orders = [
        Order(
            payer=line.payer, payee=line.payee, minutes=line.minutes, category=line.category,
            helped_on=line.helped_on, key=line.key or f"{key}:{position}", kind=kind, at=at, by_id=id_of(by),
            on_behalf_of_id=id_of(on_behalf_of), channel=channel, overridden_by_id=overridden_by,
            together=together, note=line.note, reason=override_reason,
        )
        for position, line in enumerate(lines, start=1)
    ]  # fmt: skip
    for position, order in enumerate(orders, start=1):
        _check_line(order, position, orders[0].payer.community_id)
    with transaction.atomic():
        transfers = posting.post_many(orders)
        if kind not in WITHOUT_LIMITS:
            _warn(transfers)
        for transfer in transfers:
            if override_reason or transfer.warnings:
                tell_of_limits(transfer, override_reason=override_reason)
    return transfers


def reverse(
    *,
    transfer: Transfer,
    reason: str,
    by: Person | None,
    at: datetime,
    key: str | UUID,
    minutes: int | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    override_reason: str = "",
) -> Transfer:
    """Give back `minutes` (all, unless told) of a transfer, once, as a transfer of its own linked to it.

    Limits hold as for `pay`. Raises AlreadyReversed, NotReversible, MoreThanThere, ReasonMissing and
    what `pay` raises.
    """
    if not reason.strip():
        raise ReasonMissing
    if transfer.kind == Transfer.Kind.REVERSAL:
        raise NotReversible
    back = transfer.minutes if minutes is None else minutes
    if back > transfer.minutes:
        raise MoreThanThere(most_minutes=transfer.minutes)
    order = Order(
        payer=transfer.payee, payee=transfer.payer, minutes=back, category=transfer.category,
        helped_on=transfer.helped_on, key=str(key), kind=Transfer.Kind.REVERSAL, at=at, by_id=id_of(by),
        on_behalf_of_id=id_of(on_behalf_of), channel=channel, reverses_id=transfer.id, reason=reason,
    )  # fmt: skip
    check_shape(order)
    if override_reason:
        order.overridden_by_id = overriding(by, transfer.payer, at).id
        order.reason = f"{reason} / {override_reason}"
    with transaction.atomic():
        _lock_reversed(transfer, order.key)
        posted = posting.post(order)
        if override_reason or posted.warnings:
            tell_of_limits(posted, override_reason=override_reason)
    return posted


def check_shape(order: Order) -> None:
    """Refuse what no database need be asked about."""
    if isinstance(order.minutes, bool) or not isinstance(order.minutes, int) or order.minutes < 1:
        raise NoMinutes
    if order.payer.id == order.payee.id:
        raise SameAccount
    if order.payee.community_id != order.payer.community_id:
        raise NotInThisCommunity(what="payee")
    if order.category is None:
        if order.kind == Transfer.Kind.EXCHANGE:
            raise NoCategory
    elif order.category.community_id != order.payer.community_id:
        raise NotInThisCommunity(what="category")
    if order.helped_on > (order.at + AHEAD).date():
        raise HelpedInTheFuture


def overriding(by: Person | None, account: Account, at: datetime) -> Person:
    """The person, when a coordinator of the account's community; raises OverrideNeedsCoordinator."""
    standing = standing_of(by, account.community, on=account.community.day_of(at)) if by else None
    if by is None or standing is None or not may_override(standing):
        raise OverrideNeedsCoordinator
    return by


def _warn(transfers: list[Transfer]) -> None:
    """Name the sides that stand beyond a soft limit when all lines are posted."""
    ids = {id for transfer in transfers for id in (transfer.payer_id, transfer.payee_id)}
    accounts = Account.objects.filter(community=transfers[0].community_id, id__in=ids).exclude(kind__in=Account.POTS)
    low = set(
        accounts.filter(soft_floor_minutes__gt=F("balance_minutes") - F("held_minutes")).values_list("id", flat=True)
    )
    high = set(accounts.filter(soft_ceiling_minutes__lt=F("balance_minutes")).values_list("id", flat=True))
    for transfer in transfers:
        beyond = (("payer", transfer.payer_id in low), ("payee", transfer.payee_id in high))
        transfer.warnings = tuple(side for side, is_beyond in beyond if is_beyond)


def _check_line(order: Order, position: int, community_id: UUID) -> None:
    try:
        check_shape(order)
        if order.payer.community_id != community_id:
            raise NotInThisCommunity(what="payer")
    except LedgerRefusal as refusal:
        refusal.line = position
        raise


def _lock_reversed(transfer: Transfer, key: str) -> None:
    """One reversal at a time, and none after the first; the same key again goes on to its first result."""
    lock_accounts(transfer.community_id, [transfer.payer_id, transfer.payee_id])
    if Transfer.objects.filter(community=transfer.community_id, reverses=transfer).exclude(key=key).exists():
        raise AlreadyReversed
