"""A proposal from its title to its next version: begun, written, put forward, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions import subjects
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.letters import proposals as letters
from alongside.decisions.models import Author, Decision, Draft, Proposal, Version
from alongside.decisions.models.proposals import PARTS
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.text import folded
from alongside.people import undoing
from alongside.people.models import Group, Membership, Person


class NotTalkedOver(Refusal):
    """The proposal is not being talked over now: it is voted on, decided, withdrawn, or still a draft."""


class NothingProposed(Refusal):
    """The draft does not say what is proposed."""


class NothingChanged(Refusal):
    """The new version says the same as the present one."""


@transaction.atomic
def begin(
    *,
    membership: Membership,
    title: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    words: Mapping[str, str] | None = None,
    subject: str = "",
    subject_id: UUID | None = None,
    group: Group | None = None,
    change: Mapping[str, Any] | None = None,
) -> Proposal:
    """Begin a proposal of `membership`, as a draft that its author and the coordinators see.

    `words`: the parts that are written already, by the names of PARTS. `subject`, `subject_id` and `change`: what it is
    about and the values it would set, for the room whose matter that is. `group`: whose matter it is, if not the whole
    community's. The same `key` again returns the first proposal.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    about = {"title": title, "subject": subject, "subject_id": subject_id, "group": group}
    made = {**about, "made_by": membership, "made_at": at, "changed_at": at, **deed.keyed()}
    proposal: Proposal
    proposal, is_new = Proposal.objects.get_or_create(community=membership.community, key=key, defaults=made)
    if is_new:
        community = membership.community
        Author.objects.create(community=community, proposal=proposal, membership=membership, joined_at=at)
        told = {**_only_parts(words or {}), "change": dict(change or {})}
        Draft.objects.create(community=community, proposal=proposal, changed_at=at, **told)
        deed.log("decisions.begun", proposal)
    return proposal


