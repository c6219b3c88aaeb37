"""Pairs that are kept apart: written, ended and forgotten by safeguarding leads alone, and never told elsewhere.

The activity entry of each of these acts names the lead who acted and nothing else: no community, no pair, no person.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Community, Membership, Person
from alongside.safeguarding import letters
from alongside.safeguarding.models import KeptApart, Lead, PutTogether, Together
from alongside.safeguarding.rules import in_order


class NotALead(Refusal):
    """Only a safeguarding lead does this."""


class AboutYourself(Refusal):
    """A lead writes down no pair in which they are themself: another lead does."""


class OnePersonTwice(Refusal):
    """A pair is of two different people."""


class ApartAlready(Refusal):
    """These two are kept apart already."""


@transaction.atomic
def keep_apart(
    *,
    one: Membership,
    other: Membership,
    reason: str,
    by: Person,
    at: datetime,
    until: date | None = None,
    channel: str = Channel.WEB,
) -> KeptApart:
    """Write down that two members must not be put together, until a day or until a lead ends it.

    Raises NotALead, OnePersonTwice, AboutYourself or ApartAlready.
    """
    community = one.community
    today = community.day_of(at)
    _lock_as_lead(community, by=by, at=at)
    if one.person_id == other.person_id:
        raise OnePersonTwice
    if by.pk in {one.person_id, other.person_id}:
        raise AboutYourself
    first, second = in_order(one.person_id, other.person_id)
    there = KeptApart.objects.of(community).filter(one=first, other=second, ended_at=None)
    # Whose last day has passed holds no longer, and makes room.
    there.filter(until__lt=today).update(ended_at=at)
    if there.exists():
        raise ApartAlready
    made: KeptApart = KeptApart.objects.create(
        community=community,
        one_id=first,
        other_id=second,
        reason=reason,
        since=today,
        until=until,
        made_by=by,
        made_at=at,
    )
    _log(by=by, at=at, channel=channel)
    return made


@transaction.atomic
def end_apart(*, pair: KeptApart, by: Person, at: datetime, channel: str = Channel.WEB) -> KeptApart:
    """Two people need not be kept apart any more. Raises NotALead, or SomeoneElseWasFaster when it has ended."""
    _lock_as_lead(pair.community, by=by, at=at)
    open_ones = KeptApart.objects.of(pair.community).without(by).filter(pk=pair.pk, ended_at=None)
    if not open_ones.update(ended_at=at, ended_by=by):
        raise SomeoneElseWasFaster
    pair.refresh_from_db()
    _log(by=by, at=at, channel=channel)
    return pair


@transaction.atomic
def forget_apart(*, pair: KeptApart, by: Person, at: datetime, channel: str = Channel.WEB) -> None:
    """Remove a pair that has ended, with its reason, for good. Raises NotALead or SomeoneElseWasFaster."""
    _lock_as_lead(pair.community, by=by, at=at)
    over = KeptApart.objects.of(pair.community).without(by).filter(pk=pair.pk, ended_at__isnull=False)
    gone, _ = over.delete()
    if not gone:
        raise SomeoneElseWasFaster
    _log(by=by, at=at, channel=channel)


@transaction.atomic
def mark_seen(*, together: Together, by: Person, at: datetime, channel: str = Channel.WEB) -> Together:
    """A lead sees to a pair that put itself together. Raises NotALead or SomeoneElseWasFaster."""
    _lock_as_lead(together.community, by=by, at=at)
    pairs = KeptApart.objects.of(together.community).without(by)
    open_ones = Together.objects.of(together.community).filter(pk=together.pk, seen_at=None, apart__in=pairs)
    if not open_ones.update(seen_at=at, seen_by=by):
        raise SomeoneElseWasFaster
    together.refresh_from_db()
    _log(by=by, at=at, channel=channel)
    return together


def _lock_as_lead(community: Community, *, by: Person, at: datetime) -> None:
    """Leads go one after the other; who leads no longer is refused."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if not Lead.objects.here(community, on=community.day_of(at)).filter(person=by).exists():
        raise NotALead


def _log(*, by: Person, at: datetime, channel: str) -> None:
    activity.log(did="safeguarding.lead_acted", about_what=by, by_id=by.pk, at=at, channel=channel)


@transaction.atomic
def compare_put_together(*, row: PutTogether, at: datetime) -> int:
    """Compare people who put themselves together with the pairs, tell the leads, and delete what was compared.

    Returns how many pairs were noted, for tests: nobody else may know.
    """
    taken, _ = PutTogether.objects.of(row.community).filter(pk=row.pk).delete()
    if not taken:
        return 0
    known = {UUID(person) for person in row.people}
    pairs = [
        pair
        for pair in KeptApart.objects.of(row.community).holding(on=row.day)
        if known >= {pair.one_id, pair.other_id}
    ]
    return sum(_note(pair, row, at=at) for pair in pairs)


def _note(pair: KeptApart, row: PutTogether, *, at: datetime) -> bool:
    noted, is_new = Together.objects.get_or_create(
        community=row.community,
        apart=pair,
        key=row.key,
        defaults={"title": row.title, "link": row.link, "day": row.day, "noted_at": at},
    )
    if is_new:
        leads = Lead.objects.here(row.community, on=row.community.day_of(at)).by_name()
        people = [lead.person for lead in leads if lead.person_id not in {pair.one_id, pair.other_id}]
        letters.put_together(noted, people, at=at)
    return is_new
