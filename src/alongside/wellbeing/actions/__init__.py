"""Everything that changes plans and visits, by name."""

from alongside.wellbeing.actions.agenda import NoVisitYet, settle_wish, show_wish, take_wish_back, wish
from alongside.wellbeing.actions.goals import add_goal, end_goal, reword_goal
from alongside.wellbeing.actions.series import (
    AlreadyVisited,
    CaseloadFull,
    DayTooFarAway,
    NotInThisRole,
    NotOneself,
    NoVisitsInDesign,
    end_visits,
    hand_over,
    set_the_day,
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
from alongside.wellbeing.actions.visiting import InTheFuture, NotTheirsToTell, settle_visit, tell_share

__all__ = [
    "AlreadyVisited", "CannotBeShown", "CaseloadFull", "DayTooFarAway", "InTheFuture", "LookBackFirst", "NoVisitYet",
    "NoVisitsInDesign", "NotInThisRole", "NotOneself", "NotTheirsToTell", "StillMissing", "add_goal", "answer_step",
    "begin_step", "end_goal", "end_visits", "hand_over", "keep_step", "let_step_go", "look_back", "reword_goal",
    "set_the_day", "settle_visit", "settle_wish", "show_plan", "show_wish", "start_visits", "stop_showing",
    "take_wish_back", "tell_share", "wish",
]  # fmt: skip
