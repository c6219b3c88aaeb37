"""What a coordinator carries: letters, phone calls, text messages, and e-mails that did not arrive."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity, undo
from alongside.kernel.models import UndoOffer
from alongside.notices import rules
from alongside.notices.models import Delivery, Way
from alongside.people.models import Community, Person

ACT = "notices.carry"


@transaction.atomic
def mark_carried(*, community: Community, delivery_ids: Collection[UUID], by: Person, at: datetime) -> UndoOffer:
    """Say that these were printed and posted, phoned, texted or told; those done before stay as they are."""
    waiting = Delivery.objects.of(community).not_carried(at=at).filter(pk__in=delivery_ids)
    ids = [str(pk) for pk in waiting.values_list("pk", flat=True)]
    waiting.update(state=Delivery.State.SENT, sent_at=at, done_by=by)
    activity.log(did="notices.carried", about_what=community, community_id=community.pk, by_id=by.pk, at=at)
    return undo.offer(
        act=ACT, args={"deliveries": ids, "done_at": at.isoformat()}, community_id=community.pk, by=by.pk, at=at
    )


@undo.inverse(ACT)
def put_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """Put what was just marked as carried back on the list."""
    done = Delivery.objects.exclude(way=Way.EMAIL).filter(
        pk__in=args["deliveries"], state=Delivery.State.SENT, sent_at=args["done_at"]
    )
    first = done.first()
    if first is None:
        return
    activity.log(did="notices.put_back", about_what=first, by_id=by, at=at)
    done.update(state=Delivery.State.WAITING, sent_at=None, done_by=None)


@transaction.atomic
def send_again(*, delivery: Delivery, by: Person, at: datetime) -> bool:
    """Try an e-mail once more that failed or perhaps failed; False when it is in neither state."""
    moved = _in_trouble(delivery).update(
        state=Delivery.State.WAITING, attempts=0, next_try_at=at, taken_at=None, trouble=""
    )
    if moved:
        activity.log(did="notices.sent_again", about_what=delivery, by_id=by.pk, at=at)
    return bool(moved)


@transaction.atomic
def carry_by_hand(*, delivery: Delivery, by: Person, at: datetime) -> bool:
    """Take an e-mail in trouble over to the list of what people carry; False when it is not in trouble."""
    person = delivery.notice.person
    way = rules.way_out(
        preferred="phone",
        can_sign_in=False,
        email="",
        phone=person.phone or person.other_phone,
        address=person.address,
    )
    moved = _in_trouble(delivery).update(
        way=way, state=Delivery.State.WAITING, next_try_at=at, taken_at=None, trouble=""
    )
    if moved:
        activity.log(did="notices.taken_by_hand", about_what=delivery, by_id=by.pk, at=at)
    return bool(moved)


def _in_trouble(delivery: Delivery) -> Any:
    return Delivery.objects.filter(
        pk=delivery.pk, community=delivery.community_id, state__in=[Delivery.State.FAILED, Delivery.State.UNSURE]
    )
