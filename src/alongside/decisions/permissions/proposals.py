"""Who may do what with proposals and what is said about them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import rules

from alongside.decisions.models import Author, Conciliator, Contribution, Decision, Proposal
from alongside.people.models import Membership, RoleHeld
from alongside.people.permissions import (
    Standing,
    belongs,
    constituencies_of,
    is_coordinator,
    kin_in,
    sees_people,
    standing_of,
)
from alongside.people.rules.constituencies import constituencies


def sides_of(membership: Membership, *, on: date) -> tuple[str, ...]:
    """The sides this member may speak for on a day; none for who has left."""
    standing = standing_of(membership.person, membership.community, on=on)
    return constituencies_of(standing, on=on) if standing else ()


def sides_of_each(members: Collection[Membership], *, on: date) -> dict[UUID, tuple[str, ...]]:
    """As `sides_of`, for current members of one community, in three queries however many there are."""
    if not members:
        return {}
    community = next(iter(members)).community
    roles: dict[UUID, set[str]] = {}
    held = RoleHeld.objects.of(community).on(on).filter(group=None, membership__in=members)
    for membership_id, role in held.values_list("membership_id", "role"):
        roles.setdefault(membership_id, set()).add(role)
    kin = kin_in(community, on=on)
    return {one.pk: constituencies(roles.get(one.pk, ()), is_kin=one.pk in kin) for one in members}


def is_author(standing: Standing, proposal: Proposal) -> bool:
    """One of those who stand for the proposal."""
    mine = Author.objects.of(standing.community).filter(proposal=proposal, membership=standing.membership)
    return bool(mine.exists())


@rules.predicate
def stands_for_it(standing: Standing, proposal: Proposal | None = None) -> bool:
    """An author of the proposal; True when no proposal is asked about."""
    return proposal is None or is_author(standing, proposal)


@rules.predicate
def writes_its_words(standing: Standing, proposal: Proposal | None = None) -> bool:
    """An author; in conciliation those who sit, of both sides, and nobody else."""
    if proposal is None or proposal.state != Proposal.State.SPLIT:
        return bool(stands_for_it(standing, proposal))
    seated = Conciliator.objects.of(standing.community).seated().filter(membership=standing.membership)
    return bool(seated.filter(conciliation__in=proposal.conciliations.running()).exists())


@rules.predicate
def in_conciliation(standing: Standing, proposal: Proposal | None = None) -> bool:
    return proposal is not None and proposal.state == Proposal.State.SPLIT


@rules.predicate
def is_over(standing: Standing, proposal: Proposal | None = None) -> bool:
    """Decided or withdrawn: nobody writes its next version."""
    return proposal is not None and proposal.state in {Proposal.State.DECIDED, Proposal.State.WITHDRAWN}


@rules.predicate
def is_put_forward(standing: Standing, proposal: Proposal | None = None) -> bool:
    """Anybody may read a proposal once it is put forward; a draft is its authors' own."""
    return proposal is None or proposal.state != Proposal.State.DRAFT


@rules.predicate
def stands_for_what_it_is_about(standing: Standing, contribution: Contribution | None = None) -> bool:
    return contribution is None or is_author(standing, contribution.proposal)


@rules.predicate
def sees_to_what_came_of_it(standing: Standing, contribution: Contribution | None = None) -> bool:
    """The owner of a closed decision about it answers what waits, too."""
    if contribution is None:
        return True
    mine = Decision.objects.of(standing.community).closed().filter(owner=standing.membership)
    return bool(mine.filter(proposal=contribution.proposal_id).exists())


# Commissioners read, without names; everybody else speaks.
rules.add_perm("decisions.see_proposals", belongs)
rules.add_perm("decisions.see_proposal", is_put_forward | stands_for_it | is_coordinator)
rules.add_perm("decisions.propose", sees_people)
rules.add_perm("decisions.speak", sees_people)
rules.add_perm("decisions.write_proposal", sees_people & (stands_for_it | is_coordinator))
rules.add_perm(
    "decisions.write_words", sees_people & ~is_over & (writes_its_words | (is_coordinator & ~in_conciliation))
)
rules.add_perm(
    "decisions.answer", sees_people & (stands_for_what_it_is_about | sees_to_what_came_of_it | is_coordinator)
)
