"""People sign up for a bundle that is taken whole or not at all; they confirm, decline, wait and move up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from alongside.gatherings import hooks, letters, signals
from alongside.gatherings.actions.deeds import Deed, GatheringIsOver, held
from alongside.gatherings.models import Booking, Gathering, Part, PartKind, Seat, SignUp
from alongside.gatherings.models.bookings import MOST_SEATS
from alongside.gatherings.permissions import invited_to
from alongside.gatherings.rules.places import fits, next_in_line
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person

Wanted = Mapping[Part, int]


class NotForThem(Refusal):
    """The gathering is for others, or the person belongs here no more."""


class NoSignUp(Refusal):
    """People just come to this one: there is nothing to sign up for."""


class AskACoordinator(Refusal):
    """A coordinator signs people up for this one."""


class NoRoom(Refusal):
    """The whole bundle does not fit; `parts` are the names of what is full. What they had before, they still have."""

    def __init__(self, *, parts: list[str]) -> None:
        super().__init__(", ".join(parts))
        self.parts = parts


class NeverFits(NoRoom):
    """More is asked for than there will ever be: waiting would not help."""


class MayNotTake(Refusal):
    """Another room says no; `words` is its sentence, in the reader's language."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NothingWanted(Refusal):
    """A booking takes something, and nothing of another gathering; of one thing at most 20."""


class HasAPlace(Refusal):
    """Whoever has a place, or waits for one, does not stand by as well."""


class NotBooked(Refusal):
    """There is no place of theirs to confirm."""


@dataclass(frozen=True)
class _Ask:
    """Who asks for what at which gathering, which is held."""

    gathering: Gathering
    membership: Membership
    deed: Deed

    def booking(self) -> Booking | None:
        rows = Booking.objects.of(self.gathering.community).filter(gathering=self.gathering)
        found: Booking | None = rows.filter(membership=self.membership).with_seats().first()
        return found

    def is_own_word(self) -> bool:
        """Said by the person: on the page, or by phone or on paper to who writes it down for them."""
        return self.membership.person_id in {
            self.deed.by.pk if self.deed.by else None,
            self.deed.on_behalf_of.pk if self.deed.on_behalf_of else None,
        }


