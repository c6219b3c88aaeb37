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
from alongside.programs.actions.classes import (
    ClassIsPlanned,
    HasAHost,
    HostMissing,
    MayNotHost,
    NameIsTaken,
    NotPlanned,
    SessionIsOver,
    TooManyPlaces,
    ask_host,
    book_class,
    decline_to_host,
    host_class,
    host_no_more,
    lose_host,
    may_host,
    most_places_at,
    plan_class,
    put_classes_back,
    take_class_off,
)
from alongside.programs.actions.cohorts import (
    NotInARun,
    RunIsOver,
    change_run,
    wait_no_more,
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
    ROOM,
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
    let_in_waiting,
)
from alongside.programs.actions.introducing import plan_introduction
from alongside.programs.actions.jobs import (
    EnoughTerms,
    JobNeedsChecks,
    MayNotHold,
    NoSuchJob,
    OwnChoice,
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
from alongside.programs.actions.keeping import keep_pathway, with_pathways
from alongside.programs.actions.leading import HoldsNoStep, who_said_lived
from alongside.programs.actions.looking import (
    NothingSaid,
    answer_self_check,
    look_back,
    propose_from,
    take_back_self_check,
)
from alongside.programs.actions.looks import NothingToLookFor, NotYetBegun, design_at, look_on
from alongside.programs.actions.losing import keep_leaders, stop_leading_sessions, with_leaders
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
from alongside.programs.actions.stepping_in import (
    EnoughLead,
    MayNotLead,
    confirm_leader,
    may_step_in,
    step_in,
    take_leader_offer_back,
)
from alongside.programs.actions.topics import (
    NoTopics,
    TopicIsOthersToo,
    TopicIsThere,
    become_classes,
    propose_topic,
    take_topic_back,
    want_no_more,
    want_topic,
)
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
    "ROOM", "SUBJECT", "AgreedAlready", "AlreadyCorrected", "AnswerDoesNotFit", "BarrierIsClosed", "Came",
    "ClassIsPlanned", "DesignDoesNotFit", "DidNotLeadIt", "EnoughLead", "EnoughTerms", "HasAHost", "HoldsNoStep",
    "HostMissing", "JobNeedsChecks", "Leader", "LeaderNotReady", "LeadersMissing", "LeadsTheOtherSide",
    "LicenceMissing", "LivedExperienceMissing", "LookAgainLater", "MayNotHold", "MayNotHost", "MayNotLead",
    "MeetsLater", "NameIsTaken", "NoPot", "NoQuorum", "NoSessions", "NoSuchJob", "NoSuchStep", "NoSuchTraining",
    "NoTopics", "NotALead", "NotEnrolled", "NotForYourself", "NotInARun", "NotLapsed", "NotOfThisHousehold",
    "NotOfThisProgram", "NotOfThisSide", "NotOnTheBoard", "NotPlanned", "NotThisWay", "NotYetAnswered", "NotYetBegun",
    "NotYetHeld", "NotYetTheDay", "NotYetThere", "NotYourOffer", "NotYours", "NothingEarned", "NothingSaid",
    "NothingToChange", "NothingToLookFor", "NothingToStartFrom", "OfferIsOver", "OnItAlready", "OwnChoice", "OwnHours",
    "ProgramHasEnded", "ProgramIsFull", "ProgramIsOver", "Quorum", "RoundIsOver", "RunIsOver", "SaidAlready",
    "SeatsTaken", "SessionIsOver", "SomebodyLooksAfterIt", "StageIsOver", "StillDisputed", "StillToMake",
    "TooManyPlaces", "TopicIsOthersToo", "TopicIsThere", "WasNotThere", "accept_job", "add_budget_line", "adopt",
    "agree_to", "answer", "answer_barrier", "answer_self_check", "answer_step", "ask_host", "ask_to_do",
    "become_classes", "begin", "book_class", "call_finished", "change_run", "change_values", "choose_for_job",
    "close_barrier", "confirm_leader", "credit", "decline_job", "decline_to_host", "design_at", "end", "end_terms",
    "enrol", "fill_open_cohorts", "follow_design", "give_up_step", "hold_board_meeting", "holders_of", "host_class",
    "host_no_more", "import_blueprint", "keep_leaders", "keep_pathway", "lead", "leave", "let_barrier_go", "let_go",
    "let_in_waiting", "lines_of", "look_back", "look_on", "lose_host", "may_host", "may_step_in", "missed",
    "most_places_at", "note_beside_mentor", "note_board_decision", "note_held", "note_training", "offer_job",
    "offer_step", "own", "plan_class", "plan_introduction", "produce", "propose", "propose_from", "propose_topic",
    "put_classes_back", "quorum_of", "raise_barrier", "record_input", "remind_due", "remind_of_barriers",
    "say_lived_experience", "schedule", "sides_in", "source_of", "start", "step_down", "step_in",
    "stop_leading", "stop_leading_sessions", "take_back_self_check", "take_barrier_back", "take_budget_line_off",
    "take_class_off", "take_leader_offer_back", "take_lived_experience_back", "take_topic_back", "tell_of_ends",
    "tick_presence", "trainings_of", "wait_no_more", "want_no_more", "want_topic", "welcome_back", "who_said_lived",
    "with_leaders", "with_pathways", "withdraw_step", "write_board_minutes", "write_commitment", "write_licence",
]  # fmt: skip
