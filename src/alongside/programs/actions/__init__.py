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
from alongside.programs.actions.looking import (
    NothingSaid,
    answer_self_check,
    look_back,
    propose_from,
    take_back_self_check,
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
    "SUBJECT", "AnswerDoesNotFit", "DesignDoesNotFit", "LeadsTheOtherSide", "NotALead", "NotOfThisSide",
    "NotYetAnswered", "NothingToChange", "NothingToStartFrom", "StageIsOver", "StillToMake", "adopt", "answer", "begin",
    "call_finished", "change_values", "end", "import_blueprint", "lead", "let_go", "missed", "produce", "propose",
    "source_of", "start", "stop_leading",
]  # fmt: skip

__all__ += [
    "AgreedAlready", "AlreadyCorrected", "BarrierIsClosed", "LookAgainLater", "NotOfThisProgram", "NotYetTheDay",
    "NotYours", "NothingSaid", "ProgramIsOver", "RoundIsOver", "SomebodyLooksAfterIt", "add_budget_line", "agree_to",
    "answer_barrier", "answer_self_check", "close_barrier", "let_barrier_go", "look_back", "own", "propose_from",
    "raise_barrier", "record_input", "remind_of_barriers", "sides_in", "take_back_self_check", "take_barrier_back",
    "take_budget_line_off", "write_commitment",
]  # fmt: skip
