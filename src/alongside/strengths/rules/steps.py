"""The one table of what may happen to an exchange: from which state, by whom, to which state.

The hours follow the state: set aside in HOLDING, credited in CONFIRMED, free in all others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    PROPOSED = "proposed"  # one side has asked, the other has not answered
    ARRANGED = "arranged"  # both sides agreed; the hours are set aside
    DONE = "done"  # one side says the help was given
    DISPUTED = "disputed"  # the sides see it differently; a mediator decides
    CONFIRMED = "confirmed"  # credited
    REJECTED = "rejected"  # the other side said no
    CANCELLED = "cancelled"  # called off by a side
    WITHDRAWN = "withdrawn"  # ended without credit by a mediator, or taken back by who recorded it
    EXPIRED = "expired"  # nobody came back to it in time


class Side(StrEnum):
    GIVER = "giver"
    RECEIVER = "receiver"

    @property
    def other(self) -> "Side":
        return Side.RECEIVER if self is Side.GIVER else Side.GIVER


# How long each state waits before the house acts: a proposal runs out, an arrangement nobody
# speaks of lapses. How long "done" waits is the community's own choice.
PROPOSAL_WAITS = timedelta(days=14)
ARRANGEMENT_WAITS = timedelta(days=30)


class Actor(StrEnum):
    EITHER = "either"  # the giver or the receiver
    WAITED_FOR = "waited_for"  # the side whose answer is awaited
    SPOKE_LAST = "spoke_last"  # the side that proposed it, or said that it was done
    MEDIATOR = "mediator"  # the person named to settle a dispute
    COORDINATOR = "coordinator"
    HOUSE = "house"  # a periodic job


class Step(StrEnum):
    AGREE = "agree"
    DECLINE = "decline"
    CANCEL = "cancel"
    SAY_DONE = "say_done"
    CONFIRM = "confirm"
    REJECT = "reject"
    DISPUTE = "dispute"
    NAME_MEDIATOR = "name_mediator"
    SETTLE_AS_SAID = "settle_as_said"
    SETTLE_CHANGED = "settle_changed"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    AUTO_CONFIRM = "auto_confirm"


@dataclass(frozen=True)
class Allowed:
    """One row of the table."""

    before: State
    step: Step
    who: Actor
    after: State
    needs_reason: bool = False
    undoable: bool = False


TABLE = (
    Allowed(State.PROPOSED, Step.AGREE, Actor.WAITED_FOR, State.ARRANGED, undoable=True),
    Allowed(State.PROPOSED, Step.DECLINE, Actor.WAITED_FOR, State.REJECTED, needs_reason=True, undoable=True),
    Allowed(State.PROPOSED, Step.CANCEL, Actor.SPOKE_LAST, State.CANCELLED, undoable=True),
    Allowed(State.PROPOSED, Step.LAPSE, Actor.HOUSE, State.EXPIRED),
    Allowed(State.ARRANGED, Step.SAY_DONE, Actor.EITHER, State.DONE, undoable=True),
    Allowed(State.ARRANGED, Step.CANCEL, Actor.EITHER, State.CANCELLED, undoable=True),
    Allowed(State.ARRANGED, Step.LAPSE, Actor.HOUSE, State.EXPIRED),
    Allowed(State.DONE, Step.CONFIRM, Actor.WAITED_FOR, State.CONFIRMED, undoable=True),
    Allowed(State.DONE, Step.AUTO_CONFIRM, Actor.HOUSE, State.CONFIRMED),
    Allowed(State.DONE, Step.REJECT, Actor.WAITED_FOR, State.REJECTED, needs_reason=True, undoable=True),
    Allowed(State.DONE, Step.CANCEL, Actor.SPOKE_LAST, State.CANCELLED, undoable=True),
    Allowed(State.DONE, Step.DISPUTE, Actor.EITHER, State.DISPUTED, needs_reason=True, undoable=True),
    Allowed(State.DISPUTED, Step.NAME_MEDIATOR, Actor.COORDINATOR, State.DISPUTED),
    Allowed(State.DISPUTED, Step.SETTLE_AS_SAID, Actor.MEDIATOR, State.CONFIRMED, needs_reason=True),
    Allowed(State.DISPUTED, Step.SETTLE_CHANGED, Actor.MEDIATOR, State.CONFIRMED, needs_reason=True),
    Allowed(State.DISPUTED, Step.WITHDRAW, Actor.MEDIATOR, State.WITHDRAWN, needs_reason=True),
)

TERMINAL = frozenset({State.CONFIRMED, State.REJECTED, State.CANCELLED, State.WITHDRAWN, State.EXPIRED})
OPEN = frozenset(State) - TERMINAL
# In these states hours of the receiver are set aside.
HOLDING = frozenset({State.ARRANGED, State.DONE, State.DISPUTED})

_BY_STATE_AND_STEP = {(row.before, row.step): row for row in TABLE}


def row_for(state: str, step: str) -> Allowed | None:
    """The table's row for a step from a state; None when that step is not allowed there."""
    return _BY_STATE_AND_STEP.get((State(state), Step(step)))


def steps_open_to(state: str, actors: Iterable[Actor]) -> list[Allowed]:
    """The rows that someone who is these actors may choose from now, in the table's order."""
    who = set(actors)
    return [row for row in TABLE if row.before == state and row.who in who]


def actors_of(sides: Iterable[Side], *, waits_for: str) -> set[Actor]:
    """Which actors of the table a person is who stands on these sides of an exchange.

    `waits_for`: the side whose answer is awaited, "" when nobody's is.
    """
    actors: set[Actor] = set()
    for side in sides:
        actors.add(Actor.EITHER)
        if waits_for:
            actors.add(Actor.WAITED_FOR if side == waits_for else Actor.SPOKE_LAST)
    return actors


def reminder_is_due(*, since: datetime, answer_by: datetime, reminded_at: datetime | None, at: datetime) -> bool:
    """Whether to remind now: once when half the wait is over, once a day before its end.

    A moment that nobody was up for is caught up by one reminder, not by several.
    """
    moments = [since + (answer_by - since) / 2, answer_by - timedelta(days=1)]
    return any(since <= moment <= at and (reminded_at is None or reminded_at < moment) for moment in moments)
