"""What happens to seats and words in conciliations when a person exports, leaves, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.decisions.actions import vacate
from alongside.decisions.models import Conciliation, ConciliationMessage, Conciliator, Proposal
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how conciliations say goodbye; beside the proposals and votes of this room."""
    departures.register(
        room="conciliations",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.Conciliator.membership",
            "decisions.Conciliator.keyed_by",
            "decisions.ConciliationMessage.membership",
            "decisions.ConciliationMessage.keyed_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Where a person was willing to sit, and what they wrote there."""
    seats = Conciliator.objects.filter(membership__person=person).select_related("conciliation__proposal")
    said = ConciliationMessage.objects.filter(membership__person=person).select_related("conciliation__proposal")
    return {
        "seats_in_conciliations": [
            {
                "about": one.conciliation.proposal.title,
                "side": one.side,
                "had_a_seat": one.is_seated,
                "at": one.at.isoformat(),
            }
            for one in seats.order_by("at", "id")
        ],
        "words_in_conciliations": [
            {"about": one.conciliation.proposal.title, "text": one.text, "at": one.at.isoformat()}
            for one in said.order_by("at", "id")
        ],
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they wrote. That somebody of that side sat stays, under "former member"."""
    _vacate(Conciliator.objects.filter(membership__person=person), at=at)
    ConciliationMessage.objects.filter(membership__person=person).update(text="", words_erased_at=at)


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Their seat falls to the next of their side by the lot; what they wrote stays."""
    _vacate(Conciliator.objects.of(membership.community).filter(membership=membership), at=at)


def _vacate(theirs: Any, *, at: datetime) -> None:
    running = theirs.exclude(conciliation__state=Conciliation.State.OVER)
    for one in running.select_related("conciliation__proposal", "conciliation__community"):
        # Held, as by everything that happens in a conciliation.
        Proposal.objects.select_for_update(no_key=True).get(pk=one.conciliation.proposal_id)
        vacate(one, at=at)


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """One person, one seat: where both were willing, the record that stays keeps its own place."""
    community = kept.community
    ConciliationMessage.objects.of(community).filter(membership=dropped).update(membership=kept)
    mine = Conciliator.objects.of(community).filter(membership=kept).values("conciliation")
    theirs = Conciliator.objects.of(community).filter(membership=dropped)
    both = theirs.filter(conciliation__in=mine)
    _vacate(both, at=at)
    theirs.filter(conciliation__in=mine).delete()
    theirs.update(membership=kept)