@transaction.atomic
def book(
    *,
    gathering: Gathering,
    membership: Membership,
    by: Person | None,
    at: datetime,
    parts: Wanted | None = None,
    needs: str | None = None,
    or_wait: bool = True,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Booking:
    """Take all of `parts` together, or wait in line for them; without `parts` one place to come along.

    The same again changes nothing. Who has a place and asks for more than fits keeps what they had. Raises
    GatheringIsOver, NoSignUp, AskACoordinator, NotForThem, NothingWanted, MayNotTake, NeverFits, and NoRoom (for those
    with a place, and with `or_wait` False).
    """
    ask = _Ask(held(gathering), membership, Deed(by, at, on_behalf_of, channel))
    _refuse_sign_up(ask)
    kinds = list(Part.objects.of(gathering.community).filter(gathering=ask.gathering).in_order())
    wanted = _wanted(kinds, parts)
    _refuse_parts(ask, wanted)
    before = ask.booking()
    if before and before.state in {Booking.State.BOOKED, Booking.State.WAITING} and _seats(before) == wanted:
        return _with_needs(before, needs)
    own = _seats(before) if before and before.is_booked else {}
    free = {part: None if part.free is None else part.free + own.get(part, 0) for part in kinds}
    has_room = fits(wanted, free)
    if not has_room and (own or not or_wait):
        raise NoRoom(parts=[str(part) for part in wanted if not fits({part: wanted[part]}, free)])
    made = _write(ask, before, wanted, has_room=has_room, needs=needs)
    ask.deed.log("gatherings.booked" if has_room else "gatherings.waits", made)
    _after(ask, made, freed=bool(own))
    return made


def _refuse_sign_up(ask: _Ask) -> None:
    gathering, deed = ask.gathering, ask.deed
    if not gathering.is_open(deed.at):
        raise GatheringIsOver
    if not gathering.signs_up:
        raise NoSignUp
    if gathering.sign_up == SignUp.COORDINATOR and deed.by == ask.membership.person:
        raise AskACoordinator
    if not invited_to(gathering, on=gathering.community.day_of(deed.at)).filter(pk=ask.membership.pk).exists():
        raise NotForThem


def _wanted(kinds: list[Part], parts: Wanted | None) -> dict[Part, int]:
    if parts is None:
        usual = next((one for one in kinds if one.kind == PartKind.COME), None) or next(iter(kinds), None)
        return {usual: 1} if usual else {}
    here = {one.pk: one for one in kinds}
    told = {here.get(part.pk): count for part, count in parts.items() if count}
    if not told or None in told or not all(0 < count <= MOST_SEATS for count in told.values()):
        raise NothingWanted
    return {part: count for part, count in told.items() if part}


def _refuse_parts(ask: _Ask, wanted: Wanted) -> None:
    if too_many := [str(part) for part, count in wanted.items() if part.size is not None and count > part.size]:
        raise NeverFits(parts=too_many)
    for part in wanted:
        if words := hooks.why_not(ask.membership, part, ask.deed.at):
            raise MayNotTake(words)


def _seats(booking: Booking) -> dict[Part, int]:
    return {seat.part: seat.count for seat in booking.seats.all()}


def _with_needs(booking: Booking, needs: str | None) -> Booking:
    if needs is not None and needs.strip() != booking.needs:
        booking.needs = needs.strip()
        booking.save(update_fields=["needs"])
    return booking


def _write(ask: _Ask, before: Booking | None, wanted: Wanted, *, has_room: bool, needs: str | None) -> Booking:
    """Give up what was held, then take the new bundle: the database counts both."""
    gathering, deed = ask.gathering, ask.deed
    made = before or Booking(community=gathering.community, gathering=gathering, membership=ask.membership)
    if before:
        Seat.objects.of(gathering.community).filter(booking=before).delete()
    waits_already = made.state == Booking.State.WAITING and made.place_in_line is not None
    made.place_in_line = None if has_room else made.place_in_line if waits_already else _end_of_line(gathering)
    made.state = Booking.State.BOOKED if has_room else Booking.State.WAITING
    own_word = ask.is_own_word()
    made.confirmed_at, made.asked_at = (deed.at, None) if has_room and own_word else (None, deed.at)
    made.reminded_at = None
    made.needs = made.needs if needs is None else needs.strip()
    _keep(made, deed)
    made.save()
    Seat.objects.bulk_create(
        Seat(community=gathering.community, booking=made, part=part, count=count) for part, count in wanted.items()
    )
    made.gathering, made.membership = gathering, ask.membership
    return made


def _keep(booking: Booking, deed: Deed) -> None:
    for name, value in deed.keyed().items():
        setattr(booking, name, value)


def _end_of_line(gathering: Gathering) -> int:
    rows = Booking.objects.of(gathering.community).filter(gathering=gathering)
    return (rows.aggregate(last=Max("place_in_line"))["last"] or 0) + 1


def _after(ask: _Ask, booking: Booking, *, freed: bool) -> None:
    """Rooms above and the person hear of it; what was given up goes to the next in line."""
    if booking.is_booked:
        tell_later(signals.booked, booking)
    if ask.deed.by != ask.membership.person:
        letters.signed_up(booking, at=ask.deed.at, by=ask.deed.by)
    if freed:
        move_up(ask.gathering, ask.deed)


def tell_later(signal: Any, booking: Booking) -> None:
    """Rooms above hear of a booking once it stands."""
    transaction.on_commit(lambda: signal.send(sender=Booking, booking=booking))


@transaction.atomic
def stand_by(
    *,
    gathering: Gathering,
    membership: Membership,
    by: Person | None,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Booking:
    """Say that one would step in at short notice. Raises HasAPlace, and what `book` raises about the gathering."""
    ask = _Ask(held(gathering), membership, Deed(by, at, on_behalf_of, channel))
    _refuse_sign_up(ask)
    made = ask.booking() or Booking(community=gathering.community, gathering=ask.gathering, membership=membership)
    if made.state in {Booking.State.BOOKED, Booking.State.WAITING}:
        raise HasAPlace
    if made.state == Booking.State.STAND_BY:
        return made
    made.state, made.asked_at = Booking.State.STAND_BY, None
    _keep(made, ask.deed)
    made.save()
    ask.deed.log("gatherings.stands_by", made)
    return made


@transaction.atomic
def leave(
    *,
    gathering: Gathering,
    membership: Membership,
    by: Person | None,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Booking:
    """Give up a place, or say that one cannot come; the first in line whose whole bundle fits moves up.

    Again it changes nothing. Raises GatheringIsOver, and NotForThem for a person without a booking it is not for.
    """
    ask = _Ask(held(gathering), membership, Deed(by, at, on_behalf_of, channel))
    if not ask.gathering.is_open(at):
        raise GatheringIsOver
    before = ask.booking()
    if before and not before.is_live:
        return before
    if before is None:
        _refuse_sign_up(ask)
    made = before or Booking(community=gathering.community, gathering=ask.gathering, membership=membership)
    had_a_place = made.is_booked
    said_yes = made.confirmed_at is not None or (before is not None and not made.must_confirm)
    made.state = Booking.State.CALLED_OFF if said_yes else Booking.State.DECLINED
    made.place_in_line = made.confirmed_at = made.asked_at = None
    _keep(made, ask.deed)
    made.save()
    ask.deed.log("gatherings.left", made)
    if before:
        tell_later(signals.left, made)
    if had_a_place:
        move_up(ask.gathering, ask.deed)
    return made


@transaction.atomic
def confirm(
    *,
    gathering: Gathering,
    membership: Membership,
    by: Person | None,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Booking:
    """Say that the place suits. Again it changes nothing. Raises GatheringIsOver, NotBooked."""
    ask = _Ask(held(gathering), membership, Deed(by, at, on_behalf_of, channel))
    if not ask.gathering.is_open(at):
        raise GatheringIsOver
    booking = ask.booking()
    if booking is None or not booking.is_booked:
        raise NotBooked
    if booking.confirmed_at is None:
        booking.confirmed_at, booking.asked_at = at, None
        booking.save(update_fields=["confirmed_at", "asked_at"])
        ask.deed.log("gatherings.confirmed", booking)
    return booking


def move_up(gathering: Gathering, deed: Deed) -> list[Booking]:
    """Everybody in line whose whole bundle fits gets it, in order, and is asked whether it suits.

    The gathering is held. Where nobody waits who could take what is free, people who stand by hear of it.
    """
    if not gathering.is_open(deed.at):
        return []
    parts = {one.pk: one for one in Part.objects.of(gathering.community).filter(gathering=gathering)}
    free = {pk: one.free for pk, one in parts.items()}
    rows = Booking.objects.of(gathering.community).filter(gathering=gathering)
    line = [
        (one, {seat.part_id: seat.count for seat in one.seats.all()})
        for one in rows.in_line().with_seats().with_people()
    ]
    may = [row for row in line if not any(hooks.why_not(row[0].membership, parts[pk], deed.at) for pk in row[1])]
    moved = list(next_in_line(may, free))
    for booking in moved:
        booking.state, booking.place_in_line, booking.asked_at = Booking.State.BOOKED, None, deed.at
        booking.save(update_fields=["state", "place_in_line", "asked_at"])
        booking.gathering = gathering
        deed.log("gatherings.moved_up", booking)
        letters.moved_up(booking, at=deed.at, by=deed.by)
        tell_later(signals.booked, booking)
    if not moved and any(room for room in free.values()):
        letters.room_is_free(gathering, [one.membership for one in rows.on_stand_by().with_people()], at=deed.at)
    return moved
