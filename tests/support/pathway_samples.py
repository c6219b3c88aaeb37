"""A course with a pathway on which Thea walks, for the walks through every address."""

from typing import Any

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people.models import Membership
from alongside.programs import actions
from alongside.programs.models import StageRun
from alongside.programs.shipped import shipped

# Every address of the pathway is of the course.
PAGES = (
    "pathway", "say_lived_experience", "take_lived_experience_back", "guide", "offer_step", "note_training",
    "note_beside", "leaders", "answer_step", "give_up_step", "withdraw_step", "hear_answer", "welcome_back",
    "introduction", "plan_introduction",
)  # fmt: skip


def pathway_things(thea: Membership, cora: Membership) -> dict[str, Any]:
    """Thea takes part in it, leads its stage for her side, and is offered a step."""
    course = next(each for each in shipped() if "completed" in str(each.sections.get("pathway")))
    beginning = actions.begin(membership=cora, shipped=course.id, by=cora.person, at=now())
    source = actions.source_of(beginning)
    told = {**{ask.key: ask.usual for ask in source.asks}, "title": "Living well"}
    for key in source.questions:
        beginning = actions.answer(beginning=beginning, key=key, value=told[key], by=cora.person, at=now())
    program = actions.start(beginning=beginning, by=cora.person, at=now(), key=new_id())
    actions.enrol(program=program, membership=thea, by=thea.person, at=now())
    run = StageRun.objects.on(program).get()
    run.community = program.community
    actions.lead(run=run, membership=thea, side="uses", by=thea.person, at=now())
    step = actions.offer_step(
        program=program, membership=thea, step="leader", offered_by=cora, by=cora.person, at=now(), is_brought=True
    )
    return {"step_id": step.pk, **{f"programs:{name}.program_id": program.pk for name in PAGES}}
