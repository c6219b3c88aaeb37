"""The rota of a period as a problem to be solved: duties, people, what they may do, and the rules of the design."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.kernel.ids import new_id
from alongside.people.models import Membership
from alongside.programs.models import Program, Session
from alongside.rota.edges import crowded_days
from alongside.rota.models import Assignment, Away, ClosedDay, Duty, Rota, Wish
from alongside.rota.pool import Home, Pool, pool_of
from alongside.rota.rules import opening
from alongside.rota.rules import problem as rules
from alongside.rota.rules.section import MONTH, OPENING_DAYS
from alongside.safeguarding import apart, pool

# How much somebody would rather not do a duty, of 20.
RATHER_NOT = 12
Days = set[date]


@dataclass(frozen=True)
class Plan:
    """Everything that a search, a page or a change by hand needs to know of a rota."""

    rota: Rota
    duties: dict[str, Duty]
    pool: Pool
    people: dict[str, Membership]
    held: list[Assignment]
    problem: rules.Problem | None
    # Who is out of the pool for which duty: a check of theirs does not hold on that day, or they take part no more.
    out: frozenset[tuple[str, str]] = frozenset()
    # Which check somebody has at another time, and not on the day of a duty.
    lost: frozenset[tuple[str, str, str]] = frozenset()

    @cached_property
    def assignments(self) -> frozenset[rules.Assignment]:
        return frozenset(rules.Assignment(str(one.membership_id), str(one.duty_id)) for one in self.held)

    @cached_property
    def on_duty(self) -> dict[UUID, list[Assignment]]:
        found: dict[UUID, list[Assignment]] = defaultdict(list)
        for one in self.held:
            found[one.duty_id].append(one)
        return found

    def home_of(self, membership_id: UUID) -> Home | None:
        return self.pool.home_of(membership_id)

    def is_out(self, person: str, duty: str) -> bool:
        return (person, duty) in self.out

    def has(self, person: str, duty: str, training: str) -> bool:
        """Does somebody have this check or training on the day of a duty?"""
        known = self.problem.person_of.get(person) if self.problem else None
        return known is not None and training in known.training and (person, duty, training) not in self.lost

    def open_places(self) -> int:
        return sum(max(0, duty.people - len(self.on_duty[duty.pk])) for duty in self.duties.values())


def turns_of(program: Program, first: date, last: date) -> list[opening.Turn]:
    """The sessions of a program in a period, on the clock there."""
    zone = ZoneInfo(program.community.time_zone)
    begin = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    rows = Session.objects.on(program).filter(gathering__state="planned", gathering__starts_at__range=(begin, end))
    found = []
    for starts, ends in rows.order_by("gathering__starts_at").values_list("gathering__starts_at", "gathering__ends_at"):
        local = starts.astimezone(zone).replace(tzinfo=None)
        found.append(opening.Turn(local, int((ends - starts).total_seconds()) // 60))
    return found


def asked_of(program: Program, section: Mapping[str, Any], first: date, last: date) -> list[opening.Asked]:
    """The duties that the design asks for in a period, without closed days."""
    closed = ClosedDay.objects.of(program.community).filter(program=program, day__range=(first, last))
    days = frozenset(closed.values_list("day", flat=True))
    return opening.duties_in(section, first, last, closed=days, sessions=turns_of(program, first, last))


def duty_of(rota: Rota, asked: opening.Asked) -> Duty:
    """A row for a duty that is asked for; not saved. A time that the clock skips is an hour later."""
    starts = asked.starts.replace(tzinfo=ZoneInfo(rota.community.time_zone))
    return Duty(
        id=new_id(), community=rota.community, rota=rota, program=rota.program, name=asked.name, day=asked.day,
        starts_at=starts, ends_at=starts + timedelta(minutes=asked.minutes), people=asked.people,
        everybody=list(asked.everybody), somebody=list(asked.somebody), counts=asked.counts,
    )  # fmt: skip


def plan_of(rota: Rota, *, at: datetime, for_search: bool = False) -> Plan:
    """The rota as it stands, with its problem; a fixed number of questions.

    `for_search`: what is over, and what was set by hand, stays; the rest of the rota so far is kept where it can be.
    The problem is None where there is nothing to share out, or nobody to share it.
    """
    today = rota.community.day_of(at)
    duties = {str(duty.pk): duty for duty in Duty.objects.on(rota).standing().in_order()}
    held = list(Assignment.objects.on(rota).standing().select_related("membership__person").in_order())
    for duty in duties.values():
        duty.rota = rota
    for one in held:
        one.duty = duties[str(one.duty_id)]
    people = pool_of(rota.program, on=max(today, rota.first_day), first=rota.first_day, last=rota.last_day)
    members = {str(pk): one for pk, one in people.members.items()}
    for one in held:
        members.setdefault(str(one.membership_id), one.membership)
    found = Plan(rota, duties, people, members, held, None)
    if not duties or not members:
        return found
    making = _Making(found, today, for_search)
    return replace(found, problem=making.made(), out=frozenset(making.out), lost=frozenset(making.lost))


class _Making:
    """One problem in the making."""

    def __init__(self, plan: Plan, today: date, for_search: bool) -> None:
        self.plan, self.today, self.for_search = plan, today, for_search
        self.rota, self.section = plan.rota, plan.rota.section
        self.zone = ZoneInfo(plan.rota.community.time_zone)
        self.days = sorted({duty.day for duty in plan.duties.values()})
        self.counts_with = list(self.section.get("ratio", {}).get("counts_with", ()))
        self.holds = self._holds()
        self.crowded = crowded_days(self.rota, self.days)
        self.out: set[tuple[str, str]] = set()
        self.lost: set[tuple[str, str, str]] = set()

    def made(self) -> rules.Problem:
        plan = self.plan
        fixed, earlier = self._set_by_hand()
        quotas, shares = self._owed()
        fair_within = self.section.get("fair_within")
        spacing = self.section.get("spacing")
        return rules.Problem(
            people=self._people(),
            duties=[self._duty(duty) for duty in plan.duties.values()],
            sessions=self._sessions(),
            quotas=quotas,
            fair=[] if fair_within is None else [self._fair(fair_within)],
            spacing=spacing and rules.Spacing(spacing["days"], spacing.get("counted_in") == OPENING_DAYS),
            per_week=self.section.get("most_a_week"),
            fixed=fixed,
            earlier=earlier,
            shares=shares,
        )

    def _holds(self) -> dict[str, dict[UUID, Days]]:
        """For each name of a check that the rota asks for, the days on which each person has it; two questions.

        A check that this community does not know is one that nobody has.
        """
        names = {name for duty in self.plan.duties.values() for name in (*duty.everybody, *duty.somebody)}
        names |= set(self.counts_with)
        kinds = pool.named(self.rota.community, names)
        person_of = {one.person_id: one.pk for one in self.plan.people.values()}
        found = pool.days_with(person_of, list(kinds.values()), days=self.days)
        return {
            name: {person_of[person]: days for person, days in found[kinds[name].pk].items()} if name in kinds else {}
            for name in names
        }

    def _has(self, membership: Membership, names: Collection[str]) -> Days:
        """The days of the rota on which somebody has every one of these."""
        days = set(self.days)
        for name in names:
            days &= self.holds[name].get(membership.pk, set())
        return days

    def _people(self) -> list[rules.Person]:
        away = self._away()
        wishes = self._wishes()
        busy = self._busy()
        return [self._person(member, away[member.pk], wishes[member.pk], busy[member.pk]) for member in self._asked()]

    def _asked(self) -> list[Membership]:
        """Whoever may have a duty; a search leaves out families that owe nothing in all the time."""
        if not self.for_search:
            return list(self.plan.people.values())
        held = {one.membership_id for one in self.plan.held}
        free = {
            adult.pk for home in self.plan.pool.homes.values() if all(home.is_free_on(day) for day in self.days)
            for adult in home.adults
        }  # fmt: skip
        return [one for one in self.plan.people.values() if one.pk in held or one.pk not in free]

    def _person(self, member: Membership, away: Days, wishes: list[Wish], busy: list[tuple[datetime, datetime]]) -> Any:
        duties = self.plan.duties
        home = self.plan.home_of(member.pk)
        held = {str(one.duty_id) for one in self.plan.held if one.membership_id == member.pk}
        counts = self._has(member, self.counts_with)
        training = frozenset(name for name, holders in self.holds.items() if holders.get(member.pk))
        cannot, costs = set(), {}
        for key, duty in duties.items():
            wished = {wish.how for wish in wishes if self._about(wish, duty)}
            if Wish.How.RATHER_NOT in wished:
                costs[key] = RATHER_NOT
            lost = {(str(member.pk), key, name) for name in training if duty.day not in self.holds[name][member.pk]}
            self.lost |= lost
            at_once = any(starts < duty.ends_at and duty.starts_at < ends for starts, ends in busy)
            free = self.for_search and home is not None and home.is_free_on(duty.day)
            if lost or (home is None and key not in held):
                self.out.add((str(member.pk), key))
            crowded = home is not None and key not in held and duty.day in self.crowded.get(home.key, ())
            if Wish.How.CANNOT in wished or at_once or free or crowded or (str(member.pk), key) in self.out:
                cannot.add(key)
        return rules.Person(
            id=str(member.pk), household=home.key if home else f"gone:{member.pk}", training=training,
            checked=bool(counts) or not self.counts_with, away=frozenset(away), cannot=frozenset(cannot), costs=costs,
        )  # fmt: skip

    @staticmethod
    def _about(wish: Wish, duty: Duty) -> bool:
        return wish.weekday in (0, duty.day.isoweekday()) and wish.duty in ("", duty.name)

    def _away(self) -> dict[UUID, Days]:
        found: dict[UUID, Days] = defaultdict(set)
        rows = Away.objects.of(self.rota.community).filter(membership__in=[one.pk for one in self.plan.people.values()])
        rows = rows.filter(first_day__lte=self.rota.last_day, last_day__gte=self.rota.first_day)
        for membership, first, last in rows.values_list("membership", "first_day", "last_day"):
            found[membership].update(day for day in self.days if first <= day <= last)
        return found

    def _wishes(self) -> dict[UUID, list[Wish]]:
        found: dict[UUID, list[Wish]] = defaultdict(list)
        for wish in Wish.objects.of(self.rota.community).filter(program=self.rota.program):
            found[wish.membership_id].append(wish)
        return found

    def _busy(self) -> dict[UUID, list[tuple[datetime, datetime]]]:
        """When people of the pool have duties of other rotas."""
        found: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
        rows = Assignment.objects.of(self.rota.community).standing().exclude(duty__rota=self.rota)
        rows = rows.filter(membership__in=[one.pk for one in self.plan.people.values()])
        rows = rows.filter(duty__day__range=(self.rota.first_day, self.rota.last_day))
        for membership, starts, ends in rows.values_list("membership", "duty__starts_at", "duty__ends_at"):
            found[membership].append((starts, ends))
        return found

    def _duty(self, duty: Duty) -> rules.Duty:
        return rules.Duty(
            id=str(duty.pk), starts=duty.starts_at.astimezone(self.zone), ends=duty.ends_at.astimezone(self.zone),
            kind=duty.name, people=duty.people, somebody=frozenset(duty.somebody), everybody=frozenset(duty.everybody),
        )  # fmt: skip

    def _sessions(self) -> list[rules.Session]:
        """Which duties are under way at the same time, and how many checked adults they must bring."""
        needed = opening.checked_needed(self.section)
        by_day: dict[date, dict[str, tuple[datetime, datetime]]] = defaultdict(dict)
        for key, duty in self.plan.duties.items():
            if duty.counts:
                by_day[duty.day][key] = (duty.starts_at, duty.ends_at)
        if not needed:
            return []
        return [
            rules.Session(id=f"{day.isoformat()}#{place}", duties=group, checked=needed)
            for day, spans in by_day.items()
            for place, group in enumerate(opening.together(spans))
        ]

    def _fair(self, within: int) -> rules.FairShare:
        return rules.FairShare(self.rota.first_day, self.rota.last_day, within)

    def _owed(self) -> tuple[list[rules.Quota], dict[str, int]]:
        """What each family owes in each stretch, and how large a share of the rest it has."""
        quotas, shares = [], {}
        stretches = stretches_of(self.rota, self.days)
        asked = {one.pk for one in self._asked()}
        for key, home in self.plan.pool.homes.items():
            pattern = home.pattern(self.section)
            if pattern is None or not any(adult.pk in asked for adult in home.adults):
                continue
            shares[key] = pattern.get("share", 1)
            for each in stretches:
                least, most = opening.owed(pattern, each, free_days=home.free_days(self.days, each))
                quotas.append(rules.Quota(key, each.first, each.last, least, most))
        return quotas, shares

    def _set_by_hand(self) -> tuple[frozenset[rules.Assignment], frozenset[rules.Assignment]]:
        """What a search leaves as it is, and what it would rather leave."""
        if not self.for_search:
            return frozenset(), frozenset()
        stays = {one: one.is_fixed or bool(one.outcome) or self._is_past(one.duty) for one in self.plan.held}
        pairs = {one: rules.Assignment(str(one.membership_id), str(one.duty_id)) for one in self.plan.held}
        fixed = frozenset(pairs[one] for one, stays_put in stays.items() if stays_put)
        return fixed, frozenset(pairs.values()) - fixed

    def _is_past(self, duty: Duty) -> bool:
        return not self.rota.is_draft and duty.day <= self.today


def stretches_of(rota: Rota, days: Collection[date]) -> list[opening.Stretch]:
    """The stretches for which something is owed: the months of the rota, or all of it."""
    if not days:
        return []
    if rota.section.get("owed_each", MONTH) != MONTH:
        return [opening.Stretch(rota.first_day, rota.last_day, len(days), len(days))]
    firsts = sorted({day.replace(day=1) for day in days})
    last = (firsts[-1] + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    asked = {one.day for one in asked_of(rota.program, rota.section, firsts[0], last)}
    months = {first: sum(day.replace(day=1) == first for day in asked) for first in firsts}
    return opening.months_in(rota.first_day, rota.last_day, opening=set(days), of_month=months)


def pairs_of(plan: Plan) -> list[rules.Apart]:
    """Who never meets in this rota: for searches alone, never for a page (ADR 0011)."""
    person_of = {one.person_id: one for one in plan.people.values()}
    days = sorted({duty.day for duty in plan.duties.values()})
    found: dict[frozenset[UUID], Days] = {}
    for day in {days[0], days[-1]} if days else set():
        for pair in apart.conflicts(person_of, community=plan.rota.community, on=day):
            found[pair] = set()
    by_hand: dict[UUID, Days] = defaultdict(set)
    for row in plan.held:
        if row.is_fixed:
            by_hand[row.membership.person_id].add(row.duty.day)
    asked = set() if plan.problem is None else set(plan.problem.person_of)
    pairs = []
    for pair in found:
        one, other = sorted(pair)
        besides = by_hand[one] & by_hand[other]
        ids = str(person_of[one].pk), str(person_of[other].pk)
        if asked.issuperset(ids):
            pairs.append(rules.Apart(*ids, rules.Scope.DAY, frozenset(besides)))
    return sorted(pairs, key=lambda pair: (pair.one, pair.other))
