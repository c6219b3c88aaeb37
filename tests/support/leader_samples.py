"""A run that has lost its leader, for the walks through every address: Thea offers to step in."""

from datetime import timedelta
from typing import Any

from alongside.kernel.clock import now
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions
from alongside.programs.tests.job_scenes import started
from alongside.programs.tests.run_scenes import guided_text, run_from
from tests.support.cast import Town

_OF_A_RUN = ("find_leader", "step_in", "step_back", "confirm_leader", "decline_leader")


def leaders_things(town: Town) -> dict[str, Any]:
    """Otto led it and has left; whoever takes part could lead, and a coordinator chooses."""
    thea, at = town.members["themself"], now()
    cora = person_in(town.community, "Cora who looks for leaders", roles=[Role.COORDINATOR])
    otto = person_in(town.community, "Otto who led")
    program = started(cora, guided_text("coordinators"), "Morning runs", at)
    for member in (thea, otto):
        actions.enrol(program=program, membership=member, by=member.person, at=at)
    run = run_from(program, town.community.day_of(at) + timedelta(weeks=2), leaders=(otto,), at=at)
    actions.leave(program=program, membership=otto, by=otto.person, at=at)
    offer = actions.step_in(cohort=run, membership=thea, by=thea.person, at=at)[0]
    return {
        **{f"programs:{name}.program_id": program.pk for name in _OF_A_RUN},
        **{f"programs:{name}.cohort_id": run.pk for name in _OF_A_RUN},
        **{f"programs:{name}.offer_id": offer.pk for name in ("confirm_leader", "decline_leader")},
    }
