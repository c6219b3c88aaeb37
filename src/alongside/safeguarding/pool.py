"""Who may do a duty on a day, and who lacks what. Rooms above ask here; the number of queries never grows.

kinds = pool.kinds_for(community, duty="driving", group=group)
kinds = pool.named(community, ["Reference"])    # those that a design names
pool.in_pool(people, kinds, on=day)             # the ids of those who have everything
pool.missing(person, kinds, on=day)             # what one person lacks
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count

from alongside.people.models import Community, Group, Person, RoleHeld
from alongside.safeguarding import rules
from alongside.safeguarding.models import Check, CheckKind, Requirement
from alongside.safeguarding.models.checks import current_people

Held = dict[UUID, dict[UUID, int]]


def kinds_for(community: Community, *, role: str = "", duty: str = "", group: Group | None = None) -> list[CheckKind]:
    """The kinds that a role or a duty asks for, by name: those asked for everywhere, and those of the group."""
    asked = Requirement.objects.of(community)
    asked = asked.of_role(role, group=group) if role else asked.of_duty(duty, group=group)
    return list(CheckKind.objects.of(community).in_use().filter(pk__in=asked.values("kind")).by_name())


def named(community: Community, names: Collection[str]) -> dict[str, CheckKind]:
    """The kinds that a design names, each by its name there, without regard to capitals and doubled spaces.

    What this community does not know is left out: a check that nobody has. One query, and none where nothing is named.
    """
    known = {_folded(kind.name): kind for kind in CheckKind.objects.of(community).in_use()} if names else {}
    return {name: known[_folded(name)] for name in names if _folded(name) in known}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def in_pool(people: Iterable[Person | UUID], kinds: Collection[CheckKind], *, on: date) -> set[UUID]:
    """The ids of those of `people` who have every one of `kinds` on a day; everybody, where nothing is asked for."""
    ids = [_id(person) for person in people]
    held = _held(ids, kinds, on=on)
    needed = {kind.pk: kind.needed for kind in kinds}
    return {one for one in ids if not rules.missing(held.get(one, {}), needed)}


def days_with(
    people: Iterable[Person | UUID], kinds: Collection[CheckKind], *, days: Collection[date]
) -> dict[UUID, dict[UUID, set[date]]]:
    """For each kind, the days of `days` on which each of `people` has as many of it as are needed; one query.

    Rooms that plan a period ask once, and not for each day.
    """
    ids = {_id(person) for person in people}
    spans: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = defaultdict(list)
    if ids and kinds and days:
        checks = Check.objects.filter(community__in={kind.community_id for kind in kinds}, person__in=ids).standing()
        checks = checks.filter(kind__in=[kind.pk for kind in kinds], seen_on__lte=max(days)).order_by()
        for person, kind, seen_on, ends_on in checks.values_list("person", "kind", "seen_on", "ends_on"):
            spans[kind, person].append((seen_on, ends_on))
    found: dict[UUID, dict[UUID, set[date]]] = {kind.pk: defaultdict(set) for kind in kinds}
    needed = {kind.pk: kind.needed for kind in kinds}
    for (kind, person), theirs in spans.items():
        for day in days:
            held = sum(first <= day and (last is None or day <= last) for first, last in theirs)
            if held >= needed[kind]:
                found[kind][person].add(day)
    return found


def missing(person: Person | UUID, kinds: Collection[CheckKind], *, on: date) -> dict[CheckKind, int]:
    """How many more of each kind somebody needs on a day; what they have is left out."""
    return missing_of([person], kinds, on=on).get(_id(person), {})


def missing_of(
    people: Iterable[Person | UUID], kinds: Collection[CheckKind], *, on: date
) -> dict[UUID, dict[CheckKind, int]]:
    """What each of many people lacks, by their id; who lacks nothing is left out."""
    ids = [_id(person) for person in people]
    held, by_id = _held(ids, kinds, on=on), {kind.pk: kind for kind in kinds}
    needed = {kind.pk: kind.needed for kind in kinds}
    lacking = {one: rules.missing(held.get(one, {}), needed) for one in ids}
    return {one: {by_id[kind]: count for kind, count in lacks.items()} for one, lacks in lacking.items() if lacks}


def _held(people: list[UUID], kinds: Collection[CheckKind], *, on: date) -> Held:
    """How many of each kind people have on a day: one query, however many there are."""
    found: Held = defaultdict(dict)
    if people and kinds:
        communities = {kind.community_id for kind in kinds}
        rows = Check.objects.filter(community__in=communities, kind__in=[kind.pk for kind in kinds])
        rows = rows.holding(on=on).filter(person__in=people).order_by()
        for person, kind, count in rows.values_list("person", "kind").annotate(count=Count("pk")):
            found[person][kind] = count
    return found


def _id(person: Person | UUID) -> UUID:
    return person if isinstance(person, UUID) else person.pk


@dataclass(frozen=True)
class Running:
    """Somebody's checks of a kind that run out soon, or have run out and were not made good."""

    person: Person
    kind: CheckKind
    last_day: date
    over: bool

    @property
    def told_from(self) -> date:
        """The day from which on it waits for a coordinator."""
        return self.last_day + timedelta(days=1 if self.over else -rules.DAYS_BEFORE)


