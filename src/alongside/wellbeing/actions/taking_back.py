"""Ways back from what one does with one's own steps and goals. An offer keeps the row's id, and never a word of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import undo
from alongside.people import undoing
from alongside.wellbeing.models import ActionStep, Goal

# What was let go stays so long that a late click finds it; then it is gone for good.
KEPT = timedelta(minutes=1)


@undo.inverse("wellbeing.keep_step")
@transaction.atomic
def take_back_keeping(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The step is being written again."""
    when = undoing.moment_of(args)
    undoing.bring_back(ActionStep.objects.filter(pk=args["row"], kept_at=when).open(), kept_at=None)
    _log("wellbeing.step_keeping_taken_back", ActionStep.objects.get(pk=args["row"]), by, at)


@undo.inverse("wellbeing.look_back")
@transaction.atomic
def take_back_looking(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The step is to be looked back on; refused once the next one has begun."""
    rows = ActionStep.objects.filter(pk=args["row"], looked_back_at=undoing.moment_of(args))
    undoing.bring_back(rows, looked_back_at=None, outcome="", outcome_words="")
    _log("wellbeing.step_looking_taken_back", ActionStep.objects.get(pk=args["row"]), by, at)


@undo.inverse("wellbeing.let_step_go")
@transaction.atomic
def bring_step_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The step is being written again, with all its answers; refused once another one has begun."""
    rows = ActionStep.objects.filter(pk=args["row"], let_go_at=undoing.moment_of(args))
    undoing.bring_back(rows, let_go_at=None)
    _log("wellbeing.step_brought_back", ActionStep.objects.get(pk=args["row"]), by, at)


@undo.inverse("wellbeing.end_goal")
@transaction.atomic
def take_back_ending(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The goal goes on."""
    rows = Goal.objects.filter(pk=args["row"], ended_at=undoing.moment_of(args))
    undoing.bring_back(rows, ended_at=None, ending="", ending_words="")
    _log("wellbeing.goal_ending_taken_back", Goal.objects.get(pk=args["row"]), by, at)


def forget_let_go(*, at: datetime) -> int:
    """Steps that were let go are gone for good, words and all; how many."""
    gone, _kinds = ActionStep.objects.filter(let_go_at__lt=at - KEPT).delete()
    return gone


def _log(did: str, row: ActionStep | Goal, by: UUID, at: datetime) -> None:
    undoing.log(did, row, by=by, at=at, whose=row.membership.person_id)
