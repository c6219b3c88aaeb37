"""What waits for a coordinator: somebody is looked for to visit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.models import Community
from alongside.strengths import worklist
from alongside.wellbeing.models import VisitSeries


def register() -> None:
    """Let it stand in the queue of every community."""
    worklist.register("wellbeing.no_visitor", label=gettext_lazy("A visitor is looked for"), find=find, rows=_without)


def find(community: Community, at: datetime) -> Iterator[worklist.Work]:
    """Each person whom nobody visits at the moment, the longest ago first. Why stands nowhere."""
    rows = VisitSeries.objects.of(community).without_visitor().select_related("membership__person")
    for series in rows.only("looked_for_since", "membership__person__name").first_few(worklist.MOST_OF_A_SOURCE):
        yield worklist.Work(
            item=f"wellbeing.no_visitor:{series.pk}",
            title=_("Somebody is looked for to visit %(name)s") % {"name": series.membership.person},
            since=series.looked_for_since or at,
            link=reverse("wellbeing:hand_over", args=[community.slug, series.pk]),
            person=series.membership.person,
        )


def _without(where: worklist.Where) -> QuerySet[Any, Any]:
    return VisitSeries.objects.of(where.community).without_visitor().values("pk")
