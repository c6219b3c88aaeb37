"""Old notices go: what was read long ago, and daily summaries that hold nothing any more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from alongside.notices.models import SUMMARY, Delivery, Notice

# Thirteen months: whoever comes back after a year still finds what they read.
KEPT_AFTER_READING = timedelta(days=396)
AT_ONCE = 500

# A delivery in one of these states still needs the clock or a coordinator.
_NOT_DONE = [
    Delivery.State.GATHERING,
    Delivery.State.WAITING,
    Delivery.State.SENDING,
    Delivery.State.UNSURE,
    Delivery.State.FAILED,
]


def forget_read(*, at: datetime) -> int:
    """Delete notices read more than thirteen months ago; return how many.

    What nobody has read stays, and so does what is still to be sent or carried by hand. Daily summaries go
    with the last notice in them.
    """
    before = at - KEPT_AFTER_READING
    deliveries = Delivery.objects.filter(community=OuterRef("community"), notice=OuterRef("pk"))
    old = (
        Notice.objects.filter(Q(read_at__lt=before) | Q(kind=SUMMARY, made_at__lt=before))
        .exclude(Exists(deliveries.filter(state__in=_NOT_DONE)))
        .exclude(Q(kind=SUMMARY) & Exists(deliveries.filter(carries__isnull=False)))
        .order_by("pk")
    )
    count = 0
    # A few hundred at a time, so that nobody waits behind a year of letters.
    while ids := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            Notice.objects.filter(pk__in=ids).delete()
        count += len(ids)
    return count
