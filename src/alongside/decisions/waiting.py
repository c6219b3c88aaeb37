"""What waits for one person after a vote: in conciliation, and until the loop is closed."""

from collections.abc import Iterator

import rules
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions.models import Conciliation, Conciliator, Decision, Proposal, RollEntry
from alongside.decisions.need import SHOWN, Need
from alongside.people.permissions import Standing
from alongside.ui.words import day_text


def after_votes(standing: Standing) -> Iterator[Need]:
    """What waits for a person once votes are counted, what presses most first."""
    yield from seats(standing)
    yield from calls(standing)
    yield from next_votes(standing)


def seats(standing: Standing) -> Iterator[Need]:
    """Conciliations in which this person sits."""
    mine = Conciliator.objects.of(standing.community).seated().filter(membership=standing.membership)
    sitting = Conciliation.objects.of(standing.community).filter(state=Conciliation.State.SITTING)
    for one in sitting.filter(pk__in=mine.values("conciliation")).with_words().order_by("ends_on", "id")[:SHOWN]:
        yield _need(
            standing,
            one,
            _("Look for a new version of “%(title)s”"),
            _("You have a seat. Last day: %(day)s."),
            "handshake",
            _("Go there"),
        )


def calls(standing: Standing) -> Iterator[Need]:
    """Conciliations for which this person could volunteer and has not."""
    on_roll = RollEntry.objects.filter(
        decision=OuterRef("decision"), community=OuterRef("community"), membership=standing.membership
    )
    willing = Conciliator.objects.filter(
        conciliation=OuterRef("pk"), community=OuterRef("community"), membership=standing.membership
    )
    found = Conciliation.objects.of(standing.community).calling().filter(Exists(on_roll)).exclude(Exists(willing))
    for one in found.with_words().order_by("calls_until", "id")[:SHOWN]:
        yield _need(
            standing,
            one,
            _("The sides differ about “%(title)s”"),
            _("Would you look for a new version, for your side? You can volunteer until %(call)s."),
            "hand",
            _("See what it is"),
        )


def next_votes(standing: Standing) -> Iterator[Need]:
    """For those who run votes: new versions from a conciliation that have not been put to the vote."""
    if not rules.has_perm("decisions.run_votes", standing, None):
        return
    later = Decision.objects.filter(
        proposal=OuterRef("proposal"), community=OuterRef("community"), opens_at__gte=OuterRef("ended_at")
    )
    found = Conciliation.objects.of(standing.community).filter(ending=Conciliation.Ending.NEW_VERSION)
    found = found.filter(proposal__state=Proposal.State.TALKED_OVER).exclude(Exists(later))
    for one in found.with_words().order_by(F("ended_at"), "id")[:SHOWN]:
        yield _need(
            standing,
            one,
            _("“%(title)s” has a new version from both sides"),
            _("Let people read it. Then open the next vote."),
            "scale",
            _("Go there"),
        )


def _need(standing: Standing, one: Conciliation, title: str, text: str, icon: str, action: str) -> Need:
    facts = {"title": one.proposal.title, "day": day_text(one.ends_on), "call": day_text(one.calls_until)}
    return Need(
        title=title % facts,
        text=text % facts,
        url=reverse("decisions:conciliation", args=[standing.community.slug, one.decision_id]),
        icon=icon,
        action=action,
    )
