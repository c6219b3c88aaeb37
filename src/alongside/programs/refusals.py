"""What this room says when a rule forbids something: one kind sentence."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.decisions.models import Side
from alongside.gatherings import actions as actions_of_gatherings
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.programs import actions
from alongside.programs.refusals_jobs import OF_JOBS
from alongside.programs.refusals_leaders import OF_LEADERS
from alongside.programs.refusals_pathway import WORDS_OF_THE_PATHWAY
from alongside.programs.refusals_topics import OF_TOPICS
from alongside.programs.words import fault_words
from alongside.timebank.ledger.refusals import OverLimit

_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    **OF_JOBS,
    **OF_TOPICS,
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
        _("In this program you do not speak for this side: %(side)s.")
        % {"side": Side(no.side).label if no.side in Side.values else "–"}
    ),
    actions.LeadsTheOtherSide: lambda no: _("Whoever leads for one side cannot lead for the other too."),
    actions.ProgramIsOver: lambda no: _("This program has ended. It stays to be read."),
    actions.NotOfThisProgram: lambda no: _("This is for the people of the program. Join it first."),
    actions.RoundIsOver: lambda no: _("That round is over. The next one has begun."),
    actions.NothingSaid: lambda no: _("Nothing is written yet. One of the three is enough."),
    actions.BarrierIsClosed: lambda no: _("This barrier is closed. Nothing changes in it any more."),
    actions.SomebodyLooksAfterIt: lambda no: _("%(name)s looks after it already.") % {"name": no.name},
    actions.NotYours: lambda no: _("This is for who looks after the barrier."),
    actions.LookAgainLater: lambda no: _("Choose a day after today to look again."),
    actions.NotYetTheDay: lambda no: _("That day is still to come. Write time down once it was given."),
    actions.AlreadyCorrected: lambda no: _("This entry was put right already. Correct the newer one."),
    actions.AgreedAlready: lambda no: _("You agreed for another side already."),
    actions.NotALead: lambda no: _("Only those who lead the stage call it finished."),
    actions.StillToMake: lambda no: _("Still to be made: %(what)s.") % {"what": ", ".join(no.what)},
    **WORDS_OF_THE_PATHWAY,
    **OF_LEADERS,
}
EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)
