"""What the noticeboard says to everybody about themself."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.hours import format_hours
from alongside.notices.models import Notice
from alongside.people.permissions import Standing
from alongside.strengths.models import Exchange, StrengthsProfile
from alongside.strengths.rules.steps import State
from alongside.timebank.models import Account, Entry, Transfer
from alongside.web.noticeboard.lines import Hours, Line, Suggestion

SHOWN = 5
Kind = Transfer.Kind


def exchanges_waiting(standing: Standing, at: datetime) -> Iterable[Line]:
    """Exchanges that go on when this person says yes or no."""
    waiting = Exchange.objects.of(standing.community).waiting_for(_accounts(standing)).with_sides()
    for exchange in waiting.newest_first()[:SHOWN]:
        asks = _("Did this happen?") if exchange.state == State.DONE else _("Would that suit you?")
        yield _about(exchange, standing, text=asks, icon="message-circle")


def arranged(standing: Standing, at: datetime) -> Iterable[Line]:
    """Help that is arranged, soonest first."""
    mine = Exchange.objects.of(standing.community).of_accounts(_accounts(standing))
    coming = mine.filter(state=State.ARRANGED).with_sides().order_by("helped_on", "id")
    return [_about(exchange, standing, text="", icon="calendar-check") for exchange in coming[:SHOWN]]


def unread_notices(standing: Standing, at: datetime) -> Iterable[Line]:
    """The newest notices not read yet."""
    mine = Notice.objects.of(standing.community).to(standing.person).shown_by(at).unread().newest_first()
    for notice in mine[:SHOWN]:
        url = reverse("notices:list", args=[standing.community.slug])
        yield Line(title=notice.title, url=url, text=notice.body, when=notice.shown_from, icon="mail")


def hours(standing: Standing) -> Hours:
    """What this person gave and received, all told. Two queries."""
    account = Account.objects.of(standing.community).of_person(standing.person).first()
    if account is None:
        return Hours(given=0, received=0, url="")
    given, received = _totals(account)
    url = reverse("timebank:account", args=[standing.community.slug, account.pk])
    return Hours(given=given, received=received, url=url)


def _totals(account: Account) -> tuple[int, int]:
    """Minutes given and received on an account; a reversal takes away what it reverses.

    Opening balances are neither.
    """
    entries = Entry.objects.of(account.community).filter(account=account).exclude(transfer__kind=Kind.OPENING)
    taken_back = Q(transfer__kind=Kind.REVERSAL)
    given = Q(sign=1) & ~taken_back | Q(sign=-1) & taken_back
    sums = entries.aggregate(given=Sum("minutes", filter=given), received=Sum("minutes", filter=~given))
    return sums["given"] or 0, -(sums["received"] or 0)


def suggestion(standing: Standing, so_far: Hours) -> Suggestion | None:
    """The one thing that would help most now; None when everything flows."""
    slug = standing.community.slug
    if not StrengthsProfile.objects.of(standing.community).filter(membership=standing.membership).exists():
        return Suggestion(
            title=_("What do you like doing?"),
            text=_("Tell people what you could share: a skill, a place, your company. Small things count."),
            action=_("Say what I can share"),
            url=reverse("strengths:mine", args=[slug]),
        )
    if so_far.given > so_far.received:
        return Suggestion(
            title=_("Somebody would be glad to help you"),
            text=_("You have given more than you received. Others can only give when somebody asks."),
            action=_("Ask for help"),
            url=reverse("strengths:new_request", args=[slug]),
        )
    if so_far.received > so_far.given:
        return Suggestion(
            title=_("See who is looking for help"),
            text=_("Perhaps something small is just your thing."),
            action=_("Look at requests"),
            url=reverse("strengths:requests", args=[slug]),
        )
    return None


def _accounts(standing: Standing) -> QuerySet[Account]:
    return Account.objects.of(standing.community).acted_for_by(standing.person)


def _about(exchange: Exchange, standing: Standing, *, text: str, icon: str) -> Line:
    title = _("%(giver)s helps %(receiver)s, %(hours)s hours, %(category)s") % {
        "giver": exchange.giver,
        "receiver": exchange.receiver,
        "hours": format_hours(exchange.minutes),
        "category": exchange.category,
    }
    url = reverse("strengths:exchange", args=[standing.community.slug, exchange.pk])
    return Line(title=title, url=url, text=text, when=exchange.helped_on, icon=icon)
