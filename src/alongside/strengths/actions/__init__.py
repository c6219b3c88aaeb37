"""Every change in this room, by name."""

from alongside.strengths.actions.limits import InTheFuture, MoreThanADay, NotAWholeDay, TooFarAhead, TooLongAgo
from alongside.strengths.actions.listings import (
    ListingNotOpen,
    change,
    close,
    keep_open,
    pause,
    put_up,
    resume,
    tell_of_ends,
)
from alongside.strengths.actions.profiles import Answer, save_profile
from alongside.strengths.actions.recording import (
    OnlyBrokersVouch,
    SpeaksForNeither,
    WithThemselves,
    propose,
    record_exchange,
    say_thanks,
)
from alongside.strengths.actions.steps import (
    MediatorTakesPart,
    NotForBothSides,
    ReasonMissing,
    StepNotAllowed,
    Taken,
    take_step,
)
from alongside.strengths.actions.sweeps import confirm_by_silence, let_lapse, remind
from alongside.strengths.actions.worklist import forget_old_claims, hand_back, take

__all__ = [
    "Answer",
    "InTheFuture",
    "ListingNotOpen",
    "MediatorTakesPart",
    "MoreThanADay",
    "NotAWholeDay",
    "NotForBothSides",
    "OnlyBrokersVouch",
    "ReasonMissing",
    "SpeaksForNeither",
    "StepNotAllowed",
    "Taken",
    "TooFarAhead",
    "TooLongAgo",
    "WithThemselves",
    "change",
    "close",
    "confirm_by_silence",
    "forget_old_claims",
    "hand_back",
    "keep_open",
    "let_lapse",
    "pause",
    "propose",
    "put_up",
    "record_exchange",
    "remind",
    "resume",
    "save_profile",
    "say_thanks",
    "take",
    "take_step",
    "tell_of_ends",
]
