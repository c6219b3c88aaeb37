"""Going once around: every stage finished by both sides, and a change agreed by the program's own rule."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision
from alongside.decisions.rules.kinds import usual_quorum
from alongside.decisions.tests.rounds import round_of, stand
from alongside.decisions.tests.voting import Scene, opened
from alongside.people.models import Membership
from alongside.programs import about, actions
from alongside.programs.models import Program, StageRun
from alongside.programs.models.program import design_of
from alongside.programs.rules.loop import leading_sides
from alongside.programs.tests.scenes import NOON, scene_about

Sides = dict[str, list[Membership]]
Ask = Callable[[], Decision]


def once_around(program: Program, sides: Sides) -> None:
    """Every stage is led by those who should, makes what it must, and is called finished."""
    for _stage in design_of(program)["stages"]:
        run = StageRun.objects.on(program).open().get()
        leads = {side: sides[side][0] for side in leading_sides(design_of(program), run.stage)}
        for side, lead in leads.items():
            actions.lead(run=run, membership=lead, side=side, by=lead.person, at=NOON)
        for what in run.makes:
            lead = next(iter(leads.values()))
            told = {"makes": what, "told": "We did.", "by": lead.person, "at": NOON, "key": uuid4()}
            actions.produce(run=run, membership=lead, **told)
        for lead in leads.values():
            actions.call_finished(run=run, membership=lead, by=lead.person, at=NOON)
    program.refresh_from_db()


def agreed(program: Program, sides: Sides, values: Mapping[str, Any]) -> Decision:
    """A proposal that every side of the program agrees to, by the program's own rule."""
    place = scene_about(program, sides, values)
    laid = about.laid_down(place.proposal)
    closes_at = NOON + timedelta(days=laid.days)
    if laid.rule == "consent":
        ask: Ask = partial(round_of, place, sides=laid.sides, closes_at=closes_at, share=laid.share)
        decision, others = once_all_have_said(place, ask)
        stand(decision, *place.everybody, *others)
        return decisions.end_round(decision=decision, by=None, at=NOON)
    quorum = usual_quorum(laid.rule, laid.share)
    ask = partial(opened, place, sides=laid.sides, closes_at=closes_at, rule=laid.rule, quorum=quorum)
    decision, others = once_all_have_said(place, ask)
    yes = "8" if laid.rule == "gradients" else "yes"
    for member in [*place.everybody, *others]:
        decisions.cast(decision=decision, membership=member, choice=yes, by=member.person, at=NOON)
    return decisions.close(decision=decision, by=None, at=closes_at)


def once_all_have_said(place: Scene, ask: Ask) -> tuple[Decision, Sequence[Membership]]:
    """What is asked, once peer leaders who joined on the way have said for which side they speak; and who they are."""
    try:
        return ask(), []
    except decisions.SidesNotSaid as unsaid:
        for member in unsaid.people:
            decisions.speak_for(
                proposal=place.proposal, membership=member, side="provides", by=member.person, at=NOON
            )  # fmt: skip
        return ask(), unsaid.people
