"""What the noticeboard says about duties: those this person is asked to take, and those that are coming up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.permissions import Standing
from alongside.rota.models import Assignment, Swap
from alongside.web.noticeboard.lines import Line

SHOWN, AHEAD = 5, timedelta(days=14)


def to_answer(standing: Standing, at: datetime) -> Iterable[Line]:
    """Duties that somebody asks this person to take."""
    if not rules.has_perm("rota.take_part", standing, None):
        return
    asked = Swap.objects.of(standing.community).open().coming(at).filter(asked_of=standing.membership)
    for swap in asked.with_duty().order_by("assignment__duty__starts_at", "id").first_few(SHOWN):
        yield Line(
            title=swap.assignment.duty.name,
            url=reverse("rota:swap", args=[standing.community.slug, swap.pk]),
            text=_("%(name)s asks whether you take it.") % {"name": swap.assignment.membership.person},
            when=swap.assignment.duty.starts_at,
            icon="arrow-left-right",
            action=_("Answer"),
        )


def coming(standing: Standing, at: datetime) -> Iterable[Line]:
    """This person's duties in the next two weeks."""
    if not rules.has_perm("rota.see", standing, None):
        return
    mine = Assignment.objects.by(standing.membership).standing().published().coming(at)
    for one in mine.filter(duty__starts_at__lt=at + AHEAD).with_people().in_order().first_few(SHOWN):
        yield Line(
            title=one.duty.name,
            url=reverse("rota:duty", args=[standing.community.slug, one.duty_id]),
            when=one.duty.starts_at,
            icon="calendar-check",
            facts=(one.duty.rota.program.title,),
        )
