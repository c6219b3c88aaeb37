"""A rota is published: from then on it holds, people are told, and duties change hands by swaps and by hand."""

from datetime import date, datetime

from django.db import transaction

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Person
from alongside.rota import letters
from alongside.rota.actions.holding import RotaIsPublished, changed, held, log
from alongside.rota.models import Rota
from alongside.rota.planning import Plan, plan_of
from alongside.rota.rules.checking import Violation, violations
from alongside.rota.rules.program import Kind


class TooFewCheckedAdults(Refusal):
    """On these `days` there would be fewer checked adults than the children need."""

    def __init__(self, *, days: list[date]) -> None:
        super().__init__(", ".join(map(str, days)))
        self.days = days


class ChecksAreMissing(Refusal):
    """On these `days` somebody is on a duty without the checks that it needs, or cannot be there at all."""

    def __init__(self, *, days: list[date]) -> None:
        super().__init__(", ".join(map(str, days)))
        self.days = days


class NobodyOnIt(Refusal):
    """Nobody has any duty yet."""


_NEVER = (Kind.EVERYBODY, Kind.ONCE)


def publish(*, rota: Rota, by: Person, at: datetime) -> Rota:
    """Let the rota hold, and tell everybody who is on it. Places may be open: people take them.

    Everything is looked at before the rota is held, so that nobody waits for it; where it has changed meanwhile,
    nothing happens. Raises RotaIsPublished, NobodyOnIt, TooFewCheckedAdults, ChecksAreMissing, SomeoneElseWasFaster.
    """
    if not rota.is_draft:
        raise RotaIsPublished
    plan = plan_of(rota, at=at)
    if plan.problem is None or not plan.held:
        raise NobodyOnIt
    check_safe(plan)
    return _publish(plan, by=by, at=at)


@transaction.atomic
def _publish(plan: Plan, *, by: Person, at: datetime) -> Rota:
    stands = held(plan.rota)
    if not stands.is_draft:
        raise RotaIsPublished
    if stands.revision != plan.rota.revision:
        raise SomeoneElseWasFaster
    changed(stands, published_at=at, published_by=by)
    log("published", stands, by=by, at=at)
    letters.published(stands, plan.held, at=at)
    return stands


def check_safe(plan: Plan) -> None:
    """Raises TooFewCheckedAdults or ChecksAreMissing: what no vote and no hurry makes good."""
    assert plan.problem is not None
    found = violations(plan.problem, plan.assignments)
    few = sorted({_day(one) for one in found if one.kind is Kind.CHECKED})
    if few:
        raise TooFewCheckedAdults(days=few)
    unsafe = {where for one in found if one.kind in _NEVER for where in one.where}
    unsafe |= _without_checks(plan, found)
    if unsafe:
        raise ChecksAreMissing(days=sorted({plan.duties[duty].day for duty in unsafe}))


def _day(one: Violation) -> date:
    return date.fromisoformat(one.where[0].partition("#")[0])


def _without_checks(plan: Plan, found: tuple[Violation, ...]) -> set[str]:
    """Duties of people who are out of the pool on that day: a check of theirs has run out by then."""
    assert plan.problem is not None
    out = set()
    for one in found:
        if one.kind is Kind.AWAY and plan.is_out(one.who[0], one.where[0]):
            out.add(one.where[0])
    return out
