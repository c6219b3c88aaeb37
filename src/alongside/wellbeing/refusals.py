"""What this room says when a rule forbids something: one kind sentence."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Role
from alongside.ui.words import day_text
from alongside.wellbeing import actions
from alongside.wellbeing.rules.steps import EASIER

_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Something has happened here since. This is how it stands now."),
    actions.LookBackFirst: lambda no: _("First look back at the step you have. Then plan the next one."),
    actions.StillMissing: lambda no: (
        _("You are not so sure yet. Say what would make it easier, or change the step.")
        if no.part == EASIER
        else _("One question has no answer yet.")
    ),
    actions.CannotBeShown: lambda no: _("You can show it to somebody else who belongs here, and only you can."),
    actions.NoVisitsInDesign: lambda no: _("This program has agreed on no visits, or it has ended."),
    actions.NotInThisRole: lambda no: (
        _("Who visits in this program is here as: %(role)s. This person is not.") % {"role": Role(no.role).label}
    ),
    actions.NotOneself: lambda no: _("Nobody visits themself. Name somebody else."),
    actions.AlreadyVisited: lambda no: _("This person is visited in this program already."),
    actions.CaseloadFull: lambda no: (
        _(
            "This visitor visits %(are)s already, and the program agreed on at most %(most)s."
            " Name somebody else, or say why it is one more. Both will read it."
        )
        % {"are": no.are, "most": no.most}
    ),
    actions.ChecksMissing: lambda no: (
        _("%(name)s cannot visit yet. Needed on %(day)s: %(what)s. Write the checks down first, or name somebody else.")
        % {"name": no.who.person, "day": day_text(no.on), "what": ", ".join(no.what)}
    ),
    actions.DayIsOver: lambda no: _("This time has passed. Choose a day from today on."),
    actions.TooFarFromRules: lambda no: (
        _("By the plan this visit is due on %(day)s. Agree on a day within three months of it.")
        % {"day": day_text(no.due_on)}
    ),
    actions.DayTooFarAway: lambda no: _("This day is more than two years away from the first one. Look at it again."),
    actions.FirstDayTooFarAway: lambda no: _("The first day is more than ten years away from today. Look at it again."),
    actions.BeforeTheFirst: lambda no: _("This day lies before the first one. Look at it again."),
    actions.InTheFuture: lambda no: _("This day has not come yet."),
    actions.NotTheirsToTell: lambda no: _("How it was is for the person to say, not for whoever visited."),
    actions.NoVisitYet: lambda no: _("Nobody has visited yet. Take it back if you do not want it any more."),
}
EXPECTED: tuple[type[Refusal], ...] = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)
