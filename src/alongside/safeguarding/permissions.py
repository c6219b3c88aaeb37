"""Who may see and write checks, say what asks for them, name leads, and keep people apart."""

from typing import Any

import rules

from alongside.kernel.clock import today
from alongside.people.models import Membership, Role
from alongside.people.permissions import (
    Standing,
    abilities_for,
    any_of,
    is_coordinator,
    is_themself_or_coordinator,
    keeps_the_books,
    sees_people,
)
from alongside.safeguarding.models import Lead

SEE_CHECKS = "safeguarding.see_checks"


@rules.predicate
def is_let_see(standing: Standing, membership: Membership | None = None) -> bool:
    """A carer or advocate whom the member has let see their checks, or an adult at home of a child."""
    return membership is not None and SEE_CHECKS in abilities_for(standing, membership, on=today())


@rules.predicate
def is_themself(standing: Standing, membership: Membership | None = None) -> bool:
    return membership is None or membership.pk == standing.membership.pk


def leads_here(membership: Membership) -> bool:
    """A safeguarding lead of today."""
    return bool(Lead.objects.here(membership.community, on=today()).filter(person=membership.person_id).exists())


@rules.predicate
def is_lead(standing: Standing, thing: Any = None) -> bool:
    """A safeguarding lead of today, whatever roles they hold; no role makes anybody one."""
    return leads_here(standing.membership)


@rules.predicate
def is_this_lead(standing: Standing, lead: Lead | None = None) -> bool:
    return lead is None or lead.person_id == standing.person.pk


rules.add_perm("safeguarding.see", sees_people)
rules.add_perm("safeguarding.see_checks", is_themself_or_coordinator | is_let_see)
rules.add_perm("safeguarding.take_checks", is_themself | is_let_see)
rules.add_perm("safeguarding.write_checks", is_coordinator)
rules.add_perm("safeguarding.keep_kinds", keeps_the_books)
rules.add_perm("safeguarding.name_leads", any_of(Role.STEWARD))
rules.add_perm("safeguarding.end_lead", any_of(Role.STEWARD) | (is_this_lead & is_lead))
rules.add_perm("safeguarding.keep_apart", is_lead)
