"""What is on: the next days, a month, one gathering; and what people who do not belong here may read."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gatherings import calendar, hooks, words
from alongside.gatherings.models import Attendance, Booking, Gathering
from alongside.gatherings.views.finding import (
    booking_of,
    find_gathering,
    looks_after,
    parts_of,
    people_here,
    tabs,
    viewpoint,
)
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, public, subject

DAYS_SHOWN, MOST_DAYS, MOST_FACES = 28, 364, 12
# So many on a page, and in a day of a month; the others are a page further.
MOST_SHOWN, MOST_IN_A_DAY = 120, 8


@dataclass(frozen=True)
class Face:
    """A person as others see them here: the picture, and the first name alone."""

    pk: UUID
    name: str

    def __str__(self) -> str:
        return self.name


@needs("gatherings.see")
def home(request: MemberRequest) -> HttpResponse:
    """The next four weeks, day by day; what one takes part in is marked."""
    first = _day(request.GET.get("from", "")) or today()
    found = _entries(request, first, first + timedelta(days=DAYS_SHOWN - 1))
    days, later = _as_many_as_fit(_by_day(request, found), first + timedelta(days=DAYS_SHOWN))
    context = {
        "days": days,
        "to_confirm": _to_confirm(request),
        "later_url": f"?from={later:%Y-%m-%d}" if later - today() < timedelta(days=MOST_DAYS) else "",
        "is_later": first > today(),
        "may_make": may(request, "gatherings.make"),
        "contradictions": _contradicted(request),
        "tabs": calendar_tabs(request, "home"),
    }
    return render(request, "gatherings/home.html", context)


def calendar_tabs(request: MemberRequest, current: str) -> list[dict[str, Any]]:
    """The pages of the calendar."""
    pages = {"home": _("What is on"), "month": _("Month"), "feeds": _("In my own calendar")}
    return [
        {
            "label": label,
            "url": reverse(f"gatherings:{name}", args=[request.community.slug]),
            "current": name == current,
        }
        for name, label in pages.items()
    ]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs(day - today()) <= timedelta(days=2 * MOST_DAYS) else None


def _entries(request: MemberRequest, first: date, last: date) -> list[calendar.Entry]:
    a, b = calendar.moments(first, last, request.community.time_zone)
    return calendar.entries(viewpoint(request), a, b, whose=subject(request))


def _by_day(request: MemberRequest, found: list[calendar.Entry]) -> list[calendar.Day]:
    days: dict[date, list[calendar.Entry]] = {}
    for one in found:
        days.setdefault(request.community.day_of(one.starts_at), []).append(one)
    return [calendar.Day(day, True, rows) for day, rows in days.items()]


def _as_many_as_fit(days: list[calendar.Day], later: date) -> tuple[list[calendar.Day], date]:
    """Whole days until the page is full, at least one; and the day with which the next page begins."""
    many = 0
    for place, one in enumerate(days):
        many += len(one.entries)
        if place and many > MOST_SHOWN:
            return days[:place], one.day
    return days, later


def _to_confirm(request: MemberRequest) -> list[Gathering]:
    """Gatherings where this person's word is asked for."""
    mine = Booking.objects.of(request.community).booked().filter(membership=subject(request), confirmed_at=None)
    rows = Gathering.objects.of(request.community).planned().coming(now()).filter(closed_at=None)
    return list(rows.filter(pk__in=mine.filter(asked_at__isnull=False).values("gathering")))


def _contradicted(request: MemberRequest) -> list[Gathering]:
    """Gatherings where a coordinator has something to settle."""
    if not may(request, "gatherings.settle"):
        return []
    waiting = Attendance.objects.of(request.community).disputed()
    return list(
        Gathering.objects.of(request.community).filter(pk__in=waiting.values("gathering")).order_by("starts_at")
    )


