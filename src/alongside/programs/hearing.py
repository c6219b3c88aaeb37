"""A decision about a design was made: this room acts on it at once, and sweeps for what it missed (`tasks`)."""

from typing import Any

from alongside.decisions.models import Decision
from alongside.decisions.signals import outcome
from alongside.gatherings.models import Gathering
from alongside.gatherings.signals import attendance_closed
from alongside.kernel.clock import now
from alongside.programs import actions


def listen() -> None:
    """Hear of every outcome from now on."""
    outcome.connect(act_on, dispatch_uid="programs")
    attendance_closed.connect(note_held, dispatch_uid="programs")


def act_on(sender: object, decision: Decision, **kwargs: Any) -> None:
    """Bring into force what was decided. Should it fail, the sweep tries again."""
    actions.adopt(decision=decision, at=now())


def note_held(sender: object, gathering: Gathering, **kwargs: Any) -> None:
    """Attendance of one of this room's sessions was closed."""
    actions.note_held(gathering=gathering, at=now())
