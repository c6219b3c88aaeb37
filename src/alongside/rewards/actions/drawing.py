"""Draws: announced, entered, closed with a digest before the public number is made, and drawn with it."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.models import BodyMember, Membership, Person
from alongside.programs.rules.times import minutes_of
from alongside.rewards import letters
from alongside.rewards.actions.issuing import give, held
from alongside.rewards.models import Draw, DrawEntry, Entitlement, Reward
from alongside.rewards.reading import visits_of
from alongside.rewards.refusing import DaysDoNotFit, DrawIsClosed, NoneLeft, NotOffered, NotThatNumber, NotYetTime
from alongside.rewards.rules import drawing
from alongside.rewards.rules.codes import new_entry
from alongside.rewards.rules.earning import EITHER, Visit

# Time enough to close the entries, whatever stands still for a while, before the number is made.
LEAST_GAP = timedelta(hours=1)
PUT_OFF = timedelta(days=1)
LONGEST_AHEAD = timedelta(days=400)


@transaction.atomic
def announce_draw(
    *,
    reward: Reward,
    prizes: int,
    from_day: date,
    until_day: date,
    closes_at: datetime,
    number_at: datetime,
    by: Person,
    at: datetime,
    key: UUID,
) -> Draw:
    """Say what is drawn among whom, until when people come in, and which public number will decide.

    Raises NotOffered, NoneLeft, DaysDoNotFit.
    """
    stands = held(reward)
    if made := Draw.objects.of(stands.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    if stands.way != Reward.Way.DRAWN or not stands.is_agreed or stands.program.ended_at is not None:
        raise NotOffered
    promised = sum(
        Draw.objects.of(stands.community).filter(reward=stands, drawn_at=None).values_list("prizes", flat=True)
    )
    if prizes < 1 or (stands.left is not None and prizes + promised > stands.left):
        raise NoneLeft
    in_order = from_day <= until_day <= stands.community.day_of(closes_at)
    if not in_order or not at < closes_at <= number_at - LEAST_GAP or number_at > at + LONGEST_AHEAD:
        raise DaysDoNotFit
    draw: Draw = Draw.objects.create(
        community=stands.community, reward=stands, prizes=prizes, from_day=from_day, until_day=until_day,
        opened_by=by, opened_at=at, closes_at=closes_at, number_at=number_at, key=key,
    )  # fmt: skip
    activity.log(did="rewards.draw_announced", about_what=draw, by_id=by.pk, at=at)
    letters.draw_is_open(draw, _may_take_part(draw, at), by=by, at=at)
    return draw


def _may_take_part(draw: Draw, at: datetime) -> list[Person]:
    """Grown people who belong to the program, and those whose time in it can bring them a ticket."""
    program = draw.reward.program
    gave = {member for member, visits in visits_of(program).items() if any(_counts(draw, one) for one in visits)}
    belong = BodyMember.objects.of(draw.community).filter(group=program.group_id)
    people = Membership.objects.of(draw.community).current().grown(on=draw.community.day_of(at))
    people = people.filter(Q(pk__in=belong.values("membership")) | Q(pk__in=gave))
    return [member.person for member in people.select_related("person").order_by("pk")]


def _counts(draw: Draw, visit: Visit) -> bool:
    return draw.from_day <= visit.day <= draw.until_day


@transaction.atomic
def enter_draw(
    *,
    draw: Draw,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> DrawEntry:
    """Take part, once; the entry's name tells nobody whose it is. Raises DrawIsClosed."""
    stands = _held(draw)
    if stands.closed_at is not None or at >= stands.closes_at:
        raise DrawIsClosed
    if made := DrawEntry.objects.on(stands).filter(membership=membership).first():
        return made  # type: ignore[no-any-return]
    while DrawEntry.objects.on(stands).filter(name=(name := new_entry())).exists():
        pass
    entry: DrawEntry = DrawEntry.objects.create(
        community=stands.community, draw=stands, membership=membership, name=name, entered_at=at, channel=channel
    )
    activity.log(
        did="rewards.draw_entered", about_what=entry, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
    return entry


@transaction.atomic
def step_out(
    *,
    draw: Draw,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Take part no more. Raises DrawIsClosed."""
    stands = _held(draw)
    if stands.closed_at is not None or at >= stands.closes_at:
        raise DrawIsClosed
    gone, _kinds = DrawEntry.objects.on(stands).filter(membership=membership).delete()
    if gone:
        activity.log(
            did="rewards.draw_left", about_what=stands, by_id=by.pk, at=at, channel=channel,
            on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        )  # fmt: skip


@transaction.atomic
def close_draw(*, draw: Draw, by: Person | None, at: datetime) -> Draw:
    """Count everybody's tickets and publish the digest. Safe to run twice.

    Where nobody did it in time, another number decides, a day later: one that is known already would decide nothing.
    """
    stands = _held(draw)
    if stands.closed_at is not None or at < stands.closes_at:
        return stands
    if at >= stands.number_at:
        stands.number_at = at + PUT_OFF
    entries = list(DrawEntry.objects.on(stands).by_name())
    terms = stands.reward.term("draw", {})
    visits = visits_of(stands.reward.program)
    for entry in entries:
        days = [one for one in visits.get(entry.membership_id, []) if _counts(stands, one)]
        minutes = sum(one.minutes(EITHER) for one in days)
        entry.tickets = drawing.tickets_for(
            minutes, every=minutes_of(terms.get("every", "1h")), at_most=terms.get("tickets", 1)
        )
    DrawEntry.objects.bulk_update(entries, ["tickets"])
    stands.digest = drawing.digest_of(str(stands.pk), stands.prizes, published(entries))
    stands.closed_at = at
    stands.save(update_fields=["digest", "closed_at", "number_at"])
    activity.log(did="rewards.draw_closed", about_what=stands, by_id=by.pk if by else None, at=at)
    return stands


def published(entries: list[DrawEntry]) -> list[drawing.Entry]:
    """Entries as everybody may read them."""
    return [drawing.Entry(one.name, one.tickets or 0) for one in entries]


def close_due_draws(*, by: Person | None, at: datetime) -> int:
    """Close what is due; how many."""
    due = list(Draw.objects.to_close(at).select_related("community").order_by("pk"))
    for draw in due:
        close_draw(draw=draw, by=by, at=at)
    return len(due)


@transaction.atomic
def draw_winners(*, draw: Draw, told: str, by: Person, at: datetime) -> Draw:
    """Draw with the public number, pasted as its makers publish it; once. Winners have theirs at once.

    Raises NotYetTime, NotThatNumber, NoneLeft.
    """
    reward = held(draw.reward)
    stands = _held(draw)
    if stands.drawn_at is not None:
        return stands
    if stands.closed_at is None or at < stands.number_at:
        raise NotYetTime(number_at=stands.number_at)
    number = number_in(told, stands.round)
    if number is None:
        raise NotThatNumber(round=stands.round)
    entries = {one.name: one for one in DrawEntry.objects.on(stands).select_related("membership__person").by_name()}
    names = drawing.winners(published(list(entries.values())), number=number, draw=str(stands.pk), prizes=stands.prizes)
    if reward.left is not None and reward.left < len(names):
        raise NoneLeft
    for place, name in enumerate(names, start=1):
        entry = entries[name]
        entry.place = place
        entry.save(update_fields=["place"])
        if entry.membership is not None and entry.membership.left_at is None:
            entry.membership.community = reward.community
            about: dict[str, Any] = {"origin": Entitlement.Origin.DRAWN, "draw": stands, "earned_at": at}
            give(reward, entry.membership, by=by, at=at, **about)
    stands.public_number, stands.drawn_at, stands.drawn_by = number, at, by
    stands.save(update_fields=["public_number", "drawn_at", "drawn_by"])
    activity.log(did="rewards.drawn", about_what=stands, by_id=by.pk, at=at)
    return stands


def number_in(told: str, round: int) -> str | None:
    """The number of this round in what its makers publish, or None.

    Their number is the SHA-256 of their signature: a letter that was mistyped does not get through.
    """
    try:
        found = json.loads(told)
        number = drawing.read_number(str(found["randomness"]))
        made = sha256(bytes.fromhex(str(found["signature"]))).hexdigest()
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return number if number == made and found.get("round") == round else None


def _held(draw: Draw) -> Draw:
    rows = (
        Draw.objects.of(draw.community).select_related("reward__program").select_for_update(of=("self",), no_key=True)
    )
    stands: Draw = rows.get(pk=draw.pk)
    stands.community = stands.reward.community = stands.reward.program.community = draw.community
    return stands
