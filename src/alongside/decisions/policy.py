"""The house rules of talking together: what may be taken from view, and what follows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.decisions.models import OwnHouseRules
from alongside.decisions.rules.paragraphs import paragraphs
from alongside.people.models import Community


@dataclass(frozen=True)
class Passage:
    """Some sentences of the policy, under a title."""

    title: str
    sentences: tuple[str, ...]


def house_rules(community: Community) -> list[Passage]:
    """The policy of a community, in plain words and the reader's language.

    How people talk is the community's own to say; who decides, and that it is written down, is the same everywhere.
    """
    return [
        Passage(_("How we talk"), how_we_talk(community)),
        Passage(
            _("Who takes words from view"),
            (
                _("A coordinator may take words from view when they break one of the rules below."),
                _("Never those who said them."),
                _("Authors of the proposal do so only when no other coordinator is there."),
                _("The reason is always told to whoever said it."),
            ),
        ),
        Passage(
            _("If they are your words"),
            (
                _("You can appeal once, and say why your words should be seen."),
                _("Somebody else decides: a coordinator or steward of another side, where there is one."),
                _("They write down why. The words come back, or they stay out of view."),
            ),
        ),
        Passage(
            _("What everybody can see"),
            (
                _("Every time is written in a log: who, when, by which rule, and what an appeal brought."),
                _("The log shows neither the words nor who said them."),
            ),
        ),
    ]


def how_we_talk(community: Community) -> tuple[str, ...]:
    """The community's own words paragraph by paragraph, or those it begins with."""
    own: OwnHouseRules | None = OwnHouseRules.objects.of(community).first()
    if own is not None and own.words:
        return tuple(paragraphs(own.words))
    return (
        _("Say what you think. Say it so that others can go on talking with you."),
        _("Disagreeing is welcome. No word is taken from view because somebody disagrees with it."),
    )
