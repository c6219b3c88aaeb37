"""A swap both ways: who answers gives a duty of theirs, and once who asked agrees both change hands together.

Everything is looked at anew before they do. Neither of the two learns why the other may not, or does not want to.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Person
from alongside.rota import letters_swaps as letters
from alongside.rota.actions.holding import NotPublishedYet, changed, end, held, hold_people, log
from alongside.rota.actions.placing import AlreadyBusy, put_on, standing_assignment, standing_duty
from alongside.rota.actions.swapping import NotTheirs, offered_swap, open_swap
from alongside.rota.actions.unasking import withdraw_swaps
from alongside.rota.both_ways import HINDRANCES, Exchange, plans_for
from alongside.rota.models import Assignment, Rota, Swap
from alongside.rota.together import note_day

Both = tuple[Assignment, Assignment]


class NothingBackWanted(Refusal):
    """Whoever asks does not take a duty in return."""


class OfferHasChanged(Refusal):
    """What is offered now is not what was shown."""


class CannotExchange(Refusal):
    """The exchange cannot be made as it stands now. Nothing says why, for it is the other's matter."""


@transaction.atomic
def offer_exchange(
    *,
    swap: Swap,
    given: Assignment,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Swap:
    """Answer that one takes a duty, and gives one of one's own for it. Who asked says yes or no.

    Whether they may take it is not looked at here, for whoever offers would learn of it.
    Raises NotTheirs, NothingBackWanted, NotPublishedYet, DutyIsOver, NotOfThisPool, AlreadyOnIt, MustNotBe,
    BreaksRules, SomeoneElseWasFaster.
    """
    rotas = _held_both(swap, given)
    stands = open_swap(swap)
    exchange = _exchange_of(rotas, stands, given, at=at)
    exchange.check(exchange.given.membership)
    _offer(stands, exchange.given, at=at)
    log("exchange_offered", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    letters.exchange_offered(stands, at=at)
    return stands


@transaction.atomic
def agree_to_exchange(
    *,
    swap: Swap,
    given: Assignment,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Both:
    """Who asked takes what is given for their duty: both change hands. `given`: what they were shown.

    Raises NotPublishedYet, DutyIsOver, NotOfThisPool, AlreadyOnIt, AlreadyBusy, MustNotBe, BreaksRules where it is
    their own matter, CannotExchange where it is the other's, OfferHasChanged, SomeoneElseWasFaster.
    """
    rotas = _held_both(swap, given)
    stands = _as_shown(swap, given)
    exchange = _exchange_of(rotas, stands, given, at=at)
    exchange.check(exchange.asked.membership)
    try:
        exchange.check(exchange.given.membership)
    except HINDRANCES as hindrance:
        raise CannotExchange from hindrance
    both = _hand_over(rotas, stands, exchange, at=at)
    log("exchange_agreed", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    return both


@transaction.atomic
def write_exchange(*, swap: Swap, given: Assignment, by: Person, at: datetime, channel: str = Channel.PHONE) -> Both:
    """Both have told a coordinator: who takes the duty, and which one is given for it. Both change hands.

    Raises as `offer_exchange` does, and AlreadyBusy.
    """
    rotas = _held_both(swap, given)
    stands = open_swap(swap)
    exchange = _exchange_of(rotas, stands, given, at=at)
    for one in (exchange.given, exchange.asked):
        exchange.check(one.membership)
    _offer(stands, exchange.given, at=at)
    both = _hand_over(rotas, stands, exchange, at=at)
    log("exchange_written", stands, by=by, at=at, on_behalf_of=given.membership.person, channel=channel)
    return both


@transaction.atomic
def decline_exchange(
    *,
    swap: Swap,
    given: Assignment,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Swap:
    """Who asked does not want what is given, and need not say why; somebody is looked for again.

    `given`: what they were shown. Raises OfferHasChanged, SomeoneElseWasFaster.
    """
    held(swap.assignment.duty.rota)
    stands = _as_shown(swap, given)
    letters.exchange_declined(stands, at=at)
    _ask_again(stands)
    log("exchange_declined", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    return stands


@transaction.atomic
def take_offer_back(
    *,
    swap: Swap,
    given: Assignment,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Swap:
    """Who offered a duty keeps it after all; somebody is looked for again.

    `given`: that duty. Raises OfferHasChanged, SomeoneElseWasFaster.
    """
    held(swap.assignment.duty.rota)
    stands = _as_shown(swap, given)
    letters.offer_gone(stands, at=at)
    _ask_again(stands)
    log("exchange_taken_back", stands, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel)
    return stands


def _as_shown(swap: Swap, given: Assignment) -> Swap:
    """The swap with what is offered for it. Raises OfferHasChanged where that is another duty than was shown."""
    stands = offered_swap(swap)
    if stands.given_id != given.pk:
        raise OfferHasChanged
    return stands


def _held_both(swap: Swap, given: Assignment) -> dict[UUID, Rota]:
    """The rotas of both duties, held in one order, so that nobody waits for each other."""
    rotas = {one.duty.rota_id: one.duty.rota for one in (given, swap.assignment)}
    return {pk: held(rotas[pk]) for pk in sorted(rotas)}


def _exchange_of(rotas: Mapping[UUID, Rota], stands: Swap, given: Assignment, *, at: datetime) -> Exchange:
    """Both duties as they stand and lie ahead.

    Raises NotTheirs, NothingBackWanted, NotPublishedYet, DutyIsOver, SomeoneElseWasFaster.
    """
    if given.membership_id == stands.assignment.membership_id or stands.asked_of_id not in (None, given.membership_id):
        raise NotTheirs
    if not stands.takes_back:
        raise NothingBackWanted
    both = []
    for one in (stands.assignment, given):
        rota = rotas[one.duty.rota_id]
        if rota.is_draft:
            raise NotPublishedYet
        duty = standing_duty(rota, one.duty, at=at)
        row = standing_assignment(rota, one)
        row.duty, row.membership.community = duty, rota.community
        both.append(row)
    asked, theirs = both
    if asked.duty.program_id != theirs.duty.program_id:
        raise NotTheirs
    return Exchange(asked, theirs, plans_for(asked, theirs, at=at))


def _offer(stands: Swap, given: Assignment, *, at: datetime) -> None:
    if Swap.objects.of(stands.community).offered().filter(given=given).exists():
        raise SomeoneElseWasFaster
    stands.state, stands.given, stands.offered_at = Swap.State.OFFERED, given, at
    stands.save(update_fields=["state", "given", "offered_at"])


def _ask_again(stands: Swap) -> None:
    stands.state, stands.given, stands.offered_at = Swap.State.ASKED, None, None
    stands.save(update_fields=["state", "given", "offered_at"])


def _hand_over(rotas: Mapping[UUID, Rota], stands: Swap, exchange: Exchange, *, at: datetime) -> Both:
    """End both, give each to the other, and tell them. Raises AlreadyBusy, CannotExchange, SomeoneElseWasFaster."""
    asked, given = exchange.asked, exchange.given
    hold_people(rotas[asked.duty.rota_id], [asked.membership_id, given.membership_id])
    for one in (asked, given):
        end(one, Assignment.Ended.SWAPPED, at=at)
    withdraw_swaps(stands.community, [asked.pk, given.pk], at=at, but=stands)
    came_back = put_on(exchange.plans[given.duty.rota_id], given.duty, asked.membership, at=at)
    try:
        taken = put_on(exchange.plans[asked.duty.rota_id], asked.duty, given.membership, at=at)
    except AlreadyBusy as busy:
        raise CannotExchange from busy
    stands.state, stands.settled_at = Swap.State.TAKEN, at
    stands.taken, stands.came_back = taken, came_back
    stands.save(update_fields=["state", "settled_at", "taken", "came_back"])
    for rota in rotas.values():
        changed(rota)
    letters.exchanged(stands, taken, came_back, at=at)
    for one in (taken, came_back):
        note_day(one.duty, at=at)
    return taken, came_back
