"""Coordinators take pieces of work from the shared queue, so that nobody does one twice."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Community, Person
from alongside.strengths.models import QueueClaim

# Whoever forgot to hand a piece back does not keep it from the others for longer.
FORGOTTEN_AFTER = timedelta(days=7)


@transaction.atomic
def take(*, community: Community, item: str, by: Person, at: datetime, instead_of: Person | None = None) -> QueueClaim:
    """Take a piece of work, or take it over from `instead_of`. Taking one's own again changes nothing.

    Raises SomeoneElseWasFaster when it is somebody else's by now.
    """
    claims = QueueClaim.objects.of(community)
    if instead_of is not None:
        claims.filter(item=item, taken_by=instead_of).update(taken_by=by, taken_at=at)
    claim: QueueClaim
    claim, _made = claims.get_or_create(community=community, item=item, defaults={"taken_by": by, "taken_at": at})
    if claim.taken_by_id != by.pk:
        raise SomeoneElseWasFaster
    activity.log(did="strengths.work_taken", about_what=claim, by_id=by.pk, at=at)
    return claim


@transaction.atomic
def hand_back(*, community: Community, item: str, by: Person, at: datetime) -> None:
    """Put one's own piece of work back for the others. Raises SomeoneElseWasFaster when it is not one's own."""
    claim = QueueClaim.objects.of(community).filter(item=item, taken_by=by).first()
    if claim is None:
        raise SomeoneElseWasFaster
    activity.log(did="strengths.work_handed_back", about_what=claim, by_id=by.pk, at=at)
    claim.delete()


def forget_old_claims(*, at: datetime) -> int:
    """Free pieces of work taken long ago; return how many."""
    deleted, _ = QueueClaim.objects.filter(taken_at__lt=at - FORGOTTEN_AFTER).delete()
    return deleted
