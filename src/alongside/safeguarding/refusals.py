"""What this room says when a rule forbids something: one kind sentence."""

from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.safeguarding import actions
from alongside.ui.words import day_text

EXPECTED: tuple[type[Refusal], ...] = (
    actions.AboutYourself,
    actions.ApartAlready,
    actions.KindNotInUse,
    actions.LeadTooYoung,
    actions.LeadsAlready,
    actions.NameTaken,
    actions.NamesThemself,
    actions.NotALead,
    actions.NotYetSeen,
    actions.NotYourOwn,
    actions.OnePersonTwice,
    actions.TimeIsOff,
    actions.UntilBeforeSeen,
    actions.WrittenAlready,
    SomeoneElseWasFaster,
)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    match refusal:
        case actions.NotYourOwn():
            name = {"name": refusal.membership.person}
            return _("Somebody else has to see and write down the check of %(name)s.") % name
        case actions.WrittenAlready():
            return _("This is written down already for that day.")
        case actions.LeadsAlready():
            return _("This person is a lead already, until %(day)s.") % {"day": day_text(refusal.lead.ends_on)}
        case actions.NameTaken():
            return _("There is a kind called “%(name)s” already.") % {"name": refusal.name}
        case _other:
            return _plain(refusal)


def _plain(refusal: Refusal) -> str:
    match refusal:
        case actions.NotYetSeen():
            return _("That day has not come yet.")
        case actions.UntilBeforeSeen():
            return _("The last day must not lie before the day you saw it.")
        case actions.KindNotInUse():
            return _("This kind is no longer in use. Choose another one.")
        case actions.NamesThemself():
            return _("Somebody else has to name you: nobody names themself.")
        case actions.LeadTooYoung():
            return _("A lead is 18 or older.")
        case actions.TimeIsOff():
            return _("Choose today or a later day.")
        case actions.NotALead():
            return _("You are no safeguarding lead any more. Nothing was changed.")
        case actions.AboutYourself():
            return _("Another lead writes down what concerns you.")
        case actions.OnePersonTwice():
            return _("Name two different people.")
        case actions.ApartAlready():
            return _("These two are kept apart already.")
        case _other:
            return _("Somebody else has just done this. Here is how it stands now.")
