"""Everything that changes a program, by name."""

from alongside.programs.actions.barriers import (
    BarrierIsClosed,
    LookAgainLater,
    NotYours,
    SomebodyLooksAfterIt,
    answer_barrier,
    close_barrier,
    let_barrier_go,
    own,
    raise_barrier,
    remind_of_barriers,
    take_barrier_back,
)
from alongside.programs.actions.beginning import (
    AnswerDoesNotFit,
    NothingToStartFrom,
    answer,
    begin,
    import_blueprint,
    let_go,
    source_of,
)
from alongside.programs.actions.belonging import NotOfThisProgram, ProgramIsOver, RoundIsOver, sides_in
from alongside.programs.actions.boards import (
    MeetsLater,
    NoQuorum,
    NotOnTheBoard,
    Quorum,
    hold_board_meeting,
    holders_of,
    note_board_decision,
    quorum_of,
    tick_presence,
    write_board_minutes,
)
from alongside.programs.actions.bringing import (
    AgreedAlready,
    AlreadyCorrected,
    NotYetTheDay,
    add_budget_line,
    agree_to,
    record_input,
    take_budget_line_off,
    write_commitment,
)
from alongside.programs.actions.changing import (
    SUBJECT,
    DesignDoesNotFit,
    NothingToChange,
    adopt,
    change_values,
    missed,
    propose,
)
from alongside.programs.actions.crediting import (
    NoPot,
    NothingEarned,
    NotYetHeld,
    OwnHours,
    StillDisputed,
    credit,
    lines_of,
)
from alongside.programs.actions.delivering import (
    Leader,
    LeaderNotReady,
    LeadersMissing,
    LicenceMissing,
    LivedExperienceMissing,
    NoSessions,
    fill_open_cohorts,
    follow_design,
    note_held,
    remind_due,
    schedule,
    write_licence,
)
from alongside.programs.actions.enrolling import (
    Came,
    NotEnrolled,
    NotOfThisHousehold,
    NotThisWay,
    ProgramHasEnded,
    ProgramIsFull,
    enrol,
    leave,
)
from alongside.programs.actions.jobs import (
    EnoughTerms,
    JobNeedsChecks,
    MayNotHold,
    NoSuchJob,
    SaidAlready,
    SeatsTaken,
    accept_job,
    ask_to_do,
    choose_for_job,
    decline_job,
    end_terms,
    offer_job,
    step_down,
    tell_of_ends,
)
from alongside.programs.actions.looking import (
    NothingSaid,
    answer_self_check,
    look_back,
    propose_from,
    take_back_self_check,
)
from alongside.programs.actions.seats import end_seats_of, end_seats_without_a_job
from alongside.programs.actions.stages import (
    LeadsTheOtherSide,
    NotALead,
    NotOfThisSide,
    StageIsOver,
    StillToMake,
    call_finished,
    lead,
    produce,
    stop_leading,
)
from alongside.programs.actions.starting import NotYetAnswered, end, start

__all__ = [
    "SUBJECT", "AgreedAlready", "AlreadyCorrected", "AnswerDoesNotFit", "BarrierIsClosed", "Came", "DesignDoesNotFit",
    "EnoughTerms", "JobNeedsChecks", "Leader", "LeaderNotReady", "LeadersMissing", "LeadsTheOtherSide",
    "LicenceMissing", "LivedExperienceMissing", "LookAgainLater", "MayNotHold", "MeetsLater", "NoPot", "NoQuorum",
    "NoSessions", "NoSuchJob", "NotALead", "NotEnrolled", "NotOfThisHousehold", "NotOfThisProgram", "NotOfThisSide",
    "NotOnTheBoard", "NotThisWay", "NotYetAnswered", "NotYetHeld", "NotYetTheDay", "NotYours", "NothingEarned",
    "NothingSaid", "NothingToChange", "NothingToStartFrom", "OwnHours", "ProgramHasEnded", "ProgramIsFull",
    "ProgramIsOver", "Quorum", "RoundIsOver", "SaidAlready", "SeatsTaken", "SomebodyLooksAfterIt", "StageIsOver",
    "StillDisputed", "StillToMake", "accept_job", "add_budget_line", "adopt", "agree_to", "answer", "answer_barrier",
    "answer_self_check", "ask_to_do", "begin", "call_finished", "change_values", "choose_for_job", "close_barrier",
    "credit", "decline_job", "end", "end_seats_of", "end_seats_without_a_job", "end_terms", "enrol",
    "fill_open_cohorts", "follow_design", "hold_board_meeting", "holders_of", "import_blueprint", "lead", "leave",
    "let_barrier_go", "let_go", "lines_of", "look_back", "missed", "note_board_decision", "note_held", "offer_job",
    "own", "produce", "propose", "propose_from", "quorum_of", "raise_barrier", "record_input", "remind_due",
    "remind_of_barriers", "schedule", "sides_in", "source_of", "start", "step_down", "stop_leading",
    "take_back_self_check", "take_barrier_back", "take_budget_line_off", "tell_of_ends", "tick_presence",
    "write_board_minutes", "write_commitment", "write_licence",
]  # fmt: skip
