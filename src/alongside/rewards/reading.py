"""What is read from gatherings, programs and the time bank: who was there for how long, and what was agreed then."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.gatherings.models import Attendance, Gathering
from alongside.people.models import Membership
from alongside.programs import posted
from alongside.programs.models import DesignVersion, Program, Session
from alongside.programs.rules.times import minutes_of
from alongside.rewards.models import Reward
from alongside.rewards.rules.earning import EVER, THERE, Earned, Terms, Visit, earned
from alongside.rewards.rules.section import NAME
from alongside.timebank.models import Transfer

Visits = Mapping[UUID, list[Visit]]
AT_ONCE = 500


def terms_of(program: Program) -> dict[str, list[Terms]]:
    """For every reward that this program ever agreed on, what held from when; in one question."""
    versions = list(DesignVersion.objects.on(program).order_by("number").values_list("made_at", f"design__{NAME}"))
    keys = {key for _since, section in versions for key in section or {}}
    return {key: [_terms(since, (section or {}).get(key, {})) for since, section in versions] for key in keys}


def _terms(since: datetime, reward: Mapping[str, Any]) -> Terms:
    after = minutes_of(reward["after"]) if "after" in reward else None
    return Terms(since, after, reward.get("counts", THERE), reward.get("at_most"), reward.get("per", EVER))


def visits_of(program: Program, *, membership: Membership | None = None, with_credits: bool = True) -> Visits:
    """Who came to what this program held, once its list was closed; without what is contradicted.

    Minutes there are those that somebody else saw. In two questions, and one for every 500 hours posted.
    """
    rows = (
        Attendance.objects.of(program.community)
        .came()
        .filter(gathering__group=program.group_id, gathering__closed_at__isnull=False, gathering__state="planned")
    )
    if membership is not None:
        rows = rows.filter(membership=membership)
    told = list(rows.values_list("membership", "gathering", "gathering__starts_at", "minutes"))
    credited = _credited(program, [(member, gathering) for member, gathering, *_ in told]) if with_credits else {}
    found: defaultdict[UUID, list[Visit]] = defaultdict(list)
    for member, gathering, starts_at, minutes in told:
        day = program.community.day_of(starts_at)
        found[member].append(Visit(starts_at, day, str(gathering), minutes or 0, credited.get((member, gathering), 0)))
    return found


def _credited(program: Program, pairs: Iterable[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], int]:
    """Minutes posted for a session to whom, without what was given back; by member and gathering."""
    sessions = Session.objects.on(program).exclude(credited_at=None)
    by_gathering = dict(sessions.values_list("gathering", "pk"))
    held = [(member, place) for member, place in pairs if place in by_gathering]
    keys = {posted.key_of(by_gathering[place], member): (member, place) for member, place in held}
    found: dict[tuple[UUID, UUID], int] = {}
    names = list(keys)
    for start in range(0, len(names), AT_ONCE):
        rows = Transfer.objects.of(program.community).filter(key__in=names[start : start + AT_ONCE])
        given_back = set(
            Transfer.objects.of(program.community).filter(reverses__in=rows).values_list("reverses", flat=True)
        )
        found |= {
            keys[key]: minutes for pk, key, minutes in rows.values_list("pk", "key", "minutes") if pk not in given_back
        }
    return found


def counts_credits(terms: Mapping[str, Iterable[Terms]]) -> bool:
    """Does any reward look at hours that were credited?"""
    return any(one.counts != THERE for each in terms.values() for one in each)


def earned_by(reward: Reward, membership: Membership) -> Earned:
    """What one person's time came to for one reward, and how far they are on the way to the next."""
    terms = terms_of(reward.program)
    visits = visits_of(reward.program, membership=membership, with_credits=counts_credits(terms))
    return earned(visits.get(membership.pk, []), terms.get(reward.key, []))


def touched_since(moment: datetime) -> list[Program]:
    """Programs with something to earn in which attendance or hours were written down since then."""
    groups = Gathering.objects.filter(
        Q(closed_at__gte=moment) | Q(pk__in=Attendance.objects.filter(changed_at__gte=moment).values("gathering"))
    ).values("group")
    credited = Session.objects.filter(credited_at__gte=moment).values("cohort__program")
    with_rewards = Program.objects.filter(pk__in=Reward.objects.got_by(Reward.Way.EARNED).values("program"))
    found = with_rewards.filter(Q(group__in=groups) | Q(pk__in=credited))
    return list(found.select_related("community").order_by("pk"))


def all_with_rewards() -> list[Program]:
    """Every program with something to earn."""
    found = Program.objects.filter(pk__in=Reward.objects.got_by(Reward.Way.EARNED).values("program"))
    return list(found.select_related("community").order_by("pk"))
