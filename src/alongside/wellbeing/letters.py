"""What this room tells people: neutral titles, and never a word of a plan or an agenda."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.ui.words import day_text
from alongside.wellbeing.models import PlanShare, Visit, VisitSeries

VISITS = kinds.register("wellbeing.visits", label=gettext_lazy("When something changes in my visits"), private=True)
REMINDER = kinds.register("wellbeing.reminder", label=gettext_lazy("The day before a visit"), private=True)
SHOWN = kinds.register("wellbeing.shown", label=gettext_lazy("When somebody shows me something"), private=True)


def visits_begin(series: VisitSeries, by: Person, *, at: datetime) -> None:
    """Tell both that visits begin; and where the visitor has one more than agreed, that it is so."""
    _tell_both(series, _new, _planned, by=by, at=at, key=f"visits:{series.pk}:{series.visitor_id}")


def visits_handed_over(series: VisitSeries, before: Membership | None, by: Person, *, at: datetime) -> None:
    """Tell the person and whoever visits from now on, and whoever did before; never why."""
    key, visitor = f"visits:{series.pk}:given:{_stamp(at)}", series.visitor
    told: list[tuple[Membership | None, Callable[[], str]]] = [
        (series.membership, _another_visitor), (visitor, _planned), (before, _visits_no_more),
    ]  # fmt: skip
    for member, body in told:
        if member is not None and member.person_id != by.pk:
            link = _visits_page(series) if body is _visits_no_more else _page(series)
            _tell(series, member, _new, body, at=at, key=key, link=link)


def visitor_looked_for(series: VisitSeries, before: Membership | None, *, at: datetime) -> None:
    """Somebody else is looked for: tell the person, and whoever visited, if they are still here; never why."""
    key = f"visits:{series.pk}:open:{_stamp(at)}"
    _tell(series, series.membership, _new, _looked_for, at=at, key=key)
    if before is not None:
        _tell(series, before, _new, _visits_no_more, at=at, key=key, link=_visits_page(series))


def _new() -> str:
    return _("Something is new for you")


def _planned() -> str:
    return _("Visits are planned. You find the days, and what they are about, on your page of visits.")


def _another_visitor() -> str:
    return _("Somebody else visits you from now on. What you want to talk about is yours alone until you show it.")


def _looked_for() -> str:
    return _("Somebody is looked for to visit you. The days stay, and you hear who comes.")


def _visits_no_more() -> str:
    return _("Some visits are no longer with you. A coordinator can tell you more.")


def visits_moved(series: VisitSeries, by: Person, *, at: datetime) -> None:
    """Tell both that the days have moved, once it cannot be taken back any more."""
    _tell_both(
        series,
        _new,
        lambda: _("The days of your visits have changed. What has taken place stays as it was."),
        by=by,
        at=at,
        key=_moved_key(series, at),
        after_seconds=undo.SECONDS,
    )


def take_back_moved(series: VisitSeries, *, by_id: UUID, moved_at: datetime, at: datetime) -> None:
    """The days are as they were before anybody heard of it."""
    notices.take_back(community=series.community, key=_moved_key(series, moved_at), at=at, by_id=by_id)


def _moved_key(series: VisitSeries, at: datetime) -> str:
    return f"visits:{series.pk}:moved:{_stamp(at)}"


def time_agreed(visit: Visit, by: Person, *, at: datetime) -> None:
    """Tell the other of the two which day, and at what time; not what it is about."""
    when = visit.when
    _tell_both(
        visit.series,
        _new,
        lambda: _("A visit is on %(day)s now.") % {"day": day_text(when)},
        by=by,
        at=at,
        key=_time_key(visit, at),
        after_seconds=undo.SECONDS,
    )


def take_back_time(visit: Visit, *, by_id: UUID, agreed_at: datetime, at: datetime) -> None:
    """It was taken back before anybody heard of it."""
    notices.take_back(community=visit.community, key=_time_key(visit, agreed_at), at=at, by_id=by_id)


def _time_key(visit: Visit, at: datetime) -> str:
    return f"visit:{visit.pk}:time:{_stamp(at)}"


def reminder(visit: Visit, *, at: datetime) -> None:
    """Tell both the day before. The title says when, so that it helps by telephone too; nothing says what it is."""
    when = visit.when
    _tell_both(
        visit.series,
        lambda: _("A reminder: %(day)s") % {"day": day_text(when)},
        lambda: _("A visit is on %(day)s. Does it not suit you? Say so in time.") % {"day": day_text(when)},
        by=None,
        at=at,
        key=f"visit:{visit.pk}:soon:{_stamp(at)}",
        kind=REMINDER.name,
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
            key=_share_key(visit),
            after_seconds=undo.SECONDS,
        )


def take_back_question(visit: Visit, *, by_id: UUID, at: datetime) -> None:
    """It was not so, after all: nobody is asked how it was."""
    if visit.state != Visit.State.TOOK_PLACE:
        notices.take_back(community=visit.community, key=_share_key(visit), at=at, by_id=by_id)


def _share_key(visit: Visit) -> str:
    return f"visit:{visit.pk}:share"


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
    series: VisitSeries,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    by: Person | None,
    at: datetime,
    key: str,
    kind: str = VISITS.name,
    after_seconds: int = 0,
) -> None:
    for member in (series.membership, series.visitor):
        if member is not None and (by is None or member.person_id != by.pk):
            _tell(series, member, title, body, at=at, key=key, kind=kind, after_seconds=after_seconds)


def _tell(
    series: VisitSeries,
    member: Membership,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    at: datetime,
    key: str,
    kind: str = VISITS.name,
    link: str = "",
    after_seconds: int = 0,
) -> None:
    notices.tell(
        person=member.person,
        community=series.community,
        kind=kind,
        title=title,
        body=body,
        link=link or _page(series),
        at=at,
        key=key,
        after_seconds=after_seconds,
    )


def _page(series: VisitSeries) -> str:
    return reverse("wellbeing:series", args=[series.community.slug, series.pk])


def _visits_page(series: VisitSeries) -> str:
    """Whoever visits no more finds no page of these visits."""
    return reverse("wellbeing:visits", args=[series.community.slug])


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"
