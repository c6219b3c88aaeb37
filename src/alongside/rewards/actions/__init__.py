"""Everything that changes rewards, by name."""

from alongside.rewards.actions.agreeing import follow_design
from alongside.rewards.actions.buying import buy
from alongside.rewards.actions.drawing import (
    announce_draw,
    close_draw,
    close_due_draws,
    draw_winners,
    enter_draw,
    step_out,
)
from alongside.rewards.actions.issuing import expire_due, issue_due
from alongside.rewards.actions.using import give_back, hand_on, print_note, print_notes, redeem
from alongside.rewards.refusing import (
    DaysDoNotFit,
    DrawIsClosed,
    EnoughForOne,
    HandedOnBefore,
    HasRunOut,
    NoneLeft,
    NoPot,
    NotInHand,
    NotOffered,
    NotThatNumber,
    NotThatWay,
    NotYetTime,
    OwnReward,
)

__all__ = [
    "DaysDoNotFit", "DrawIsClosed", "EnoughForOne", "HandedOnBefore", "HasRunOut", "NoPot", "NoneLeft", "NotInHand",
    "NotOffered", "NotThatNumber", "NotThatWay", "NotYetTime", "OwnReward", "announce_draw", "buy", "close_draw",
    "close_due_draws", "draw_winners", "enter_draw", "expire_due", "follow_design", "give_back", "hand_on",
    "issue_due", "print_note", "print_notes", "redeem", "step_out",
]  # fmt: skip
