"""What this room says when a rule forbids something: one kind sentence."""

from django.utils.translation import gettext as _

from alongside.charter import actions
from alongside.charter.words import fault_words
from alongside.decisions.refusals import proposals
from alongside.kernel.errors import Refusal

EXPECTED: tuple[type[Refusal], ...] = (
    actions.DecidedTogetherNow,
    actions.NothingToSet,
    actions.ValuesDoNotFit,
    *proposals.EXPECTED,
)


def words_for(refusal: Refusal) -> str:
    """The sentence for a refusal of EXPECTED."""
    match refusal:
        case actions.DecidedTogetherNow():
            return _("Both sides are here now. From now on you decide these rules together.")
        case actions.NothingToSet():
            return _("Nothing is different from the rules as they are.")
        case actions.ValuesDoNotFit():
            return fault_words(refusal.keys)
        case _other:
            return proposals.words_for(refusal)
