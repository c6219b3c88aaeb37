"""What the noticeboard says about duties: those this person is asked to take, and those that are coming up."""

from collections.abc import Iterable
from datetime import timedelta

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.rota.models import Assignment, Swap
from alongside.web.noticeboard.lines import Line
from alongside.web.noticeboard.reader import SHOWN, Reader

AHEAD = timedelta(days=14)


def to_answer(reader: Reader) -> Iterable[Line]:
    """Duties that somebody asks this person to take."""
    if not rules.has_perm("rota.take_part", reader, None):
        return
    asked = Swap.objects.of(reader.community).open().coming(reader.at).filter(asked_of=reader.membership)
    for swap in asked.with_duty().order_by("assignment__duty__starts_at", "id").first_few(SHOWN):
        yield Line(
            title=swap.assignment.duty.name,
            url=reverse("rota:swap", args=[reader.community.slug, swap.pk]),
            text=_("%(name)s asks whether you take it.") % {"name": swap.assignment.membership.person},
            when=swap.assignment.duty.starts_at,
            icon="arrow-left-right",
            action=_("Answer"),
        )


def coming(reader: Reader) -> Iterable[Line]:
    """This person's duties in the next two weeks."""
    if not rules.has_perm("rota.see", reader, None):
        return
    mine = Assignment.objects.by(reader.membership).standing().published().coming(reader.at)
    for one in mine.filter(duty__starts_at__lt=reader.at + AHEAD).with_people().in_order().first_few(SHOWN):
        yield Line(
            title=one.duty.name,
            url=reverse("rota:duty", args=[reader.community.slug, one.duty_id]),
            when=one.duty.starts_at,
            icon="calendar-check",
            facts=(one.duty.rota.program.title,),
        )
