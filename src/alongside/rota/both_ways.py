"""Two people exchange duties: may each take what they would get? Of the other's matters neither learns anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.people.models import Membership
from alongside.rota.eligible import (
    AlreadyOnIt,
    BreaksRules,
    MustNotBe,
    NotOfThisPool,
    broken_between,
    check_in_pool,
    own_part,
    pair_of,
    refuse,
    who_may_take,
)
from alongside.rota.models import Assignment, Duty, Swap
from alongside.rota.planning import Plan, plan_of
from alongside.rota.rules import problem as rules

# What may stand in the way of somebody who would take a duty.
HINDRANCES = (NotOfThisPool, AlreadyOnIt, MustNotBe, BreaksRules)


@dataclass(frozen=True)
class Exchange:
    """`asked`: the duty for which somebody is looked for; `given`: the one that who answers gives for it.

    `plans`: those of the rotas of both, by rota; two rotas of one program may be meant.
    """

    asked: Assignment
    given: Assignment
    plans: Mapping[UUID, Plan]

    def check(self, taker: Membership) -> None:
        """May this one of the two take what they would get, having given away theirs?

        Raises NotOfThisPool, AlreadyOnIt, MustNotBe, BreaksRules.
        """
        duty = self.duty_for(taker)
        plan = self.plans[duty.rota_id]
        check_in_pool(plan, duty, taker)
        went = [one for one in (self.asked, self.given) if one.duty.rota_id == duty.rota_id]
        come = [
            rules.Assignment(str(self._other(one).membership_id), str(one.duty_id))
            for one in went
        ]  # fmt: skip
        broken = broken_between(plan, [pair_of(one) for one in went], come)
        refuse(plan, own_part(plan, duty, taker, broken), is_instead=True)

    def duty_for(self, taker: Membership) -> Duty:
        """What one of the two would have afterwards."""
        duty: Duty = (self.given if taker.pk == self.asked.membership_id else self.asked).duty
        return duty

    def _other(self, one: Assignment) -> Assignment:
        return self.given if one is self.asked else self.asked


def coming_of(swap: Swap, members: Iterable[UUID], *, at: datetime) -> list[Assignment]:
    """The published duties ahead of people in the same program, which they could give for the one asked for.

    Whether who asks may take them stands nowhere: that is their matter. What is offered elsewhere is left out.
    """
    here, asked = swap.community, swap.assignment
    offered = Swap.objects.of(here).offered().exclude(pk=swap.pk).values("given")
    rows = Assignment.objects.of(here).standing().published().filter(outcome="", membership__in=list(members))
    rows = rows.filter(duty__program=asked.duty.program_id, duty__starts_at__gt=at).exclude(pk__in=offered)
    found = list(rows.exclude(duty=asked.duty_id).with_people().in_order())
    for one in found:
        one.community = one.duty.community = one.membership.community = here
        one.duty.rota.community = one.duty.rota.program.community = here
    return found


def plans_for(asked: Assignment, given: Assignment, *, at: datetime) -> dict[UUID, Plan]:
    """The plans of the rotas of both duties."""
    rotas = {one.duty.rota_id: one.duty.rota for one in (asked, given)}
    return {pk: plan_of(rota, at=at) for pk, rota in rotas.items()}


def may_exchange(plan: Plan, swap: Swap, membership: Membership, *, at: datetime) -> bool:
    """Could somebody take the duty if they gave one of theirs in the same rota for it?"""
    if not swap.takes_back or membership.pk == swap.assignment.membership_id:
        return False
    theirs = [one for one in plan.held if one.membership_id == membership.pk and one.duty.starts_at > at]
    return any(_may(Exchange(swap.assignment, one, {plan.rota.pk: plan}), membership) for one in theirs)


def _may(exchange: Exchange, taker: Membership) -> bool:
    try:
        exchange.check(taker)
    except HINDRANCES:
        return False
    return True


def who_may_answer(plan: Plan, swap: Swap, *, at: datetime) -> list[Membership]:
    """Those who may take it, and those who may where they give one of theirs for it."""
    takers = who_may_take(plan, swap.assignment.duty, gone=swap.assignment)
    there = {one.pk for one in takers}
    others = [one for one in plan.pool.members.values() if one.pk not in there]
    return [*takers, *(one for one in others if may_exchange(plan, swap, one, at=at))]
