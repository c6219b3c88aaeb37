"""Showing one's plan to somebody, and stopping: the person's own choice, and nobody else's."""

from datetime import datetime

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person
from alongside.wellbeing.letters import plan_shown
from alongside.wellbeing.models import PlanShare


class CannotBeShown(Refusal):
    """To nobody who has left, and to nobody but another person."""


@transaction.atomic
def show_plan(*, membership: Membership, reader: Membership, by: Person, at: datetime) -> PlanShare:
    """Show one's plan to somebody; showing it twice is showing it once. Raises CannotBeShown.

    There is no `on_behalf_of`: who reads a plan is said by the person alone.
    """
    here = Membership.objects.of(membership.community).current()
    if reader == membership or by.pk != membership.person_id or not here.filter(pk=reader.pk).exists():
        raise CannotBeShown
    share, is_new = PlanShare.objects.get_or_create(
        community=membership.community, membership=membership, reader=reader, defaults={"since": at}
    )
    if is_new:
        activity.log(did="wellbeing.plan_shown", about_what=share, by_id=by.pk, at=at)
        plan_shown(share, at=at)
    return share


@transaction.atomic
def stop_showing(*, share: PlanShare, by: Person, at: datetime) -> None:
    """Show it to them no more, from this moment on."""
    activity.log(did="wellbeing.plan_no_longer_shown", about_what=share, by_id=by.pk, at=at)
    PlanShare.objects.of(share.community).filter(pk=share.pk).delete()
