"""What may be done with notices: tell and take back, choose and stop, carry by hand."""

from alongside.notices.actions.by_hand import carry_by_hand, mark_carried, send_again
from alongside.notices.actions.choosing import CannotStopEssential, choose, mark_read, stop
from alongside.notices.actions.forgetting import forget_read
from alongside.notices.actions.telling import Letter, Words, summarise, take_back, tell, tell_many

__all__ = [
    "CannotStopEssential",
    "Letter",
    "Words",
    "carry_by_hand",
    "choose",
    "forget_read",
    "mark_carried",
    "mark_read",
    "send_again",
    "stop",
    "summarise",
    "take_back",
    "tell",
    "tell_many",
]
