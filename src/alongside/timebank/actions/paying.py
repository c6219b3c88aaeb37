"""Moving hours: one payment, a group exchange, and giving back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Q

from alongside.kernel.channels import Channel
from alongside.people.models import Group, Household, Organisation, Person
from alongside.people.permissions import is_coordinator, standing_of
from alongside.timebank.actions.telling import tell_of_limits
from alongside.timebank.actions.who import id_of
from alongside.timebank.ledger import posting
from alongside.timebank.ledger.locks import lock_accounts
from alongside.timebank.ledger.order import WITHOUT_LIMITS, Order
from alongside.timebank.ledger.refusals import (
    AlreadyReversed,
    BodyClosed,
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
from alongside.timebank.own_case import refuse_grant, refuse_in_own_case
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
    HelpedInTheFuture, OverrideNeedsCoordinator, BodyClosed; then nothing was written.
    """
    order = Order(
        payer=payer, payee=payee, minutes=minutes, category=category, helped_on=helped_on, key=str(key), kind=kind,
        at=at, by_id=id_of(by), on_behalf_of_id=id_of(on_behalf_of), channel=channel, note=note,
    )  # fmt: skip
    check_shape(order)
    if payer.kind not in Account.OF_BODIES or kind in WITHOUT_LIMITS:
        return _post(order, override_reason, by)
    with transaction.atomic():
        refuse_a_closed_body(payer, by, at)
        return _post(order, override_reason, by)


def _post(order: Order, override_reason: str, by: Person | None) -> Transfer:
    if not override_reason:
        transfer = posting.post(order)
        if transfer.warnings:
            tell_of_limits(transfer)
        return transfer
    order.overridden_by_id = overriding(by, order.payer, order.at).id
    order.reason = override_reason
    with transaction.atomic():
        transfer = posting.post(order)
        tell_of_limits(transfer, override_reason=override_reason)
    return transfer


def grant(
    *, pot: Account, payee: Account, minutes: int, note: str, by: Person, at: datetime, key: str | UUID
) -> Transfer:
    """Give hours from a pot to somebody, as `by` decides, and return the transfer.

    Raises OwnCase when the hours would come to `by` or to those they stand for, NotStandingIn when a steward
    grants to anybody but the only coordinator, and what `pay` raises.
    """
    day = pot.community.day_of(at)
    refuse_grant(standing_of(by, pot.community, on=day), pot, payee, on=day)
    return pay(
        payer=pot, payee=payee, minutes=minutes, category=None, helped_on=day, by=by, at=at, key=key,
        kind=Transfer.Kind.GRANT, note=note,
    )  # fmt: skip


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
    undoes_own_step: bool = False,
) -> Transfer:
    """Give back `minutes` (all, unless told) of a transfer, once, as a transfer of its own linked to it.

    Limits hold as for `pay`. `undoes_own_step`: takes back at once what its doer has just done.
    Raises AlreadyReversed, NotReversible, MoreThanThere, ReasonMissing, OwnCase and what `pay` raises.
    """
    if not reason.strip():
        raise ReasonMissing
    if transfer.kind == Transfer.Kind.REVERSAL:
        raise NotReversible
    if by is not None and not undoes_own_step:
        refuse_in_own_case(by, transfer.payer, on=transfer.payer.community.day_of(at))
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


def refuse_a_closed_body(payer: Account, by: Person | None, at: datetime) -> None:
    """Raise BodyClosed when what pays is closed, and `by` neither coordinates here nor is the house itself.

    Its row stays locked, so that nothing is paid while somebody closes it.
    """
    if by is None or payer.kind not in Account.OF_BODIES:
        return
    body: type[Household] | type[Organisation] | type[Group] = Household
    if payer.kind != Account.Kind.HOUSEHOLD:
        body = Organisation if payer.kind == Account.Kind.ORGANISATION else Group
    body_id = payer.household_id or payer.organisation_id or payer.group_id
    if body.objects.of(payer.community).select_for_update(no_key=True).get(pk=body_id).closed_at is None:
        return
    standing = standing_of(by, payer.community, on=payer.community.day_of(at))
    if standing is None or not is_coordinator(standing):
        raise BodyClosed


def overriding(by: Person | None, account: Account, at: datetime) -> Person:
    """The person, when a coordinator of the account's community; raises OverrideNeedsCoordinator."""
    standing = standing_of(by, account.community, on=account.community.day_of(at)) if by else None
    if by is None or standing is None or not may_override(standing):
        raise OverrideNeedsCoordinator
    return by


def _warn(transfers: list[Transfer]) -> None:
    """Name the sides that stand beyond a soft limit when all lines are posted."""
    community_id = transfers[0].community_id
    # Asked for by what the lines share: a thousand ids take longer to write down than to look up.
    lines = Transfer.objects.filter(community=community_id, together__in={transfer.together for transfer in transfers})
    touched = lines.values("payer").union(lines.values("payee"))
    accounts = Account.objects.filter(community=community_id, id__in=touched).exclude(kind__in=Account.POTS)
    is_low = Q(soft_floor_minutes__gt=F("balance_minutes") - F("held_minutes"))
    is_high = Q(soft_ceiling_minutes__lt=F("balance_minutes"))
    beyond = accounts.filter(is_low | is_high).annotate(low=is_low, high=is_high).values_list("id", "low", "high")
    sides = {account_id: {"payer": low, "payee": high} for account_id, low, high in beyond}
    for transfer in transfers:
        both = (("payer", transfer.payer_id), ("payee", transfer.payee_id))
        transfer.warnings = tuple(side for side, account_id in both if sides.get(account_id, {}).get(side))


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
