"""What is open and waits for one person's word: votes, advice, and rounds of consent with their objections."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions.asked_of_me import asked_of_me
from alongside.decisions.models import Decision, Objection, RollEntry, RoundSeen, Scrutineer, Stance
from alongside.decisions.models.voting import NO_BALLOTS, DecisionQuerySet
from alongside.decisions.need import Asked, Need, first_waiting, kind
from alongside.people.models import CommunityQuerySet
from alongside.people.permissions import Standing
from alongside.ui.words import day_text

_TITLE = "decision__proposal__title"
_UNSETTLED = [Objection.State.RAISED, Objection.State.CLARIFIED]


def open_to_me(standing: Standing) -> Iterator[Need]:
    """What presses by its last day: voting, saying where one stands, and what became of objections."""
    yield from votes(standing)
    yield from asked_of_me(standing)
    yield from rounds(standing)
    yield from answered(standing)
    yield from to_understand(standing)


@kind
def _votes(asked: Asked) -> CommunityQuerySet:
    mine = {"decision": OuterRef("pk"), "community": OuterRef("community"), "membership": asked.membership}
    unused = RollEntry.objects.filter(took_part=False, **mine)
    return _open(asked).exclude(rule__in=NO_BALLOTS).filter(Exists(unused))


def votes(standing: Standing) -> Iterator[Need]:
    """Votes in which this person has a say and has not used it."""
    for vote in first_waiting(standing, _votes, "closes_at", "proposal__title"):
        yield Need(
            title=_("Vote on “%(title)s”") % {"title": vote.proposal.title},
            text=_("You can vote until %(day)s.") % {"day": day_text(vote.closes_at)},
            url=reverse("decisions:vote", args=[standing.community.slug, vote.pk]),
            icon="vote",
            action=_("Vote"),
        )


@kind
def _rounds(asked: Asked) -> CommunityQuerySet:
    mine = {"decision": OuterRef("pk"), "community": OuterRef("community"), "membership": asked.membership}
    said = Stance.objects.filter(version=OuterRef("version"), **mine).exclude(kind=Stance.Kind.PENDING)
    waiting = _open(asked).filter(Exists(RollEntry.objects.filter(**mine)), rule="consent").exclude(Exists(said))
    read = RoundSeen.objects.filter(version=OuterRef("version"), **mine)
    return waiting.exclude(Exists(read), settings__has_key="lazy_days")


def rounds(standing: Standing) -> Iterator[Need]:
    """Rounds of consent in which this person has not said where they stand on the present version."""
    for one in first_waiting(standing, _rounds, "closes_at", "proposal__title"):
        yield Need(
            title=_("Can “%(title)s” go on?") % {"title": one.proposal.title},
            text=_("Say where you stand until %(day)s.") % {"day": day_text(one.closes_at)},
            url=reverse("decisions:stand", args=[standing.community.slug, one.pk]),
            icon="hand",
            action=_("Say it"),
        )


@kind
def _answered(asked: Asked) -> CommunityQuerySet:
    mine = Objection.objects.of(asked.community).filter(membership=asked.membership, state__in=_UNSETTLED)
    return _going_on(mine.filter(answered_in=F("decision__version")))


def answered(standing: Standing) -> Iterator[Need]:
    """Objections of this person that a new version is meant to take up: only they say whether it does."""
    for one in first_waiting(standing, _answered, _TITLE):
        yield _about_objection(
            standing,
            one,
            _("A new version of “%(title)s” is meant to take up your objection"),
            _("Does it help?"),
            _("Look at it"),
        )


@kind
def _to_understand(asked: Asked) -> CommunityQuerySet:
    mine = Scrutineer.objects.of(asked.community).filter(membership=asked.membership)
    raised = Objection.objects.of(asked.community).filter(state=Objection.State.RAISED)
    return _going_on(raised.filter(decision__in=mine.values("decision")))


def to_understand(standing: Standing) -> Iterator[Need]:
    """For the facilitators of a round: objections that nobody has asked about yet."""
    for one in first_waiting(standing, _to_understand, _TITLE):
        yield _about_objection(
            standing,
            one,
            _("An objection to “%(title)s”"),
            _("Ask what is meant, and write down what you understood."),
            _("Look at it"),
        )


def _open(asked: Asked) -> DecisionQuerySet:
    here = Decision.objects.of(asked.community).open().filter(closes_at__gt=asked.at)
    found: DecisionQuerySet = here.order_by("closes_at", "id")
    return found


def _going_on(objections: CommunityQuerySet) -> CommunityQuerySet:
    return objections.filter(decision__state=Decision.State.OPEN).order_by("raised_at", "id")


def _about_objection(standing: Standing, one: Objection, title: str, text: str, action: str) -> Need:
    return Need(
        title=title % {"title": one.decision.proposal.title},
        text=text,
        url=reverse("decisions:objection", args=[standing.community.slug, one.pk]),
        icon="hand",
        action=action,
    )
