"""What this room tells people: neutral titles, and never a word of a plan or an agenda."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.wellbeing.models import PlanShare, Visit, VisitSeries

VISITS = kinds.register("wellbeing.visits", label=gettext_lazy("When something changes in my visits"), private=True)
SHOWN = kinds.register("wellbeing.shown", label=gettext_lazy("When somebody shows me something"), private=True)


def visits_begin(series: VisitSeries, by: Person, *, at: datetime) -> None:
    """Tell both that visits begin; and where the visitor has one more than agreed, that it is so."""
    _tell_both(
        series,
        lambda: _("Something is new for you"),
        lambda: _("Visits are planned. You find the days, and what they are about, on your page of visits."),
        by=by,
        at=at,
        key=f"visits:{series.pk}:{series.visitor_id}",
    )


def visits_moved(series: VisitSeries, by: Person, *, at: datetime) -> None:
    """Tell both that the days have moved."""
    _tell_both(
        series,
        lambda: _("Something is new for you"),
        lambda: _("The days of your visits have changed. What has taken place stays as it was."),
        by=by,
        at=at,
        key=f"visits:{series.pk}:moved:{at:%Y%m%d%H%M%S}",
    )


def tell_how_it_was(visit: Visit, by: Person, *, at: datetime) -> None:
    """Ask the person how much of the visit was about what they wanted."""
    series = visit.series
    if series.membership.person_id != by.pk:
        _tell(
            series,
            series.membership,
            lambda: _("A short question for you"),
            lambda: _("How much of the visit was about what you wanted? One press is enough."),
            at=at,
            key=f"visit:{visit.pk}:share",
        )


def plan_shown(share: PlanShare, *, at: datetime) -> None:
    """Tell somebody that they may read something, and not what it says."""
    notices.tell(
        person=share.reader.person,
        community=share.community,
        kind=SHOWN.name,
        title=lambda: _("Somebody shows you something"),
        body=lambda: _("%(name)s shows you their plan.") % {"name": share.membership.person},
        link=reverse("wellbeing:plan", args=[share.community.slug]),
        at=at,
        key=f"plan:{share.pk}",
    )


def _tell_both(
    series: VisitSeries, title: Callable[[], str], body: Callable[[], str], *, by: Person, at: datetime, key: str
) -> None:
    for member in (series.membership, series.visitor):
        if member is not None and member.person_id != by.pk:
            _tell(series, member, title, body, at=at, key=key)


def _tell(
    series: VisitSeries,
    member: Membership,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    at: datetime,
    key: str,
) -> None:
    notices.tell(
        person=member.person,
        community=series.community,
        kind=VISITS.name,
        title=title,
        body=body,
        link=reverse("wellbeing:series", args=[series.community.slug, series.pk]),
        at=at,
        key=key,
    )
