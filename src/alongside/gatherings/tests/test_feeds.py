"""Calendar feeds: what other calendars read, what they never learn, and an address that is ended."""

import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from alongside.gatherings import actions, ical
from alongside.gatherings.calendar import edges
from alongside.gatherings.models import Feed, Visibility
from alongside.gatherings.rules.zones import observances
from alongside.gatherings.tests import gatherings as scenes
from alongside.gatherings.tests.gatherings import books, group_of, told, turns
from alongside.gatherings.views import feeds
from alongside.kernel.clock import now, today
from alongside.people import actions as people
from alongside.people.tests.factories import browser_of, community, coordinator_in, people_in

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def nobody_has_asked():
    feeds.reads.forget()
    feeds.guesses.forget()


@pytest.fixture
def town():
    return community()


def tomorrow():
    return today() + timedelta(days=1)


def weekly(town, **terms):
    about = {"visibility": Visibility.PUBLIC, **terms.pop("about", {})}
    return scenes.weekly(town, first_day=terms.pop("first_day", tomorrow()), at=now(), about=about, **terms)


def made(town, **terms):
    return scenes.made(town, 5, starts_at=now() + timedelta(days=2), at=now(), **terms)


def address_of(town, member=None, **terms) -> str:
    by = terms.pop("by", None) or (member or coordinator_in(town, "Carla")).person
    fresh = actions.make_feed(community=town, membership=member, by=by, at=now(), **terms)
    return reverse("gatherings:feed", args=[fresh.secret])


def read(client, address) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def starts(calendar: Any, until_days=30) -> list[datetime]:
    events = recurring_ical_events.of(calendar).between(today(), today() + timedelta(days=until_days))
    return sorted(event.start.astimezone(UTC) for event in events)


def test_a_personal_feed_says_when_and_nothing_of_what(client, town):
    (amina,) = people_in(town, "Amina")
    group = group_of(town, amina)
    one = made(town, about={"title": "Living with diabetes", "group": group, "visibility": Visibility.GROUP})
    books(one, amina, at=now())
    made(town, about={"title": "Without her"})

    calendar = read(client, address_of(town, amina))

    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "Maple Street"
    assert "description" not in event
    assert b"iabetes" not in calendar.to_ical()
    assert event.start == one.starts_at.replace(microsecond=0)


def test_with_titles_if_one_wants_them(client, town):
    (amina,) = people_in(town, "Amina")
    books(made(town, about={"title": "Choir"}), amina, at=now())

    calendar = read(client, address_of(town, amina, shows_titles=True))

    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["Choir"]


def test_an_address_that_is_ended_refuses_at_once(client, town):
    (amina,) = people_in(town, "Amina")
    address = address_of(town, amina)
    assert client.get(address).status_code == 200
    feed = Feed.objects.get()

    answer = browser_of(amina).post(reverse("gatherings:end_feed", args=[town.slug, feed.pk]))

    assert answer.status_code == 302
    assert client.get(address).status_code == 404


def test_whoever_leaves_the_community_or_is_erased_has_no_feed_any_more(client, town):
    amina, ben = people_in(town, "Amina", "Ben")
    hers, his = address_of(town, amina), address_of(town, ben)

    people.leave_community(membership=amina, by=amina.person, at=now())
    people.erase_person(person=ben.person, by=ben.person, at=now())

    assert [client.get(address).status_code for address in (hers, his)] == [404, 404]


def test_an_address_of_the_record_that_goes_reads_nothing_of_the_one_that_stays(client, town):
    amina, same_name = people_in(town, "Amina", "Amina")
    theirs, hers = address_of(town, same_name), address_of(town, amina)

    kept = people.merge_members(one=same_name, other=amina, by=coordinator_in(town, "Cora").person, at=now())

    assert kept == amina
    assert [client.get(theirs).status_code, client.get(hers).status_code] == [404, 200]


