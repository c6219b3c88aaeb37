"""Changes to a proposal's words: offered, accepted into the next version, refused, taken back, or living on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.proposing import (
    NothingChanged,
    NotTalkedOver,
    begin,
    content_of,
    put_forward,
    words_of,
)
from alongside.decisions.actions.talking import NoSuchParagraph
from alongside.decisions.letters import amendments as letters
from alongside.decisions.models import Amendment, Draft, Proposal, Version
from alongside.decisions.rules.paragraphs import paragraphs, with_paragraph
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person


class TextHasChanged(Refusal):
    """The present version is no longer the one that the change was made against."""


class DraftWaits(Refusal):
    """The authors are writing the next version: its draft would undo the change."""


@transaction.atomic
def amend(
    *,
    version: Version,
    membership: Membership,
    text: str,
    why: str,
    by: Person,
    at: datetime,
    key: UUID,
    paragraph: int | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Amendment:
    """Offer other words for what `version` proposes: the whole of it or, with `paragraph` from 1, that one alone.

    The authors are told, once its ten seconds of undo are over. The same `key` again returns the first.
    Raises NotTalkedOver, TextHasChanged, NoSuchParagraph or NothingChanged.
    """
    made: Amendment | None = Amendment.objects.of(version.community).filter(key=key).first()
    if made is not None:
        return made
    proposal = _talked_over(version.proposal)
    _refuse_unless_present(proposal, version)
    parts = paragraphs(version.text)
    if paragraph is not None and not 1 <= paragraph <= len(parts):
        raise NoSuchParagraph(last=len(parts))
    whole = with_paragraph(version.text, paragraph, text) if paragraph is not None else text
    if paragraphs(whole) == parts:
        raise NothingChanged
    deed = Deed(by, at, on_behalf_of, channel)
    made = Amendment.objects.create(
        community=version.community,
        proposal=proposal,
        version=version,
        paragraph=paragraph,
        text=whole,
        why=why,
        membership=membership,
        at=at,
        key=key,
        **deed.keyed(),
    )
    deed.log("decisions.amended", made)
    letters.offered(made, speaker=deed.speaker, at=at)
    undoing.offer("decisions.amend", made, by=by, at=at)
    return made


@undo.inverse("decisions.amend")
@transaction.atomic
def take_amendment_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was never offered. Raises SomeoneElseWasFaster when something has come of it since."""
    rows = Amendment.objects.filter(pk=args["row"], state=Amendment.State.OPEN)
    made = rows.select_for_update(no_key=True, of=("self",)).select_related("proposal__community").first()
    if made is None:
        raise SomeoneElseWasFaster
    proposal, key = made.proposal, letters.offered_key(made)
    made.delete()
    letters.take_back(proposal.community, key=key, by=by, at=at)
    undoing.log("decisions.amendment_taken_back", proposal, by=by, at=at)


