"""An hour is an hour: what a session has posted for somebody is no part of what a duty earns, and the reverse."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from alongside.people.models import Community, Membership
from alongside.programs import posted
from alongside.programs.models import Session
from alongside.rota.models import Assignment
from alongside.timebank.models import Transfer


def register() -> None:
    """Let sessions leave out the time for which duties have earned hours."""
    posted.register("rota", by_duties)


def key_of(one: Assignment) -> str:
    """By which the transfer of a duty's hours is known."""
    return f"duty:{one.pk}"


def by_duties(
    community: Community, people: Collection[UUID], starts: datetime, ends: datetime, before: datetime | None
) -> dict[UUID, int]:
    """Minutes that duties have earned people between two moments; what was taken back counts no more."""
    rows = Assignment.objects.of(community).filter(membership__in=list(people), credited_at__isnull=False)
    rows = rows.filter(duty__starts_at__lt=ends, duty__ends_at__gt=starts).select_related("duty")
    if before is not None:
        rows = rows.filter(credited_at__lt=before)
    duties = list(rows)
    stand = _standing(community, [key_of(one) for one in duties])
    found: dict[UUID, int] = {}
    for one in duties:
        both = _overlap(one.duty.starts_at, one.duty.ends_at, starts, ends)
        found[one.membership_id] = found.get(one.membership_id, 0) + min(both, stand.get(key_of(one), 0))
    return found


def by_sessions(community: Community, duties: Sequence[Assignment]) -> dict[UUID, int]:
    """For each of these, the minutes that sessions at the same time have earned the same person; four questions.

    Also where the session was posted to another record of theirs, which is one with this one by now.
    """
    if not duties:
        return {}
    first, last = min(one.duty.starts_at for one in duties), max(one.duty.ends_at for one in duties)
    rows = Session.objects.of(community).filter(credited_at__isnull=False)
    rows = rows.filter(gathering__starts_at__lt=last, gathering__ends_at__gt=first)
    sessions = list(rows.values_list("pk", "gathering__starts_at", "gathering__ends_at"))
    records = _records_of(community, {one.membership_id for one in duties}) if sessions else {}
    at_once = [
        (one, posted.key_of(session, record), both)
        for one in duties
        for session, starts, ends in sessions
        if (both := _overlap(one.duty.starts_at, one.duty.ends_at, starts, ends))
        for record in records[one.membership_id]
    ]
    stand = _standing(community, [key for _one, key, _both in at_once])
    found: dict[UUID, int] = {}
    for one, key, both in at_once:
        found[one.pk] = found.get(one.pk, 0) + min(both, stand.get(key, 0))
    return found


def _records_of(community: Community, members: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """For each member their record and those that became one with it, under any of which hours may stand."""
    found = {pk: [pk] for pk in members}
    whose = {pk: pk for pk in members}
    joined = set(members)
    while joined:
        rows = Membership.objects.of(community).filter(merged_into__in=joined).values_list("pk", "merged_into")
        joined = set()
        for pk, into in rows:
            whose[pk] = whose[into]
            found[whose[pk]].append(pk)
            joined.add(pk)
    return found


def _overlap(a: datetime, b: datetime, c: datetime, d: datetime) -> int:
    return max(0, int((min(b, d) - max(a, c)).total_seconds()) // 60)


def _standing(community: Community, keys: Iterable[str]) -> dict[str, int]:
    """Minutes of the transfers of these keys, less what was taken back of them."""
    wanted = list(keys)
    rows = Transfer.objects.of(community).filter(key__in=wanted) if wanted else Transfer.objects.none()
    found = {pk: (key, minutes) for pk, key, minutes in rows.values_list("pk", "key", "minutes")}
    gone = Transfer.objects.of(community).filter(reverses__in=list(found)).values_list("reverses", "minutes")
    back = dict(gone) if found else {}
    return {key: minutes - back.get(pk, 0) for pk, (key, minutes) in found.items()}
