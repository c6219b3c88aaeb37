"""Everything that changes a program, by name."""

from alongside.programs.actions.beginning import (
    AnswerDoesNotFit,
    NothingToStartFrom,
    answer,
    begin,
    import_blueprint,
    let_go,
    source_of,
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
    "SUBJECT", "AnswerDoesNotFit", "Came", "DesignDoesNotFit", "Leader", "LeaderNotReady", "LeadersMissing",
    "LeadsTheOtherSide", "LicenceMissing", "LivedExperienceMissing", "NoPot", "NoSessions", "NotALead", "NotEnrolled",
    "NotOfThisHousehold", "NotOfThisSide", "NotThisWay", "NotYetAnswered", "NotYetHeld", "NothingEarned",
    "NothingToChange", "NothingToStartFrom", "OwnHours", "ProgramHasEnded", "ProgramIsFull", "StageIsOver",
    "StillDisputed", "StillToMake", "adopt", "answer", "begin", "call_finished", "change_values", "credit", "end",
    "enrol", "fill_open_cohorts", "follow_design", "import_blueprint", "lead", "leave", "let_go", "lines_of",
    "missed", "note_held", "produce", "propose", "remind_due", "schedule", "source_of", "start", "stop_leading",
    "write_licence",
]  # fmt: skip
