"""Who stands for a proposal: others join in, and anybody may step down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.letters import proposals as letters
from alongside.decisions.models import Author, Proposal
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person


class LastAuthor(Refusal):
    """Somebody has to stand for a proposal that is not over; this is the only one who does."""


@transaction.atomic
def add_author(
    *,
    proposal: Proposal,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Author:
    """Let `membership` stand for the proposal too; they are told, and may step down. Twice is once.

    `by` may take it back for ten seconds.
    """
    author: Author
    author, is_new = Author.objects.get_or_create(
        community=proposal.community, proposal=proposal, membership=membership, defaults={"joined_at": at}
    )
    if is_new:
        deed = Deed(by, at, on_behalf_of, channel)
        deed.log("decisions.author_added", proposal)
        letters.made_author(author, speaker=deed.speaker, at=at)
        undoing.offer("decisions.add_author", author, by=by, at=at)
    return author


@undo.inverse("decisions.add_author")
@transaction.atomic
def take_author_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """They do not stand for it. Raises SomeoneElseWasFaster when they have stepped down since."""
    author = Author.objects.filter(pk=args["row"]).select_related("proposal__community").first()
    if author is None:
        raise SomeoneElseWasFaster
    proposal, key = author.proposal, letters.author_key(author)
    author.delete()
    letters.take_back(proposal.community, key=key, by=by, at=at)
    undoing.log("decisions.author_taken_back", proposal, by=by, at=at)


@transaction.atomic
def step_down(
    *,
    author: Author,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """`author` stands for the proposal no longer. `by` may take it back for ten seconds. Raises LastAuthor."""
    # Two who step down at once wait for each other here: one of them stays.
    Proposal.objects.of(author.community).select_for_update(no_key=True).get(pk=author.proposal_id)
    authors = Author.objects.of(author.community).filter(proposal=author.proposal_id)
    if not authors.exclude(pk=author.pk).exists():
        raise LastAuthor
    proposal = author.proposal
    before = {"membership": str(author.membership_id), "joined_at": author.joined_at.isoformat()}
    undoing.offer("decisions.step_down", proposal, by=by, at=at, before=before)
    author.delete()
    Deed(by, at, on_behalf_of, channel).log("decisions.stepped_down", proposal)


@undo.inverse("decisions.step_down")
@transaction.atomic
def stand_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """They stand for it again. Raises SomeoneElseWasFaster when they or the proposal are gone."""
    proposal = Proposal.objects.filter(pk=args["row"]).first()
    if proposal is None:
        raise SomeoneElseWasFaster
    member = UUID(args["before"]["membership"])
    undoing.refuse_unless_here(proposal.community_id, member)
    joined_at = datetime.fromisoformat(args["before"]["joined_at"])
    Author.objects.get_or_create(
        community=proposal.community, proposal=proposal, membership_id=member, defaults={"joined_at": joined_at}
    )
    undoing.log("decisions.stands_again", proposal, by=by, at=at)
