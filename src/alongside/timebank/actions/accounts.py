"""Opening time banks and accounts, their limits, and closing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from alongside.kernel import activity
from alongside.people.models import Community, Group, Household, Organisation, Person
from alongside.timebank.actions.beginnings import CATEGORIES, RECOGNISED_KINDS
from alongside.timebank.actions.who import id_of
from alongside.timebank.ledger import posting
from alongside.timebank.ledger.locks import lock_accounts
from alongside.timebank.ledger.refusals import BalanceNotZero
from alongside.timebank.models import Account, Category, Chain, RecognisedKind, TimeBank
from alongside.timebank.models.accounts import Kind

LIMITS = ("floor_minutes", "ceiling_minutes", "soft_floor_minutes", "soft_ceiling_minutes")
HABITS = ("auto_confirm_days", "hold_days", "inactive_days", "recognised_work_credits")

# Whose accounts are opened with the community's limits.
_FOLLOWING = (Kind.PERSON, Kind.HOUSEHOLD, Kind.ORGANISATION, Kind.PARTNER)
Holder = Person | Household | Organisation | Group | Community


@transaction.atomic
def open_time_bank(*, community: Community, by: Person | None, at: datetime, **settings: Any) -> TimeBank:
    """Give a community its time bank: settings, categories, pot, opening-balance account and chain.

    `settings`: any of the limits and habits of TimeBank, such as `floor_minutes=-600`. Safe to run
    again: an open time bank is returned as it is.
    """
    there: TimeBank | None = TimeBank.objects.of(community).first()
    if there:
        return there
    bank = TimeBank.objects.create(community=community, opened_at=at, **settings)
    Chain.objects.create(community=community)
    Category.objects.bulk_create(
        Category(community=community, name=gettext(name), division=division, position=position)
        for position, (name, division) in enumerate(CATEGORIES, start=1)
    )
    RecognisedKind.objects.bulk_create(
        RecognisedKind(community=community, name=gettext(name), division=division)
        for name, division in RECOGNISED_KINDS
    )
    Account.objects.create(community=community, kind=Kind.COMMUNITY_POT, floor_minutes=0, opened_at=at)
    Account.objects.create(community=community, kind=Kind.ISSUANCE, opened_at=at)
    activity.log(did="timebank.opened", about_what=bank, by_id=id_of(by), at=at)
    return bank


@transaction.atomic
def update_time_bank(*, bank: TimeBank, by: Person | None, at: datetime, **settings: Any) -> TimeBank:
    """Change limits and habits for everyone. Accounts on the community's limits follow; others keep their own.

    A limit may be drawn inside somebody's present balance: then only what brings the balance back is let through.
    """
    unknown = set(settings) - {*LIMITS, *HABITS}
    if unknown:
        raise TypeError(f"not a setting of a time bank: {', '.join(sorted(unknown))}")
    for name, value in settings.items():
        former = getattr(bank, name)
        if name in LIMITS and former != value:
            Account.objects.of(bank.community).open().filter(kind__in=_FOLLOWING, **{name: former}).update(
                **{name: value}
            )
        setattr(bank, name, value)
    bank.save(update_fields=list(settings))
    activity.log(did="timebank.settings_changed", about_what=bank, by_id=id_of(by), at=at)
    return bank


@transaction.atomic
def open_account(*, community: Community, holder: Holder, by: Person | None, at: datetime) -> Account:
    """Open the account of a person, household, organisation, group or partner community.

    It begins at 0 with the community's limits; a group's pot may not go below 0. One account for a
    holder: who has one already gets that.
    """
    kind, field = _kind_for(holder)
    there: Account | None = Account.objects.of(community).filter(**{field: holder}).first()
    if there:
        return there
    bank = TimeBank.objects.of(community).get()
    limits = {name: getattr(bank, name) for name in LIMITS}
    if kind == Kind.GROUP_POT:
        limits = {"floor_minutes": 0}
    # Somebody may open it at the same moment: the first one stays.
    account: Account
    account, is_new = Account.objects.of(community).get_or_create(
        community=community, **{field: holder}, defaults={"kind": kind, "opened_at": at, **limits}
    )
    if is_new:
        activity.log(did="timebank.account_opened", about_what=account, by_id=id_of(by), at=at)
    return account


def account_of(*, community: Community, person: Person, by: Person | None, at: datetime) -> Account:
    """The person's account, opened now if they have none."""
    found: Account | None = Account.objects.of(community).of_person(person).first()
    return found or open_account(community=community, holder=person, by=by, at=at)


@transaction.atomic
def set_limits(*, account: Account, by: Person | None, at: datetime, **limits: int | None) -> Account:
    """Set any of the four limits of one account, in minutes; None for no limit.

    A limit may be drawn inside the present balance: then only what brings the balance back is let through.
    """
    unknown = set(limits) - set(LIMITS)
    if unknown:
        raise TypeError(f"not a limit: {', '.join(sorted(unknown))}")
    for name, value in limits.items():
        setattr(account, name, value)
    account.save(update_fields=list(limits))
    activity.log(did="timebank.limits_set", about_what=account, by_id=id_of(by), at=at)
    return account


@transaction.atomic
def close_account(*, account: Account, by: Person | None, at: datetime) -> Account:
    """Close an account that stands at 0 with nothing held; its history stays. Raises BalanceNotZero.

    Closing a closed one changes nothing.
    """
    if account.is_pot:
        posting.settle(account)
    now = lock_accounts(account.community_id, [account.id], pots=[account.id])[account.id]
    if now.closed_at is not None:
        return now
    if now.balance_minutes or now.held_minutes or now.awaited_minutes:
        raise BalanceNotZero(balance_minutes=now.balance_minutes)
    account.closed_at = at
    account.save(update_fields=["closed_at"])
    activity.log(did="timebank.account_closed", about_what=account, by_id=id_of(by), at=at)
    return account


@transaction.atomic
def reopen_account(*, account: Account, by: Person | None, at: datetime) -> Account:
    """Open a closed account again, with its history and its limits."""
    account.closed_at = None
    account.save(update_fields=["closed_at"])
    activity.log(did="timebank.account_reopened", about_what=account, by_id=id_of(by), at=at)
    return account


def _kind_for(holder: Holder) -> tuple[str, str]:
    match holder:
        case Person():
            return Kind.PERSON, "person"
        case Household():
            return Kind.HOUSEHOLD, "household"
        case Organisation():
            return Kind.ORGANISATION, "organisation"
        case Group():
            return Kind.GROUP_POT, "group"
        case Community():
            return Kind.PARTNER, "partner"
