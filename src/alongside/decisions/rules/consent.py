"""Sociocratic consent: adopted when no reasoned objection stands, each side being there in sufficient number.

A preference is no objection: an objection says why, and which shared aim the proposal would harm. Its life:

    raised → clarified → integrated (a new version, and the objector confirms)
                       | withdrawn (by the objector)
                       | not_qualified (found so by one facilitator of each side, reason published; one appeal)
                       | unresolved (the circle ends without an answer: things stay as they are)

Everything here is a value: each step returns a new one. Sources: https://www.sociocracyforall.org/consent-decision-making/;
Endenburg 1998, Sociocracy as Social Design.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from alongside.decisions.rules.explaining import Step, step
from alongside.decisions.rules.sides import Decided, Outcome


class Stance(StrEnum):
    """Where somebody stands on the version before them. PENDING: has not said; silence is not consent."""

    PENDING = "pending"
    CONSENT = "consent"
    CONCERN = "consent_with_concern"
    OBJECTION = "objection"
    ABSENT = "absent"


class State(StrEnum):
    RAISED = "raised"
    CLARIFIED = "clarified"
    INTEGRATED = "integrated"
    WITHDRAWN = "withdrawn"
    NOT_QUALIFIED = "not_qualified"
    UNRESOLVED = "unresolved"


OPEN = {State.RAISED, State.CLARIFIED, State.UNRESOLVED}
CONSENTS = {Stance.CONSENT, Stance.CONCERN}


class NotAllowed(ValueError):
    """The step is not open. `why`: unknown, not_on_roll, no_reason, no_aim, not_theirs, not_open, not_clarified,
    no_new_version, facilitator_of_no_side, side_has_spoken, appealed_before, reasons_differ_in_version, still_open."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Finding:
    """A facilitator's finding that an objection does not qualify, with the reason that is published."""

    by: str
    side: str
    reason: str


@dataclass(frozen=True)
class Objection:
    """A reasoned objection. `harms`: the shared aim it would harm; `answered_in`: the version meant to help."""

    by: str
    side: str
    reason: str
    harms: str
    version: int
    state: State = State.RAISED
    clarified: str = ""
    answered_in: int | None = None
    findings: tuple[Finding, ...] = ()
    appealed: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True)
class Circle:
    """A consent decision: the rolls, where everybody stands, objections, and the version under discussion.

    `minor_edits_agreed`: who allowed minor edits beforehand. `lazy`: silence counts as consent of those who were
    given notice and are known to have seen it; chosen at the opening, never later.
    """

    rolls: Mapping[str, frozenset[str]]
    facilitators: Mapping[str, str]
    quorum: Fraction = Fraction(1, 2)
    lazy: bool = False
    version: int = 1
    stances: Mapping[str, Stance] = field(default_factory=dict)
    objections: tuple[Objection, ...] = ()
    minor_edits_agreed: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()

    def side_of(self, person: str) -> str:
        for side, people in self.rolls.items():
            if person in people:
                return side
        raise NotAllowed("not_on_roll")

    def stance(self, person: str) -> Stance:
        return self.stances.get(person, Stance.PENDING)


def say(circle: Circle, *, by: str, stance: Stance) -> Circle:
    """Consent, consent with a concern, or be absent. The last word counts; objections go through `object_to`."""
    circle.side_of(by)
    if stance is Stance.OBJECTION:
        raise NotAllowed("no_reason")
    if any(found.by == by and found.is_open for found in circle.objections) and stance in CONSENTS:
        raise NotAllowed("still_open")
    return replace(circle, stances={**circle.stances, by: stance})


def see(circle: Circle, *, by: str) -> Circle:
    """Note that somebody has seen the proposal."""
    circle.side_of(by)
    return replace(circle, seen=circle.seen | {by})


def allow_minor_edits(circle: Circle, *, by: str) -> Circle:
    """Keep somebody's stance through new versions that only edit."""
    circle.side_of(by)
    return replace(circle, minor_edits_agreed=circle.minor_edits_agreed | {by})


def object_to(circle: Circle, *, by: str, reason: str, harms: str) -> Circle:
    """Raise an objection with its reason and the shared aim it would harm."""
    side = circle.side_of(by)
    if not reason.strip():
        raise NotAllowed("no_reason")
    if not harms.strip():
        raise NotAllowed("no_aim")
    objection = Objection(by, side, reason, harms, circle.version)
    return replace(
        circle,
        objections=(*circle.objections, objection),
        stances={**circle.stances, by: Stance.OBJECTION},
    )


def clarify(circle: Circle, place: int, *, text: str) -> Circle:
    """Write down what was understood of the objection at `place`, after asking."""
    objection = _at(circle, place)
    if objection.state is not State.RAISED:
        raise NotAllowed("not_open")
    return _with(circle, place, state=State.CLARIFIED, clarified=text)


def new_version(circle: Circle, *, answers: Collection[int] = (), minor: bool = False) -> Circle:
    """Put a new version before everybody. All stances are pending again, save after a minor edit those of people who
    agreed to minor edits beforehand. `answers`: the clarified objections that it is meant to integrate.
    """
    for place in answers:
        if _at(circle, place).state is not State.CLARIFIED:
            raise NotAllowed("not_clarified")
    kept = circle.minor_edits_agreed if minor else frozenset()
    stances = {
        person: stance for person, stance in circle.stances.items() if person in kept or stance is Stance.OBJECTION
    }
    objecting = {one.by for one in circle.objections if one.is_open}
    stances = {who: stance for who, stance in stances.items() if stance is not Stance.OBJECTION or who in objecting}
    moved = replace(circle, version=circle.version + 1, stances=stances)
    for place in answers:
        moved = _with(moved, place, answered_in=moved.version)
    return moved


