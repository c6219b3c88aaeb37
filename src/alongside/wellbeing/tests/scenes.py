"""Scenes of plans and visits: a program that visits people, somebody who is visited, and steps of a week."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import TestCase
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import NOON, TODAY, community, coordinator_in, person_in
from alongside.programs import actions as programs
from alongside.programs import shipped
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.programs.tests.scenes import begun
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import Check, CheckKind
from alongside.wellbeing import actions
from alongside.wellbeing.models import ActionStep, Visit, VisitSeries
from alongside.wellbeing.whose import ABILITY

__all__ = ["NOON", "TODAY"]

WEEK = timedelta(weeks=1)
TOLD = {"what": "Walk", "how_much": "To the mill", "when": "After breakfast", "how_often": "Three times"}


def program_with_visits(by: Membership, at: datetime = NOON, **answers: Any) -> Program:
    """A program from the blueprint whose design has visits."""
    found = next(each for each in shipped.shipped() if "visits" in each.sections)
    return programs.start(beginning=begun(by, found.id, **answers), by=by.person, at=at, key=uuid4())


def checked(program: Program, *visitors: Membership, on: date = TODAY, until: date | None = None) -> list[Check]:
    """Somebody saw that these have what the design asks of whoever visits; all of it holds `until` a day."""
    design, town = design_of(program), program.community
    sam = person_in(town, "Sam who sees checks", roles=[Role.COORDINATOR]).person
    known = {kind.name: kind for kind in CheckKind.objects.of(town).in_use()}
    found = []
    for name in design["roles"][design["visits"]["who"]].get("needs", []):
        kind = known.get(name) or safeguarding.add_kind(
            community=town, name=name, kind="background", months=None, needed=1, by=sam, at=NOON
        )
        for visitor in visitors:
            told: dict[str, Any] = {"seen_on": on, "until": until, "by": sam, "at": max(NOON, now())}
            found.append(safeguarding.write_check(membership=visitor, kind=kind, **told))
    return found


def lose(check: Check, *, by: Membership, at: datetime | None = None) -> None:
    """A check is withdrawn for good, and whoever listens hears of it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        safeguarding.withdraw_check(check=check, why="ended", by=by.person, at=at or now())


class Place:
    """A community with a coordinator, a visitor, somebody who is visited, and a program that visits.

    Vera, who visits, has every check for good; `unchecked`: nobody has any.
    """

    def __init__(self, *, unchecked: bool = False, **answers: Any) -> None:
        self.town: Community = community()
        self.cora = coordinator_in(self.town)
        self.vera = person_in(self.town, "Vera", roles=[Role.PROFESSIONAL])
        self.mara = person_in(self.town, "Mara")
        self.program = program_with_visits(self.cora, **answers)
        if not unchecked:
            checked(self.program, self.vera)

    def visits(self, membership: Membership | None = None, **told: Any) -> VisitSeries:
        """Visits that begin today, with a birth 28 weeks on."""
        about = {
            "program": self.program, "membership": membership or self.mara, "visitor": self.vera,
            "enrolled_on": TODAY, "day_expected_on": TODAY + 28 * WEEK, "agreed_how": "in_person",
            "by": self.cora.person, "at": NOON, "key": uuid4(), **told,
        }  # fmt: skip
        return actions.start_visits(**about)

    def families(self, count: int) -> list[VisitSeries]:
        """So many people whom Vera visits."""
        return [self.visits(person_in(self.town, f"Family {n}")) for n in range(count)]


def visit_of(series: VisitSeries, place: int = 0) -> Visit:
    """One visit of a series, the first unless another is asked for."""
    visit: Visit = Visit.objects.on(series).in_order()[place]
    visit.series, visit.community = series, series.community
    return visit


def took_place(series: VisitSeries, place: int = 0, at: datetime = NOON) -> Visit:
    visit = visit_of(series, place)
    done = actions.settle_visit(
        visit=visit,
        state="took_place",
        held_on=min(visit.due_on, at.date()),
        minutes=60,
        by=series.visitor.person,
        at=at,
    )
    done.series = series
    return done


def step_of(membership: Membership, at: datetime = NOON, **told: Any) -> ActionStep:
    """A step with every answer but those told otherwise; not kept yet."""
    said: dict[str, Any] = {"by": membership.person, "at": at}
    step = actions.begin_step(membership=membership, **said)
    for part, value in {**TOLD, "confidence": 8, **told}.items():
        step = actions.answer_step(step=step, part=part, value=value, **said)
    return step


def asked_to_write(membership: Membership, helper: Membership | None, ability: str = ABILITY) -> None:
    """The member asks a helper, or all coordinators, to write for them."""
    people.let_act(
        membership=membership, helper=helper, abilities=[ability], expires_on=TODAY + timedelta(days=300),
        consent_how="in_person", consent_on=TODAY, consent_words="", by=membership.person, at=NOON,
    )  # fmt: skip


def url(name: str, town: Community, *args: object) -> str:
    """An address of this room in a community."""
    return reverse(f"wellbeing:{name}", args=[town.slug, *args])
