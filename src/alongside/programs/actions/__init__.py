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
from alongside.programs.actions.introducing import plan_introduction
from alongside.programs.actions.keeping import keep_pathway, with_pathways
from alongside.programs.actions.leading import HoldsNoStep, role_that_leads, who_said_lived
from alongside.programs.actions.looking import (
    NothingSaid,
    answer_self_check,
    look_back,
    propose_from,
    take_back_self_check,
)
from alongside.programs.actions.noting import (
    DidNotLeadIt,
    NoSuchTraining,
    WasNotThere,
    note_beside_mentor,
    note_training,
    say_lived_experience,
    take_lived_experience_back,
    trainings_of,
)
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
from alongside.programs.actions.walking import (
    NoSuchStep,
    NotForYourself,
    NotLapsed,
    NotYetThere,
    NotYourOffer,
    OfferIsOver,
    OnItAlready,
    answer_step,
    give_up_step,
    offer_step,
    welcome_back,
    withdraw_step,
)

__all__ = [
    "SUBJECT", "AgreedAlready", "AlreadyCorrected", "AnswerDoesNotFit", "BarrierIsClosed", "Came", "DesignDoesNotFit",
    "DidNotLeadIt", "HoldsNoStep", "Leader", "LeaderNotReady", "LeadersMissing", "LeadsTheOtherSide",
    "LicenceMissing", "LivedExperienceMissing", "LookAgainLater", "NoPot", "NoSessions", "NoSuchStep",
    "NoSuchTraining", "NotALead", "NotEnrolled", "NotForYourself", "NotLapsed", "NotOfThisHousehold",
    "NotOfThisProgram", "NotOfThisSide", "NotThisWay", "NotYetAnswered", "NotYetHeld", "NotYetTheDay", "NotYetThere",
    "NotYourOffer", "NotYours", "NothingEarned", "NothingSaid", "NothingToChange", "NothingToStartFrom",
    "OfferIsOver", "OnItAlready", "OwnHours", "ProgramHasEnded", "ProgramIsFull", "ProgramIsOver", "RoundIsOver",
    "SomebodyLooksAfterIt", "StageIsOver", "StillDisputed", "StillToMake", "WasNotThere", "add_budget_line", "adopt",
    "agree_to", "answer", "answer_barrier", "answer_self_check", "answer_step", "begin", "call_finished",
    "change_values", "close_barrier", "credit", "end", "enrol", "fill_open_cohorts", "follow_design", "give_up_step",
    "import_blueprint", "keep_pathway", "lead", "leave", "let_barrier_go", "let_go", "lines_of", "look_back",
    "missed", "note_beside_mentor", "note_held", "note_training", "offer_step", "own", "plan_introduction", "produce",
    "propose", "propose_from", "raise_barrier", "record_input", "remind_due", "remind_of_barriers", "role_that_leads",
    "say_lived_experience", "schedule", "sides_in", "source_of", "start", "stop_leading", "take_back_self_check",
    "take_barrier_back", "take_budget_line_off", "take_lived_experience_back", "trainings_of", "welcome_back",
    "who_said_lived", "with_pathways", "withdraw_step", "write_commitment", "write_licence",
]  # fmt: skip
