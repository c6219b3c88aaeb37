"""What voting says when a rule forbids something: one kind sentence."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions import actions
from alongside.decisions.saying import FAULTS, name_of
from alongside.decisions.subjects import ChangeDoesNotFit, NotByThisRule
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster

_NO_CHOICES: dict[str, str | Promise] = {
    "few": gettext_lazy("Write at least two choices."),
    "many": gettext_lazy("These are more choices than fit on a ballot: at most 24."),
    "seats": gettext_lazy("More are to be chosen than there are. Name more, or choose fewer."),
    "budget": gettext_lazy("Nothing may cost more than there is, and all together must cost more than there is."),
}

_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Something has happened here since. This is how it stands now."),
    actions.VotingIsOver: lambda no: _("The vote is over. Your vote came too late and was not counted."),
    actions.NotOnTheRoll: lambda no: _("You are on no roll of this vote. The rolls were fixed when it opened."),
    actions.NotCounted: lambda no: _(FAULTS[no.why]),
    actions.TooEarlyToClose: lambda no: _("It can close early only when everybody has voted."),
    actions.ReasonMissing: lambda no: _("Write a reason. Everybody will read it."),
    actions.NotReadyToVote: lambda no: _("This proposal cannot be voted on now."),
    actions.NotASideOfTheirs: lambda no: _("Choose a side that you belong to."),
    actions.NeedsTwoSides: lambda no: _("Choose two different sides."),
    actions.EmptyRoll: lambda no: _("Nobody can vote for this side: %(side)s.") % {"side": name_of(no.side)},
    actions.NotAScrutineer: lambda no: (
        _("Name somebody of this side to look over the count: %(side)s.") % {"side": name_of(no.side)}
    ),
    actions.SidesNotSaid: lambda no: _(
        "Some people have not said for which side they speak. Ask them, or tick the box."
    ),
    actions.LeftOutTooSoon: lambda no: (
        _(
            "This is about our rules. People with two sides have %(days)s days to say theirs, from when it was put "
            "forward."
        )
        % {"days": no.days}
    ),
    actions.NoChoices: lambda no: str(_NO_CHOICES[no.why]),
    actions.ClosesTooSoon: lambda no: _("Choose a later day for the end."),
    actions.UnknownCode: lambda no: _("No ballot of this vote has that code. Look at the paper again."),
    actions.VotedOtherwise: lambda no: _("Whoever this is for has voted another way. That vote stands."),
    actions.DaysDoNotFit: lambda no: _("Choose days after the close. People look at it again once it is to be done."),
    ChangeDoesNotFit: lambda no: str(no.words),
    NotByThisRule: lambda no: str(no.words) or _("What this is about is not decided in this way. Choose another."),
    actions.NotTheirPaper: lambda no: _("Only the scrutineers of this vote key in paper."),
}
EXPECTED = tuple(_WORDS)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    return _WORDS[type(refusal)](refusal)
