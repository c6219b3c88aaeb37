"""Scenes of rotas: a nursery that parents run, its families, their checks, and a month to share out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import BodyMember, Community, Household, Membership, Role
from alongside.people.tests.factories import NOON, TODAY, child_in, community, coordinator_in, person_in
from alongside.programs import actions as programs
from alongside.programs import shipped
from alongside.programs.models import Enrolment, Program
from alongside.programs.tests.scenes import begun
from alongside.rota import actions
from alongside.rota.actions.searching import planned
from alongside.rota.models import Assignment, Duty, Rota, Version
from alongside.rota.planning import pairs_of
from alongside.rota.pool import pool_of
from alongside.rota.rules.discreet import find
from alongside.rota.tests.own_words import text_with
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import Check, CheckKind
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer

__all__ = ["NOON", "TODAY"]

# Twenty opening days, from a Monday to a Friday.
FIRST, LAST = date(2026, 4, 6), date(2026, 5, 1)
# In the middle of the last of them.
OVER = datetime(2026, 5, 4, 12, tzinfo=UTC)
INDUCTION, BACKGROUND = "Induction", "Background check"


def program_with_rota(by: Membership, at: datetime = NOON, *, says: Any = None, **answers: Any) -> Program:
    """A program from the blueprint whose design has a rota; `says`: what its section says otherwise."""
    shipped_one = next(each for each in shipped.shipped() if "rota" in each.sections)
    if says is None:
        beginning = begun(by, shipped_one.id, **answers)
    else:
        text = text_with(shipped_one.id, says)
        file = programs.import_blueprint(community=by.community, text=text, by=by.person, at=NOON)
        beginning = programs.begin(membership=by, file=file, by=by.person, at=NOON)
        source = programs.source_of(beginning)
        told = {**{ask.key: ask.usual for ask in source.asks}, "title": "Our nursery", **answers}
        for key in source.questions:
            beginning = programs.answer(beginning=beginning, key=key, value=told[key], by=by.person, at=NOON)
    return programs.start(beginning=beginning, by=by.person, at=at, key=uuid4())


class Nursery:
    """A community with a coordinator who keeps the rota, a steward, and families with their checks."""

    def __init__(self, families: int = 0, *, town: Community | None = None, says: Any = None, **answers: Any) -> None:
        self.town: Community = town or community()
        self.cora = coordinator_in(self.town)
        self.stella = person_in(self.town, "Stella", roles=[Role.PARTICIPANT, Role.STEWARD])
        self.program = program_with_rota(self.cora, says=says, **answers)
        self.kinds = {name: self._kind(name) for name in (INDUCTION, BACKGROUND)}
        self.parents: list[Membership] = []
        for number in range(families):
            self.family(f"Parent {number:02}")

    def _kind(self, name: str) -> CheckKind:
        known = CheckKind.objects.of(self.town).filter(name=name).first()
        told: dict[str, Any] = {"kind": "background", "months": None, "needed": 1}
        return known or safeguarding.add_kind(community=self.town, name=name, by=None, at=NOON, **told)

    def family(self, name: str, *, checks: tuple[str, ...] = (INDUCTION, BACKGROUND), with_child: bool = False) -> Any:
        """A household with one parent in the program; the parent is returned."""
        parent = person_in(self.town, name)
        home = people.make_body(
            kind=Household, community=self.town, name=f"{name}'s home", leader=parent, by=parent.person, at=NOON
        )
        assert isinstance(home, Household)
        if with_child:
            child = child_in(self.town, f"{name}'s child")
            people.join_body(body=home, membership=child, part=BodyMember.Part.CHILD, by=parent.person, at=NOON)
        self.enrols(parent, home)
        for check in checks:
            self.seen(parent, check)
        self.parents.append(parent)
        return parent

    def enrols(self, parent: Membership, home: Household | None = None) -> Enrolment:
        way = Enrolment.Way.HOUSEHOLD if home else Enrolment.Way.PERSON
        came = programs.Came(way=way, household=home)
        return programs.enrol(program=self.program, membership=parent, by=parent.person, at=NOON, came=came)

    def seen(self, parent: Membership, check: str, *, on: date = TODAY) -> Check:
        return safeguarding.write_check(
            membership=parent, kind=self.kinds[check], seen_on=on, by=self.cora.person, at=NOON
        )

    def withdraws_quietly(self, check: Check) -> None:
        """It does not hold any more; nobody has heard of it yet."""
        safeguarding.withdraw_check(check=check, why="ended", by=self.cora.person, at=NOON)

    def ends(self, parent: Membership, kind: CheckKind, last: date) -> None:
        """Their check of a kind holds until a day."""
        self.withdraws_quietly(self.seen_of(parent, kind.name))
        Check.objects.create(
            community=self.town, person=parent.person, kind=kind, seen_on=TODAY, seen_by=self.cora.person,
            ends_on=last, written_by=self.cora.person, written_at=NOON,
        )  # fmt: skip

    def seen_by(self, by: Membership, parent: Membership, check: str) -> Check:
        """A check that somebody else than Cora saw."""
        return safeguarding.write_check(membership=parent, kind=self.kinds[check], seen_on=TODAY, by=by.person, at=NOON)

    def member(self, name: str) -> Membership:
        """Somebody of this name, who comes to live here where nobody has it."""
        there: Membership | None = Membership.objects.of(self.town).filter(person__name=name).first()
        if there is None:
            return person_in(self.town, name)
        there.community = self.town
        return there

    def seen_of(self, parent: Membership, check: str) -> Check:
        found: Check = Check.objects.of(self.town).standing().get(person=parent.person, kind=self.kinds[check])
        found.community = self.town
        return found

    def withdraws(self, check: Check, at: datetime = NOON) -> None:
        """It does not hold any more, and whoever listens is told at once."""
        safeguarding.withdraw_check(check=check, why="ended", by=self.cora.person, at=at)
        actions.free_unchecked(community=self.town, person_id=check.person_id, kind=check.kind.name, by=None, at=at)

    def fills_the_pot(self, minutes: int) -> None:
        """Cora gives hours to the community's pot."""
        timebank.open_time_bank(community=self.town, by=None, at=NOON, floor_minutes=-100_000)
        timebank.pay(
            payer=timebank.account_of(community=self.town, person=self.cora.person, by=None, at=NOON),
            payee=Account.objects.get(community=self.town, kind=Account.Kind.COMMUNITY_POT),
            minutes=minutes, category=None, helped_on=TODAY, by=self.cora.person, at=NOON, key=uuid4(),
            kind=Transfer.Kind.GIFT,
        )  # fmt: skip

    def leaves(self, parent: Membership, at: datetime = NOON) -> None:
        programs.leave(program=self.program, membership=parent, by=parent.person, at=at)

    def key(self, parent: Membership) -> str:
        home = pool_of(self.program, on=TODAY).home_of(parent.pk)
        assert home is not None
        return home.key

    def told(self, member: Membership, title: str) -> bool:
        """Did they get a notice of this title?"""
        return Notice.objects.of(self.town).filter(person=member.person, title=title).exists()

    def rota(self, first: date = FIRST, last: date = LAST, at: datetime = NOON) -> Rota:
        """A draft with its duties, and nobody on them."""
        return actions.make_rota(
            program=self.program, first_day=first, last_day=last, by=self.cora.person, at=at, key=uuid4()
        )

    def searched(self, rota: Rota, at: datetime = NOON, seconds: float = 10) -> Version:
        """Search as the worker would, and take it over."""
        rota = stands(rota)
        plan = planned(rota, at=at)
        assert plan.problem is not None
        found = find(plan.problem, pairs_of(plan), seconds=seconds, wait=lambda seconds: None)
        return actions.take_over(plan=plan, found=found, by=self.cora.person, at=at)

    def published(self, first: date = FIRST, last: date = LAST, at: datetime = NOON) -> Rota:
        """A rota that was searched and holds."""
        rota = self.rota(first, last, at)
        self.searched(rota, at)
        return actions.publish(rota=stands(rota), by=self.cora.person, at=at)

    def all_done(self, rota: Rota, at: datetime = OVER, *, but: Mapping[Any, str] | None = None) -> None:
        """Stella writes down that every duty was done, but those that are told otherwise."""
        for one in held_in(rota):
            outcome = (but or {}).get(one.membership_id, "done")
            actions.settle_duty(assignment=one, outcome=outcome, by=self.stella.person, at=at)


