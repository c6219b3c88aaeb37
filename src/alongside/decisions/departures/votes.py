"""What happens to votes, rolls and say when a person exports, leaves, is erased or merged. A count never changes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.decisions.actions.casting import voter_key
from alongside.decisions.models import (
    Ballot,
    BallotSecret,
    Decision,
    OpenBallot,
    RollEntry,
    Say,
    Scrutineer,
    SideChoice,
)
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how votes say goodbye; beside the proposals of this room."""
    departures.register(
        room="votes",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.Decision.owner",
            "decisions.Decision.made_by",
            "decisions.RollEntry.membership",
            "decisions.SideChoice.membership",
            "decisions.SideChoice.keyed_by",
            "decisions.Scrutineer.membership",
            "decisions.Ballot.membership",
            "decisions.Option.membership",
            "decisions.Say.membership",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The votes a person was on the roll of. How they voted is in it for open votes alone: nothing else holds it."""
    entries = RollEntry.objects.filter(membership__person=person).select_related("decision__proposal")
    said = dict(Ballot.objects.filter(membership__person=person).values_list("decision_id", "choice"))
    return {
        "votes": [
            {
                "about": str(entry.decision),
                "side": entry.side,
                "took_part": entry.took_part,
                "channel": entry.channel,
                "closes_at": entry.decision.closes_at.isoformat(),
                "choice": said.get(entry.decision_id, ""),
            }
            for entry in entries.order_by("decision__opens_at", "pk")
        ]
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Take the name from open ballots of closed votes. Rolls, candidates and say stay, under "former member"."""
    Ballot.objects.filter(membership__person=person).update(membership=None)
    SideChoice.objects.filter(membership__person=person).delete()


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """The rolls stay as they were frozen. A vote cast before leaving counts; nobody votes after.

    What they were to see to waits for somebody else.
    """
    community = membership.community
    Decision.objects.of(community).filter(owner=membership).update(owner=None)
    SideChoice.objects.of(community).filter(membership=membership).delete()


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """One person, one vote: where both records were on a roll that is still open, the kept one's vote counts.

    Closed votes stay as they were counted.
    """
    community = kept.community
    Decision.objects.of(community).filter(owner=dropped).update(owner=kept)
    SideChoice.objects.of(community).filter(membership=dropped).delete()
    for model in (RollEntry, Scrutineer, Say):
        theirs = model.objects.of(community).filter(membership=dropped)
        mine = model.objects.of(community).filter(membership=kept)
        free = theirs.exclude(decision__in=mine.values("decision"))
        if model is RollEntry:
            _merge_open(kept, dropped)
            free = free.exclude(decision__state=Decision.State.OPEN)
        model.objects.of(community).filter(pk__in=list(free.values_list("pk", flat=True))).update(membership=kept)
    Ballot.objects.of(community).filter(membership=dropped).exclude(
        decision__in=Ballot.objects.of(community).filter(membership=kept).values("decision")
    ).update(membership=kept)


def _merge_open(kept: Membership, dropped: Membership) -> None:
    entries = RollEntry.objects.of(kept.community).filter(membership=dropped, decision__state=Decision.State.OPEN)
    for entry in entries.select_related("decision"):
        Decision.objects.of(kept.community).select_for_update(no_key=True, of=("self",)).get(pk=entry.decision_id)
        secret = bytes(BallotSecret.objects.on(entry.decision).get().secret)
        theirs = OpenBallot.objects.on(entry.decision).filter(voter_key=voter_key(secret, dropped.pk))
        mine = RollEntry.objects.on(entry.decision).filter(membership=kept).first()
        if mine is None:
            theirs.update(voter_key=voter_key(secret, kept.pk))
            RollEntry.objects.of(kept.community).filter(pk=entry.pk).update(membership=kept)
            continue
        if not mine.took_part and entry.took_part and mine.side == entry.side:
            theirs.update(voter_key=voter_key(secret, kept.pk))
            RollEntry.objects.on(entry.decision).filter(pk=mine.pk).update(took_part=True, channel=entry.channel)
        theirs.delete()
        entry.delete()
