"""A decision about the rules was made: this room acts on it at once, and sweeps for what it missed (`tasks`)."""

from typing import Any

from alongside.charter import actions
from alongside.decisions.models import Decision
from alongside.decisions.signals import outcome
from alongside.kernel.clock import now


def listen() -> None:
    """Hear of every outcome from now on."""
    outcome.connect(act_on, dispatch_uid="charter")


def act_on(sender: object, decision: Decision, **kwargs: Any) -> None:
    """Set what was decided. Should it fail, the one who closed the vote is not disturbed: the sweep tries again."""
    actions.adopt(decision=decision, at=now())
