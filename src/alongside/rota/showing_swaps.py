"""How a swap looks to whoever opens its page: what they can answer, and why not, which nobody else is told."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.kernel.errors import Refusal
from alongside.people.models import Membership
from alongside.rota.both_ways import HINDRANCES, Exchange, coming_of, may_exchange, plans_for
from alongside.rota.eligible import AlreadyOnIt, BreaksRules, MustNotBe, NotOfThisPool, check_may_take
from alongside.rota.models import Swap
from alongside.rota.planning import Plan, plan_of
from alongside.rota.saying import own_matters


@dataclass(frozen=True)
class SwapShown:
    """`is_open`: nobody has answered yet; `is_offered`: somebody gives a duty for it.

    `why_not`: why the reader may not take what they would get, in their own matters. `can_give`: they may answer, and
    have duties to give.
    """

    swap: Swap
    is_open: bool
    is_offered: bool
    is_theirs: bool
    is_offerer: bool
    was_asked: bool
    may_take: bool = False
    can_give: bool = False
    why_not: list[str] = field(default_factory=list)

    @property
    def is_for_them(self) -> bool:
        """Whether it is the reader's matter at all."""
        return self.is_theirs or self.is_offerer or self.was_asked or self.may_take or self.can_give


def swap_shown(swap: Swap, me: Membership, *, at: datetime) -> SwapShown:
    """A swap to one reader. A duty that was called off, or that somebody has no more, is over for everybody."""
    one = swap.assignment
    stands = one.ended_at is None and one.duty.called_off_at is None
    is_theirs = one.membership_id == me.pk
    is_open, is_offered = stands and swap.state == Swap.State.ASKED, stands and swap.state == Swap.State.OFFERED
    seen = SwapShown(
        swap, is_open, is_offered, is_theirs,
        is_offerer=swap.given is not None and swap.given.membership_id == me.pk,
        was_asked=swap.asked_of_id == me.pk,
    )  # fmt: skip
    if is_open and not is_theirs:
        return _to_answer(seen, me, at=at)
    if is_offered and is_theirs:
        return _to_agree(seen, me, at=at)
    return seen


def _to_answer(seen: SwapShown, me: Membership, *, at: datetime) -> SwapShown:
    swap = seen.swap
    plan = plan_of(swap.assignment.duty.rota, at=at)
    hindrance = _hindrance(plan, swap, me)
    may_answer = seen.was_asked or hindrance is None or may_exchange(plan, swap, me, at=at)
    can_give = may_answer and swap.takes_back and bool(coming_of(swap, [me.pk], at=at))
    why_not = own_words(hindrance) if hindrance is not None and may_answer else []
    return SwapShown(
        swap, True, False, False, False, seen.was_asked, may_take=hindrance is None, can_give=can_give, why_not=why_not
    )


def _hindrance(plan: Plan, swap: Swap, me: Membership) -> Refusal | None:
    try:
        check_may_take(plan, swap.assignment.duty, me, gone=swap.assignment)
    except HINDRANCES as hindrance:
        return hindrance
    return None


def _to_agree(seen: SwapShown, me: Membership, *, at: datetime) -> SwapShown:
    swap = seen.swap
    assert swap.given is not None
    try:
        Exchange(swap.assignment, swap.given, plans_for(swap.assignment, swap.given, at=at)).check(me)
    except HINDRANCES as hindrance:
        return SwapShown(swap, False, True, True, False, seen.was_asked, why_not=own_words(hindrance))
    return SwapShown(swap, False, True, True, False, seen.was_asked, may_take=True)


def own_words(hindrance: Refusal) -> list[str]:
    """Why somebody may not take a duty, to them alone."""
    if isinstance(hindrance, MustNotBe | BreaksRules):
        return own_matters(hindrance.plan, hindrance.broken)
    if isinstance(hindrance, AlreadyOnIt):
        return [_("You are on that duty already.")]
    assert isinstance(hindrance, NotOfThisPool)
    return [_("You do not share the duties of this program.")]
