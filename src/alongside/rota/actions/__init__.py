"""Everything that changes rotas, by name."""

from alongside.rota.actions.exchanging import (
    CannotExchange,
    NothingBackWanted,
    OfferHasChanged,
    agree_to_exchange,
    decline_exchange,
    offer_exchange,
    take_offer_back,
    write_exchange,
)
from alongside.rota.actions.holding import DutyIsOver, NotPublishedYet, RotaIsPublished
from alongside.rota.actions.leaving import free_duties, free_families, free_unchecked
from alongside.rota.actions.making import (
    DayIsOver,
    NoRotaInDesign,
    NoSuchPattern,
    NothingToDo,
    PeriodDoesNotFit,
    PeriodIsTaken,
    PeriodTooFarAway,
    close_day,
    drop_rota,
    make_rota,
    open_day,
    set_pattern,
)
from alongside.rota.actions.placing import AlreadyBusy, place, take, take_off
from alongside.rota.actions.publishing import ChecksAreMissing, NobodyOnIt, TooFewCheckedAdults, publish
from alongside.rota.actions.searching import NothingToShare, OtherDutiesMeanwhile, begin_search, take_over
from alongside.rota.actions.settling import (
    ExemptionUpsideDown,
    NoPot,
    NothingEarned,
    NotYet,
    OwnDuty,
    OwnHours,
    StillUnsettled,
    credit,
    end_exemption,
    exempt,
    lines_of,
    settle_duty,
    settle_fees,
)
from alongside.rota.actions.swapping import (
    CannotBeAsked,
    NotTheirs,
    ask_swap,
    decline_swap,
    take_swap,
    withdraw_swap,
)
from alongside.rota.actions.wishing import (
    DaysUpsideDown,
    NoSuchDuty,
    add_away,
    remove_away,
    say_wish,
    take_wish_back,
)

__all__ = [
    "AlreadyBusy", "CannotBeAsked", "CannotExchange", "ChecksAreMissing", "DayIsOver", "DaysUpsideDown", "DutyIsOver",
    "ExemptionUpsideDown", "NoPot", "NoRotaInDesign", "NoSuchDuty", "NoSuchPattern", "NobodyOnIt", "NotPublishedYet",
    "NotTheirs", "NotYet", "NothingBackWanted", "NothingEarned", "NothingToDo", "NothingToShare", "OfferHasChanged",
    "OtherDutiesMeanwhile", "OwnDuty", "OwnHours", "PeriodDoesNotFit", "PeriodIsTaken", "PeriodTooFarAway",
    "RotaIsPublished", "StillUnsettled", "TooFewCheckedAdults", "add_away", "agree_to_exchange", "ask_swap",
    "begin_search", "close_day", "credit", "decline_exchange", "decline_swap", "drop_rota", "end_exemption", "exempt",
    "free_duties", "free_families", "free_unchecked", "lines_of", "make_rota", "offer_exchange", "open_day", "place",
    "publish", "remove_away", "say_wish", "set_pattern", "settle_duty", "settle_fees", "take", "take_off",
    "take_offer_back", "take_over", "take_swap", "take_wish_back", "withdraw_swap", "write_exchange",
]  # fmt: skip
