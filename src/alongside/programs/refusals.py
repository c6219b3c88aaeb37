"""What this room says when a rule forbids something: one kind sentence."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.decisions.models import Side
from alongside.gatherings import actions as actions_of_gatherings
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.programs import actions
from alongside.programs.words import fault_words
from alongside.timebank.ledger.refusals import OverLimit

_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Something has happened here since. This is how it stands now."),
    actions.NothingToStartFrom: lambda no: _("This blueprint is not here any more. Choose another."),
    actions.NotYetAnswered: lambda no: _("One question has no answer yet."),
    actions.AnswerDoesNotFit: lambda no: fault_words(no.faults),
    actions.NothingToChange: lambda no: _("Nothing is different yet. Change something first."),
    actions.DesignDoesNotFit: lambda no: fault_words(no.faults),
    actions.ProgramHasEnded: lambda no: _("This program has ended."),
    actions.NotThisWay: lambda no: _("People come into this program in other ways. Choose one of them."),
    actions.ProgramIsFull: lambda no: _("Every place is taken, and there is no waiting list."),
    actions.NotEnrolled: lambda no: _("This person does not take part, and does not wait."),
    actions.NotOfThisHousehold: lambda no: _("This person does not live in that household."),
    actions.NoSessions: lambda no: _("The design says nothing about sessions yet."),
    actions.LicenceMissing: lambda no: (
        _("A licence is needed that holds until the last session: %(of)s. Write it down first.") % {"of": no.of}
    ),
    actions.LeadersMissing: lambda no: (
        _("The design asks for %(needed)s different people who lead.") % {"needed": no.needed}
    ),
    actions.LeaderNotReady: lambda no: (
        _("%(name)s cannot lead these sessions yet. Still needed, to the last one: %(what)s.")
        % {"name": no.who.person, "what": ", ".join(no.what)}
    ),
    actions.LivedExperienceMissing: lambda no: _(
        "The design asks that people lead from lived experience. Ask them whether they want that said."
    ),
    actions.NotYetHeld: lambda no: _("Close the attendance of this session first."),
    actions.StillDisputed: lambda no: _("Paper and screen say different things about somebody. Settle that first."),
    actions.OwnHours: lambda no: _("You would get hours yourself. Another coordinator or a steward posts these."),
    actions.NothingEarned: lambda no: _("By the design, nobody earns hours with this session."),
    actions.NoPot: lambda no: _("The pot from which the hours would come is not open."),
    OverLimit: lambda no: _("There are too few hours in the pot. Nothing was posted."),
    actions_of_gatherings.StartsOutOfRange: lambda no: _("Choose a day that is not so far away."),
    actions_of_gatherings.RuleRefused: lambda no: _("Sessions cannot repeat like this. Look at the design."),
    actions.StageIsOver: lambda no: _("This stage is over. The next one has begun."),
    actions.NotOfThisSide: lambda no: (
        _("In this program you do not speak for this side: %(side)s.") % {"side": Side(no.side).label}
    ),
    actions.LeadsTheOtherSide: lambda no: _("Whoever leads for one side cannot lead for the other too."),
    actions.NotALead: lambda no: _("Only those who lead the stage call it finished."),
    actions.StillToMake: lambda no: _("Still to be made: %(what)s.") % {"what": ", ".join(no.what)},
}
EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)
