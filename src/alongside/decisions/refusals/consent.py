"""What consent rounds say when the rule forbids a step: one kind sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.decisions import actions
from alongside.decisions.refusals import proposals, votes
from alongside.kernel.errors import Refusal

# By the rule's own word for the reason.
_WHY: dict[str, str | Promise] = {
    "no_reason": _("Write why, in your own words."),
    "no_aim": _("Write what it would harm that people here share."),
    "not_theirs": _("Only the person who objected can do that."),
    "not_open": _("Something has happened here since. This is how it stands now."),
    "not_clarified": _("First write down what you understood of the objection."),
    "no_new_version": _("There is no new version for this objection yet."),
    "facilitator_of_no_side": _("Only the facilitators of this round can do that."),
    "side_has_spoken": _("Your side has said so already. It takes one facilitator of each side."),
    "no_new_version_yet": _("There is no new version in this round yet."),
    "sets_something_else": _("This version sets other values. That is no small edit: everybody is asked again."),
    "appealed_before": _("It was brought back once already."),
    "still_open": _("Your objection is still open. Take it back first, or say that a new version takes it up."),
}
_ROUND: dict[type[Refusal], str | Promise] = {
    actions.RoundIsOver: _("The round is over. Nothing was changed."),
    actions.NotAFacilitator: _("A facilitator writes this down, or the person who objects."),
    actions.RoundGoesOn: _("It can end early only when everybody has said where they stand, and no objection is open."),
    actions.NotOnTheRoll: _("You are on no roll of this round. The rolls were fixed when it opened."),
    actions.NotAScrutineer: _("Choose a facilitator of each side, from its own roll."),
    actions.NotReadyToVote: _("This proposal cannot be decided now."),
}
EXPECTED: tuple[type[Refusal], ...] = (*_ROUND, actions.StepNotOpen, *votes.EXPECTED, *proposals.EXPECTED)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    if isinstance(refusal, actions.StepNotOpen):
        return str(_WHY.get(refusal.why, _WHY["not_open"]))
    if type(refusal) in _ROUND:
        return str(_ROUND[type(refusal)])
    return votes.words_for(refusal) if isinstance(refusal, votes.EXPECTED) else proposals.words_for(refusal)
