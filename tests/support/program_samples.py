"""One of each thing of programs, for the walks through every address."""

from datetime import timedelta
from typing import Any

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.models import BodyMember, Membership, Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions
from alongside.programs.models import Program, Session, StageRun
from alongside.programs.models.program import design_of
from alongside.programs.rules.design import applied, difference
from alongside.programs.shipped import BLANK_ID, shipped
from tests.support.cast import Town
from tests.support.pathway_samples import pathway_things


def programs_things(town: Town) -> dict[str, Any]:
    """A program in which Thea leads for her side and proposes another time; and a beginning of another one."""
    thea = town.members["themself"]
    cora = person_in(town.community, "Cora who starts programs", roles=[Role.COORDINATOR])
    beginning = actions.begin(membership=cora, shipped=BLANK_ID, by=cora.person, at=now())
    source = actions.source_of(beginning)
    told = {**{ask.key: ask.usual for ask in source.asks}, "title": "Sunday bread"}
    for key in source.questions:
        beginning = actions.answer(beginning=beginning, key=key, value=told[key], by=cora.person, at=now())
    program = actions.start(beginning=beginning, by=cora.person, at=now(), key=new_id())
    people.join_body(body=program.group, membership=thea, part=BodyMember.Part.BELONGS, by=cora.person, at=now())
    run = StageRun.objects.on(program).get()
    run.community = town.community
    actions.lead(run=run, membership=thea, side="uses", by=thea.person, at=now())
    design = design_of(program)
    change = difference(design, applied(design, {"sessions.starts": [None, "18:30"]}))
    draft = actions.propose(
        program=program, membership=thea, title="Evenings", change=change, by=thea.person, at=now(), key=new_id()
    )
    actions.enrol(program=program, membership=thea, by=thea.person, at=now())
    cohort = actions.schedule(
        program=program, first_day=town.community.day_of(now()), leaders=[], by=cora.person, at=now(), key=new_id()
    )
    course = next(shipped())
    begun = actions.begin(membership=cora, shipped=course.id, by=cora.person, at=now())
    return {
        "program_id": program.pk,
        "place": "sessions",
        "programs:begin.kind": "blueprint",
        "programs:begin.name": BLANK_ID,
        "programs:blueprint.kind": "house",
        "programs:blueprint.name": course.id,
        "programs:blueprint_file.kind": "house",
        "programs:blueprint_file.name": course.id,
        "session_id": Session.objects.filter(cohort=cohort).earliest("number").pk,
        "beginning_id": begun.pk,
        "programs:ask.key": "title",
        "programs:values.proposal_id": draft.pk,
        "programs:change_values.proposal_id": draft.pk,
        **looking_back_things(program, thea),
        **pathway_things(thea, cora),
    }


def looking_back_things(program: Program, thea: Membership) -> dict[str, Any]:
    """Thea has looked back, raised a barrier without her name and looks after it, gave time, and agreed."""
    told: dict[str, Any] = {"program": program, "membership": thea, "side": "uses", "by": thea.person, "at": now()}
    said = actions.look_back(**told, round=1, went_well="The soup.", went_badly="", next="More soup.")
    barrier = actions.raise_barrier(**told, kind="no time", words="Mornings.", is_named=False, key=new_id())
    barrier.program = program
    actions.own(barrier=barrier, membership=thea, by=thea.person, at=now())
    yesterday = program.community.day_of(now()) - timedelta(days=1)
    entry = actions.record_input(
        **told, kind="adding", minutes=60, is_paid=False, day=yesterday, what="Cooked", key=new_id()
    )
    line = actions.add_budget_line(
        program=program, aim="prevention", what_for="Soup", amount_minor=30_000, currency="GBP", minutes=0,
        stage="co-commission", by=thea.person, at=now(), key=new_id(),
    )  # fmt: skip
    agreed = actions.write_commitment(**told, words="We bring the pots.", key=new_id())
    return {
        "said_id": said.pk,
        "barrier_id": barrier.pk,
        "input_id": entry.pk,
        "line_id": line.pk,
        "commitment_id": agreed.pk,
    }
