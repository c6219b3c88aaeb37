"""What this room says when a rule of the pathway forbids something."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal
from alongside.programs import actions
from alongside.programs.words_pathway import need_words


def _not_yet(no: actions.NotYetThere) -> str:
    if not no.is_theirs:
        return _("This step is for another side of the program.")
    if not no.comes_after:
        return _("A step before this one comes first.")
    return _("Still missing for this step: %(what)s.") % {"what": "; ".join(need_words(need) for need in no.missing)}


def _no_step(no: actions.HoldsNoStep) -> str:
    facts = {"name": no.who.person, "step": no.step}
    if no.is_lapsed:
        return (
            _("%(name)s cannot lead new sessions yet: the step “%(step)s” has lapsed. Welcome them back first.") % facts
        )
    return _("%(name)s is not on the step “%(step)s”. Offer it to them first.") % facts


WORDS_OF_THE_PATHWAY: dict[type[Refusal], Callable[[Any], str]] = {
    actions.NoSuchStep: lambda no: _("The design has no such step to offer."),
    actions.NotYetThere: _not_yet,
    actions.OnItAlready: lambda no: _("This step is offered to them already, or they are on it."),
    actions.OfferIsOver: lambda no: _("This offer is over: it was answered or taken back."),
    actions.NotYourOffer: lambda no: _("This is for the person to whom it was offered."),
    actions.NotForYourself: lambda no: _("Somebody else does this for you: nobody does it for themself."),
    actions.NotLapsed: lambda no: _("This step is current. There is nothing to do."),
    actions.HoldsNoStep: _no_step,
    actions.NoSuchTraining: lambda no: _("No step of the design asks for this training."),
    actions.DidNotLeadIt: lambda no: (
        _("%(name)s did not lead this session, or was not there.") % {"name": no.who.person}
    ),
    actions.WasNotThere: lambda no: _("By the list, %(name)s did not come to this session.") % {"name": no.who.person},
}
