"""The short session on what co-production is: planned for any program, led by somebody of either side."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.gatherings import actions as gatherings
from alongside.gatherings.actions import Told
from alongside.gatherings.models import Place, SignUp, Visibility
from alongside.kernel import activity
from alongside.people.models import Membership, Person
from alongside.programs.actions.belonging import checked_side, held_program
from alongside.programs.introduction import plan
from alongside.programs.models import Introduction, Program

ROOM = "programs_introduction"


@transaction.atomic
def plan_introduction(
    *, program: Program, led_by: Membership, side: str, starts_at: datetime, by: Person, at: datetime, key: UUID,
    place: Place | None = None, online: str = "",
) -> Introduction:  # fmt: skip
    """Plan one, open to everybody here. Whoever comes has done it, in any program. The same `key` returns the first.

    Raises ProgramIsOver, NotOfThisProgram, NotOfThisSide, and what `gatherings.make_gathering` raises.
    """
    stands = held_program(program)
    made = Introduction.objects.of(stands.community).filter(gathering__key=key).first()
    if made is not None:
        return made  # type: ignore[no-any-return]
    checked_side(stands, led_by, side, at=at)
    shown = plan(stands.community.language)
    told = Told(
        title=shown.title, minutes=shown.minutes, about=shown.lead, place=place, online=online, group=program.group,
        visibility=Visibility.MEMBERS, sign_up=SignUp.OPEN,
    )  # fmt: skip
    gathering = gatherings.make_gathering(
        community=stands.community, told=told, starts_at=starts_at, by=by, at=at, key=key, for_room=ROOM,
        for_id=str(stands.pk),
    )  # fmt: skip
    planned: Introduction = Introduction.objects.create(
        community=stands.community, program=stands, gathering=gathering, led_by=led_by, side=side, made_by=by,
        made_at=at,
    )  # fmt: skip
    activity.log(did="programs.introduction_planned", about_what=planned, by_id=by.pk, at=at)
    return planned
