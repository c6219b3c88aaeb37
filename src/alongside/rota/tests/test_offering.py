"""What one person could take in all rotas: what every plan says, without planning those with nothing for them."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.people import actions as people
from alongside.people.models import BodyMember, Household, Membership
from alongside.people.tests.factories import browser_of, child_in
from alongside.programs.models import Enrolment, Program
from alongside.rota import actions
from alongside.rota.models import Assignment, Rota, Swap
from alongside.rota.offering import offers_in
from alongside.rota.planning import plan_of
from alongside.rota.pool import is_of, shared_by
from alongside.rota.showing import offers_to, open_swaps
from alongside.rota.tests.scenes import NOON, TODAY, Nursery, duty_of, held_in, program_with_rota, stands, url
from alongside.rota.tests.times import later

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 4), date(2026, 5, 15)
JUNE = date(2026, 6, 1), date(2026, 6, 12)


def test_one_is_offered_what_the_plan_of_every_rota_offers():
    here = Nursery(20)
    full, with_a_gap = here.published(), here.published(*MAY)
    here.rota(*JUNE)
    here.family("Newcomer")
    gone = held_in(with_a_gap)[0]
    Assignment.objects.filter(pk=gone.pk).update(ended_at=NOON, ended_why=Assignment.Ended.CHANGED)
    asks = duty_of(full, here.parents[0])
    actions.ask_swap(assignment=asks, by=here.parents[0].person, at=NOON, key=uuid4())
    by_name = duty_of(with_a_gap, here.parents[3])
    swap = actions.ask_swap(assignment=by_name, by=here.parents[3].person, at=NOON, key=uuid4())
    Swap.objects.filter(pk=swap.pk).update(asked_of=here.stella)
    rotas = [stands(rota) for rota in Rota.objects.of(here.town).newest_first()]

    for one in (*here.parents, here.cora, here.stella):
        assert said(offers_in(rotas, one, at=NOON)) == said(of_every_plan(rotas, one)), one.person.name
    assert said(offers_in(rotas, here.stella, at=NOON)) == [(by_name.duty_id, 0, 1)]
    assert any(duty == gone.duty_id for duty, _open, _asked in said(offers_in(rotas, here.parents[-1], at=NOON)))


def of_every_plan(rotas: list[Rota], one: Membership) -> list[Any]:
    published = [rota for rota in rotas if not rota.is_draft]
    found = [offers_to(plan_of(rota, at=NOON), one, open_swaps(rota, NOON), at=NOON) for rota in published]
    return [shown for shows in found for shown in shows]


def said(offers: list[Any]) -> list[Any]:
    return [(one.duty.pk, one.open, len(one.swaps)) for one in offers]


def test_more_rotas_in_which_nobody_is_looked_for_ask_no_more_questions(django_assert_max_num_queries: Any):
    here = Nursery(20)
    here.published()
    browser = browser_of(here.parents[0])
    page, counts = url("home", here.town), []
    for period in (MAY, JUNE):
        with later(NOON):
            browser.get(page)
            with django_assert_max_num_queries(30) as caught:
                browser.get(page)
        counts.append(len(caught))
        here.published(*period)

    assert counts[1] == counts[0], counts


def test_who_shares_the_duties_of_which_programs_is_what_the_pools_say():
    here, there = Nursery(2), Nursery()
    there.town, there.program = here.town, program_with_rota(here.cora)
    alone, child = here.parents[1], child_in(here.town, "Kim")
    home = Household.objects.get(name="Parent 00's home")
    people.join_body(body=home, membership=child, part=BodyMember.Part.CHILD, by=here.cora.person, at=NOON)
    there.enrols(alone)
    there.enrols(here.stella)
    Enrolment.objects.filter(membership=here.stella).update(role="teacher")
    programs = list(Program.objects.of(here.town).running().with_design().by_title())
    for program in programs:
        program.community = here.town

    for one in (*here.parents, here.cora, here.stella, child):
        one.community = here.town
        found = [program.pk for program in shared_by(one, programs, on=TODAY)]
        assert found == [program.pk for program in programs if is_of(program, one, on=TODAY)], one.person.name


def test_more_programs_ask_no_more_questions_of_when_one_can_come():
    here, counts = Nursery(1), []
    parent = here.parents[0]
    browser, page = browser_of(parent), url("mine", here.town)
    for _program in range(3):
        with later(NOON):
            browser.get(page)
            with CaptureQueriesContext(connection) as asked:
                shown = browser.get(page).content.decode()
        counts.append(len(asked))
        here.program = program_with_rota(here.cora)
        here.enrols(parent, Household.objects.get())

    assert shown.count("What my family owes") == 3
    assert len(set(counts)) == 1, counts
