"""A visit has the day and the time that two people agree on; both are reminded, and nothing says what it is about."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connections
from django.urls import reverse

from alongside.gatherings import hooks
from alongside.gatherings.calendar import entries
from alongside.kernel.clock import today
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Notice
from alongside.people.permissions import Standing, standing_of
from alongside.people.tests.factories import browser_of, person_in
from alongside.wellbeing import actions, tasks
from alongside.wellbeing.models import Visit
from alongside.wellbeing.tests.scenes import NOON, TODAY, WEEK, Place, checked, lose, url, visit_of

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)
TWO = time(14)


@pytest.fixture
def place(db) -> Place:
    return Place()


def agree(place: Place, visit: Visit, day: date, clock: time | None = TWO, **told) -> Visit:
    about = {"visit": visit, "day": day, "time_of_day": clock, "by": place.vera.person, "at": NOON, **told}
    return actions.agree_time(**about)


def standing(place: Place, member) -> Standing:
    found = standing_of(member.person, place.town, on=TODAY)
    assert found is not None
    return found


def reminders() -> list[tuple[str, str]]:
    found = Notice.objects.filter(kind="wellbeing.reminder").select_related("person").order_by("person__name", "title")
    return [(each.person.name, each.title) for each in found]


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        pytest.param("Europe/London", date(2026, 3, 27), TWO, datetime(2026, 3, 27, 14, tzinfo=UTC), id="winter"),
        pytest.param("Europe/London", date(2026, 3, 29), TWO, datetime(2026, 3, 29, 13, tzinfo=UTC), id="summer"),
        pytest.param(
            "Europe/London", date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC), id="skipped"
        ),
        pytest.param(
            "America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC), id="twice"
        ),
    ],
)
def test_a_time_is_read_on_the_clock_of_the_community(zone, day, clock, moment):
    visit = Visit(due_on=TODAY, agreed_on=day, agreed_time=clock)

    assert visit.begins_at(zone).astimezone(UTC) == moment


def test_either_of_the_two_agrees_and_the_other_one_hears_of_it(place):
    series = place.visits(enrolled_on=today(), day_expected_on=None)
    visit = visit_of(series, 1)
    page, day = url("agree_time", place.town, visit.pk), today() + WEEK + DAY

    browser_of(place.mara).post(page, {"day": day, "time_of_day": "14:30"})

    stands = Visit.objects.get(pk=visit.pk)
    assert (stands.agreed_on, stands.agreed_time, stands.due_on) == (day, time(14, 30), today() + WEEK)
    assert Notice.objects.filter(person=place.vera.person, body__contains="2:30").count() == 1
    assert "2:30" in browser_of(place.vera).get(url("series", place.town, series.pk)).content.decode()


def test_the_day_alone_will_do_and_the_day_of_the_rules_takes_it_back(place):
    visit = visit_of(place.visits(), 1)

    assert agree(place, visit, TODAY + WEEK + DAY, None).when == TODAY + WEEK + DAY
    back = agree(place, visit, TODAY + WEEK, None)
    assert (back.agreed_on, back.agreed_at, back.when) == (None, None, TODAY + WEEK)


def test_neither_the_past_nor_a_day_far_from_the_rules_is_agreed_on(place):
    series = place.visits()

    with pytest.raises(actions.DayIsOver):
        agree(place, visit_of(series), TODAY - DAY)
    with pytest.raises(actions.DayIsOver):
        agree(place, visit_of(series), TODAY, time(0, 5))
    with pytest.raises(actions.TooFarFromRules):
        agree(place, visit_of(series), TODAY + 91 * DAY)


def test_a_day_that_moves_takes_along_only_what_is_not_in_its_place_any_more(place):
    series = place.visits()
    early, late = visit_of(series, 1), series.visits.get(phase="The first weeks", number=1)
    late.series, late.community = series, series.community
    agree(place, early, TODAY + WEEK + DAY)
    agree(place, late, late.due_on + DAY)

    actions.set_the_day(series=series, day=TODAY + 20 * WEEK, is_sure=False, by=place.vera.person, at=NOON)

    assert Visit.objects.get(pk=early.pk).agreed_on == TODAY + WEEK + DAY
    assert Visit.objects.get(pk=late.pk).agreed_on is None


def test_both_are_reminded_once_the_day_before_and_the_letter_says_when_and_not_what(place):
    agree(place, visit_of(place.visits(), 1), TODAY + WEEK + DAY)
    due = datetime(2026, 3, 11, 14, tzinfo=UTC) - DAY

    assert tasks.remind(due - timedelta(minutes=1)) == "0 reminded"
    assert [tasks.remind(due), tasks.remind(due + DAY / 2)] == ["1 reminded", "0 reminded"]

    assert [name for name, _title in reminders()] == ["Mara", "Vera"]
    assert all("11 March" in title and "visit" not in title.casefold() for _name, title in reminders())
    assert "Visits" not in "".join(Notice.objects.values_list("body", flat=True).filter(kind="wellbeing.reminder"))


def test_where_no_time_is_agreed_the_letter_goes_the_morning_before(place):
    place.visits()
    morning = datetime(2026, 3, 9, 9, tzinfo=UTC)

    assert [tasks.remind(morning - timedelta(minutes=1)), tasks.remind(morning)] == ["0 reminded", "1 reminded"]


def test_what_was_agreed_within_the_day_before_needs_no_reminder(place):
    agree(place, visit_of(place.visits(), 1), TODAY + DAY, time(11))

    assert tasks.remind(NOON + timedelta(minutes=10)) == "0 reminded"


def test_nobody_is_reminded_of_a_visit_for_which_somebody_is_looked_for(db):
    place = Place(unchecked=True)
    first, *_rest = checked(place.program, place.vera, until=TODAY + 6 * DAY)
    series = place.visits()
    morning = datetime(2026, 3, 9, 9, tzinfo=UTC)

    assert tasks.remind(morning) == "0 reminded", "the check has run out by then"
    lose(first, by=place.cora, at=NOON)
    series.refresh_from_db()
    assert series.visitor is None
    assert tasks.remind(morning) == "0 reminded"


def test_calendars_show_each_their_own_visits_under_a_neutral_title(place):
    agree(place, visit_of(place.visits(), 1), TODAY + WEEK + DAY)
    ida = person_in(place.town, "Ida")

    for member in (place.mara, place.vera):
        member.community = place.town
        dates = hooks.own_dates(member, NOON + DAY)
        assert {one.title for one in dates} == {"Something planned"}
        assert not any("visit" in one.uid + one.url for one in dates)
        assert dates[0].starts_at == datetime(2026, 3, 11, 14, tzinfo=UTC)
        assert (dates[0].ends_at - dates[0].starts_at, dates[0].is_whole_day) == (timedelta(hours=1), False)
        assert dates[1].is_whole_day
        shown = entries(standing(place, member), NOON, NOON + 2 * WEEK)
        assert {one.title for one in shown} == {"Something planned"}
    ida.community = place.town
    assert hooks.own_dates(ida, NOON) == []


def test_the_month_says_no_empty_word_beside_a_visit(place):
    place.visits()
    month = reverse("gatherings:month", args=[place.town.slug])

    page = browser_of(place.mara).get(month, {"month": f"{TODAY:%Y-%m}"}).content.decode()

    assert "Something planned</a>" in page
    assert "()" not in page


def test_a_visit_of_somebody_else_is_not_there(place):
    visit = visit_of(place.visits())
    told = {"day": TODAY + DAY, "time_of_day": "14:00"}

    for member in (person_in(place.town, "Ida"), place.cora):
        browser = browser_of(member)
        assert [browser.get(url("agree_time", place.town, visit.pk)).status_code,
                browser.post(url("agree_time", place.town, visit.pk), told).status_code] == [404, 404]  # fmt: skip
    assert Visit.objects.get(pk=visit.pk).agreed_on is None


def test_two_who_agree_at_once_leave_one_time_and_each_an_offer_to_take_back(committed_db):
    place = Place()
    visit, gate = visit_of(place.visits(), 1), threading.Barrier(2)

    def agrees(member, clock):
        gate.wait()
        try:
            agree(place, visit, TODAY + WEEK + DAY, clock, by=member.person)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=agrees, args=told) for told in ((place.vera, time(14)), (place.mara, time(16)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stands = Visit.objects.get(pk=visit.pk)
    assert stands.agreed_on == TODAY + WEEK + DAY
    assert stands.agreed_time in (time(14), time(16))
    last = UndoOffer.objects.filter(act="wellbeing.agree_time", args__after__1=stands.agreed_time.isoformat()).get()
    assert last.args["before"][1] is not None, "the second saw what the first had written"
