"""Exchanges begin: asked for on a page, or written down once the help was given."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.kernel.models import UndoOffer
from alongside.people.models import Person, Role
from alongside.people.permissions import Standing, standing_of
from alongside.strengths import letters, together
from alongside.strengths.actions import limits
from alongside.strengths.actions.deeds import Deed
from alongside.strengths.actions.following import let_hours_follow
from alongside.strengths.actions.listings import refuse_unless_open
from alongside.strengths.actions.steps import NotForBothSides, Taken, say, silence_counts_from
from alongside.strengths.actions.undoing import snapshot
from alongside.strengths.models import Exchange, ExchangeWords, Listing
from alongside.strengths.permissions import sides_of
from alongside.strengths.rules.steps import PROPOSAL_WAITS, Side, State
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category

_PAYLOAD = ("giver_id", "receiver_id", "minutes", "category_id", "helped_on", "listing_id")


class WithThemselves(Refusal):
    """Nobody exchanges hours with the same account."""


class SpeaksForNeither(Refusal):
    """The person whose word it is stands on neither side, so there is nobody's word to go by."""


class OnlyBrokersVouch(Refusal):
    """Only a coordinator who is not part of the exchange may say that both sides agree."""


@transaction.atomic
def propose(
    *,
    giver: Account,
    receiver: Account,
    minutes: int,
    category: Category,
    helped_on: date,
    by: Person,
    at: datetime,
    key: UUID,
    listing: Listing | None = None,
    note: str = "",
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Taken:
    """Ask the other side for an exchange on `helped_on` (today or later). No hours move yet.

    The same `key` again returns the first one; with other contents, timebank.KeyUsedDifferently.
    Raises ListingNotOpen, WithThemselves, SpeaksForNeither, and the refusals of `limits`.
    """
    deed = Deed(by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    exchange = _begun(giver, receiver, minutes, category, helped_on, listing, key, deed)
    if earlier := _made_before(exchange):
        return Taken(earlier, None)
    today = exchange.community.day_of(at)
    limits.refuse_impossible_plan(helped_on, today=today)
    if listing is not None:
        refuse_unless_open(listing, on=today)
    exchange.state = State.PROPOSED
    exchange.waits_for = _side_of_speaker(exchange, deed).other
    exchange.answer_by = at + PROPOSAL_WAITS
    made, is_new = _create(exchange)
    if not is_new:
        return Taken(made, None)
    _write_note(made, note, deed)
    deed.log("strengths.proposed", made)
    together.note(made, at=at)
    letters.asked(made, deed.speaker or by, at=at)
    return Taken(made, _way_back(made, State.CANCELLED, deed))


@transaction.atomic
def record_exchange(
    *,
    giver: Account,
    receiver: Account,
    minutes: int,
    category: Category,
    helped_on: date,
    by: Person,
    at: datetime,
    key: UUID,
    listing: Listing | None = None,
    note: str = "",
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
    consent_of_both: bool = False,
    override_reason: str = "",
) -> Taken:
    """Write down help that was given: `minutes` from `receiver`'s account to `giver`'s.

    With `consent_of_both` (a coordinator has both people's word) the hours are credited at once;
    otherwise they are set aside until the other side confirms, by silence too unless they have
    no screen. `override_reason`: lets a
    coordinator pass a hard limit, which both people then see; it counts with `consent_of_both`.

    The same `key` again returns the first one; with other contents, timebank.KeyUsedDifferently.
    Raises OnlyBrokersVouch, SpeaksForNeither, WithThemselves, ListingNotOpen's kin in `limits`,
    and the ledger's OverLimit.
    """
    deed = Deed(by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    exchange = _begun(giver, receiver, minutes, category, helped_on, listing, key, deed)
    if earlier := _made_before(exchange):
        return Taken(earlier, None)
    limits.refuse_impossible_day(helped_on, today=exchange.community.day_of(at))
    limits.refuse_overfull_day(giver, minutes, helped_on)
    if consent_of_both:
        _refuse_unless_broker(exchange, deed)
        exchange.state, exchange.both_agreed = State.CONFIRMED, True
    else:
        exchange.state, exchange.waits_for = State.DONE, _side_of_speaker(exchange, deed).other
        exchange.answer_by = silence_counts_from(exchange, at)
    let_hours_follow(exchange, State(exchange.state), deed=deed, override_reason=override_reason)
    made, is_new = _create(exchange)
    if not is_new:
        return Taken(made, None)
    _write_note(made, note, deed)
    deed.log("strengths.recorded", made)
    together.note(made, at=at)
    letters.recorded(made, by, deed.speaker or by, at=at)
    return Taken(made, _way_back(made, State.WITHDRAWN, deed))


@transaction.atomic
def say_thanks(
    *,
    exchange: Exchange,
    words: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> ExchangeWords:
    """Leave a thank-you note on an exchange; a later one by the same person takes its place.

    Raises SpeaksForNeither.
    """
    deed = Deed(by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    _side_of_speaker(exchange, deed)
    author = deed.speaker or by
    ExchangeWords.objects.of(exchange.community).filter(
        exchange=exchange, author=author, kind=ExchangeWords.Kind.THANKS
    ).delete()
    thanks = say(exchange, ExchangeWords.Kind.THANKS, words, author=author, at=at)
    deed.log("strengths.thanked", exchange)
    letters.thanked(exchange, author, words, at=at)
    return thanks


def _begun(
    giver: Account,
    receiver: Account,
    minutes: int,
    category: Category,
    helped_on: date,
    listing: Listing | None,
    key: UUID,
    deed: Deed,
) -> Exchange:
    if giver.pk == receiver.pk:
        raise WithThemselves
    limits.refuse_impossible_minutes(minutes)
    return Exchange(
        community=giver.community,
        giver=giver,
        receiver=receiver,
        minutes=minutes,
        category=category,
        helped_on=helped_on,
        listing=listing,
        key=key,
        made_at=deed.at,
        changed_at=deed.at,
        keyed_by=deed.by,
        channel=deed.channel,
    )


def _made_before(exchange: Exchange) -> Exchange | None:
    """The exchange made earlier with the same key and payload; raises when the payload differs."""
    earlier: Exchange | None = Exchange.objects.of(exchange.community).with_sides().filter(key=exchange.key).first()
    if earlier is None:
        return None
    for field in _PAYLOAD:
        if getattr(earlier, field) != getattr(exchange, field):
            raise timebank.KeyUsedDifferently(field=field.removesuffix("_id"), first_id=earlier.pk)
    return earlier


def _create(exchange: Exchange) -> tuple[Exchange, bool]:
    """Save a new exchange, or return the one that a parallel request with the same key has made."""
    try:
        with transaction.atomic():
            exchange.save(force_insert=True)
    except IntegrityError:
        earlier = _made_before(exchange)
        if earlier is None:
            raise
        return earlier, False
    return exchange, True


def _side_of_speaker(exchange: Exchange, deed: Deed) -> Side:
    speaker = _standing(exchange, deed.speaker, deed.at)
    sides = sides_of(speaker, exchange) if speaker else set()
    if not sides:
        raise SpeaksForNeither
    if deed.on_behalf_of and deed.on_behalf_of != deed.by:
        keyer = _standing(exchange, deed.by, deed.at)
        if keyer and sides_of(keyer, exchange) - sides:
            raise NotForBothSides
    return next(side for side in Side if side in sides)


def _refuse_unless_broker(exchange: Exchange, deed: Deed) -> None:
    keyer = _standing(exchange, deed.by, deed.at)
    if keyer is None or not keyer.has(Role.COORDINATOR) or sides_of(keyer, exchange):
        raise OnlyBrokersVouch


def _standing(exchange: Exchange, person: Person | None, at: datetime) -> Standing | None:
    return standing_of(person, exchange.community, on=exchange.community.day_of(at)) if person else None


def _write_note(exchange: Exchange, note: str, deed: Deed) -> None:
    if note and deed.by:
        say(exchange, ExchangeWords.Kind.NOTE, note, author=deed.speaker or deed.by, at=deed.at)


def _way_back(exchange: Exchange, ends_as: State, deed: Deed) -> UndoOffer | None:
    if deed.by is None:
        return None
    before: dict[str, Any] = {**snapshot(exchange), "state": ends_as, "waits_for": "", "answer_by": None}
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
