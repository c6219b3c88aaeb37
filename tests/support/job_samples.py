"""One of each thing of jobs and boards, for the walks through every address."""

from typing import Any

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.models import BodyMember, Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions
from alongside.programs.models import JobTerm
from alongside.programs.tests.job_scenes import again, blueprint_text, started
from tests.support.cast import Town

_OF_A_JOB = (
    "jobs",
    "vacancies",
    "households_without_a_job",
    "job",
    "offer_job",
    "ask_to_do",
    "board_meetings",
    "board_meet",
)
_OF_A_SEAT = ("choose_for_job", "accept_job", "decline_job", "step_down")
_OF_A_MEETING = ("board_meeting", "board_presence", "board_minutes", "board_decide")


def jobs_things(town: Town) -> dict[str, Any]:
    """Thea sits on the board, which meets, and is asked for the garden; Omar offers to sit on the board too."""
    thea, at = town.members["themself"], now()
    cora = person_in(town.community, "Cora who keeps jobs", roles=[Role.COORDINATOR])
    omar = person_in(town.community, "Omar")
    program = started(cora, blueprint_text(), "Little nursery", at)
    for member in (thea, omar):
        people.join_body(body=program.group, membership=member, part=BodyMember.Part.BELONGS, by=cora.person, at=at)

    def offers(member: Any) -> JobTerm:
        return again(
            actions.offer_job(program=program, job="board", membership=member, by=member.person, at=at), program
        )

    seat, offer = offers(thea), offers(omar)
    actions.choose_for_job(term=seat, how="vote", where="Annual meeting", by=cora.person, at=at)
    asked = actions.ask_to_do(program=program, job="garden", membership=thea, asked_by=omar, by=omar.person, at=at)
    meeting = again(
        actions.hold_board_meeting(
            program=program, job="board", held_on=town.community.day_of(at), by=cora.person, at=at
        ),
        program,
    )
    actions.tick_presence(meeting=meeting, here=[thea], by=cora.person, at=at)
    actions.note_board_decision(meeting=meeting, words="We buy a slide.", by=cora.person, at=at, key=new_id())
    names = (*_OF_A_JOB, *_OF_A_SEAT, *_OF_A_MEETING)
    return {
        **{f"programs:{name}.program_id": program.pk for name in names},
        **{f"programs:{name}.job": "board" for name in _OF_A_JOB},
        **{f"programs:{name}.meeting_id": meeting.pk for name in _OF_A_MEETING},
        "programs:choose_for_job.term_id": offer.pk,
        "programs:accept_job.term_id": asked.pk,
        "programs:decline_job.term_id": asked.pk,
        "programs:step_down.term_id": seat.pk,
    }
