"""Sources of a proposal: put beside it while it is talked over, and taken off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.proposing import NotTalkedOver
from alongside.decisions.models import Proposal, Source
from alongside.decisions.rules.attachments import MOST_BYTES, MOST_SOURCES, media_type_of
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person

# Longer than anybody can undo.
FORGOTTEN_AFTER = timedelta(hours=1)


class NotThisFile(Refusal):
    """`why`: kind (none of those that may stand there), or size (more than MOST_BYTES, or nothing)."""

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


class EnoughSources(Refusal):
    """MOST_SOURCES stand there already."""


@dataclass(frozen=True)
class FileTold:
    """A file as it was given: its name, and its bytes."""

    name: str
    data: bytes


@transaction.atomic
def add_source(
    *,
    proposal: Proposal,
    membership: Membership,
    title: str,
    by: Person,
    at: datetime,
    key: UUID,
    url: str = "",
    file: FileTold | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Source:
    """Put an address or a file beside a proposal that is talked over. The same `key` again returns the first.

    `by` may take it back for ten seconds. Raises NotTalkedOver, NotThisFile or EnoughSources.
    """
    made: Source | None = Source.objects.of(proposal.community).filter(key=key).first()
    if made is not None:
        return made
    _talked_over(proposal)
    if Source.objects.of(proposal.community).shown().filter(proposal=proposal).count() >= MOST_SOURCES:
        raise EnoughSources
    deed = Deed(by, at, on_behalf_of, channel)
    made = Source.objects.create(
        community=proposal.community,
        proposal=proposal,
        title=title,
        membership=membership,
        at=at,
        key=key,
        **(_told(file) if file else {"url": url}),
        **deed.keyed(),
    )
    deed.log("decisions.source_added", made)
    undoing.offer("decisions.add_source", made, by=by, at=at)
    return made


def _told(file: FileTold) -> dict[str, Any]:
    if not 1 <= len(file.data) <= MOST_BYTES:
        raise NotThisFile(why="size")
    media_type = media_type_of(file.data)
    if not media_type:
        raise NotThisFile(why="kind")
    return {"file_name": file.name[-120:], "media_type": media_type, "data": file.data, "size": len(file.data)}


@undo.inverse("decisions.add_source")
@transaction.atomic
def take_source_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was never there. Raises SomeoneElseWasFaster when it is gone, or the vote has opened."""
    source = Source.objects.filter(pk=args["row"], removed_at=None).select_related("proposal__community").first()
    if source is None or source.proposal.state != Proposal.State.TALKED_OVER:
        raise SomeoneElseWasFaster
    proposal = source.proposal
    source.delete()
    undoing.log("decisions.source_taken_back", proposal, by=by, at=at)


@transaction.atomic
def remove_source(
    *,
    source: Source,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Take a source off; `by` may bring it back for ten seconds. Raises NotTalkedOver or SomeoneElseWasFaster."""
    _talked_over(source.proposal)
    there = Source.objects.of(source.community).filter(pk=source.pk, removed_at=None)
    if not there.update(removed_at=at):
        raise SomeoneElseWasFaster
    Deed(by, at, on_behalf_of, channel).log("decisions.source_removed", source)
    undoing.offer("decisions.remove_source", source, by=by, at=at)


@undo.inverse("decisions.remove_source")
@transaction.atomic
def bring_source_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It stands there again. Raises SomeoneElseWasFaster when the vote has opened since."""
    as_left = Source.objects.filter(
        pk=args["row"], removed_at=undoing.moment_of(args), proposal__state=Proposal.State.TALKED_OVER
    )
    source = as_left.select_related("community").first()
    if source is None:
        raise SomeoneElseWasFaster
    undoing.bring_back(as_left, removed_at=None)
    undoing.log("decisions.source_brought_back", source, by=by, at=at)


def forget_sources(*, at: datetime) -> int:
    """Delete what was taken off and can no longer be brought back; return how many."""
    deleted, _by_model = Source.objects.forgotten(at - FORGOTTEN_AFTER).delete()
    return deleted


def _talked_over(proposal: Proposal) -> None:
    """Hold the proposal: what stands beside it does not move while people vote on it."""
    rows = Proposal.objects.of(proposal.community).select_for_update(no_key=True)
    if not rows.filter(pk=proposal.pk, state=Proposal.State.TALKED_OVER).exists():
        raise NotTalkedOver
