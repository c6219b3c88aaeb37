"""Who can be asked for the duties of a program: adults of the families in it. Children are never on duty."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.people.models import BodyMember, Household, Membership
from alongside.people.models.membership import MembershipQuerySet
from alongside.programs.models import Enrolment, Program
from alongside.programs.models.program import design_of
from alongside.rota.models import Exemption, Family
from alongside.rota.rules.opening import Stretch

Key = str


@dataclass
class Home:
    """A family of the pool with its adults. `row` None: nothing has been written down about it yet.

    `since`: the day on which it came.
    """

    key: Key
    name: str
    household: Household | None
    alone: Membership | None
    row: Family | None = None
    since: date | None = None
    adults: list[Membership] = field(default_factory=list)
    exemptions: list[Exemption] = field(default_factory=list)

    @property
    def first(self) -> Membership:
        """The adult by whom a page of this family is found."""
        return self.adults[0]

    def pattern(self, section: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What this family owes by the design; the first pattern unless another is written down."""
        owed: Sequence[Mapping[str, Any]] = section.get("owed", [])
        named = self.row.pattern if self.row else ""
        return next((each for each in owed if each["name"] == named), owed[0] if owed else None)

    def is_free_on(self, day: date) -> bool:
        return any(one.first_day <= day <= one.last_day for one in self.exemptions)

    def days_here(self, days: Iterable[date]) -> list[date]:
        """Those of these days that are not before it came."""
        return [day for day in days if self.since is None or self.since <= day]

    def free_days(self, days: Collection[date], stretch: Stretch) -> int:
        """For how many opening days of a stretch it owes nothing: it is free, or had not come yet."""
        within = [day for day in days if stretch.first <= day <= stretch.last]
        return len(within) - sum(not self.is_free_on(day) for day in self.days_here(within))


@dataclass(frozen=True)
class Pool:
    homes: dict[Key, Home]

    @property
    def members(self) -> dict[UUID, Membership]:
        return {adult.pk: adult for home in self.homes.values() for adult in home.adults}

    def home_of(self, membership_id: UUID) -> Home | None:
        for home in self.homes.values():
            if any(adult.pk == membership_id for adult in home.adults):
                return home
        return None


def key_of(household_id: UUID | None, membership_id: UUID | None) -> Key:
    """What a family is called in a problem: a person alone and a household are never called alike."""
    return f"h:{household_id}" if household_id else f"m:{membership_id}"


def pool_of(program: Program, *, on: date, first: date | None = None, last: date | None = None) -> Pool:
    """Everybody who can be asked on a day, by family; six questions, however many there are.

    `first` and `last`: of which days the exemptions are wanted. Somebody who is in two families counts in the first.
    """
    rows = Enrolment.objects.on(program).here().exclude(role__in=_paid(design_of(program))).order_by("since", "pk")
    enrolled = list(rows.select_related("household", "membership__person"))
    grown = _grown(program, enrolled, on=on)
    homes: dict[Key, Home] = {}
    for one in enrolled:
        key = key_of(one.household_id, one.membership_id)
        if key not in homes:
            name = one.household.name if one.household else one.membership.person.name
            came = program.community.day_of(one.since)
            homes[key] = Home(key, name, one.household, None if one.household else one.membership, since=came)
    _fill(homes, grown)
    _know(program, homes, first or on, last or on)
    return Pool({key: home for key, home in sorted(homes.items(), key=_by_name) if home.adults})


def _by_name(item: tuple[Key, Home]) -> tuple[str, Key]:
    return item[1].name.casefold(), item[0]


def _grown(program: Program, enrolled: Sequence[Enrolment], *, on: date) -> dict[Key, list[Membership]]:
    """The adults of each family, by name."""
    households = {one.household_id for one in enrolled if one.household_id}
    alone = {one.membership_id for one in enrolled if not one.household_id}
    places = BodyMember.objects.of(program.community).filter(household__in=households, part=BodyMember.Part.ADULT)
    lives = defaultdict(list)
    for membership, household in places.values_list("membership", "household"):
        lives[membership].append(household)
    rows: MembershipQuerySet = Membership.objects.of(program.community).current().grown(on=on)
    rows = rows.filter(Q(pk__in=list(lives)) | Q(pk__in=alone)).select_related("person").by_name()
    found: dict[Key, list[Membership]] = defaultdict(list)
    for membership in rows:
        for household in lives.get(membership.pk, []):
            found[key_of(household, None)].append(membership)
        if membership.pk in alone:
            found[key_of(None, membership.pk)].append(membership)
    return found


def _fill(homes: dict[Key, Home], grown: Mapping[Key, list[Membership]]) -> None:
    taken: set[UUID] = set()
    for key, home in homes.items():
        home.adults = [adult for adult in grown.get(key, []) if adult.pk not in taken]
        taken.update(adult.pk for adult in home.adults)


def _know(program: Program, homes: dict[Key, Home], first: date, last: date) -> None:
    """What is written down about the families: how they take part, and when they are free.

    An exemption that was ended frees them until the day before.
    """
    free = defaultdict(list)
    rows = Exemption.objects.of(program.community).filter(family__program=program)
    for exemption in rows.touching(first, last).order_by("first_day", "pk"):
        if exemption.ended_at is not None:
            ended = program.community.day_of(exemption.ended_at) - timedelta(days=1)
            exemption.last_day = min(exemption.last_day, ended)
        if exemption.first_day <= exemption.last_day:
            free[exemption.family_id].append(exemption)
    for family in Family.objects.on(program):
        if home := homes.get(key_of(family.household_id, family.membership_id)):
            home.row, home.exemptions = family, free[family.pk]


def shared_by(me: Membership, programs: Sequence[Any], *, on: date) -> list[Program]:
    """Those of these programs in whose pool this person is, as `pool_of` says of each; three questions for all.

    `programs`: read `with_design`.
    """
    if not Membership.objects.of(me.community).current().grown(on=on).filter(pk=me.pk).exists():
        return []
    homes = BodyMember.objects.of(me.community).filter(membership=me, part=BodyMember.Part.ADULT)
    mine = Q(membership=me, household=None) | Q(household__in=list(homes.values_list("household", flat=True)))
    rows = Enrolment.objects.of(me.community).here().filter(mine, program__in=programs)
    roles = defaultdict(set)
    for program_id, role in rows.values_list("program", "role"):
        roles[program_id].add(role)
    return [program for program in programs if roles[program.pk] - set(_paid(program.design))]


def _paid(design: Mapping[str, Any]) -> list[str]:
    """Roles that are paid: whoever has one is staff, and not in the pool."""
    return [name for name, role in design.get("roles", {}).items() if role.get("paid")]


def is_of(program: Program, membership: Membership, *, on: date) -> bool:
    """Can this person be asked for duties of the program?"""
    return membership.pk in pool_of(program, on=on).members
