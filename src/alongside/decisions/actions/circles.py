"""A consent round between its rows and its rule: read under the decision's lock, stepped, and written back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.decisions.actions.casting import NotOnTheRoll
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.models import Decision, Finding, Objection, RollEntry, RoundSeen, Scrutineer, Stance, Version
from alongside.decisions.models.consent import STILL_GOING
from alongside.decisions.rules import consent
from alongside.decisions.rules.exact import share
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership


class RoundIsOver(Refusal):
    """The round has ended, was called off, or its time is over."""


class StepNotOpen(Refusal):
    """The rule does not allow this step; `why` is its word for the reason."""

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


def seated(decision: Decision, *, moment: datetime, speaker: Membership | None = None) -> "Table":
    """The round, held until the transaction ends; `speaker` must be on the roll and still belong.

    Raises RoundIsOver and NotOnTheRoll.
    """
    rows = Decision.objects.of(decision.community).filter(rule="consent").select_related("proposal", "version")
    stands: Decision = rows.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    stands.community = stands.proposal.community = decision.community
    if not stands.is_open or moment >= stands.closes_at:
        raise RoundIsOver
    here = RollEntry.objects.on(stands).filter(membership__left_at=None)
    if speaker is not None and not here.filter(membership=speaker).exists():
        raise NotOnTheRoll
    return Table(stands)


def counts_silence(decision: Decision) -> bool:
    """Does silence count on the present version? Only where it was announced, and the notice is long enough for it."""
    days = decision.settings.get("lazy_days", 0)
    since = max(decision.opens_at, decision.version.made_at)
    return bool(days) and decision.closes_at - since >= timedelta(days=days)


class Table:
    """The rows of a round beside the `Circle` they make. `step` asks the rule, `write` writes what it said."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.objections = list(Objection.objects.on(decision).with_people().in_order())
        self.stances = {one.membership_id: one for one in Stance.objects.on(decision)}
        self._findings = list(
            Finding.objects.of(decision.community).that_count().filter(objection__in=self.objections).order_by("at")
        )
        self.circle = self._before = self._read()

    @property
    def is_settled(self) -> bool:
        """Has everybody said where they stand, and is no objection open?"""
        people = [person for roll in self.circle.rolls.values() for person in roll]
        pending = any(self.circle.stance(person) is consent.Stance.PENDING for person in people)
        return not pending and not any(one.is_open for one in self.circle.objections)

    def place_of(self, objection: Objection) -> int:
        """Where the rule finds an objection; SomeoneElseWasFaster when it is none of this round."""
        for place, one in enumerate(self.objections):
            if one.pk == objection.pk:
                return place
        raise SomeoneElseWasFaster

    def step(self, rule: Callable[..., consent.Circle], *given: Any, **named: Any) -> None:
        """Let a function of the rule make the next circle. Raises StepNotOpen."""
        try:
            self.circle = rule(self.circle, *given, **named)
        except consent.NotAllowed as no:
            raise StepNotOpen(why=no.why) from no

    def move_to(self, version: Version) -> None:
        self.decision.version = version

    def write(self, deed: Deed) -> None:
        """Write every row in which the circle is no longer as it was read."""
        for place, now in enumerate(self.circle.objections):
            if place >= len(self.objections):
                self.objections.append(self._raise(now, place + 1, deed))
            elif now != self._before.objections[place]:
                self._change(place, now, deed)
        for person in {*self.circle.stances, *self._before.stances}:
            kind = self.circle.stance(person)
            if kind is not self._before.stance(person):
                self._move(UUID(person), kind, deed)

    def write_stance(
        self, membership_id: UUID, kind: str, deed: Deed, *, words: str = "", edits_agreed: bool = False
    ) -> None:
        """Write where somebody stands on the present version."""
        said = {
            "kind": str(kind), "version": self.decision.version, "words": words, "edits_agreed": edits_agreed,
            "at": deed.at, **deed.keyed(),
        }  # fmt: skip
        Stance.objects.update_or_create(
            community=self.decision.community, decision=self.decision, membership_id=membership_id, defaults=said
        )

    def _read(self) -> consent.Circle:
        rolls: dict[str, set[str]] = {side: set() for side in self.decision.sides}
        for side, member in RollEntry.objects.on(self.decision).values_list("side", "membership_id"):
            rolls[side].add(str(member))
        named = Scrutineer.objects.of(self.decision.community).filter(decision=self.decision)
        seen = RoundSeen.objects.on(self.decision).filter(version=self.decision.version)
        return consent.Circle(
            rolls={side: frozenset(people) for side, people in rolls.items()},
            facilitators={side: str(member) for side, member in named.values_list("side", "membership_id")},
            quorum=share(self.decision.settings["quorum"]["share"]),
            version=self.decision.version.number,
            stances={str(who): consent.Stance(one.kind) for who, one in self.stances.items() if self._stands(one)},
            objections=tuple(map(self._objection, self.objections)),
            lazy=counts_silence(self.decision),
            minor_edits_agreed=frozenset(str(who) for who, one in self.stances.items() if one.edits_agreed),
            seen=frozenset(map(str, seen.values_list("membership_id", flat=True))),
        )

    def _stands(self, said: Stance) -> bool:
        """A stance is about its version; an objection stands through new ones until it is settled."""
        return said.version_id == self.decision.version_id or said.kind == Stance.Kind.OBJECTION

    def _objection(self, row: Objection) -> consent.Objection:
        return consent.Objection(
            by=str(row.membership_id),
            side=row.side,
            reason=row.reason,
            harms=row.harms,
            version=row.version.number,
            state=consent.State(row.state),
            clarified=row.clarified,
            answered_in=row.answered_in.number if row.answered_in else None,
            findings=tuple(
                consent.Finding(str(one.membership_id), one.side, one.reason)
                for one in self._findings
                if one.objection_id == row.pk
            ),
            appealed=row.appealed_at is not None,
        )

    def _raise(self, raised: consent.Objection, number: int, deed: Deed) -> Objection:
        made: Objection = Objection.objects.create(
            community=self.decision.community,
            decision=self.decision,
            number=number,
            membership_id=UUID(raised.by),
            side=raised.side,
            version=self.decision.version,
            reason=raised.reason,
            harms=raised.harms,
            raised_at=deed.at,
            **deed.keyed(),
        )
        return made

    def _change(self, place: int, now: consent.Objection, deed: Deed) -> None:
        row, before = self.objections[place], self._before.objections[place]
        row.state, row.clarified = str(now.state), now.clarified
        row.settled_at = None if row.state in STILL_GOING else row.settled_at or deed.at
        if now.state is consent.State.CLARIFIED and before.state is consent.State.RAISED:
            row.clarified_at = deed.at
        if now.answered_in != before.answered_in:
            row.answered_in = self.decision.version
        if now.appealed and not before.appealed:
            row.appealed_at = deed.at
            Finding.objects.of(self.decision.community).filter(objection=row).update(is_void=True)
        row.save()
        for found in now.findings[len(before.findings) :]:
            Finding.objects.create(
                community=self.decision.community,
                objection=row,
                membership_id=UUID(found.by),
                side=found.side,
                reason=found.reason,
                at=deed.at,
            )

    def _move(self, membership_id: UUID, kind: consent.Stance, deed: Deed) -> None:
        row = self.stances.get(membership_id)
        is_older = row is not None and row.version_id != self.decision.version_id
        if kind is consent.Stance.PENDING and is_older and row is not None and row.kind != Stance.Kind.OBJECTION:
            return  # It keeps what was said, and of which version.
        self.write_stance(membership_id, kind, deed)
