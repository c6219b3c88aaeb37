"""What whoever visits must hold, and on which days they do: by the design, and by what the community asks.

A check that this community does not know is one that nobody has.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from alongside.people.models import Membership
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.safeguarding import pool
from alongside.safeguarding.models import CheckKind

# As `safeguarding` knows the duty.
DUTY = "home-visits"


@dataclass(frozen=True)
class Asked:
    """`kinds`: to be held on the day of a visit. `unknown`: named by the design, and no check of this community."""

    kinds: list[CheckKind]
    unknown: list[str]


def role_of(design: Mapping[str, Any], section: Mapping[str, Any]) -> str:
    """What a visitor is in the community, as `people` names it."""
    return str(design["roles"][section["who"]]["who"]).replace(" ", "_")


def asked_of_visitors(program: Program, section: Mapping[str, Any]) -> Asked:
    """What the design asks of the role that visits, and the community of that role and of the duty; four questions."""
    design, community, group = design_of(program), program.community, program.group
    needs = design["roles"][section["who"]].get("needs", [])
    named = pool.named(community, needs)
    kinds = set(named.values())
    kinds |= set(pool.kinds_for(community, duty=DUTY, group=group))
    kinds |= set(pool.kinds_for(community, role=role_of(design, section), group=group))
    in_order = sorted(kinds, key=lambda kind: (kind.name.casefold(), kind.pk))
    return Asked(in_order, [name for name in needs if name not in named])


def lacking(asked: Asked, visitor: Membership, *, on: date) -> list[str]:
    """The names of what somebody lacks on a day."""
    return asked.unknown + [kind.name for kind in pool.missing(visitor.person_id, asked.kinds, on=on)]


def lacking_people(asked: Asked, people: Collection[UUID], *, on: date) -> set[UUID]:
    """Those of these people who lack something on a day; one question."""
    return set(people) if asked.unknown else set(people) - pool.in_pool(people, asked.kinds, on=on)


def unfit_people(program: Program, section: Mapping[str, Any], people: Collection[UUID], *, on: date) -> set[UUID]:
    """Those who may not visit on a day: they lack a check, or hold the role that visits no more; six questions."""
    role = role_of(design_of(program), section)
    hold = Membership.objects.of(program.community).current().holding(role, on=on).filter(person__in=people)
    without = set(people) - set(hold.values_list("person", flat=True))
    return without | lacking_people(asked_of_visitors(program, section), people, on=on)


def first_days_without(asked: Asked, days_of: Mapping[UUID, Collection[date]]) -> dict[UUID, date]:
    """For each person the first of their days on which they lack something; who never does is left out. One query."""
    held = pool.days_with(days_of, asked.kinds, days={day for days in days_of.values() for day in days})
    found: dict[UUID, date] = {}
    for person, days in days_of.items():
        short = [day for day in days if asked.unknown or any(day not in held[kind.pk][person] for kind in asked.kinds)]
        if short:
            found[person] = min(short)
    return found
