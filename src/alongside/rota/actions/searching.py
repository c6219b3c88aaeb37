"""A search for who does what: begun from a page, done by the worker, and taken over whole or not at all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Person
from alongside.rota import letters
from alongside.rota.actions.holding import changed, end, family_of, held, hold_people, log
from alongside.rota.actions.unasking import withdraw_swaps
from alongside.rota.models import Assignment, Duty, Rota, Version
from alongside.rota.planning import Plan, plan_of
from alongside.rota.rules.discreet import Found
from alongside.rota.saying import kept


class NothingToShare(Refusal):
    """There are no duties, or nobody shares them yet."""


class OtherDutiesMeanwhile(Refusal):
    """While the search went on, somebody got a duty in another rota at the same time."""


@transaction.atomic
def begin_search(*, rota: Rota, searching: UUID, by: Person, at: datetime) -> Rota:
    """Write down that a search goes on; `searching` is the id of its progress. Raises SomeoneElseWasFaster."""
    stands = held(rota)
    stands.searching = searching
    stands.save(update_fields=["searching"])
    log("search_begun", stands, by=by, at=at)
    return stands


@transaction.atomic
def take_over(*, plan: Plan, found: Found, by: Person, at: datetime) -> Version:
    """Write down what a search found: all of it, or nothing where the rota has changed since it began.

    Raises SomeoneElseWasFaster, OtherDutiesMeanwhile.
    """
    rota = held(plan.rota)
    if rota.revision != plan.rota.revision:
        raise SomeoneElseWasFaster
    open_places = plan.open_places()
    if found.result != Version.Result.IMPOSSIBLE:
        open_places = sum(duty.people for duty in plan.duties.values()) - len(found.assignments)
        _write(plan, rota, found, at=at)
    version = _version(rota, found, open_places, by=by, at=at)
    changed(rota, version=version.number, searching=None)
    log("searched", version, by=by, at=at)
    return version


def _version(rota: Rota, found: Found, open_places: int, **told: Any) -> Version:
    version = Version(
        community=rota.community, rota=rota, number=rota.version + 1, result=found.result, gap=found.gap,
        moves=found.moves, fewest_moves=found.fewest_moves, open_places=open_places, told=kept(found.told),
        made_by=told["by"], made_at=told["at"],
    )  # fmt: skip
    version.save(force_insert=True)
    return version


def _write(plan: Plan, rota: Rota, found: Found, *, at: datetime) -> None:
    """End what changes hands, and put the others where the search says."""
    wanted = {(one.person, one.duty) for one in found.assignments}
    there = {(str(one.membership_id), str(one.duty_id)): one for one in plan.held}
    gone = [one for place, one in there.items() if place not in wanted]
    new = sorted(wanted - there.keys())
    hold_people(rota, [plan.people[person].pk for person, _duty in new])
    if rota.is_draft:
        Assignment.objects.of(rota.community).filter(pk__in=[one.pk for one in gone]).delete()
    else:
        withdraw_swaps(rota.community, [one.pk for one in gone], at=at)
        for one in gone:
            one.community = rota.community
            end(one, Assignment.Ended.PLANNED_ANEW, at=at)
    made = _placed(plan, rota, new, [one for one in there.values() if one not in gone], at=at)
    _check_times(rota, made)
    Assignment.objects.bulk_create(made)
    if not rota.is_draft:
        letters.planned_anew(rota, gone, made, at=at)


def _placed(
    plan: Plan, rota: Rota, new: Iterable[tuple[str, str]], stay: Iterable[Assignment], *, at: datetime
) -> list[Assignment]:
    """Rows for whoever is new on a duty, each on the first place nobody has."""
    families = {key: family_of(rota, home) for key, home in plan.pool.homes.items()}
    taken = {(str(one.duty_id), one.place) for one in stay}
    made = []
    for person, duty in new:
        member = plan.people[person]
        home = plan.home_of(member.pk)
        assert home is not None, "a search asks nobody who is not in the pool"
        place = next(n for n in range(1, plan.duties[duty].people + 1) if (duty, n) not in taken)
        taken.add((duty, place))
        made.append(
            Assignment(
                community=rota.community, duty=plan.duties[duty], family=families[home.key], membership=member,
                place=place, made_at=at,
            )
        )  # fmt: skip
    return made


def _check_times(rota: Rota, made: list[Assignment]) -> None:
    """Raises OtherDutiesMeanwhile where somebody has a duty of another rota at the same time."""
    days = {one.duty.day for one in made}
    rows = Assignment.objects.of(rota.community).standing().exclude(duty__rota=rota)
    rows = rows.filter(membership__in=[one.membership_id for one in made], duty__day__in=days).select_related("duty")
    busy: dict[UUID, list[Duty]] = {}
    for other in rows:
        busy.setdefault(other.membership_id, []).append(other.duty)
    for one in made:
        for duty in busy.get(one.membership_id, []):
            if duty.starts_at < one.duty.ends_at and one.duty.starts_at < duty.ends_at:
                raise OtherDutiesMeanwhile


def planned(rota: Rota, *, at: datetime) -> Plan:
    """The rota as a search sees it. Raises NothingToShare."""
    plan = plan_of(rota, at=at, for_search=True)
    if plan.problem is None:
        raise NothingToShare
    return plan
