"""Every change in this room, by name."""

from alongside.decisions.actions.casting import NotAWord, NotOnTheRoll, VotingIsOver, cast, receipt_of
from alongside.decisions.actions.closing import ReasonMissing, TooEarlyToClose, call_off, close, close_due, open_seal
from alongside.decisions.actions.opening import (
    ClosesTooSoon,
    EmptyRoll,
    NeedsTwoSides,
    NotAScrutineer,
    NotASideOfTheirs,
    NotReadyToVote,
    SidesNotSaid,
    open_vote,
    speak_for,
)
from alongside.decisions.actions.paper import Keyed, NotTheirPaper, UnknownCode, VotedOtherwise, codes_of, key_paper

__all__ = [
    "ClosesTooSoon",
    "EmptyRoll",
    "Keyed",
    "NeedsTwoSides",
    "NotAScrutineer",
    "NotASideOfTheirs",
    "NotAWord",
    "NotOnTheRoll",
    "NotReadyToVote",
    "NotTheirPaper",
    "ReasonMissing",
    "SidesNotSaid",
    "TooEarlyToClose",
    "UnknownCode",
    "VotedOtherwise",
    "VotingIsOver",
    "call_off",
    "cast",
    "close",
    "close_due",
    "codes_of",
    "key_paper",
    "open_seal",
    "open_vote",
    "receipt_of",
    "speak_for",
]