def test_the_secret_is_kept_nowhere_and_nobody_ends_the_feed_of_another(town):
    amina, ben = people_in(town, "Amina", "Ben")
    fresh = actions.make_feed(community=town, membership=amina, by=amina.person, at=now())

    assert fresh.secret not in str(Feed.objects.values().get())
    answer = browser_of(ben).post(reverse("gatherings:end_feed", args=[town.slug, fresh.feed.pk]))
    assert answer.status_code == 403


def test_who_reads_or_guesses_too_often_waits(client, town, monkeypatch):
    address = address_of(town)
    monkeypatch.setattr(feeds.reads, "most", 2)
    monkeypatch.setattr(feeds.guesses, "most", 2)

    assert [client.get(address).status_code for _n in range(3)] == [200, 200, 429]
    wrong = reverse("gatherings:feed", args=["guess"])
    assert [client.get(wrong).status_code for _n in range(3)] == [404, 404, 429]


def test_a_public_feed_has_what_is_public_and_nothing_else(client, town):
    (amina,) = people_in(town, "Amina")
    group = group_of(town, amina)
    made(town, about={"title": "Open door", "visibility": Visibility.PUBLIC, "online": "https://meet.example/secret"})
    made(town, about={"title": "Members"})
    made(town, about={"title": "Group", "group": group, "visibility": Visibility.GROUP})
    made(community("River Bend"), about={"title": "Elsewhere", "visibility": Visibility.PUBLIC})

    calendar = read(client, address_of(town))

    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["Open door"]
    assert b"meet.example" not in calendar.to_ical()


def test_a_series_is_one_rule_with_what_was_moved_called_off_and_hidden(client, town):
    series = weekly(town)
    rows: list[Any] = turns(series)
    first, moved, off, hidden = rows[:4]
    given: dict[str, Any] = {"by": None, "at": now(), "seen": first.changed_at, "why": "x"}
    actions.move_gathering(gathering=moved, starts_at=moved.starts_at + timedelta(hours=3), **given)
    actions.call_off(gathering=off, why="Snow.", by=None, at=now())
    actions.change_gathering(gathering=hidden, told=told(visibility=Visibility.MEMBERS), **given)

    calendar = read(client, address_of(town))
    main, *others = calendar.walk("VEVENT")

    assert str(main["rrule"].to_ical(), "utf-8") == "FREQ=WEEKLY"
    assert {str(event["uid"]) for event in (main, *others)} == {series.uid}
    by_turn = {event["recurrence-id"].dt.astimezone(UTC): event for event in others}
    assert set(by_turn) == {moved.original_start, off.original_start}
    assert by_turn[off.original_start]["status"] == "CANCELLED"
    assert (by_turn[moved.original_start]["sequence"], main["sequence"]) == (1, 0)
    assert [one.dt.astimezone(UTC) for one in main["exdate"].dts] == [hidden.original_start]
    assert starts(calendar)[:3] == [first.starts_at, moved.original_start + timedelta(hours=3), off.starts_at]


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_every_turn_of_a_year_is_read_at_the_hour_it_is_kept_at(client, zone):
    series = weekly(community(time_zone=zone))

    calendar = read(client, address_of(series.community))

    kept = [one.starts_at for one in turns(series) if one.starts_at < now() + timedelta(days=380)]
    assert starts(calendar, 380)[: len(kept) - 1] == kept[: len(kept) - 1]
    assert b"RDATE" not in calendar.to_ical()


def test_a_series_that_ended_ends_in_calendars_too(client, town):
    series = weekly(town)
    actions.call_off(gathering=turns(series)[2], why="No cook.", by=None, at=now(), and_after=True)

    calendar = read(client, address_of(town))

    confirmed = [
        event
        for event in recurring_ical_events.of(calendar).between(today(), today() + timedelta(days=900))
        if event["status"] == "CONFIRMED"
    ]
    assert len(confirmed) == 2


