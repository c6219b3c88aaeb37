"""Pages of gatherings: what is on, signing up, the desk, ticks and sheets; and what strangers and members never see."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.gatherings import actions, calendar
from alongside.gatherings.models import Attendance, Booking, Gathering, Series, Sheet, SignUp, Visibility
from alongside.gatherings.tests import gatherings as scenes
from alongside.gatherings.tests.gatherings import CLASS_AND_CHILDCARE, books, group_of, parts_of, states, turns
from alongside.kernel.clock import now, today
from alongside.people.models import Role, RoleHeld
from alongside.people.tests.factories import (
    browser_of,
    child_in,
    community,
    coordinator_in,
    people_in,
    person_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return community()


@pytest.fixture
def amina(town):
    return people_in(town, "Amina Diallo")[0]


@pytest.fixture
def cora(town):
    return coordinator_in(town)


def made(town, *sizes, **terms):
    terms = {"starts_at": now() + timedelta(days=2), "at": now(), **terms}
    return scenes.made(town, *(sizes or (5,)), **terms)


def begun(town, *sizes, **terms):
    return made(town, *sizes, starts_at=now() - timedelta(minutes=30), **terms)


def at(name, one, *args):
    return reverse(f"gatherings:{name}", args=[one.community.slug, *args])


def page(member, name, one):
    answer = browser_of(member).get(at(name, one, one.pk))
    assert answer.status_code == 200
    return answer.content.decode()


def post(member, name, one, **told):
    return browser_of(member).post(at(name, one, one.pk), told, follow=True)


def test_what_is_on_stands_day_by_day_with_what_one_takes_part_in(town, amina):
    books(made(town, about={"title": "Choir"}), amina, at=now())
    made(town, about={"title": "Far away"}, starts_at=now() + timedelta(days=60))

    text = browser_of(amina).get(at("home", made(town))).content.decode()

    assert "Choir" in text
    assert "you have a place" in text
    assert "Far away" not in text


def test_one_tap_signs_up_and_one_tap_gives_the_place_up(town, amina):
    one = made(town)

    assert "You have a place" in post(amina, "sign_up", one, one_tap="1").content.decode()
    assert states(one) == {"Amina Diallo": "booked"}
    post(amina, "leave", one)
    assert states(one) == {"Amina Diallo": "called_off"}


def test_a_bundle_is_chosen_on_one_page_and_when_it_does_not_fit_nothing_is_lost(town, amina):
    (ben,) = people_in(town, "Ben")
    one = made(town, parts=CLASS_AND_CHILDCARE)
    books(one, amina, at=now(), parts=parts_of(one, Class=1))
    books(one, ben, at=now(), parts=parts_of(one, Class=1, Childcare=1))
    told = {f"part_{part.pk}": count for part, count in parts_of(one, Class=1, Childcare=1, Cook=0).items()}

    text = post(amina, "sign_up", one, **told, needs="A chair").content.decode()

    assert "There is no room left for: Childcare" in text
    assert "A chair" in text
    assert states(one)["Amina Diallo"] == "booked"


def test_who_is_asked_says_yes_with_one_tap_from_the_first_page(town, amina, cora):
    one = made(town)
    books(one, amina, at=now(), by=cora.person)
    assert "Yes, I come" in browser_of(amina).get(at("home", one)).content.decode()

    post(amina, "confirm", one)

    assert Booking.objects.get().confirmed_at is not None


def test_members_see_first_names_and_counts_and_no_child_and_no_wish(town, amina):
    ben, zoe = people_in(town, "Ben Okri")[0], child_in(town, "Zoe Young")
    one = made(town)
    for member in (ben, zoe):
        books(one, member, at=now(), needs="Insulin")

    text = page(amina, "gathering", one)

    assert "2 people come" in text
    assert "Ben" in text
    for secret in ("Okri", "Zoe", "Insulin"):
        assert secret not in text


def test_whoever_looks_after_it_reads_what_people_need_at_the_desk_alone(town, amina, cora):
    one = made(town)
    books(one, amina, at=now(), needs="A chair by the door")

    assert "A chair by the door" in page(cora, "desk", one)
    assert "A chair by the door" not in page(cora, "gathering", one)


def test_a_coordinator_signs_up_by_name_and_from_a_paper_list_in_its_order(town, amina, cora):
    ben, chris = people_in(town, "Ben", "Chris")
    one = made(town, 2)
    part = next(iter(parts_of(one, **{"Table 1": 1})))

    post(cora, "desk", one, whose="Amina", channel="phone", **{f"part_{part.pk}": 1})
    answer = post(cora, "desk", one, names=f"{chris.number}\nNobody\nBen")
    assert "“Nobody”: We found nobody" in answer.content.decode()
    assert states(one) == {"Amina Diallo": "booked"}
    post(cora, "desk", one, names=f"{chris.number}\nBen")

    assert states(one) == {"Amina Diallo": "booked", "Ben": "waiting", "Chris": "booked"}
    assert Booking.objects.get(membership=ben).channel == "paper"


def test_a_gathering_is_made_on_one_page_checked_and_then_made_once(town, cora):
    place = actions.make_place(community=town, name="The hall", by=None, at=now(), is_step_free=True)
    told = {
        "title": "Soup", "day": f"{today() + timedelta(days=3)}", "time": "12:30", "minutes": "1:30",
        "repeats": "weekly", "until": "", "place": str(place.pk), "visibility": "members", "sign_up": "open",
        "places": "12", "helpers": "Cook 6", "extras": "Childcare 2\nRide", "key": str(uuid4()),
    }  # fmt: skip
    browser, address = browser_of(cora), reverse("gatherings:make", args=[town.slug])

    checked = browser.post(address, told).content.decode()
    assert "Is it right?" in checked
    assert "Every week" in checked
    assert not Series.objects.exists()
    for _again in range(2):
        browser.post(address, {**told, "sure": "1"})

    series = Series.objects.get()
    assert [(part.name, part.size, part.kind) for part in series.parts.all()] == [
        ("place", 12, "come"), ("Cook", 6, "help"), ("Childcare", 2, "extra"), ("Ride", None, "extra"),
    ]  # fmt: skip
    assert "Step-free" in page(cora, "gathering", turns(series)[0])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"place": ""}, "Choose a place, or write how people join"),
        ({"visibility": "group"}, "Choose the group it is for"),
        ({"helpers": "Cook 6\ncook 2"}, "stands there twice"),
        ({"extras": "0"}, "cannot be read"),
        ({"until": "2020-01-01"}, "The last day lies before the first"),
        ({"minutes": "25:00"}, "at most"),
        ({"day": "2026-02-30"}, "a day that exists"),
        ({"title": "\u202e"}, "required"),
    ],
    ids=["nowhere", "no group", "twice", "nothing", "ends before", "too long", "no day", "no title"],
)
def test_what_cannot_be_is_said_where_it_is_typed(town, cora, wrong, words):
    place = actions.make_place(community=town, name="The hall", by=None, at=now())
    told = {
        "title": "Soup", "day": f"{today()}", "time": "12:30", "minutes": "1:00", "repeats": "weekly", "until": "",
        "place": str(place.pk), "visibility": "members", "sign_up": "open", "key": str(uuid4()), "sure": "1", **wrong,
    }  # fmt: skip

    text = browser_of(cora).post(reverse("gatherings:make", args=[town.slug]), told).content.decode()

    assert words in text
    assert not Gathering.objects.exists()


def test_one_is_changed_and_a_series_from_one_on_and_called_off_by_its_pages(town, cora):
    series = scenes.weekly(town, first_day=today() + timedelta(days=1), at=now())
    one = turns(series)[1]
    text = browser_of(cora).get(at("change", one, one.pk))
    first = text.context["form"].initial
    told = {**first, "title": "Late soup", "why": "The cook.", "seen": one.changed_at.isoformat()}
    told = {name: value for name, value in told.items() if value is not None} | {"time": "17:00", "minutes": "1:00"}

    assert b"People are told" in post(cora, "change", one, **told).content
    told |= {"repeats": "fortnightly", "seen": Series.objects.get().changed_at.isoformat(), "title": "Tea"}
    two = turns(series)[2]
    told["day"] = f"{two.starts_at:%Y-%m-%d}"
    post(cora, "change_series", two, **told)
    assert Series.objects.count() == 2
    last = turns(Series.objects.latest("made_at"))[0]
    post(cora, "call_off", last, why="Snow.", and_after="on")

    assert set(turns(Series.objects.latest("made_at"))[0].called_off_why) == set("Snow.")
    assert Gathering.objects.get(pk=one.pk).title == "Late soup"


def test_ticks_by_thumb_are_taken_back_and_walk_ins_added(town, amina, cora):
    (ben,) = people_in(town, "Ben")
    one = begun(town)
    books(one, amina, at=now())

    answer = post(cora, "mark", one, whose=amina.pk, said="came", key=uuid4())
    assert b"Undo" in answer.content
    post(cora, "mark", one, whose=ben.pk, said="in", time="", key=uuid4())
    answer = post(cora, "attendance", one, whose="Ben", key=uuid4())

    assert Attendance.objects.came().count() == 2
    assert b"came without a place" in answer.content


def test_a_sheet_is_printed_found_by_its_code_and_contradictions_are_settled(town, amina, cora):
    (ben,) = people_in(town, "Ben")
    one = begun(town)
    for member in (amina, ben):
        books(one, member, at=now())
    post(cora, "print_sheet", one)
    sheet = Sheet.objects.get()
    browser = browser_of(cora)
    paper = browser.get(at("sheet", one, sheet.pk)).content.decode()
    assert sheet.code in paper
    assert "data:image/svg+xml" in paper
    post(cora, "mark", one, whose=ben.pk, said="did_not", key=uuid4())

    found = browser.post(at("find_sheet", one), {"code": sheet.code.lower()})
    assert found.status_code == 302
    wrong = browser.post(found["Location"], {"signed": "1 7", "key": uuid4()}).content.decode()
    assert "not on the sheet: 7" in wrong
    answer = browser.post(found["Location"], {"signed": "1-2", "key": uuid4()}, follow=True).content.decode()
    assert "What came in since" in answer
    assert "Paper and screen disagree" in browser.get(at("home", one)).content.decode()
    row = Attendance.objects.get(membership=ben)
    browser.post(at("settle", one, row.pk), {"came": "yes", "key": uuid4()})

    assert set(Attendance.objects.came().values_list("membership", flat=True)) == {amina.pk, ben.pk}


def test_the_list_is_closed_and_says_so(town, amina, cora):
    one = begun(town)
    books(one, amina, at=now())

    assert b"The list is closed" in post(cora, "close", one).content
    assert Attendance.objects.get().state == "did_not"


def test_who_leads_a_group_looks_after_its_gatherings_and_no_others(town, cora):
    (dana,) = people_in(town, "Dana")
    group = group_of(town, dana)
    RoleHeld.objects.create(
        community=town, membership=dana, role=Role.PEER_LEADER, group=group, starts_on=today() - timedelta(days=9)
    )
    theirs = begun(town, about={"group": group, "visibility": Visibility.GROUP})

    assert browser_of(dana).get(at("attendance", theirs, theirs.pk)).status_code == 200
    assert browser_of(dana).get(at("attendance", theirs, begun(town).pk)).status_code == 403


PAGES = ("gathering", "sign_up", "desk", "attendance", "change", "call_off", "contradictions", "public_gathering")


def test_a_gathering_of_a_group_is_closed_to_other_members_and_strangers(client, town, amina):
    (ben,) = people_in(town, "Ben")
    one = made(town, about={"group": group_of(town, ben), "visibility": Visibility.GROUP, "title": "Quiet circle"})

    assert {browser_of(amina).get(at(name, one, one.pk)).status_code for name in PAGES} == {403, 404}
    assert "Quiet circle" not in browser_of(amina).get(at("home", one)).content.decode()
    assert "Quiet circle" not in browser_of(amina).get(at("month", one)).content.decode()
    assert "Quiet circle" in browser_of(ben).get(at("home", one)).content.decode()
    assert client.get(at("public_gathering", one, one.pk)).status_code == 404


def test_nobody_reads_or_touches_another_community_s_gathering_by_its_id(town, amina, cora):
    other = community("River Bend")
    theirs = begun(other, about={"visibility": Visibility.PUBLIC})
    (zoe,) = people_in(other, "Zoe")
    booking = books(theirs, zoe, at=now())
    sheet = actions.print_sheet(gathering=theirs, by=zoe.person, at=now())
    browser = browser_of(cora)

    for name in (*PAGES, "confirm", "leave", "mark", "close", "print_sheet"):
        address = reverse(f"gatherings:{name}", args=[town.slug, theirs.pk])
        assert {browser.get(address).status_code, browser.post(address).status_code} <= {404, 405}, name
    for name, pk in (("give_up", booking.pk), ("sheet", sheet.pk), ("enter_sheet", sheet.pk)):
        assert browser.post(reverse(f"gatherings:{name}", args=[town.slug, pk])).status_code == 404
    one = begun(town)
    post(cora, "mark", one, whose=zoe.pk, said="came", key=uuid4())
    assert not Attendance.objects.exists()
    assert Booking.objects.get().is_booked


def test_strangers_read_what_is_public_and_no_names(client, town, amina):
    one = made(town, about={"title": "Open door", "visibility": Visibility.PUBLIC, "online": "https://meet.example/x"})
    made(town, about={"title": "For members"})
    books(one, amina, at=now())

    texts = [client.get(at("whats_on", one)), client.get(at("public_gathering", one, one.pk))]

    for answer in texts:
        text = answer.content.decode()
        assert "Open door" in text
        for secret in ("For members", "Amina", "meet.example"):
            assert secret not in text


def test_a_community_without_anything_public_looks_like_none_at_all(client, town):
    made(town)

    assert client.get(at("whats_on", made(town))).status_code == 404
    assert client.get("/c/no-such-place/whats-on/").status_code == 404


def test_a_child_signs_up_through_an_adult_alone(town):
    zoe = child_in(town, "Zoe")
    one = made(town)

    assert browser_of(zoe).post(at("sign_up", one, one.pk), {"one_tap": "1"}).status_code == 403


def test_where_a_coordinator_signs_up_the_page_says_whom_to_ask(town, amina):
    one = made(town, about={"sign_up": SignUp.COORDINATOR})

    assert "Please ask" in page(amina, "gathering", one)
    assert b"A coordinator signs people up" in post(amina, "sign_up", one, one_tap="1").content


def test_other_rooms_add_their_dates_to_the_calendar(town, amina):
    soon = now() + timedelta(days=1)
    entry = calendar.Entry(soon, soon + timedelta(hours=1), "Council meeting", "/somewhere/")
    calendar.register("tests", lambda standing, a, b: [entry] if a <= soon < b else [])
    try:
        text = browser_of(amina).get(at("home", made(town))).content.decode()
    finally:
        calendar.forget("tests")

    assert "Council meeting" in text


def test_a_month_has_what_is_on_also_on_paper(town, amina):
    one = made(town, about={"title": "Choir"})
    month = f"{one.starts_at:%Y-%m}"
    browser = browser_of(amina)

    for name in ("month", "month_on_paper"):
        answer = browser.get(at(name, one), {"month": month})
        assert b"Choir" in answer.content
    assert browser.get(at("month", one), {"month": "nonsense"}).status_code == 200
    assert browser.get(at("month", one), {"month": "9999-12"}).status_code == 200


@pytest.mark.parametrize("name", ["home", "month", "gathering", "desk", "attendance"])
def test_pages_ask_the_database_as_often_for_many_as_for_few(town, cora, name, django_assert_max_num_queries):
    crowd = people_in(town, *(f"Neighbor {n}" for n in range(30)))
    one = begun(town, 40)
    args = [one.pk] if name in ("gathering", "desk", "attendance") else []
    browser, address = browser_of(cora), at(name, one, *args)
    books(one, crowd[0], at=now())
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for member in crowd:
        books(one, member, at=now())
        scenes.marks(one, member, "came", cora, at=now())
        made(town)

    with django_assert_max_num_queries(len(few.captured_queries)):
        assert browser.get(address).status_code == 200


def test_a_person_who_pays_sees_sums_and_no_gatherings(town):
    payer = person_in(town, "Pat", roles=[Role.COMMISSIONER])

    assert browser_of(payer).get(at("home", made(town))).status_code == 403