def running_out(community: Community, *, on: date) -> list[Running]:
    """What runs out within 30 days or ran out within 60, soonest first. Four queries, however many there are."""
    near = (on - timedelta(days=rules.DAYS_AFTER), on + timedelta(days=rules.DAYS_BEFORE))
    kinds = {kind.pk: kind for kind in CheckKind.objects.of(community).in_use()}
    checks = Check.objects.of(community).standing().filter(kind__in=list(kinds), person__in=current_people(community))
    concerned = set(checks.filter(ends_on__range=near).order_by().values_list("person", "kind"))
    spans: dict[tuple[UUID, UUID], list[rules.Span]] = defaultdict(list)
    rows = checks.filter(person__in={person for person, _kind in concerned}).order_by()
    for person, kind, seen_on, ends_on in rows.values_list("person", "kind", "seen_on", "ends_on"):
        if (person, kind) in concerned:
            spans[person, kind].append(rules.Span(seen_on, ends_on))
    people = Person.objects.in_bulk({person for person, _kind in concerned})
    found = [
        Running(people[person], kinds[kind], end.last_day, end.over)
        for (person, kind), known in spans.items()
        if (end := rules.end_near(known, needed=kinds[kind].needed, on=on))
    ]
    return sorted(found, key=lambda each: (each.last_day, each.person.search_name, each.kind.name, each.kind.pk))


@dataclass(frozen=True)
class Lacking:
    """A member who holds a role and lacks what it asks for; `kinds`: how many more of each."""

    person: Person
    role: str
    kinds: dict[CheckKind, int]


def lacking_for_roles(community: Community, *, on: date) -> list[Lacking]:
    """Members whose role asks for more than they have, by name. Four queries, however many there are."""
    asked = list(
        Requirement.objects.of(community).exclude(role="").filter(kind__archived_at=None).select_related("kind")
    )
    roles = {requirement.role for requirement in asked}
    held = RoleHeld.objects.of(community).on(on).filter(role__in=roles, membership__left_at=None)
    held = held.filter(membership__person__erased_at=None)
    kinds = {requirement.kind for requirement in asked}
    needs: dict[tuple[UUID, str], set[CheckKind]] = defaultdict(set)
    for person, role, group in held.values_list("membership__person", "role", "group"):
        needs[person, role] |= {
            each.kind for each in asked if each.role == role and (each.group_id is None or each.group_id == group)
        }
    lacks = missing_of({person for person, _role in needs}, kinds, on=on)
    people = Person.objects.in_bulk(lacks)
    found = [
        Lacking(people[person], role, theirs)
        for (person, role), wanted in needs.items()
        if (theirs := {kind: count for kind, count in lacks.get(person, {}).items() if kind in wanted})
    ]
    return sorted(found, key=lambda each: (each.person.search_name, each.role, each.person.pk))