def keep_after_minor(circle: Circle, *, before: Mapping[str, Stance]) -> Circle:
    """The version before everybody is called a minor edit: who agreed to such edits and has not spoken since stands as
    `before`, on the version before it. As `new_version` does where it is known from the beginning."""
    kept = {
        person: stance
        for person, stance in before.items()
        if person in circle.minor_edits_agreed
        and circle.stance(person) is Stance.PENDING
        and stance not in {Stance.PENDING, Stance.OBJECTION}
    }
    return replace(circle, stances={**circle.stances, **kept})


def confirm_integrated(circle: Circle, place: int, *, by: str) -> Circle:
    """The objector, and nobody else, says that the new version takes up what they objected to."""
    objection = _at(circle, place)
    if objection.by != by:
        raise NotAllowed("not_theirs")
    if objection.answered_in is None:
        raise NotAllowed("no_new_version")
    return _freed(_with(circle, place, state=State.INTEGRATED), by)


def withdraw(circle: Circle, place: int, *, by: str) -> Circle:
    """The objector takes the objection back."""
    if _at(circle, place).by != by:
        raise NotAllowed("not_theirs")
    return _freed(_with(circle, place, state=State.WITHDRAWN), by)


def find_not_qualified(circle: Circle, place: int, *, by: str, reason: str) -> Circle:
    """A facilitator finds that the objection harms no shared aim. It takes one of each side, and published reasons."""
    objection = _at(circle, place)
    side = next((side for side, person in circle.facilitators.items() if person == by), None)
    if side is None:
        raise NotAllowed("facilitator_of_no_side")
    if objection.state is State.RAISED:
        raise NotAllowed("not_clarified")
    if not reason.strip():
        raise NotAllowed("no_reason")
    if side in {one.side for one in objection.findings}:
        raise NotAllowed("side_has_spoken")
    findings = (*objection.findings, Finding(by, side, reason))
    if {one.side for one in findings} < set(circle.rolls):
        return _with(circle, place, findings=findings)
    return _freed(_with(circle, place, findings=findings, state=State.NOT_QUALIFIED), objection.by)


def appeal(circle: Circle, place: int, *, by: str) -> Circle:
    """Once, the objector may bring the finding before the circle: the objection is open again, findings are void."""
    objection = circle.objections[place]
    if objection.by != by:
        raise NotAllowed("not_theirs")
    if objection.state is not State.NOT_QUALIFIED:
        raise NotAllowed("not_open")
    if objection.appealed:
        raise NotAllowed("appealed_before")
    open_again = _with(circle, place, state=State.CLARIFIED, findings=(), appealed=True)
    return replace(open_again, stances={**open_again.stances, by: Stance.OBJECTION})


def end(circle: Circle) -> Circle:
    """The circle ends: objections without an answer are unresolved."""
    ended = tuple(replace(one, state=State.UNRESOLVED) if one.is_open else one for one in circle.objections)
    return replace(circle, objections=ended)


def outcome(circle: Circle) -> Decided:
    """Adopted when every side has its quorum of consents and no objection is open.

    Quorum counts who consented, with or without concern; with lazy consent also who has seen it and kept silent.
    """
    steps: list[Step] = []
    short = []
    for side, people in circle.rolls.items():
        consents = sum(_consents(circle, person) for person in people)
        concerns = sum(circle.stance(person) is Stance.CONCERN for person in people)
        pending = sum(circle.stance(person) is Stance.PENDING and not _consents(circle, person) for person in people)
        facts = {"consents": consents, "concerns": concerns, "pending": pending, "roll": len(people)}
        steps.append(step("consent.side", side=side, **facts))
        if not consents or consents < circle.quorum * len(people):
            short.append(side)
    steps += [
        step(f"consent.objection.{one.state}", side=one.side, reason=one.reason, harms=one.harms)
        for one in circle.objections
    ]
    still_open = any(one.is_open for one in circle.objections)
    result = Outcome.NOT_PASSED if still_open else Outcome.NOT_QUORATE if short or not circle.rolls else Outcome.PASSED
    return Decided("consent", result, (*steps, step(f"outcome.{result}.together")))


def _consents(circle: Circle, person: str) -> bool:
    stance = circle.stance(person)
    return stance in CONSENTS or (circle.lazy and stance is Stance.PENDING and person in circle.seen)


def _at(circle: Circle, place: int) -> Objection:
    """The objection, still open."""
    if not 0 <= place < len(circle.objections):
        raise NotAllowed("unknown")
    if not circle.objections[place].is_open:
        raise NotAllowed("not_open")
    return circle.objections[place]


def _with(circle: Circle, place: int, **changes: object) -> Circle:
    objections = list(circle.objections)
    objections[place] = replace(objections[place], **changes)  # type: ignore[arg-type]
    return replace(circle, objections=tuple(objections))


def _freed(circle: Circle, person: str) -> Circle:
    """Nobody consents for another: who no longer objects is asked again, unless another objection of theirs is open."""
    if any(one.by == person and one.is_open for one in circle.objections):
        return circle
    return replace(circle, stances={**circle.stances, person: Stance.PENDING})
