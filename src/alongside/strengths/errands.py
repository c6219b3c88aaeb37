"""Work of the rooms below that the shared queue shows: who asks to join, what is to be carried by hand, and checks
that run out.
"""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.notices.models import Delivery
from alongside.people.models import Community, JoinRequest, Person
from alongside.safeguarding import pool
from alongside.strengths import worklist
from alongside.strengths.worklist import MOST_OF_A_SOURCE, Where, Work


def register() -> None:
    """People, notices and safeguarding stand below the queue and cannot register by themselves."""
    worklist.register(
        "people.join_requests", label=gettext_lazy("Somebody asks to join"), find=_join_requests, rows=_asking
    )
    worklist.register(
        "notices.by_hand", label=gettext_lazy("To phone, print or say"), find=_to_carry, rows=_people_to_reach
    )
    worklist.register("safeguarding.checks", label=gettext_lazy("A check runs out"), find=_checks_to_renew)


def _join_requests(community: Community, at: datetime) -> Iterable[Work]:
    waiting = JoinRequest.objects.of(community).waiting().select_related("person").order_by("asked_at")
    return [
        Work(
            item=f"people.join_requests:{asked.pk}",
            title=_("%(name)s asks to join") % {"name": asked.person},
            since=asked.asked_at,
            link=reverse("people:answer_request", args=[community.slug, asked.pk]),
        )
        for asked in waiting[:MOST_OF_A_SOURCE]
    ]


def _asking(where: Where) -> QuerySet[Any, Any]:
    return JoinRequest.objects.of(where.community).waiting().values("pk")


def _people_to_reach(where: Where) -> QuerySet[Any, Any]:
    return Delivery.objects.of(where.community).by_hand(at=where.at).values("notice__person").distinct()


def _to_carry(community: Community, at: datetime) -> Iterable[Work]:
    """One piece of work a person, however many notices wait for them."""
    waiting = Delivery.objects.of(community).by_hand(at=at).order_by().values("notice__person")
    bundles = waiting.annotate(count=Count("pk"), since=Min("notice__shown_from")).order_by("since", "notice__person")
    found = list(bundles[:MOST_OF_A_SOURCE])
    people = Person.objects.in_bulk([bundle["notice__person"] for bundle in found])
    return [
        Work(
            item=f"notices.by_hand:{bundle['notice__person']}",
            title=ngettext("%(count)d notice to carry", "%(count)d notices to carry", bundle["count"]) % bundle,
            since=bundle["since"],
            link=reverse("notices:by_hand", args=[community.slug]),
            person=people[bundle["notice__person"]],
        )
        for bundle in found
    ]


def _checks_to_renew(community: Community, at: datetime) -> Iterable[Work]:
    """What has run out, waiting since then, or does within a month, waiting since people were told."""
    zone = ZoneInfo(community.time_zone)
    running = pool.running_out(community, on=community.day_of(at))[:MOST_OF_A_SOURCE]
    return [
        Work(
            item=f"safeguarding.checks:{each.kind.pk.hex[-12:]}:{each.person.pk}",
            title=_("%(kind)s has run out") % {"kind": each.kind} if each.over else str(each.kind),
            since=datetime.combine(each.told_from, time(), zone),
            link=reverse("safeguarding:soon", args=[community.slug]),
            person=each.person,
        )
        for each in running
    ]
