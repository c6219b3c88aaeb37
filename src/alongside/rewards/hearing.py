"""A list of who came was closed or put right: what was earned is given at once; a sweep finds what was missed."""

from typing import Any

from alongside.gatherings.models import Attendance, Gathering
from alongside.gatherings.signals import attendance_closed, attendance_settled
from alongside.kernel.clock import now
from alongside.programs.models import Program
from alongside.rewards import actions


def listen() -> None:
    """Hear of every list that is closed, and of what is settled afterwards."""
    attendance_closed.connect(act_on_closing, dispatch_uid="rewards")
    attendance_settled.connect(act_on_settling, dispatch_uid="rewards")


def act_on_closing(sender: object, gathering: Gathering, **kwargs: Any) -> None:
    """Give what was earned. Should it fail, the sweep tries again."""
    _issue(gathering)


def act_on_settling(sender: object, attendance: Attendance, **kwargs: Any) -> None:
    """Time was put right: what was not used follows it."""
    _issue(attendance.gathering)


def _issue(gathering: Gathering) -> None:
    programs = Program.objects.of(gathering.community).filter(group=gathering.group_id)
    for program in programs.select_related("community"):
        actions.issue_due(program=program, by=None, at=now())
