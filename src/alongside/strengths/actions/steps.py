"""Steps of an exchange, exactly as the table in rules.steps allows them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.models import UndoOffer
from alongside.people.models import Person
from alongside.people.permissions import standing_of
from alongside.strengths import letters
from alongside.strengths.actions import limits, undoing
from alongside.strengths.actions.deeds import Deed
from alongside.strengths.actions.following import let_hours_follow
from alongside.strengths.models import Exchange, ExchangeWords
from alongside.strengths.models.parties import is_asked_by_phone
from alongside.strengths.permissions import actors_for, sides_of
from alongside.strengths.rules.steps import ARRANGEMENT_WAITS, Actor, Allowed, Side, State, Step, actors_of, row_for
from alongside.timebank.models import TimeBank

DID = {
    Step.AGREE: "agreed",
    Step.DECLINE: "declined",
    Step.CANCEL: "cancelled",
    Step.SAY_DONE: "said_done",
    Step.CONFIRM: "confirmed",
    Step.REJECT: "rejected",
    Step.DISPUTE: "disputed",
    Step.NAME_MEDIATOR: "mediator_named",
    Step.SETTLE_AS_SAID: "settled_as_said",
    Step.SETTLE_CHANGED: "settled_changed",
    Step.WITHDRAW: "withdrawn",
    Step.LAPSE: "lapsed",
    Step.AUTO_CONFIRM: "auto_confirmed",
}


class StepNotAllowed(Refusal):
    """The table has no such step from this state, or not for this person; `state` is where it stands."""

    def __init__(self, *, state: str, step: str) -> None:
        super().__init__(f"{step} from {state}")
        self.state = state
        self.step = step


class ReasonMissing(Refusal):
    """This step says no to somebody, and they deserve to know why."""


class NotForBothSides(Refusal):
    """Somebody who stands on one side of an exchange cannot speak for the other."""


class MediatorTakesPart(Refusal):
    """A mediator stands on neither side and belongs to the community."""


@dataclass(frozen=True)
class Taken:
    """What came of a step: the exchange as it now is, and the way back while there is one."""

    exchange: Exchange
    undo: UndoOffer | None


@transaction.atomic
def take_step(
    *,
    exchange: Exchange,
    step: Step,
    by: Person | None,
    at: datetime,
    seen: int,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    reason: str = "",
    minutes: int | None = None,
    helped_on: date | None = None,
    mediator: Person | None = None,
) -> Taken:
    """Take one step of the table, move the hours with it, and tell the people concerned.

    `seen`: `steps_taken` of the exchange as the person saw it. `by` None is the house, which alone
    may lapse and auto-confirm. `minutes` and `helped_on` count for SAY_DONE and SETTLE_CHANGED,
    `mediator` for NAME_MEDIATOR.

    Raises SomeoneElseWasFaster when it has moved on since, StepNotAllowed, ReasonMissing,
    NotForBothSides, MediatorTakesPart, the refusals of `limits`, and the ledger's OverLimit.
    """
    deed = Deed(by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    exchange = _locked(exchange, seen=seen)
    row = row_for(exchange.state, step)
    if row is None:
        raise StepNotAllowed(state=exchange.state, step=step)
    side = _side_or_refuse(exchange, row, deed)
    if row.needs_reason and not reason:
        raise ReasonMissing
    before = undoing.snapshot(exchange)
    if step in {Step.SAY_DONE, Step.SETTLE_CHANGED}:
        _set_what_was_done(exchange, minutes=minutes, helped_on=helped_on, at=at)
    if step == Step.NAME_MEDIATOR:
        exchange.mediator = _mediator_or_refuse(exchange, mediator, at)
    _move(exchange, row, side=side, deed=deed)
    if reason and deed.speaker:
        say(exchange, ExchangeWords.Kind.REASON, reason, author=deed.speaker, at=at)
    deed.log(f"strengths.{DID[step]}", exchange)
    letters.step_taken(exchange, step, deed.speaker, at=at, reason=reason, undoable=row.undoable)
    return Taken(exchange, _way_back(exchange, before, deed) if row.undoable else None)


def _locked(exchange: Exchange, *, seen: int) -> Exchange:
    rows = Exchange.objects.of(exchange.community).select_for_update(of=("self",), no_key=True)
    fresh: Exchange = rows.get(pk=exchange.pk)
    if fresh.steps_taken != seen:
        raise SomeoneElseWasFaster
    fresh.community = exchange.community
    return fresh


def _side_or_refuse(exchange: Exchange, row: Allowed, deed: Deed) -> Side | None:
    """The side the speaker stands on, None for the house, a mediator or a coordinator."""
    if deed.by is None:
        if row.who != Actor.HOUSE:
            raise StepNotAllowed(state=row.before, step=row.step)
        return None
    day = exchange.community.day_of(deed.at)
    speaker = standing_of(deed.speaker or deed.by, exchange.community, on=day)
    if speaker is None:
        raise StepNotAllowed(state=row.before, step=row.step)
    sides = sides_of(speaker, exchange)
    for_another = deed.on_behalf_of is not None and deed.on_behalf_of != deed.by
    # A side may be spoken for; what somebody is as a mediator or a coordinator is not lent with it.
    mine = actors_of(sides, waits_for=exchange.waits_for) if for_another else actors_for(speaker, exchange)
    if row.who not in mine:
        raise StepNotAllowed(state=row.before, step=row.step)
    if for_another:
        keyer = standing_of(deed.by, exchange.community, on=day)
        if keyer is not None and sides_of(keyer, exchange) - sides:
            raise NotForBothSides
    return next((side for side in Side if side in sides), None)


def _set_what_was_done(exchange: Exchange, *, minutes: int | None, helped_on: date | None, at: datetime) -> None:
    exchange.minutes = minutes or exchange.minutes
    exchange.helped_on = helped_on or exchange.helped_on
    limits.refuse_impossible_minutes(exchange.minutes)
    limits.refuse_impossible_day(exchange.helped_on, today=exchange.community.day_of(at))
    limits.refuse_overfull_day(exchange.giver, exchange.minutes, exchange.helped_on, but=exchange)


def _mediator_or_refuse(exchange: Exchange, mediator: Person | None, at: datetime) -> Person:
    if mediator is None:
        raise MediatorTakesPart
    standing = standing_of(mediator, exchange.community, on=exchange.community.day_of(at))
    if standing is None or sides_of(standing, exchange):
        raise MediatorTakesPart
    return mediator


def _move(exchange: Exchange, row: Allowed, *, side: Side | None, deed: Deed) -> None:
    exchange.state = row.after
    exchange.steps_taken += 1
    exchange.waits_for = side.other if side and row.after == State.DONE else ""
    exchange.answer_by = _answer_by(exchange, at=deed.at)
    exchange.reminded_at = None
    exchange.changed_at = deed.at
    let_hours_follow(exchange, row.after, deed=deed)
    save_if_unmoved(exchange, was=row.before)


def save_if_unmoved(exchange: Exchange, *, was: str) -> None:
    """Save by compare-and-set: only while the row is still in state `was`, one step behind."""
    fields = (
        "state", "steps_taken", "waits_for", "answer_by", "reminded_at", "changed_at",
        "minutes", "helped_on", "hold", "transfer", "mediator",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(exchange, name) for name in fields}
    unmoved = Exchange.objects.of(exchange.community).filter(
        pk=exchange.pk, state=was, steps_taken=exchange.steps_taken - 1
    )
    if not unmoved.update(**values):
        raise SomeoneElseWasFaster


def _answer_by(exchange: Exchange, *, at: datetime) -> datetime | None:
    if exchange.state == State.ARRANGED:
        today = exchange.community.day_of(at)
        return limits.day_end(exchange.helped_on, after=ARRANGEMENT_WAITS, at=at, today=today)
    if exchange.state == State.DONE:
        return silence_counts_from(exchange, at)
    return None


def silence_counts_from(exchange: Exchange, asked_at: datetime) -> datetime | None:
    """When silence counts as yes, after the days the community has chosen; None when it never does.

    Somebody without a screen may never have heard the question: a coordinator asks them.
    """
    return None if is_asked_by_phone(exchange.awaited) else asked_at + _days_until_confirmed(exchange)


def _days_until_confirmed(exchange: Exchange) -> timedelta:
    bank = TimeBank.objects.of(exchange.community).first()
    default = TimeBank._meta.get_field("auto_confirm_days").get_default()
    return timedelta(days=bank.auto_confirm_days if bank else default)


def _way_back(exchange: Exchange, before: dict[str, Any], deed: Deed) -> UndoOffer | None:
    if deed.by is None:
        return None
    return undo.offer(
        act="strengths.step",
        args={
            "exchange": str(exchange.pk),
            "seen": exchange.steps_taken,
            "before": before,
            "said_at": deed.at.isoformat(),
        },
        community_id=exchange.community_id,
        by=deed.by.pk,
        at=deed.at,
    )


def say(exchange: Exchange, kind: str, words: str, *, author: Person, at: datetime) -> ExchangeWords:
    """Write erasable words beside an exchange."""
    return ExchangeWords.objects.create(
        community=exchange.community, exchange=exchange, kind=kind, words=words, author=author, at=at
    )
