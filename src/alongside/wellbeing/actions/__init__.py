"""Everything that changes plans and visits, by name."""

from alongside.wellbeing.actions.agenda import NoVisitYet, settle_wish, show_wish, take_wish_back, wish
from alongside.wellbeing.actions.freeing import free_all_unchecked, free_unchecked
from alongside.wellbeing.actions.goals import add_goal, end_goal, reword_goal
from alongside.wellbeing.actions.moving import DayIsOver, TooFarFromRules, agree_time, set_the_day
from alongside.wellbeing.actions.reminding import remind_due
from alongside.wellbeing.actions.series import (
    AlreadyVisited,
    CaseloadFull,
    ChecksMissing,
    DayTooFarAway,
    FirstDayTooFarAway,
    NotInThisRole,
    NotOneself,
    NoVisitsInDesign,
    end_visits,
    hand_over,
    start_visits,
)
from alongside.wellbeing.actions.sharing import CannotBeShown, show_plan, stop_showing
from alongside.wellbeing.actions.steps import (
    LookBackFirst,
    StillMissing,
    answer_step,
    begin_step,
    keep_step,
    let_step_go,
    look_back,
)
from alongside.wellbeing.actions.taking_back import forget_let_go
from alongside.wellbeing.actions.visiting import BeforeTheFirst, InTheFuture, NotTheirsToTell, settle_visit, tell_share

__all__ = [
    "AlreadyVisited", "BeforeTheFirst", "CannotBeShown", "CaseloadFull", "ChecksMissing", "DayIsOver", "DayTooFarAway",
    "FirstDayTooFarAway", "InTheFuture", "LookBackFirst", "NoVisitYet", "NoVisitsInDesign", "NotInThisRole",
    "NotOneself", "NotTheirsToTell", "StillMissing", "TooFarFromRules", "add_goal", "agree_time", "answer_step",
    "begin_step", "end_goal", "end_visits", "forget_let_go", "free_all_unchecked", "free_unchecked", "hand_over",
    "keep_step", "let_step_go", "look_back", "remind_due", "reword_goal", "set_the_day", "settle_visit", "settle_wish",
    "show_plan", "show_wish", "start_visits", "stop_showing", "take_wish_back", "tell_share", "wish",
]  # fmt: skip