def test_what_people_type_opens_no_line_of_its_own(client, town):
    nasty = "Tea\r\nATTACH:http://evil.example\r\nEND:VEVENT\r\nBEGIN:VALARM; , \\n"
    place = actions.make_place(community=town, name="Hall\r\nX-EVIL:1", by=None, at=now())
    made(town, about={"title": nasty[:120], "about": nasty, "place": place, "visibility": Visibility.PUBLIC})

    file = client.get(address_of(town)).content.replace(b"\r\n ", b"")

    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert "ATTACH" not in event
    assert not Calendar.from_ical(file).walk("VALARM")
    assert not [line for line in file.split(b"\r\n") if line.startswith((b"ATTACH", b"X-EVIL"))]


@given(st.sampled_from(["Europe/London", "America/Santiago", "Asia/Jerusalem", "Pacific/Apia", "Asia/Kolkata"]))
def test_a_zone_has_rules_that_say_what_the_clock_says(zone):
    found = observances(zone, 2026)

    assert found[0].starts.year <= 2018
    assert all(one.offset_from == one.offset_to for one in found[:1])
    assert all(one.rrule == "" or one.rrule.startswith("FREQ=YEARLY;BYMONTH=") for one in found)


def khal(tool, folder, *words):
    settings = folder / "khal.conf"
    settings.write_text(
        f"[calendars]\n[[feed]]\npath = {folder}\ntype = calendar\n[locale]\nlocal_timezone = Europe/London\n"
        "default_timezone = Europe/London\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        f"datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {folder}/khal.db\n"
    )
    done = subprocess.run([tool, "-c", settings, *words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def kept_for_khal(tmp_path, calendar: Any):
    """khal wants a file for each uid, as a synchroniser writes it."""
    folder = tmp_path / "calendar"
    folder.mkdir()
    by_uid: dict[str, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        by_uid.setdefault(str(event["uid"]), []).append(event)
    for uid, events in by_uid.items():
        one = Calendar()
        one.add("prodid", ical.MADE_BY)
        one.add("version", "2.0")
        for part in [*calendar.walk("VTIMEZONE"), *events]:
            one.add_component(part)
        (folder / f"{uid}.ics").write_bytes(one.to_ical())
    return folder


def test_khal_reads_a_public_feed_across_both_changes_of_the_clock(client, town, tmp_path, needs_tool):
    tool = needs_tool("khal")
    series = weekly(town, about={"title": "Choir"})
    moved: Any = turns(series)[1]
    actions.move_gathering(
        gathering=moved, starts_at=moved.starts_at + timedelta(hours=3), why="x", seen=moved.changed_at, by=None,
        at=now(),
    )  # fmt: skip

    folder = kept_for_khal(tmp_path, read(client, address_of(town)))
    told_by_khal = khal(
        tool, folder, "list", "--day-format", "", "--format", "{start} {title}", f"{today()}", "364d"
    ).splitlines()  # fmt: skip

    kept = [f"{one.starts_at.astimezone(ZONE):%Y-%m-%d %H:%M} Choir" for one in turns(series)]
    assert [line.split(" ⟳")[0].strip() for line in told_by_khal] == kept[: len(told_by_khal)]
    assert len(told_by_khal) >= 51


def test_khal_reads_a_personal_feed_and_learns_no_title(client, town, tmp_path, needs_tool):
    tool = needs_tool("khal")
    (amina,) = people_in(town, "Amina")
    one = made(town, about={"title": "Living with diabetes"})
    books(one, amina, at=now())

    folder = kept_for_khal(tmp_path, read(client, address_of(town, amina)))
    told_by_khal = khal(tool, folder, "list", "--day-format", "", "--format", "{start} {title}", f"{today()}", "5d")

    assert told_by_khal.strip() == f"{one.starts_at.astimezone(ZONE):%Y-%m-%d %H:%M} Maple Street"


def test_a_month_has_its_days_from_monday_on():

    assert edges(date(2026, 3, 15)) == (date(2026, 2, 23), date(2026, 4, 5))
    assert edges(date(2026, 6, 1)) == (date(2026, 6, 1), date(2026, 7, 5))