@transaction.atomic
def accept_amendment(
    *,
    amendment: Amendment,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Version:
    """Put the changed words forward as the next version. Whoever offered them is told, and who has spoken.

    Of two authors who accept two changes at once, one is faster; the other gets TextHasChanged. Raises
    NotTalkedOver or DraftWaits too, and SomeoneElseWasFaster when something has come of it already.
    """
    proposal = _talked_over(amendment.proposal)
    stands = _locked_open(amendment)
    _refuse_unless_present(proposal, stands.version)
    if Draft.objects.of(proposal.community).filter(proposal=proposal).exists():
        raise DraftWaits
    stands.state, stands.answered_by, stands.answered_at = Amendment.State.ACCEPTED, membership, at
    stands.save(update_fields=["state", "answered_by", "answered_at"])
    words = {**content_of(stands.version), "text": stands.text}
    based_on = stands.version.number
    Draft.objects.create(community=proposal.community, proposal=proposal, changed_at=at, based_on=based_on, **words)
    # It leaves the one activity entry of this deed, and tells people.
    version = put_forward(
        proposal=proposal, membership=membership, seen=at, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel
    )
    letters.answered(stands, speaker=on_behalf_of or by, at=at, wait=False)
    return version


@transaction.atomic
def refuse_amendment(
    *,
    amendment: Amendment,
    membership: Membership,
    reason: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Amendment:
    """Leave the words as they are, and say why. `by` may take it back for ten seconds.

    Raises SomeoneElseWasFaster when something has come of it already.
    """
    stands = _locked_open(amendment)
    stands.state, stands.reason = Amendment.State.REFUSED, reason
    stands.answered_by, stands.answered_at = membership, at
    stands.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    deed = Deed(by, at, on_behalf_of, channel)
    deed.log("decisions.amendment_refused", stands)
    letters.answered(stands, speaker=deed.speaker, at=at, wait=True)
    undoing.offer("decisions.refuse_amendment", stands, by=by, at=at)
    return stands


@undo.inverse("decisions.refuse_amendment")
@transaction.atomic
def open_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It waits for the authors again. Raises SomeoneElseWasFaster when something has come of it since."""
    refused = Amendment.objects.filter(
        pk=args["row"], state=Amendment.State.REFUSED, answered_at=undoing.moment_of(args)
    )
    made = refused.select_related("community").first()
    if made is None:
        raise SomeoneElseWasFaster
    undoing.bring_back(refused, state=Amendment.State.OPEN, reason="", answered_by=None, answered_at=None)
    letters.take_back(made.community, key=letters.answered_key(made), by=by, at=at)
    undoing.log("decisions.amendment_open_again", made, by=by, at=at)


@transaction.atomic
def withdraw_amendment(
    *,
    amendment: Amendment,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Whoever offered it wants it no more. Raises SomeoneElseWasFaster when something has come of it already."""
    stands = _locked_open(amendment)
    stands.state = Amendment.State.WITHDRAWN
    stands.save(update_fields=["state"])
    Deed(by, at, on_behalf_of, channel).log("decisions.amendment_withdrawn", stands)


@transaction.atomic
def live_on(
    *,
    amendment: Amendment,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Proposal:
    """Let a change that was not accepted begin a proposal of its own: a draft of whoever offered it, in its words.

    Raises SomeoneElseWasFaster when it was accepted, was taken back or lives on already.
    """
    stands = _locked_in(amendment, {Amendment.State.OPEN, Amendment.State.REFUSED})
    stands.state = Amendment.State.LIVES_ON
    stands.save(update_fields=["state"])
    # It leaves the one activity entry of this deed.
    return begin(
        membership=stands.membership,
        title=stands.proposal.title,
        words={**words_of(stands.version), "text": stands.text, "summary": ""},
        subject=stands.proposal.subject,
        subject_id=stands.proposal.subject_id,
        group=stands.proposal.group,
        change=stands.version.change,
        by=by,
        at=at,
        key=stands.pk,
        on_behalf_of=on_behalf_of,
        channel=channel,
    )


def _talked_over(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, held until the end of the transaction."""
    rows = Proposal.objects.of(proposal.community).select_for_update(no_key=True)
    found: Proposal | None = rows.filter(pk=proposal.pk, state=Proposal.State.TALKED_OVER).first()
    if found is None:
        raise NotTalkedOver
    found.community = proposal.community
    return found


def _refuse_unless_present(proposal: Proposal, version: Version) -> None:
    versions = Version.objects.of(proposal.community).filter(proposal=proposal)
    if versions.filter(number__gt=version.number).exists():
        raise TextHasChanged


def _locked_open(amendment: Amendment) -> Amendment:
    return _locked_in(amendment, {Amendment.State.OPEN})


def _locked_in(amendment: Amendment, states: set[Amendment.State]) -> Amendment:
    rows = Amendment.objects.of(amendment.community).select_for_update(no_key=True, of=("self",))
    found: Amendment | None = (
        rows.filter(pk=amendment.pk, state__in=states, words_erased_at=None)
        .select_related("membership__person", "version", "proposal")
        .first()
    )
    if found is None:
        raise SomeoneElseWasFaster
    found.community = found.proposal.community = found.membership.community = amendment.community
    return found
