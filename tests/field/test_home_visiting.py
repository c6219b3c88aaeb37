"""Visits at home by phases (A8 of the field's records): from the start to the next version of the design."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.people.models import Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.programs import actions as programs
from alongside.programs.models import Enrolment, Program
from alongside.programs.models.program import design_of
from alongside.programs.tests.going_round import Sides, agreed, once_around
from alongside.programs.tests.scenes import LATER, NOON, in_it, program_of
from alongside.wellbeing import actions
from alongside.wellbeing.models import Visit, VisitSeries
from alongside.wellbeing.tests.scenes import TODAY, checked, took_place

pytestmark = pytest.mark.django_db
VISITS = "home-visiting"
BIRTH_WEEK = 40


def begun() -> tuple[Program, Sides, Membership]:
    """The program, five parents and their visitors, one of whom is Vera."""
    town = community()
    parents = [person_in(town, f"Parent {n}") for n in range(5)]
    visitors = [person_in(town, name, roles=[Role.PROFESSIONAL]) for name in ("Vera", "Viola", "Vito")]
    program = program_of(visitors[0], VISITS)
    in_it(program, [*parents, *visitors[1:]])
    checked(program, *visitors)
    for parent in parents:
        programs.enrol(program=program, membership=parent, by=parent.person, at=NOON, came=programs.Came("referral"))
    return program, {"uses": parents, "provides": visitors}, visitors[0]


def visited(program: Program, parent: Membership, visitor: Membership, week: int, **told: Any) -> VisitSeries:
    """Visits for somebody who enrols in this week of a pregnancy."""
    day = TODAY + timedelta(weeks=BIRTH_WEEK - week)
    return actions.start_visits(
        program=program, membership=parent, visitor=visitor, enrolled_on=TODAY, day_expected_on=day,
        agreed_how="in_person", by=visitor.person, at=NOON, key=uuid4(), **told,
    )  # fmt: skip


def test_visits_are_those_that_are_published_and_follow_the_next_version():
    program, sides, vera = begun()
    totals = {
        week: visited(program, parent, vera, week) for week, parent in zip((11, 12, 18), sides["uses"], strict=False)
    }
    assert {week: series.visits.count() for week, series in totals.items()} == {11: 67, 12: 67, 18: 64}
    assert Enrolment.objects.on(program).here().filter(way="referral").count() == 5

    done = took_place(totals[12])
    once_around(program, sides)
    phases = [
        {**each, "times": 8} if each["name"] == "The first weeks" else each
        for each in design_of(program)["visits"]["phases"]
    ]
    made = programs.adopt(decision=agreed(program, sides, {"visits.phases": phases}), at=LATER)

    assert made is not None
    assert (made.number, program.round) == (2, 2)
    assert totals[12].visits.filter(phase="The first weeks").count() == 8
    kept = Visit.objects.on(totals[12]).took_place().get()
    assert (kept.pk, kept.due_on) == (done.pk, done.due_on)


def test_the_twenty_sixth_family_is_refused_unless_somebody_says_why():
    program, sides, vera = begun()
    families = [person_in(program.community, f"Family {n}") for n in range(25)]
    for family in families:
        visited(program, family, vera, 20)

    with pytest.raises(actions.CaseloadFull):
        visited(program, sides["uses"][0], vera, 20)

    assert visited(program, sides["uses"][0], vera, 20, over_why="Her sister is visited by Vera too").over_why
