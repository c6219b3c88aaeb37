"""A stage is led by one of each side, makes what it must, and is finished when both say so."""

from uuid import uuid4

import pytest
from django.db import transaction

from alongside.programs import actions
from alongside.programs.models import StageLead, StageRun
from alongside.programs.tests.scenes import NOON, running

pytestmark = pytest.mark.django_db


def led(program, sides):
    """The stage that goes on, led by the first of each side."""
    run = StageRun.objects.on(program).open().get()
    for side, members in sides.items():
        actions.lead(run=run, membership=members[0], side=side, by=members[0].person, at=NOON)
    return run


def made(run, by):
    for what in run.makes:
        actions.produce(run=run, membership=by, makes=what, told="We talked.", by=by.person, at=NOON, key=uuid4())


def finished(run, sides):
    for members in sides.values():
        program = actions.call_finished(run=run, membership=members[0], by=members[0].person, at=NOON)
    return program


def test_a_stage_is_over_only_when_both_sides_have_said_so():
    program, sides = running()
    run = led(program, sides)
    made(run, sides["uses"][0])
    uma, pia = sides["uses"][0], sides["provides"][0]

    program = actions.call_finished(run=run, membership=uma, by=uma.person, at=NOON)
    assert program.stage == "co-plan"
    program = actions.call_finished(run=run, membership=pia, by=pia.person, at=NOON)

    assert program.stage == "co-design"
    assert StageRun.objects.on(program).open().get().stage == "co-design"
    with pytest.raises(actions.StageIsOver):
        actions.call_finished(run=run, membership=uma, by=uma.person, at=NOON)


def test_a_stage_is_not_over_before_everything_is_there():
    program, sides = running()
    run = led(program, sides)
    uma = sides["uses"][0]
    actions.produce(run=run, membership=uma, makes=run.makes[0], told="Company.", by=uma.person, at=NOON, key=uuid4())

    with pytest.raises(actions.StillToMake) as refusal:
        actions.call_finished(run=run, membership=uma, by=uma.person, at=NOON)

    assert refusal.value.what == [run.makes[1]]


def test_the_loop_comes_round_again_after_the_last_stage():
    program, sides = running()

    for _stage in range(5):
        run = led(program, sides)
        made(run, sides["uses"][0])
        program = finished(run, sides)

    assert (program.stage, program.round) == ("co-plan", 2)
    assert StageRun.objects.on(program).count() == 6


def test_who_leads_speaks_for_that_side_and_for_no_other():
    program, sides = running()
    run = StageRun.objects.on(program).get()
    uma, pia = sides["uses"][0], sides["provides"][0]

    with pytest.raises(actions.NotOfThisSide):
        actions.lead(run=run, membership=uma, side="provides", by=uma.person, at=NOON)
    with pytest.raises(actions.NotOfThisSide):
        actions.lead(run=run, membership=pia, side="funds", by=pia.person, at=NOON)
    with pytest.raises(actions.NotALead):
        actions.call_finished(run=run, membership=uma, by=uma.person, at=NOON)


def test_nobody_leads_for_both_sides():
    program, sides = running()
    run = StageRun.objects.on(program).get()
    both = sides["provides"][1]
    both.roles.create(community=both.community, role="participant", starts_on=NOON.date())
    actions.lead(run=run, membership=both, side="provides", by=both.person, at=NOON)

    with pytest.raises(actions.LeadsTheOtherSide):
        actions.lead(run=run, membership=both, side="uses", by=both.person, at=NOON)


def test_somebody_else_may_lead_and_then_says_anew_that_it_is_finished():
    program, sides = running()
    run = led(program, sides)
    made(run, sides["uses"][0])
    uma, una = sides["uses"][:2]
    actions.call_finished(run=run, membership=uma, by=uma.person, at=NOON)

    actions.lead(run=run, membership=una, side="uses", by=una.person, at=NOON)

    lead = StageLead.objects.get(run=run, side="uses")
    assert (lead.membership, lead.finished_at) == (una, None)
    with pytest.raises(actions.NotALead), transaction.atomic():
        actions.call_finished(run=run, membership=uma, by=uma.person, at=NOON)


def test_a_form_sent_twice_writes_down_one_thing():
    program, sides = running()
    run, uma, key = StageRun.objects.on(program).get(), sides["uses"][0], uuid4()
    told = {"run": run, "membership": uma, "makes": run.makes[0], "told": "Company.", "by": uma.person, "key": key}

    assert actions.produce(**told, at=NOON) == actions.produce(**told, at=NOON)
    assert run.products.count() == 1
