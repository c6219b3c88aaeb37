"""Speaking about a proposal: comments, questions, their answers, and where one stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.letters import proposals as letters
from alongside.decisions.models import Contribution, Proposal, Reaction, Version
from alongside.decisions.permissions.proposals import sides_of
from alongside.decisions.rules.paragraphs import paragraphs
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person


class NotOpenForTalk(Refusal):
    """The proposal is a draft, or over: nobody speaks about it now."""


class NoSuchParagraph(Refusal):
    """The version has fewer paragraphs; `last` is the number of its last one."""

    def __init__(self, *, last: int) -> None:
        super().__init__(f"it has {last} paragraphs")
        self.last = last


class NoReplyHere(Refusal):
    """It is a reply itself, was taken from view or erased, or is about other words than these."""


class NotTheirSide(Refusal):
    """Nobody speaks for a side that is not theirs."""


_DEEDS = {"reply": "decisions.replied", "question": "decisions.asked", "comment": "decisions.commented"}


@transaction.atomic
def speak(
    *,
    version: Version,
    membership: Membership,
    kind: str,
    text: str,
    by: Person,
    at: datetime,
    key: UUID,
    paragraph: int | None = None,
    side: str = "",
    reply_to: Contribution | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Contribution:
    """Keep what `membership` says about a version, and about one paragraph of it, counted from 1, or the whole.

    A question is told to the authors, once its ten seconds of undo are over. The same `key` again
    returns the first. A reply is a comment on the paragraph that `reply_to` is about; who is replied to is told.
    Raises NotOpenForTalk, NoSuchParagraph, NoReplyHere or NotTheirSide.
    """
    proposal = version.proposal
    _refuse_unless_open(proposal)
    if reply_to is not None:
        _refuse_unless_answerable(reply_to, version)
        kind, paragraph = Contribution.Kind.COMMENT, reply_to.paragraph
    last = len(paragraphs(version.text))
    if paragraph is not None and not 1 <= paragraph <= last:
        raise NoSuchParagraph(last=last)
    _refuse_other_sides(membership, side, at)
    deed = Deed(by, at, on_behalf_of, channel)
    said: Contribution
    said, is_new = Contribution.objects.get_or_create(
        community=version.community,
        key=key,
        defaults={
            "proposal": proposal,
            "version": version,
            "membership": membership,
            "kind": kind,
            "text": text,
            "paragraph": paragraph,
            "side": side,
            "reply_to": reply_to,
            "at": at,
            **deed.keyed(),
        },
    )
    if is_new:
        deed.log(_DEEDS["reply" if reply_to else kind], said)
        letters.spoken(said, speaker=deed.speaker, at=at)
        undoing.offer("decisions.speak", said, by=by, at=at)
    return said


@undo.inverse("decisions.speak")
@transaction.atomic
def take_words_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was never said. Raises SomeoneElseWasFaster when it was answered since."""
    # Held, so that no answer comes between the look and the deed.
    rows = Contribution.objects.select_for_update(no_key=True, of=("self",)).filter(pk=args["row"])
    said = rows.select_related("proposal__community").first()
    if said is None or said.status != Contribution.Status.OPEN or said.hidden_at or said.replies.exists():
        raise SomeoneElseWasFaster
    proposal, key = said.proposal, letters.spoken_key(said)
    said.delete()
    letters.take_back(proposal.community, key=key, by=by, at=at)
    undoing.log("decisions.words_taken_back", proposal, by=by, at=at)


