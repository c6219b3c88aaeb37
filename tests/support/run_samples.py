"""One of each thing of runs, for the walks through every address."""

from datetime import timedelta
from typing import Any

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import BodyMember, Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions
from alongside.programs.models import Enrolment
from alongside.programs.tests.job_scenes import started
from alongside.programs.tests.run_scenes import held, run_from, runs_text, session_of
from tests.support.cast import Town

_ALL = ("session_plan", "look_on", "what_happened", "change_run", "stay_in_run", "diploma")


def runs_things(town: Town) -> dict[str, Any]:
    """Thea leads a run, has completed it, and waits for a place in another that is full."""
    thea = town.members["themself"]
    cora = person_in(town.community, "Cora who keeps runs", roles=[Role.COORDINATOR])
    # Held sessions lie in the past: planned then, held then.
    then = now() - timedelta(weeks=3)
    program = started(cora, runs_text(places=1, needed=1), "Evening runs", then)
    people.join_body(body=program.group, membership=thea, part=BodyMember.Part.BELONGS, by=cora.person, at=then)
    mine = actions.enrol(program=program, membership=thea, by=thea.person, at=then)
    first = run_from(program, town.community.day_of(then), leaders=(thea,), at=then)
    session = held(first, 1, thea)
    other = person_in(town.community, "Otto who is in the other run")
    actions.enrol(program=program, membership=other, by=other.person, at=now())
    second = run_from(program, town.community.day_of(now()) + timedelta(weeks=2), at=now())
    move = actions.change_run(program=program, membership=thea, cohort=second, by=thea.person, at=now())
    assert move.state == "waiting"
    assert Enrolment.objects.get(pk=mine.pk).cohort_id == first.pk
    actions.look_on(session=session_of(first, session.number), membership=thea, happened=[0], by=thea.person, at=now())
    return {
        **{f"programs:{name}.program_id": program.pk for name in _ALL},
        **{f"programs:{name}.session_id": session.pk for name in ("session_plan", "look_on")},
        "programs:what_happened.cohort_id": first.pk,
        "programs:stay_in_run.move_id": move.pk,
        "programs:diploma.enrolment_id": mine.pk,
    }