@transaction.atomic
def save_draft(
    *,
    proposal: Proposal,
    words: Mapping[str, str],
    seen: datetime,
    by: Person,
    at: datetime,
    title: str = "",
    change: Mapping[str, Any] | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Draft:
    """Keep `words`, some or all of PARTS, and the values it would set (`change`) in the draft of the next version.

    `seen`: the draft's `changed_at` as the writer saw it; raises SomeoneElseWasFaster when another
    author has written since. A new `title` counts only until the proposal is put forward.
    """
    stands, draft = _locked(proposal), _locked_draft(proposal, seen)
    for part, text in _only_parts(words).items():
        setattr(draft, part, text)
    if change is not None:
        draft.change = dict(change)
    draft.changed_at = at
    draft.save()
    if title and stands.state == Proposal.State.DRAFT:
        proposal.title, proposal.changed_at = title, at
        proposal.save(update_fields=["title", "changed_at"])
    Deed(by, at, on_behalf_of, channel).log("decisions.draft_saved", proposal)
    return draft


@transaction.atomic
def begin_next(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Draft:
    """Take the present words into a draft of the next version; the draft that is there already, if there is one.

    Raises NotTalkedOver unless the proposal is being talked over, or before a consent round.
    """
    locked = _locked(proposal)
    if locked.state != Proposal.State.TALKED_OVER and open_round_on(locked) is None:
        raise NotTalkedOver
    present = present_version(locked)
    made = {"changed_at": at, "based_on": present.number, **content_of(present)}
    draft: Draft
    draft, is_new = Draft.objects.get_or_create(community=proposal.community, proposal=proposal, defaults=made)
    if is_new:
        Deed(by, at, on_behalf_of, channel).log("decisions.next_version_begun", proposal)
    return draft


@transaction.atomic
def put_forward(
    *,
    proposal: Proposal,
    membership: Membership,
    seen: datetime,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    consent_round: Decision | None = None,
) -> Version:
    """Let everybody read the draft, as the proposal's next version, made by `membership`.

    From then on these words never change. Raises NothingProposed, NothingChanged, NotTalkedOver, ChangeDoesNotFit, or
    SomeoneElseWasFaster when the draft is no longer the one that was `seen` (its `changed_at`).
    `consent_round`: the open round on this proposal, locked by `put_into_round`; people are told by that.
    """
    locked = _locked(proposal)
    if locked.state not in {Proposal.State.DRAFT, Proposal.State.TALKED_OVER} and consent_round is None:
        raise NotTalkedOver
    draft = _locked_draft(locked, seen)
    content, present = content_of(draft), last_version(locked)
    if not content["text"]:
        raise NothingProposed
    if present is not None and content == content_of(present):
        raise NothingChanged
    subjects.check_change(locked, draft.change)
    deed = Deed(by, at, on_behalf_of, channel)
    version: Version = Version.objects.create(
        community=proposal.community,
        proposal=proposal,
        number=present.number + 1 if present else 1,
        made_by=membership,
        made_at=at,
        **content,
        **deed.keyed(),
    )
    if consent_round is not None:
        subjects.check_opening(locked, version, rule=consent_round.rule, sides=consent_round.sides)
    draft.delete()
    proposal.state, proposal.changed_at = locked.state if consent_round else Proposal.State.TALKED_OVER, at
    proposal.search_text = folded(" ".join([locked.title, *words_of(version).values()]))
    proposal.save(update_fields=["state", "changed_at", "search_text"])
    deed.log("decisions.put_forward", proposal)
    if consent_round is None:
        letters.new_version(version, speaker=deed.speaker, at=at)
    return version


def open_round_on(proposal: Proposal) -> Decision | None:
    """The open consent round on a proposal: the one time when its words move on while it is decided."""
    rounds = Decision.objects.of(proposal.community).open().filter(proposal=proposal, rule="consent")
    found: Decision | None = rounds.first()
    return found


@transaction.atomic
def discard(
    *,
    proposal: Proposal,
    seen: datetime,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Throw away the draft; a proposal nobody else has read yet goes with it. `by` may take it back for ten seconds.

    Raises SomeoneElseWasFaster when the draft is no longer the one that was `seen`.
    """
    stands, draft = _locked(proposal), _locked_draft(proposal, seen)
    before: dict[str, Any] = {"draft": {**content_of(draft), "based_on": draft.based_on}}
    Deed(by, at, on_behalf_of, channel).log("decisions.draft_discarded", proposal)
    if stands.state == Proposal.State.DRAFT:
        before["proposal"] = _snapshot(stands)
    undoing.offer("decisions.discard", proposal, by=by, at=at, before=before)
    if stands.state == Proposal.State.DRAFT:
        Proposal.objects.of(proposal.community).filter(pk=proposal.pk).delete()
    else:
        draft.delete()


def _snapshot(proposal: Proposal) -> dict[str, Any]:
    """All that is needed to lay the row of a draft back as it was."""
    authors = proposal.authors.in_order()
    return {
        "title": proposal.title,
        "subject": proposal.subject,
        "subject_id": str(proposal.subject_id) if proposal.subject_id else None,
        "group": str(proposal.group_id) if proposal.group_id else None,
        "community": str(proposal.community_id),
        "made_by": str(proposal.made_by_id),
        "keyed_by": str(proposal.keyed_by_id),
        "channel": proposal.channel,
        "made_at": proposal.made_at.isoformat(),
        "key": str(proposal.key),
        "authors": [[str(author.membership_id), author.joined_at.isoformat()] for author in authors],
    }


@undo.inverse("decisions.discard")
@transaction.atomic
def bring_draft_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The draft is there again. Raises SomeoneElseWasFaster when another was begun since, or its author has left."""
    told, row = args["before"], UUID(args["row"])
    if "proposal" in told:
        _lay_back(row, told["proposal"])
    proposal = Proposal.objects.select_for_update(no_key=True).filter(pk=row).first()
    if proposal is None or Draft.objects.filter(community=proposal.community_id, proposal=proposal).exists():
        raise SomeoneElseWasFaster
    Draft.objects.create(
        community=proposal.community, proposal=proposal, changed_at=undoing.moment_of(args), **told["draft"]
    )
    undoing.log("decisions.draft_brought_back", proposal, by=by, at=at)


def _lay_back(row: UUID, told: dict[str, Any]) -> None:
    """Make the proposal anew, with the same id; its authors must still be here."""
    community = UUID(told["community"])
    undoing.refuse_unless_here(community, *(UUID(member) for member, _joined in told["authors"]))
    proposal = Proposal.objects.create(
        pk=row,
        community_id=community,
        title=told["title"],
        subject=told["subject"],
        subject_id=told.get("subject_id"),
        group_id=told.get("group"),
        made_by_id=told["made_by"],
        keyed_by_id=told["keyed_by"],
        channel=told["channel"],
        made_at=datetime.fromisoformat(told["made_at"]),
        changed_at=datetime.fromisoformat(told["made_at"]),
        key=UUID(told["key"]),
    )
    for member, joined in told["authors"]:
        Author.objects.create(
            community_id=community,
            proposal=proposal,
            membership_id=member,
            joined_at=datetime.fromisoformat(joined),
        )


@transaction.atomic
def withdraw(
    *,
    proposal: Proposal,
    why: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Take a proposal back that is being talked over; all that was said stays readable.

    `by` may undo it for ten seconds, and so long nobody is told. Raises NotTalkedOver.
    """
    locked = _locked(proposal)
    if locked.state != Proposal.State.TALKED_OVER:
        raise NotTalkedOver
    before = locked.changed_at.isoformat()
    proposal.state, proposal.withdrawn_why, proposal.changed_at = Proposal.State.WITHDRAWN, why, at
    proposal.save(update_fields=["state", "withdrawn_why", "changed_at"])
    deed = Deed(by, at, on_behalf_of, channel)
    deed.log("decisions.withdrawn", proposal)
    letters.withdrawn(proposal, speaker=deed.speaker, at=at)
    undoing.offer("decisions.withdraw", proposal, by=by, at=at, before=before)


@undo.inverse("decisions.withdraw")
@transaction.atomic
def take_withdrawal_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The proposal is talked over again. Raises SomeoneElseWasFaster when something has happened to it since."""
    as_left = Proposal.objects.filter(
        pk=args["row"], state=Proposal.State.WITHDRAWN, changed_at=undoing.moment_of(args)
    )
    proposal = as_left.first()
    if proposal is None:
        raise SomeoneElseWasFaster
    changed_at = datetime.fromisoformat(args["before"])
    undoing.bring_back(as_left, state=Proposal.State.TALKED_OVER, withdrawn_why="", changed_at=changed_at)
    letters.take_back(proposal.community, key=letters.withdrawn_key(proposal), by=by, at=at)
    undoing.log("decisions.withdrawal_undone", proposal, by=by, at=at)


def last_version(proposal: Proposal) -> Version | None:
    """The version that counts now; None while the proposal is a draft."""
    found: Version | None = Version.objects.of(proposal.community).filter(proposal=proposal).newest_first().first()
    return found


def present_version(proposal: Proposal) -> Version:
    """The version that counts now, of a proposal that was put forward."""
    version = last_version(proposal)
    assert version is not None, f"{proposal.pk} was put forward and has no version"
    return version


def words_of(words: Version | Draft) -> dict[str, str]:
    """What it says, part by part, in the order of PARTS."""
    return {part: getattr(words, part) for part in PARTS}


def content_of(words: Version | Draft) -> dict[str, Any]:
    """What it says, part by part, and the values it would set."""
    return {**words_of(words), "change": words.change}


def _only_parts(words: Mapping[str, str]) -> dict[str, str]:
    if unknown := set(words) - set(PARTS):
        raise TypeError(f"not a part of a proposal: {', '.join(sorted(unknown))}")
    return dict(words)


def _locked(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, held until the end of the transaction."""
    rows = Proposal.objects.of(proposal.community).select_for_update(no_key=True)
    found: Proposal | None = rows.filter(pk=proposal.pk).first()
    if found is None:
        raise SomeoneElseWasFaster
    found.community = proposal.community
    return found


def _locked_draft(proposal: Proposal, seen: datetime) -> Draft:
    drafts = Draft.objects.of(proposal.community).select_for_update(no_key=True)
    draft: Draft | None = drafts.filter(proposal=proposal, changed_at=seen).first()
    if draft is None:
        raise SomeoneElseWasFaster
    return draft
