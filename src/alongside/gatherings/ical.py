"""Gatherings as a calendar file (RFC 5545), for other calendars to read.

Time zones carry rules of their own, so that every reader reckons the same hours. Text is escaped by the library, which
also folds lines; what people typed can open no line of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from alongside.gatherings import hooks
from alongside.gatherings.models import Booking, Feed, Gathering, Series
from alongside.gatherings.models.happening import State, Visibility
from alongside.gatherings.rules import recurrence
from alongside.gatherings.rules.zones import observances
from alongside.people.models import Community

MADE_BY = "-//Alongside//Gatherings//EN"
# How far a feed looks back, and how often readers may ask again.
BACK, ASK_AGAIN = timedelta(days=92), timedelta(hours=4)


@dataclass(frozen=True)
class _Words:
    """What an entry says about itself; neutral, it says nothing but where to read on."""

    community: Community
    address: str
    shows_titles: bool
    is_public: bool

    def of(self, one: Gathering | Series, url: str) -> dict[str, str]:
        if not self.shows_titles:
            return {"summary": self.community.name, "url": url}
        place = one.place
        where = ", ".join(filter(None, [place.name, place.address])) if place else ""
        told = {"summary": one.title, "description": one.about, "location": where, "url": url}
        if not self.is_public and one.online:
            told["description"] = "\n".join(filter(None, [one.about, one.online]))
        return {name: text for name, text in told.items() if text}


def personal(feed: Feed, *, at: datetime, address: str) -> bytes:
    """Where one person has a place or is expected, each by itself. `address`: of this site, before the path."""
    words = _Words(feed.community, address, feed.shows_titles, is_public=False)
    mine = Booking.objects.of(feed.community).booked().filter(membership=feed.membership)
    feed.membership.community = feed.community
    theirs = Q(pk__in=mine.values("gathering")) | hooks.expecting(feed.membership)
    rows = Gathering.objects.of(feed.community).filter(theirs, ends_at__gt=at - BACK)
    events = [_event(one, words, at) for one in rows.with_words().order_by("starts_at", "id")]
    events += [_own(one, words) for one in hooks.own_dates(feed.membership, at - BACK)]
    return _file(feed.community, events, name=feed.community.name, since=at)


def public(feed: Feed, *, at: datetime, address: str) -> bytes:
    """What is open to everybody: a series is one entry with its rule, and with what differs from it."""
    words = _Words(feed.community, address, shows_titles=True, is_public=True)
    rows = Gathering.objects.of(feed.community).public().with_words().order_by("starts_at", "id")
    lone = rows.filter(series=None, ends_at__gt=at - BACK)
    events = [_event(one, words, at) for one in lone]
    series = Series.objects.of(feed.community).filter(visibility=Visibility.PUBLIC).select_related("place")
    for one in series.order_by("first_day", "id"):
        events += _series(one, words, at)
    return _file(feed.community, events, name=feed.community.name, since=at)


def _event(one: Gathering, words: _Words, at: datetime) -> Event:
    """One gathering by itself."""
    event = _entry(one, words, at, uid=one.uid, zone=words.community.time_zone)
    _times(event, one.starts_at, one.ends_at, words.community.time_zone)
    return event


def _own(one: hooks.OwnDate, words: _Words) -> Event:
    """A date of one person that is no gathering."""
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("status", "CANCELLED" if one.is_called_off else "CONFIRMED")
    event.add("summary", one.title if words.shows_titles else words.community.name)
    event.add("url", words.address + one.url)
    if one.is_whole_day:
        event.add("dtstart", words.community.day_of(one.starts_at))
    else:
        _times(event, one.starts_at, one.ends_at, words.community.time_zone)
    return event


def _series(series: Series, words: _Words, at: datetime) -> list[Event]:
    """The rule, the turns that are left out, and those that differ: moved, worded anew, or called off."""
    zone = series.time_zone
    turns = list(Gathering.objects.of(series.community).filter(series=series).select_related("place", "series"))
    shown = {one.original_start: one for one in turns if one.visibility == Visibility.PUBLIC}
    rule = recurrence.parsed(series.rrule, zone=zone)
    first = recurrence.moment(series.starts_local, zone)
    main = _entry(series, words, at, uid=series.uid, zone=zone, page=shown.get(first))
    _times(main, first, first + timedelta(minutes=series.minutes), zone)
    main.add("rrule", vRecur.from_ical(rule.text(zone)))
    gone = [one for one in _reckoned(rule, series) if one not in shown]
    if gone:
        main.add("exdate", [one.astimezone(ZoneInfo(zone)) for one in gone])
    differing = [one for one in shown.values() if one.was_moved or one.has_own_words or one.is_called_off]
    return [main, *(_turn(one, words, at, series) for one in differing)]


def _reckoned(rule: recurrence.Rule, series: Series) -> list[datetime]:
    """The turns of a rule as far as gatherings are made."""
    until = series.made_until or recurrence.moment(series.starts_local, series.time_zone)
    walls = recurrence.starts(
        rule, series.starts_local, since=series.starts_local, until=recurrence.wall_time(until, series.time_zone)
    )
    return [recurrence.moment(wall, series.time_zone) for wall in walls]


def _turn(one: Gathering, words: _Words, at: datetime, series: Series) -> Event:
    event = _entry(one, words, at, uid=series.uid, zone=series.time_zone)
    assert one.original_start is not None
    event.add("recurrence-id", one.original_start.astimezone(ZoneInfo(series.time_zone)))
    _times(event, one.starts_at, one.ends_at, series.time_zone)
    return event


def _entry(
    one: Gathering | Series, words: _Words, at: datetime, *, uid: str, zone: str, page: Gathering | None = None
) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.state == State.CALLED_OFF else "CONFIRMED")
    for name, text in words.of(one, _url(words, one if isinstance(one, Gathering) else page)).items():
        event.add(name, text)
    return event


def _url(words: _Words, one: Gathering | None) -> str:
    slug = words.community.slug
    if one is None:
        return words.address + reverse("gatherings:whats_on", args=[slug])
    page = "public_gathering" if words.is_public else "gathering"
    return words.address + reverse(f"gatherings:{page}", args=[slug, one.pk])


def _times(event: Event, starts_at: datetime, ends_at: datetime, zone: str) -> None:
    event.add("dtstart", starts_at.astimezone(ZoneInfo(zone)))
    event.add("dtend", ends_at.astimezone(ZoneInfo(zone)))


def _file(community: Community, events: Iterable[Event], *, name: str, since: datetime) -> bytes:
    made = Calendar()
    made.add("prodid", MADE_BY)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", community.time_zone)
    made.add("refresh-interval", ASK_AGAIN, {"value": "DURATION"})
    events = list(events)
    zones = {zone for event in events if (zone := event["dtstart"].params.get("TZID"))} or {community.time_zone}
    for zone in sorted(zones):
        made.add_component(_zone(str(zone), since.year))
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def _zone(name: str, year: int) -> Timezone:
    """A time zone with its rules, as RFC 5545 wants them: what holds now, and how it goes on."""
    zone = Timezone()
    zone.add("tzid", name)
    for one in observances(name, year):
        part = TimezoneDaylight() if one.is_daylight else TimezoneStandard()
        part.add("dtstart", one.starts)
        part.add("tzname", one.name)
        part.add("tzoffsetfrom", one.offset_from)
        part.add("tzoffsetto", one.offset_to)
        if one.rrule:
            part.add("rrule", vRecur.from_ical(one.rrule))
        zone.add_component(part)
    return zone
