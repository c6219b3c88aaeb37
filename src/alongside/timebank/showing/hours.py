"""One account at a glance: given and received, what is held, its limits in words, a gentle prompt."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from alongside.timebank import rules
from alongside.timebank.models import Account, AccountMonth, Entry, Hold, TimeBank, Transfer, Unfolded
from alongside.ui.words import hours_text


@dataclass(frozen=True)
class Given:
    """Minutes given and received by exchanges so far, giving back taken into account."""

    given_minutes: int
    received_minutes: int


def given_and_received(account: Account) -> Given:
    """From the running totals, and the queue of what the fold has not reached."""
    kept = AccountMonth.objects.of(account.community).filter(account=account)
    totals = kept.aggregate(given=Coalesce(Sum("given_minutes"), 0), received=Coalesce(Sum("received_minutes"), 0))
    helping = [Transfer.Kind.EXCHANGE, Transfer.Kind.IMPORT]
    queued = Unfolded.objects.of(account.community).values("transfer")
    entries = Entry.objects.of(account.community).filter(account=account, transfer__in=queued)
    exchanged = Q(transfer__kind__in=helping)
    back = Q(transfer__reverses__kind__in=helping)
    gave = (exchanged & Q(sign=1)) | (back & Q(sign=-1))
    got = (exchanged & Q(sign=-1)) | (back & Q(sign=1))
    rest = entries.aggregate(
        given=Coalesce(Sum("minutes", filter=gave), 0), received=-Coalesce(Sum("minutes", filter=got), 0)
    )
    return Given(totals["given"] + rest["given"], totals["received"] + rest["received"])


def holds_of(account: Account) -> list[Hold]:
    """Hours set aside, going out or coming in, the oldest first."""
    holders = ("person", "household", "organisation", "group", "partner")
    sides = [f"{side}__{holder}" for side in ("payer", "payee") for holder in holders]
    found = Hold.objects.of(account.community).held().filter(Q(payer=account) | Q(payee=account))
    return list(found.select_related("category", *sides).order_by("held_at"))


def limits_in_words(account: Account) -> list[str]:
    """What the limits of an account let happen, one short sentence each."""
    said = []
    if account.floor_minutes is not None:
        floor = {"hours": hours_text(account.floor_minutes), "left": hours_text(account.free_minutes or 0)}
        said.append(
            _("It may go down to %(hours)s.") % floor if account.floor_minutes else _("It may go down to 0.") % floor
        )
        said.append(_("So %(left)s can still go out.") % floor)
    if account.ceiling_minutes is not None:
        said.append(_("It may go up to %(hours)s.") % {"hours": hours_text(account.ceiling_minutes)})
    if account.room_minutes is not None:
        said.append(_("So there is room for %(left)s more.") % {"left": hours_text(account.room_minutes)})
    if account.soft_floor_minutes is not None:
        said.append(_("Below %(hours)s we say so, to both people.") % {"hours": hours_text(account.soft_floor_minutes)})
    if account.soft_ceiling_minutes is not None:
        said.append(
            _("Above %(hours)s we say so, to both people.") % {"hours": hours_text(account.soft_ceiling_minutes)}
        )
    return said


def prompt_for(account: Account, *, on: date) -> str:
    """One gentle suggestion to the holder, or "" when there is nothing to suggest."""
    free = account.balance_minutes - account.held_minutes
    if account.soft_floor_minutes is not None and free < account.soft_floor_minutes:
        return _("Your balance is near its lowest. Is there something small you would like to do for somebody?")
    if account.soft_ceiling_minutes is not None and account.balance_minutes > account.soft_ceiling_minutes:
        return _("You have many hours saved. It is a good time to ask for some help.")
    bank = TimeBank.objects.of(account.community).first()
    if bank is None or account.person_id is None:
        return ""
    found = rules.signals(activity_of(account), on=on, inactive_days=bank.inactive_days)
    return next((text for signal, text in _suggestions().items() if signal in found), "")


def activity_of(account: Account) -> rules.Activity:
    """What one account did by exchanges, from its running totals."""
    months = AccountMonth.objects.of(account.community).filter(account=account)
    total = months.aggregate(
        given=Coalesce(Sum("given_minutes"), 0),
        received=Coalesce(Sum("received_minutes"), 0),
        last=Max("last_helped_on"),
        last_received=Max("last_helped_on", filter=Q(received_minutes__gt=0)),
    )
    return rules.Activity(
        given_minutes=total["given"],
        received_minutes=total["received"],
        balance_minutes=account.balance_minutes,
        opened_on=account.opened_at.date(),
        last_helped_on=total["last"],
        last_received_on=total["last_received"],
    )


def _suggestions() -> dict[rules.Signal, str]:
    """The first that fits is shown."""
    return {
        rules.Signal.HOARDING: _("Your hours have waited for half a year. What would make your week easier?"),
        rules.Signal.GIVE_ONLY: _("You give a lot. Asking for help gives somebody else the joy of helping."),
        rules.Signal.RECEIVE_ONLY: _("You have received help. Everybody can give something, an hour of company too."),
        rules.Signal.INACTIVE: _("It has been quiet for a while. A short visit or a phone call counts as well."),
    }
