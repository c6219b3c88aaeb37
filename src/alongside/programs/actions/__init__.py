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
