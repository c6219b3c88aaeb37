"""Who looks at a proposal or writes one, whose word it is, and what several pages look up."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.decisions.models import Author, Contribution, Draft, Proposal, Reaction, SideChoice, Version
from alongside.decisions.permissions.proposals import is_author, sides_of
from alongside.kernel.channels import Channel
from alongside.kernel.clock import today
from alongside.people.access import MemberRequest, actor, note_refusal, subject
from alongside.people.listing import seen_members
from alongside.people.models import Membership, Person, Role
from alongside.people.models.membership import MembershipQuerySet
from alongside.people.permissions import Standing, standing_of

PAGE_SIZE = 30
SPEAK = "decisions.speak"


@dataclass(frozen=True)
class Speaker:
    """Whose word is written down: a member, and who does it, for whom, and how the word came."""

    membership: Membership
    by: Person
    on_behalf_of: Person | None
    channel: str

    def deed(self) -> dict[str, Any]:
        return {"by": self.by, "on_behalf_of": self.on_behalf_of, "channel": self.channel}


def viewpoint(request: MemberRequest) -> Standing:
    """The standing from which proposals are seen: of the member one speaks for, else one's own.

    Nobody lends a role with their own word: whoever acts for a coordinator does not coordinate.
    """
    if request.acting_for is None or SPEAK not in request.acting_for.abilities:
        return request.standing
    theirs = standing_of(request.acting_for.membership.person, request.community, on=today())
    return replace(theirs, roles=frozenset({Role.PARTICIPANT}), group_roles={}) if theirs else request.standing


def allowed(request: MemberRequest, permission: str, thing: Any = None) -> bool:
    """May the person of this request, or the member they speak for, do this?"""
    return bool(rules.has_perm(permission, viewpoint(request), thing))


def find_proposal(request: MemberRequest, proposal_id: UUID, permission: str) -> Proposal:
    """A proposal of this community that one has `permission` for, or 404 (403 without it)."""
    proposals = Proposal.objects.of(request.community).select_related("made_by__person", "keyed_by")
    proposal: Proposal = get_object_or_404(proposals, pk=proposal_id)
    proposal.community = request.community
    if not allowed(request, permission, proposal):
        note_refusal(request, permission)
        raise PermissionDenied
    return proposal


def find_draft(request: MemberRequest, proposal_id: UUID) -> Draft:
    """The draft of a proposal that one may write, or 404."""
    proposal = find_proposal(request, proposal_id, "decisions.write_words")
    draft: Draft = get_object_or_404(Draft.objects.of(request.community), proposal=proposal)
    draft.proposal = proposal
    return draft


def find_version(proposal: Proposal, number: int | None = None) -> Version:
    """A version by its number, or the present one; 404 when there is none."""
    versions = Version.objects.of(proposal.community).filter(proposal=proposal).select_related("made_by__person")
    found = versions.filter(number=number) if number is not None else versions.newest_first()
    version: Version | None = found.first()
    if version is None:
        version = get_object_or_404(versions, number=0)
    version.proposal, version.community = proposal, proposal.community
    return version


def find_contribution(request: MemberRequest, contribution_id: UUID) -> Contribution:
    """Something that was said and that one may answer, or 404 (403 when that is for others)."""
    said = find_said(request, contribution_id)
    if not allowed(request, "decisions.answer", said):
        note_refusal(request, "decisions.answer")
        raise PermissionDenied
    return said


def find_said(request: MemberRequest, contribution_id: UUID) -> Contribution:
    """Something that was said about a proposal, stands for itself and is in view, or 404."""
    rows = Contribution.objects.of(request.community).shown().not_replies().with_people()
    said: Contribution = get_object_or_404(rows.select_related("proposal"), pk=contribution_id)
    said.community = said.proposal.community = request.community
    return said


def may_write_for(request: MemberRequest) -> MembershipQuerySet | None:
    """The members whose word this person may write down, when they coordinate; None for everybody else."""
    return seen_members(request.standing) if viewpoint(request).has(Role.COORDINATOR) else None


def speaker_of(request: MemberRequest, told: dict[str, Any]) -> Speaker:
    """Whose word a form holds: takes `whose` and `channel` out of what was `told`."""
    whose: Membership | None = told.pop("whose", None)
    channel: str = told.pop("channel", "") or Channel.PHONE
    if whose is None or whose.pk == subject(request).pk:
        return Speaker(subject(request), *actor(request, SPEAK))
    whose.community = request.community
    return Speaker(whose, request.user, whose.person, channel)


def writer_of(request: MemberRequest, proposal: Proposal) -> Speaker:
    """Who writes a proposal: its author, or a coordinator for the author who began it; in conciliation who sits.

    A proposal that all its authors have left is looked after by the coordinators in their own name.
    """
    mine = subject(request)
    if proposal.state == Proposal.State.SPLIT or is_author(viewpoint(request), proposal):
        return Speaker(mine, *actor(request, SPEAK))
    here = Membership.objects.of(request.community).current()
    authors = Author.objects.of(request.community).filter(proposal=proposal, membership__in=here)
    first = authors.with_people().in_order().first()
    if first is None:
        return Speaker(mine, *actor(request, SPEAK))
    channel = proposal.channel if proposal.channel != Channel.WEB else Channel.IN_PERSON
    return Speaker(first.membership, request.user, first.membership.person, channel)


def answerer_of(request: MemberRequest) -> Speaker:
    """Who answers: an author, or a coordinator in their own name, for an answer of theirs is no author's."""
    return Speaker(subject(request), *actor(request, SPEAK))


def sides_here(request: MemberRequest) -> tuple[str, ...]:
    """The sides of whoever speaks on this page."""
    mine = subject(request)
    mine.community = request.community
    return sides_of(mine, on=today())


def usual_side(proposal: Proposal, membership: Membership) -> str:
    """The side somebody last spoke for here, "" when they have not."""
    for model in (SideChoice, Reaction, Contribution):
        rows = model.objects.of(proposal.community).filter(proposal=proposal, membership=membership)
        if found := rows.exclude(side="").order_by("-at", "-id").values_list("side", flat=True).first():
            return str(found)
    return ""


def page_of(rows: QuerySet[Any], *, before: str, by: str, size: int = PAGE_SIZE) -> tuple[list[Any], str]:
    """The page of `rows` (newest first by the moment `by`, then id) after the row `before`; where the next starts."""
    try:
        edge = rows.filter(pk=UUID(before)).values(by, "pk").first()
    except ValueError:
        edge = None
    if edge:
        rows = rows.filter(Q(**{f"{by}__lt": edge[by]}) | Q(**{by: edge[by]}, pk__lt=edge["pk"]))
    page = list(rows[: size + 1])
    return page[:size], str(page[size - 1].pk) if len(page) > size else ""
