"""What a proposal can be about, beyond its words.

`decisions` does not know what it decides. A room above registers its subject: how the values that a version would set
are shown and checked, by which rules they may be decided, and what came of it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from alongside.decisions.models import Decision, Proposal, Version
from alongside.kernel.errors import Refusal

Change = Mapping[str, Any]


class ChangeDoesNotFit(Refusal):
    """The values cannot be set, or not now; `words` is the sentence that says why, in the reader's language."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotByThisRule(Refusal):
    """What the proposal is about is decided by other rules, or between other sides; `words` says by which."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Line:
    """One value that a version would set: what it is called, as it stands, and as it would be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class CameOfIt:
    """What the room above did with a decision: a sentence, and where to read on."""

    words: str
    url: str
    is_done: bool


@dataclass(frozen=True)
class LaidDown:
    """By what a room above has every vote about something decided: the pages offer nothing else.

    `rule`: by its name in `rules.kinds`, or "consent". `share`: of each side, for the quorum. `days`: how long it is
    usually open.
    """

    rule: str
    sides: tuple[str, ...]
    share: Fraction
    days: int


def _nothing_laid_down(proposal: Proposal) -> LaidDown | None:
    return None


@dataclass(frozen=True)
class Subject:
    """One kind of thing that decisions can change.

    `ways`: the rules that may decide it. `check` raises ChangeDoesNotFit; `check_opening` NotByThisRule or
    ChangeDoesNotFit, inside the transaction that opens the vote, with the proposal held. `edit_url`: where the values
    of a draft are changed. `came_of_it`: of a closed decision. `laid_down`: of a proposal whose terms are given.
    """

    name: str
    ways: Collection[str]
    lines: Callable[[Proposal, Change], list[Line]]
    check: Callable[[Proposal, Change], None]
    check_opening: Callable[[Proposal, Version, Sequence[str]], None]
    edit_url: Callable[[Proposal], str]
    came_of_it: Callable[[Decision], CameOfIt | None]
    laid_down: Callable[[Proposal], LaidDown | None] = _nothing_laid_down


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let proposals be about this; the last word counts."""
    _subjects[subject.name] = subject


def subject_of(proposal: Proposal) -> Subject | None:
    """What a proposal is about, beyond its words; None for most."""
    return _subjects.get(proposal.subject)


def check_change(proposal: Proposal, change: Change) -> None:
    """Raises ChangeDoesNotFit where the room it is about could not carry the values out."""
    if subject := subject_of(proposal):
        subject.check(proposal, change)


def laid_down_for(proposal: Proposal) -> LaidDown | None:
    """The terms on which a proposal is decided, where they are given."""
    subject = subject_of(proposal)
    return subject.laid_down(proposal) if subject else None


def check_opening(
    proposal: Proposal, version: Version, *, rule: str, sides: Sequence[str], share: Fraction | None = None
) -> None:
    """Raises NotByThisRule or ChangeDoesNotFit where this rule, these sides or this quorum may not decide it now."""
    subject = subject_of(proposal)
    if subject is None:
        return
    laid = subject.laid_down(proposal)
    if laid and (rule != laid.rule or set(sides) != set(laid.sides) or share not in (None, laid.share)):
        raise NotByThisRule("")
    if rule not in subject.ways:
        raise NotByThisRule("")
    subject.check_opening(proposal, version, sides)


def lines_of(proposal: Proposal, change: Change) -> list[Line]:
    """The values that a version or draft with this `change` would set; none for words alone."""
    subject = subject_of(proposal)
    return subject.lines(proposal, change) if subject and change else []
