"""Checks are written down by somebody else than the person, and withdrawn; they never change."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.safeguarding import pool, signals
from alongside.safeguarding.models import Check, CheckKind
from alongside.safeguarding.rules import free_place, last_day


class NotYourOwn(Refusal):
    """Nobody writes down or sees their own check; `membership` is the person's."""

    def __init__(self, *, membership: Membership) -> None:
        super().__init__(str(membership.pk))
        self.membership = membership


class NotYetSeen(Refusal):
    """The day on which it was seen has not come."""


class UntilBeforeSeen(Refusal):
    """The last day lies before the day on which it was seen."""


class KindNotInUse(Refusal):
    """Nobody writes checks of this kind any more."""


class WrittenAlready(Refusal):
    """As many of this kind as anybody needs are written down for that day; `check` is the last of them."""

    def __init__(self, *, check: Check) -> None:
        super().__init__(str(check.pk))
        self.check = check


@transaction.atomic
def write_check(
    *,
    membership: Membership,
    kind: CheckKind,
    seen_on: date,
    by: Person | None,
    at: datetime,
    seen_by: Person | None = None,
    until: date | None = None,
    channel: str = Channel.WEB,
    key: UUID | None = None,
) -> Check:
    """Write down that a member's check was seen on a day, by `seen_by` (`by` when None).

    It holds for the months of its kind, or until `until`. The form's `key` sent again returns what it wrote.
    Raises NotYourOwn, NotYetSeen, UntilBeforeSeen, KindNotInUse, WrittenAlready, or SomeoneElseWasFaster when the
    member has left. `by` may take it back for ten seconds.
    """
    told = {"seen_on": seen_on, "seen_by": seen_by, "until": until, "channel": channel}
    check, is_new = _write(membership, kind, by=by, at=at, key=key, **told)  # type: ignore[arg-type]
    if is_new:
        _offer_undo([check], by=by, at=at)
    return check


@transaction.atomic
def write_many(
    *,
    memberships: Iterable[Membership],
    kind: CheckKind,
    seen_on: date,
    by: Person,
    at: datetime,
    key: UUID,
    seen_by: Person | None = None,
    until: date | None = None,
    channel: str = Channel.WEB,
) -> list[Check]:
    """Write down the same for many, all or nothing, as after an evening of inductions; what is written already stays.

    Returns what was new. Raises as `write_check`, but for WrittenAlready. `by` may take all back for ten seconds.
    """
    told = {"seen_on": seen_on, "seen_by": seen_by, "until": until, "channel": channel}
    written: list[Check] = []
    for membership in sorted(memberships, key=lambda each: each.pk):
        own_key = uuid5(key, str(membership.pk))
        try:
            check, is_new = _write(membership, kind, by=by, at=at, key=own_key, **told)  # type: ignore[arg-type]
        except WrittenAlready:
            continue
        if is_new:
            written.append(check)
    if written:
        _offer_undo(written, by=by, at=at)
    return written


def _write(
    membership: Membership,
    kind: CheckKind,
    *,
    seen_on: date,
    by: Person | None,
    at: datetime,
    seen_by: Person | None,
    until: date | None,
    channel: str,
    key: UUID | None,
) -> tuple[Check, bool]:
    """The check, and whether it is new or the same form has written it before."""
    community = membership.community
    seer = seen_by or by
    if seer is None or membership.person_id in {seer.pk, by.pk if by else None}:
        raise NotYourOwn(membership=membership)
    if seen_on > community.day_of(at):
        raise NotYetSeen
    ends_on = until or last_day(seen_on, kind.months)
    if ends_on is not None and ends_on < seen_on:
        raise UntilBeforeSeen
    # Two who write the same down at once go one after the other.
    if Membership.objects.of(community).select_for_update(no_key=True).get(pk=membership.pk).left_at:
        raise SomeoneElseWasFaster
    before: Check | None = Check.objects.of(community).filter(key=key).first() if key else None
    if before is not None:
        return before, False
    made: Check = Check.objects.create(
        community=community,
        person_id=membership.person_id,
        kind=kind,
        place=_free_place(membership, kind, seen_on),
        seen_on=seen_on,
        seen_by=seer,
        ends_on=ends_on,
        written_by=by,
        written_at=at,
        channel=channel,
        key=key,
    )
    _log("safeguarding.check_written", made, by=by, at=at, channel=channel)
    return made, True


def _free_place(membership: Membership, kind: CheckKind, seen_on: date) -> int:
    if not CheckKind.objects.of(membership.community).in_use().filter(pk=kind.pk).exists():
        raise KindNotInUse
    that_day = Check.objects.of(membership.community).standing()
    that_day = that_day.filter(person=membership.person_id, kind=kind, seen_on=seen_on).order_by("place")
    place = free_place([check.place for check in that_day], places=kind.needed)
    if place is None:
        raise WrittenAlready(check=list(that_day)[-1])
    return place


def _offer_undo(written: list[Check], *, by: Person | None, at: datetime) -> None:
    """One offer takes back all that was written together."""
    undoing.offer("safeguarding.write", written[0], by=by, at=at, rows=[str(check.pk) for check in written])


@undo.inverse("safeguarding.write")
def unwrite(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """What was written was a mistake: all of it is withdrawn. Raises SomeoneElseWasFaster when one is already."""
    person = Person.objects.get(pk=by)
    for check in Check.objects.filter(pk__in=args["rows"]).select_related("community", "kind", "person").order_by("pk"):
        withdraw_check(check=check, why=Check.Why.MISTAKE, by=person, at=at)


@transaction.atomic
def withdraw_check(*, check: Check, why: str, by: Person | None, at: datetime, channel: str = Channel.WEB) -> Check:
    """A check counts no longer. Rooms above hear of it when it leaves too few of its kind.

    Raises SomeoneElseWasFaster when it is withdrawn already.
    """
    today = check.community.day_of(at)
    enough = check.person_id in pool.in_pool([check.person_id], [check.kind], on=today)
    open_ones = Check.objects.of(check.community).standing().filter(pk=check.pk)
    if not open_ones.update(withdrawn_at=at, withdrawn_by=by, withdrawn_why=Check.Why(why)):
        raise SomeoneElseWasFaster
    check.refresh_from_db()
    _log("safeguarding.check_withdrawn", check, by=by, at=at, channel=channel)
    if enough and check.person_id not in pool.in_pool([check.person_id], [check.kind], on=today):
        tell_rooms_above(check.person, check.kind, on=today)
    return check


def tell_rooms_above(person: Person, kind: CheckKind, *, on: date) -> None:
    """Once this is for good, rooms above hear that somebody is out of the pool. What they do cannot undo it."""
    told = {"community": kind.community, "person": person, "kind": kind, "on": on}
    transaction.on_commit(lambda: signals.out_of_pool.send_robust(Check, **told))


def _log(did: str, check: Check, *, by: Person | None, at: datetime, channel: str) -> None:
    """The person finds it on the page of what others did for them."""
    activity.log(
        did=did,
        about_what=check,
        by_id=by.pk if by else None,
        at=at,
        on_behalf_of_id=check.person_id if by and by.pk != check.person_id else None,
        channel=channel,
    )
