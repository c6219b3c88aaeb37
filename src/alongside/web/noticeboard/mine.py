"""What the noticeboard says to everybody about themself."""

from collections.abc import Iterable

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions import needs
from alongside.kernel.text import first_sentences
from alongside.notices.models import Notice
from alongside.people.permissions import Standing
from alongside.strengths.models import Exchange, StrengthsProfile
from alongside.strengths.rules.steps import State
from alongside.strengths.sentences import who_helps
from alongside.timebank.showing.hours import given_and_received
from alongside.ui.words import hours_text
from alongside.web.noticeboard.lines import Deed, Hours, Line, Suggestion
from alongside.web.noticeboard.reader import SHOWN, Reader

# A letter is told on the noticeboard in as many whole sentences as fit; the rest is under Notices.
MOST_LETTERS = 120


def deeds(standing: Standing) -> list[Deed]:
    """What people come to do; nothing that this person may not do here."""
    slug = standing.community.slug
    may = {
        "strengths.arrange_exchange": Deed(
            _("Write down some help"), reverse("strengths:write_down", args=[slug]), "notebook-pen"
        ),
        "strengths.post_listing": Deed(
            _("Ask for help"), reverse("strengths:new_request", args=[slug]), "hand-helping"
        ),
    }
    return [deed for permission, deed in may.items() if rules.has_perm(permission, standing, None)]


def exchanges_waiting(reader: Reader) -> Iterable[Line]:
    """Exchanges that go on when this person says yes or no."""
    waiting = Exchange.objects.of(reader.community).waiting_for(reader.accounts)
    for exchange in waiting.newest_first().with_title().first_few(SHOWN):
        asks = _("Did this happen?") if exchange.state == State.DONE else _("Would that suit you?")
        yield _about(exchange, reader, text=asks, icon="message-circle", action=_("Answer"))


def proposals_waiting(reader: Reader) -> Iterable[Line]:
    """Questions about this person's proposals, and proposals that have changed since they said where they stand."""
    for need in needs.on_the_noticeboard(reader):
        yield Line(title=need.title, url=need.url, text=need.text, icon=need.icon, action=need.action)


def arranged(reader: Reader) -> Iterable[Line]:
    """Help that is arranged, soonest first; once its day has come, with the question whether it happened."""
    today = reader.community.day_of(reader.at)
    mine = Exchange.objects.of(reader.community).of_accounts(reader.accounts)
    coming = mine.filter(state=State.ARRANGED).order_by("helped_on", "id")
    for exchange in coming.with_title().first_few(SHOWN):
        asks = _("Did this happen?") if exchange.helped_on < today else ""
        yield _about(exchange, reader, text=asks, icon="calendar-check")


def unread_notices(reader: Reader) -> Iterable[Line]:
    """The newest notices not read yet."""
    mine = Notice.objects.of(reader.community).to(reader.person).shown_by(reader.at).unread().newest_first()
    for notice in mine[:SHOWN]:
        url = reverse("notices:list", args=[reader.community.slug])
        gist = first_sentences(notice.body, most=MOST_LETTERS)
        yield Line(title=notice.title, url=url, text=gist, when=notice.shown_from, icon="mail", about=notice.link)


def hours(reader: Reader) -> Hours:
    """What this person gave and received, all told. Two queries."""
    account = reader.own_account
    if account is None:
        return Hours(given=0, received=0, url="")
    so_far = given_and_received(account)
    url = reverse("timebank:account", args=[reader.community.slug, account.pk])
    return Hours(given=so_far.given_minutes, received=so_far.received_minutes, url=url)


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


def _about(exchange: Exchange, standing: Standing, *, text: str, icon: str, action: str = "") -> Line:
    return Line(
        title=who_helps(exchange, reader=standing.person),
        url=reverse("strengths:exchange", args=[standing.community.slug, exchange.pk]),
        text=text,
        when=exchange.helped_on,
        icon=icon,
        facts=(hours_text(exchange.minutes), str(exchange.category)),
        action=action,
    )
