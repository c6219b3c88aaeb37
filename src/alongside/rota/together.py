"""People who come together on a day by their own choice or by hand: written down for everybody alike (ADR 0011)."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.models import Community
from alongside.rota.models import Assignment, Duty
from alongside.safeguarding import apart


def note_day(duty: Duty, *, at: datetime) -> None:
    """Write down who is there on the day of a duty, whoever they are: one row, and nothing is answered."""
    people = Assignment.objects.of(duty.community).standing().filter(duty__program=duty.program_id, duty__day=duty.day)
    link = reverse("rota:rota", args=[duty.community.slug, duty.rota_id])
    where = apart.Where(f"rota:{duty.program_id}:{duty.day}", duty.name, duty.day, link)
    ids = list(people.values_list("membership__person", flat=True).distinct().order_by("membership__person"))
    apart.note_together(ids, community=duty.community, where=where, at=at)


def both_are_on(community: Community, one: UUID, other: UUID, on: date) -> Iterable[apart.Where]:
    """The days from a day on at which two people are on duty in one program; for leads alone."""
    rows = Assignment.objects.of(community).standing().filter(duty__day__gte=on).select_related("duty")
    mine = {(row.duty.program_id, row.duty.day): row.duty for row in rows.filter(membership__person=one)}
    theirs = {(row.duty.program_id, row.duty.day) for row in rows.filter(membership__person=other)}
    for place, duty in sorted(mine.items(), key=lambda item: item[0][1]):
        if place in theirs:
            link = reverse("rota:rota", args=[community.slug, duty.rota_id])
            yield apart.Where(f"rota:{duty.program_id}:{duty.day}", _("A day of a rota"), duty.day, link)
