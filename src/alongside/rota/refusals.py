"""What this room says when a rule forbids something: one kind sentence."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.rota import actions, eligible
from alongside.rota.saying import broken_rules
from alongside.timebank.ledger.refusals import OverLimit


def _days(days: Sequence[date]) -> str:
    return ", ".join(date_format(day, "l j F") for day in days)


_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Something has happened here since. This is how it stands now."),
    actions.NoRotaInDesign: lambda no: _("This program has agreed on no rota, or it has ended."),
    actions.PeriodDoesNotFit: lambda no: (
        _("The last day comes after the first, and at most %(days)s days later. Look at them again.")
        % {"days": no.most}
    ),
    actions.PeriodTooFarAway: lambda no: _("Choose days that are not so far away."),
    actions.PeriodIsTaken: lambda no: (
        _("There is a rota from %(first)s to %(last)s already. Choose other days.")
        % {"first": date_format(no.first, "j F"), "last": date_format(no.last, "j F")}
    ),
    actions.DayIsOver: lambda no: _("This day is over. Choose today or a later day."),
    actions.NothingToDo: lambda no: _("There are no duties in these days. Choose other days, or plan sessions first."),
    actions.RotaIsPublished: lambda no: _("This rota is published already. It can be changed by hand."),
    actions.NotPublishedYet: lambda no: _("This rota is a draft. Publish it first."),
    actions.DutyIsOver: lambda no: _("This duty has begun, or it was called off. It cannot be given to anybody now."),
    actions.NobodyOnIt: lambda no: _("Nobody is on duty yet. Search for a rota, or put people on duties by hand."),
    actions.TooFewCheckedAdults: lambda no: (
        _("Too few adults with a check in date: %(days)s. The rota cannot be published like this.")
        % {"days": _days(no.days)}
    ),
    actions.ChecksAreMissing: lambda no: (
        _("Somebody is on a duty that they may not do on that day: %(days)s. Put somebody else there.")
        % {"days": _days(no.days)}
    ),
    actions.NothingToShare: lambda no: _("Nobody shares these duties yet. Bring families in first."),
    actions.OtherDutiesMeanwhile: lambda no: _("Somebody got another duty at that time. Please search again."),
    actions.AlreadyBusy: lambda no: _("This person has another duty at that time."),
    actions.NoSuchPattern: lambda no: _("The program knows no such way of taking part."),
    actions.CannotBeAsked: lambda no: _(
        "This person does not share these duties, or has this one already. Ask somebody else, or everybody who may."
    ),
    actions.NothingBackWanted: lambda no: _("They want no duty in return. You can take it for nothing."),
    actions.OfferHasChanged: lambda no: _("What is offered has changed since. Look at it again."),
    actions.CannotExchange: lambda no: _("This exchange cannot be made as things stand now. Nothing has changed."),
    actions.NotTheirs: lambda no: _("Somebody else was asked for this duty."),
    actions.DaysUpsideDown: lambda no: _("The last day comes after the first, at most a year later."),
    actions.NoSuchDuty: lambda no: _("The program has no duty of this name."),
    actions.NotYet: lambda no: _("It is too early for that. Come back when it is over."),
    actions.OwnDuty: lambda no: _("Somebody else writes down what became of your own duty."),
    actions.OwnHours: lambda no: _(
        "Hours for yourself are among these. Ask another coordinator or a steward to post them."
    ),
    actions.NothingEarned: lambda no: _("There are no hours to post: nothing was done yet, or all are posted."),
    actions.NoPot: lambda no: _("The pot from which the hours come is not open."),
    actions.StillUnsettled: lambda no: (
        ngettext("Say first what became of %(count)s duty.", "Say first what became of %(count)s duties.", no.count)
        % {"count": no.count}
    ),
    actions.ExemptionUpsideDown: lambda no: _("The last day comes before the first. Look at them again."),
    OverLimit: lambda no: _("There are not enough hours in the pot for all of this."),
    eligible.NotOfThisPool: lambda no: _("This person does not share the duties of this program."),
    eligible.AlreadyOnIt: lambda no: _("This person has this duty already."),
    eligible.MustNotBe: lambda no: " ".join(broken_rules(no.plan, no.broken)),
    eligible.BreaksRules: lambda no: " ".join(broken_rules(no.plan, no.broken)),
}
EXPECTED: tuple[type[Refusal], ...] = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)


def words_for_a_helper(refusal: Refusal) -> str:
    """The same to whoever acts for somebody: what that person lacks, and when they are away, is theirs to read."""
    if isinstance(refusal, eligible.MustNotBe | eligible.BreaksRules):
        return _("This person cannot take it. They alone read why.")
    return words_for(refusal)
