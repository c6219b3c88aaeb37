"""What the house says when a rule forbids something: one kind sentence for each refusal."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import actions
from alongside.people.models import Role

_WORDS: dict[type[Refusal], Callable[[Any], str]] = {
    SomeoneElseWasFaster: lambda no: _("Somebody else has just done this. Here is how it stands now."),
    actions.NameMissing: lambda no: _("Write a name with at least one letter."),
    actions.EmailKnownHere: lambda no: _("%(name)s has this e-mail address already.") % {"name": no.membership},
    actions.AlreadyBelongs: lambda no: _("This person belongs to the community already."),
    actions.RoleHeldAlready: lambda no: _("This person holds that role already, at that time."),
    actions.EndsBeforeItStarts: lambda no: _("The last day must not lie before the first."),
    actions.LastOfTheirKind: lambda no: (
        _("Nobody else is %(role)s here. Name another first, or tick that you want it all the same.")
        % {"role": Role(no.role).label}
    ),
    actions.NotYoursToChange: lambda no: _("This person looks after these details. Please ask them."),
    actions.HelperNotFit: lambda no: _("Choose another member of this community who is 18 or older."),
    actions.ExpiryOutOfRange: lambda no: _("Choose a day from today on, at most two years after it was agreed."),
    actions.ConsentInTheFuture: lambda no: _("That day has not come yet."),
    actions.NothingToDo: lambda no: _("Choose at least one thing."),
    actions.InItAlready: lambda no: _("This person has a place here already."),
    actions.WrongPart: lambda no: _("Choose one of the parts on the list."),
    actions.NotGrown: lambda no: _("This part takes somebody who is 18 or older."),
    actions.NotAChild: lambda no: _("This person is 18 or older: choose “adult of the household”."),
    actions.LastWhoLeads: lambda no: _("Somebody must stand for the others. Name another person first."),
    actions.LastAdult: lambda no: (
        _(
            "Children of %(household)s would have no adult there. "
            "Name another adult of the household first, or end the children's places."
        )
        % {"household": no.household}
    ),
    actions.AskedAlready: lambda no: _("You have asked already. A coordinator will answer."),
    actions.NotOpenToAsking: lambda no: _("People join this community by invitation."),
    actions.ReasonMissing: lambda no: _("Write a reason. The person will read it."),
    actions.InvitationOver: lambda no: _(
        "This invitation does not work any more. Please ask the community for a new one."
    ),
    actions.FormSentBefore: lambda no: _(
        "Somebody has joined with this page already. If you are somebody else, press the button again."
    ),
    actions.AskedForContactAlready: lambda no: _("One of you has asked already. Look under “Contacts”."),
    actions.CannotShareContact: lambda no: _("Contact can be shared between two grown members of this community."),
    actions.NotTwoRecords: lambda no: _("One of the two records is no longer in use. Nothing was changed."),
    actions.CannotJoinYet: lambda no: _(
        "The two records cannot become one yet. Settle their open exchanges first, then try again."
    ),
    actions.NotYourRecord: lambda no: _("This record does not carry your confirmed e-mail address."),
}


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of this room, translated; a KeyError is a fault of ours."""
    return _WORDS[type(refusal)](refusal)