@transaction.atomic
def answer(
    *,
    contribution: Contribution,
    membership: Membership,
    text: str,
    status: str,
    seen: datetime | None,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Contribution:
    """Answer a question or a comment: say what came of it, and why. A later answer takes the place of an earlier.

    `status`: answered, taken_up or not_taken_up. `seen`: the `answered_at` that was on the page; raises
    SomeoneElseWasFaster when another author has answered since, or they are out of view.
    `by` may take it back for ten seconds.
    """
    rows = Contribution.objects.of(contribution.community).shown().select_for_update(no_key=True, of=("self",))
    stands: Contribution | None = rows.filter(pk=contribution.pk).first()
    if stands is None or stands.answered_at != seen:
        raise SomeoneElseWasFaster
    before = {
        "status": stands.status,
        "answer": stands.answer,
        "answered_by": str(stands.answered_by_id) if stands.answered_by_id else None,
        "answered_at": stands.answered_at.isoformat() if stands.answered_at else None,
    }
    contribution.status, contribution.answer = status, text
    contribution.answered_by, contribution.answered_at = membership, at
    contribution.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    deed = Deed(by, at, on_behalf_of, channel)
    deed.log("decisions.answered", contribution)
    letters.answered(contribution, speaker=deed.speaker, at=at)
    undoing.offer("decisions.answer", contribution, by=by, at=at, before=before)
    return contribution


@undo.inverse("decisions.answer")
@transaction.atomic
def take_answer_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It waits for an answer again, or has the one before. Raises SomeoneElseWasFaster when answered anew since."""
    as_left = Contribution.objects.filter(pk=args["row"], answered_at=undoing.moment_of(args))
    said = as_left.select_related("community").first()
    if said is None:
        raise SomeoneElseWasFaster
    key, before = letters.answered_key(said), args["before"]
    undoing.bring_back(
        as_left,
        status=before["status"],
        answer=before["answer"],
        answered_by=before["answered_by"],
        answered_at=datetime.fromisoformat(before["answered_at"]) if before["answered_at"] else None,
    )
    letters.take_back(said.community, key=key, by=by, at=at)
    undoing.log("decisions.answer_taken_back", said, by=by, at=at)


@transaction.atomic
def react(
    *,
    version: Version,
    membership: Membership,
    kind: str,
    by: Person,
    at: datetime,
    side: str = "",
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Reaction:
    """Say where `membership` stands on a proposal, having read `version`: helps, worries or unsure.

    One word a person and proposal; a later one takes the place of an earlier. Raises NotOpenForTalk or NotTheirSide.
    """
    proposal = version.proposal
    _refuse_unless_open(proposal)
    _refuse_other_sides(membership, side, at)
    deed = Deed(by, at, on_behalf_of, channel)
    reaction: Reaction
    reaction, _is_new = Reaction.objects.update_or_create(
        community=version.community,
        proposal=proposal,
        membership=membership,
        defaults={"version": version, "kind": kind, "side": side, "at": at, **deed.keyed()},
    )
    deed.log("decisions.reacted", reaction)
    return reaction


@transaction.atomic
def unreact(
    *,
    proposal: Proposal,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Take one's word on a proposal back; without one, nothing happens. Raises NotOpenForTalk."""
    _refuse_unless_open(proposal)
    mine = Reaction.objects.of(proposal.community).filter(proposal=proposal, membership=membership)
    if mine.delete()[0]:
        Deed(by, at, on_behalf_of, channel).log("decisions.reaction_taken_back", proposal)


def _refuse_unless_open(proposal: Proposal) -> None:
    stands = Proposal.objects.of(proposal.community).filter(pk=proposal.pk).open()
    if not stands.exists():
        raise NotOpenForTalk


def _refuse_unless_answerable(said: Contribution, version: Version) -> None:
    """Hold what is replied to, so that it is not taken back or hidden meanwhile."""
    rows = Contribution.objects.of(version.community).shown().not_replies().filter(words_erased_at=None)
    if not rows.select_for_update(no_key=True, of=("self",)).filter(pk=said.pk, version=version).exists():
        raise NoReplyHere


def _refuse_other_sides(membership: Membership, side: str, at: datetime) -> None:
    if side and side not in sides_of(membership, on=membership.community.day_of(at)):
        raise NotTheirSide