def stands(rota: Rota) -> Rota:
    """The rota as it stands now."""
    found: Rota = Rota.objects.with_program().get(pk=rota.pk)
    found.community = found.program.community = rota.community
    return found


def held_in(rota: Rota) -> list[Assignment]:
    """Who has which duty, in order."""
    found = list(Assignment.objects.on(rota).standing().with_people().in_order())
    for one in found:
        one.community = one.duty.community = one.membership.community = rota.community
        one.duty.rota = one.duty.rota
        one.duty.rota.community = one.duty.rota.program.community = rota.community
        one.duty.program = one.duty.rota.program
    return found


def duty_in(rota: Rota, place: int = 0) -> Duty:
    """One duty of a rota, the first unless another is asked for."""
    duty: Duty = list(Duty.objects.on(rota).standing().in_order())[place]
    duty.rota, duty.community, duty.program = stands(rota), rota.community, rota.program
    return duty


def duty_of(rota: Rota, membership: Membership) -> Assignment:
    """The first duty of somebody."""
    return next(one for one in held_in(rota) if one.membership_id == membership.pk)


def counts_of(rota: Rota) -> dict[str, int]:
    """How many duties each person has, by name."""
    found: dict[str, int] = {}
    for one in held_in(rota):
        name = one.membership.person.name
        found[name] = found.get(name, 0) + 1
    return found


def on_day(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def url(name: str, town: Community, *args: object) -> str:
    """An address of this room in a community."""
    return reverse(f"rota:{name}", args=[town.slug, *args])


WEEK = timedelta(weeks=1)
