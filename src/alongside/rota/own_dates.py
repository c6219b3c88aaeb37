"""The duties of somebody among the dates of the house: in the calendar, and in the one that they alone read."""

from collections.abc import Iterator
from datetime import datetime

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gatherings import calendar, hooks
from alongside.people.models import Membership
from alongside.people.permissions import Standing
from alongside.rota.models import Assignment


def register() -> None:
    """Let duties stand in calendars."""
    hooks.register_own_dates("rota", own)
    calendar.register("rota", entries)


def own(membership: Membership, since: datetime) -> Iterator[hooks.OwnDate]:
    """The published duties of one person, for their own feed."""
    rows = Assignment.objects.by(membership).published().filter(ended_at=None, duty__ends_at__gt=since)
    for one in rows.select_related("duty").order_by("duty__starts_at", "pk"):
        yield hooks.OwnDate(
            uid=f"duty-{one.pk}@alongside",
            starts_at=one.duty.starts_at,
            ends_at=one.duty.ends_at,
            title=one.duty.name,
            url=reverse("rota:duty", args=[membership.community.slug, one.duty_id]),
            changed_at=one.duty.called_off_at or one.made_at,
            is_called_off=one.duty.called_off_at is not None,
        )


def entries(standing: Standing, a: datetime, b: datetime) -> Iterator[calendar.Entry]:
    """The reader's own duties."""
    if not rules.has_perm("rota.see", standing, None):
        return
    rows = Assignment.objects.by(standing.membership).standing().published()
    rows = rows.filter(duty__starts_at__lt=b, duty__ends_at__gt=a).select_related("duty").in_order()
    for one in rows:
        yield calendar.Entry(
            starts_at=one.duty.starts_at,
            ends_at=one.duty.ends_at,
            title=one.duty.name,
            url=reverse("rota:duty", args=[standing.community.slug, one.duty_id]),
            is_mine=True,
            note=_("your duty"),
        )