@needs("gatherings.see")
def month(request: MemberRequest) -> HttpResponse:
    """A whole month, as a table; on a telephone day below day."""
    return render(request, "gatherings/month.html", _month(request) | {"tabs": calendar_tabs(request, "month")})


@needs("gatherings.see")
def month_on_paper(request: MemberRequest) -> HttpResponse:
    """A month to pin to the wall."""
    context = _month(request) | {"large_print": "large" in request.GET, "at": now()}
    return render(request, "gatherings/month_on_paper.html", context)


def _month(request: MemberRequest) -> dict[str, Any]:
    first = (_day(f"{request.GET.get('month', '')}-01") or today()).replace(day=1)
    begin, end = calendar.edges(first)
    found = _entries(request, begin, end)
    after = (first + timedelta(days=32)).replace(day=1)
    return {
        "month": first,
        "weeks": calendar.weeks(first, found, request.community.time_zone, most=MOST_IN_A_DAY),
        "weekdays": [begin + timedelta(days=n) for n in range(7)],
        "today": today(),
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{after:%Y-%m}",
        "here": f"{first:%Y-%m}",
    }


@needs("gatherings.see")
def gathering(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """When and where it is, how one gets in, what can be taken, and whether one comes."""
    found = find_gathering(request, gathering_id)
    parts, mine, at = parts_of(found), booking_of(request, found), now()
    context = {
        "gathering": found,
        "tabs": tabs(request, found, "gathering"),
        "mine": mine,
        "my_parts": _seats(mine),
        "parts": [{"part": one, "name": words.part_name(one)} for one in parts],
        "is_simple": len(parts) == 1,
        "is_open": found.is_open(at),
        "access": words.access_words(found.place) if found.place else [],
        "repeats": words.repeats(found.series) if found.series else "",
        "looks_after": looks_after(request, found),
        "may_make": may(request, "gatherings.make"),
        "is_still_to_come": found.ends_at > at and found.closed_at is None,
        **_who_comes(request, found),
    }
    return render(request, "gatherings/gathering.html", context)


def _seats(mine: Booking | None) -> list[dict[str, Any]]:
    rows = mine.seats.all() if mine else []
    return [{"name": words.part_name(seat.part), "count": seat.count} for seat in rows]


def _who_comes(request: MemberRequest, found: Gathering) -> dict[str, Any]:
    """How many come and wait, and the first names of those whom this reader may find in the directory."""
    rows = Booking.objects.of(request.community).filter(gathering=found)
    booked = rows.booked()
    seen = booked.filter(membership__in=people_here(request)).with_people().by_name()[:MOST_FACES]
    expected = {member.pk for member in hooks.expected(found)} - set(booked.values_list("membership", flat=True))
    many = booked.count() + len(expected)
    faces = [Face(one.membership.person_id, one.membership.person.name.split(" ")[0]) for one in seen]
    return {"come": many, "faces": faces, "others": many - len(faces), "waiting": rows.in_line().count()}


@public
def whats_on(request: MemberRequest) -> HttpResponse:
    """What is open to everybody. A community without anything public looks like none at all."""
    found = list(_public(request).coming(now()).planned().with_words()[: 2 * MOST_FACES])
    if not found:
        raise Http404
    return render(request, "gatherings/whats_on.html", {"gatherings": [_shown(one) for one in found]})


@public
def public_gathering(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """One gathering that is open to everybody; no names, and no addresses of online rooms."""
    found = get_object_or_404(_public(request).with_words().with_parts(), pk=gathering_id)
    context = {
        "gathering": found,
        "shown": _shown(found),
        "access": words.access_words(found.place) if found.place else [],
        "belongs": request.standing is not None,
    }
    return render(request, "gatherings/public_gathering.html", context)


def _public(request: MemberRequest) -> Any:
    if request.community is None:
        raise Http404
    return Gathering.objects.of(request.community).public()


def _shown(one: Gathering) -> dict[str, Any]:
    return {"gathering": one, "where": words.ways_there(one)}
