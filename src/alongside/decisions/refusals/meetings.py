"""What meetings and their minutes say when a rule forbids something: the field, and one kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.decisions import actions
from alongside.decisions.saying import name_of
from alongside.decisions.subjects import ChangeDoesNotFit, NotByThisRule
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.ui.words import day_text

_WORDS: dict[type[Refusal], tuple[str | None, Callable[[Any], str]]] = {
    SomeoneElseWasFaster: (None, lambda no: _("Something has happened here since. This is how it stands now.")),
    actions.StartsTooSoon: ("day", lambda no: _("Choose a time that is still to come.")),
    actions.NoWayThere: ("place", lambda no: _("Say where it is, or how people join online or by phone.")),
    actions.NeedsTwoSides: ("other", lambda no: _("Choose two different sides.")),
    actions.ReasonMissing: ("why", lambda no: _("Write a reason. Everybody will read it.")),
    actions.MeetingIsOver: (None, lambda no: _("This meeting is over, has begun, or was called off.")),
    actions.NotYetBegun: (
        None,
        lambda no: (
            _("The meeting is on %(day)s. This can be done from an hour before.") % {"day": day_text(no.starts_at)}
        ),
    ),
    actions.NotInvited: (None, lambda no: _("The meeting is not for this person. Count them among the visitors.")),
    actions.NotASideOfTheirs: (
        None,
        lambda no: _("Somebody cannot speak for this side: %(side)s.") % {"side": name_of(no.side)},
    ),
    actions.MinutesStand: (None, lambda no: _("The minutes are put forward or approved. This stays as it is.")),
    actions.NotForThisMeeting: (
        "about",
        lambda no: _("This meeting cannot deal with it: it is closed, or it concerns other people."),
    ),
    actions.NowhereToCarry: ("to", lambda no: _("Choose a meeting of the same people that is still to come.")),
    actions.MeetingGoesOn: (None, lambda no: _("End the meeting first.")),
    actions.ItemsWait: (
        None,
        lambda no: (
            ngettext(
                "%(count)d matter was not reached. Move it to another meeting, or take it off.",
                "%(count)d matters were not reached. Move each to another meeting, or take it off.",
                no.count,
            )
            % {"count": no.count}
        ),
    ),
    actions.NothingWritten: (None, lambda no: _("Nothing is written yet.")),
    actions.NobodyThere: (None, lambda no: _("Write down who was there first. They approve the minutes.")),
    actions.CorrectionsWait: (
        None,
        lambda no: (
            ngettext(
                "%(count)d correction has no answer yet. Answer it first.",
                "%(count)d corrections have no answer yet. Answer them first.",
                no.count,
            )
            % {"count": no.count}
        ),
    ),
    actions.EnteredItThemselves: (None, lambda no: _("You wrote the count down. Somebody else confirms it.")),
    actions.NotThere: (None, lambda no: _("Only who is on the list of those who were there can do this.")),
    actions.AnsweredThemselves: (
        None,
        lambda no: _("This person has answered themselves. What they said stands until they change it."),
    ),
    actions.HasAnswered: (
        None,
        lambda no: _("Somebody has answered the minutes. They stay on the list, and on their side."),
    ),
    actions.HandsWait: (
        None,
        lambda no: _("A count of hands waits to be confirmed. Whose hands were counted stays on the list."),
    ),
    actions.DueTooSoon: ("due_on", lambda no: _("Choose today or a later day.")),
    actions.NotAsked: (None, lambda no: _("Only whoever was asked says yes or no, and only once.")),
    actions.NotAnnounced: (
        None,
        lambda no: (
            _("It was not on the agenda, in these words, %(days)s days before. So nothing is decided today.")
            % {"days": no.days}
        ),
    ),
    actions.NotReadyToVote: (None, lambda no: _("This proposal cannot be decided now.")),
    actions.TooFewThere: (
        None,
        lambda no: (
            _("Too few are there of: %(side)s. A decision needs %(needed)s, and %(there)s are there.")
            % {"side": name_of(no.side), "needed": no.needed, "there": no.there}
        ),
    ),
    actions.CountsDoNotFit: (
        None,
        lambda no: (
            _("%(side)s: %(there)s were there. Yes, no and neither must make the same number.")
            % {"side": name_of(no.side), "there": no.there}
        ),
    ),
    ChangeDoesNotFit: (None, lambda no: str(no.words)),
    NotByThisRule: (
        None,
        lambda no: str(no.words) or _("What this is about is not decided in this way. Choose another."),
    ),
    actions.NotOnTheRoll: ("owner", lambda no: _("Choose somebody who was there.")),
    actions.DaysDoNotFit: (
        "due_on",
        lambda no: _("Choose days that are still to come. People look at it again once it is to be done."),
    ),
}

EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)][1](refusal)


def explain(refusal: Refusal, form: forms.Form) -> None:
    """Write the sentence for a refusal at the field it is about, or at the top of the form."""
    field, words = _WORDS[type(refusal)]
    form.add_error(field if field in form.fields else None, words(refusal))
