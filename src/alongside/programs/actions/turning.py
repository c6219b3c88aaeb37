"""From one stage of the loop to the next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alongside.programs.models import Program, StageRun
from alongside.programs.rules.loop import due_on, makes


def begin_stage(program: Program, design: Mapping[str, Any], *, at: datetime) -> StageRun:
    """Write down that the program's present stage begins, with what it must make and by when.

    A part of other actions: call it inside their transaction.
    """
    run: StageRun = StageRun.objects.create(
        community=program.community,
        program=program,
        round=program.round,
        stage=program.stage,
        makes=makes(design, program.stage),
        began_at=at,
        due_on=due_on(design, program.stage, program.community.day_of(at)),
    )
    return run
