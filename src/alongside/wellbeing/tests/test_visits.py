"""Visits: planned by the design, moved with the day, never more than agreed, and figures that name nobody."""

import threading
from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from django.db import connections

from alongside.kernel.models import Activity
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs.models.program import design_of
from alongside.programs.rules.design import applied
from alongside.programs.serving import Turn, carry_out, preview
from alongside.wellbeing import actions
from alongside.wellbeing.models import AgendaItem, Visit, VisitSeries
from alongside.wellbeing.rules.figures import counted, share_told
from alongside.wellbeing.summaries import last_month, sentences
from alongside.wellbeing.tests.scenes import NOON, TODAY, WEEK, Place, checked, took_place, url, visit_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def place(db) -> Place:
    return Place()


@pytest.mark.parametrize(("weeks", "total"), [(28, 67), (22, 64)])
def test_a_series_has_as_many_visits_as_are_published(place, weeks, total):
    series = place.visits(day_expected_on=TODAY + weeks * WEEK)

    assert series.visits.count() == total


def test_an_early_birth_moves_what_is_planned_and_leaves_what_took_place(place):
    series = place.visits()
    done = [took_place(series, n, NOON + n * WEEK) for n in range(3)]

    actions.set_the_day(series=series, day=TODAY + 20 * WEEK, is_sure=True, by=place.vera.person, at=NOON + 20 * WEEK)

    kept = Visit.objects.on(series).took_place().in_order()
    assert [(each.pk, each.due_on) for each in kept] == [(each.pk, each.due_on) for each in done]
    assert series.visits.filter(phase="The first weeks", number=1).get().due_on == TODAY + 21 * WEEK
    assert series.visits.count() == 12 + 51


def test_the_twenty_sixth_family_is_refused_without_a_reason(place):
    place.families(25)

    with pytest.raises(actions.CaseloadFull) as refusal:
        place.visits()

    assert (refusal.value.most, refusal.value.are, VisitSeries.objects.count()) == (25, 25, 25)


def test_one_more_with_a_reason_is_logged_and_shown_to_both(place):
    place.families(25)

    series = place.visits(over_why="Her sister is visited by Vera too")

    assert Activity.objects.filter(did="wellbeing.visits_started_over_the_limit", about_id=series.pk).count() == 1
    for member in (place.mara, place.vera):
        page = browser_of(member).get(url("series", place.town, series.pk)).content.decode()
        assert "Her sister is visited by Vera too" in page


def test_a_reason_is_not_kept_where_there_is_room(place):
    assert place.visits(over_why="Just in case").over_why == ""


def test_the_last_place_is_given_once(committed_db):
    place = Place(most=5)
    place.families(4)
    two = [person_in(place.town, f"Last {n}") for n in range(2)]
    gate, said = threading.Barrier(2), []

    def try_it(member):
        gate.wait()
        try:
            place.visits(member)
            said.append("in")
        except actions.CaseloadFull:
            said.append("full")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it, args=[member]) for member in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["full", "in"]


def test_nobody_visits_without_the_role_twice_or_themself(place):
    place.visits()
    with pytest.raises(actions.AlreadyVisited):
        place.visits()
    with pytest.raises(actions.NotOneself):
        place.visits(place.vera)
    with pytest.raises(actions.NotInThisRole):
        place.visits(person_in(place.town, "Ida"), visitor=person_in(place.town, "Ben"))
    with pytest.raises(actions.DayTooFarAway):
        place.visits(person_in(place.town, "Iva"), day_expected_on=TODAY + timedelta(days=800))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_first_day_that_no_calendar_reaches_is_said_where_it_was_typed(place, day):
    told = {
        "program": place.program.pk, "membership": place.mara.number, "visitor": place.vera.number, "enrolled_on": day,
        "agreed_how": "phone", "key": str(uuid4()),
    }  # fmt: skip

    page = browser_of(place.cora).post(url("start_visits", place.town), told).content.decode()

    assert "more than ten years away from today" in page
    assert not VisitSeries.objects.exists()


def test_a_changed_design_says_what_it_would_move_and_then_moves_it(place):
    series = place.visits()
    took_place(series)
    design = design_of(place.program)
    phases = [
        {**each, "times": 8} if each["name"] == "The first weeks" else each for each in design["visits"]["phases"]
    ]
    after = applied(design, {"visits.phases": [None, phases]})
    turn = Turn(place.program, design, after, None, NOON)

    told = preview(turn)
    assert series.visits.filter(phase="The first weeks").count() == 6
    assert [each.count for each in carry_out(turn)] == [each.count for each in told] != [0]
    assert series.visits.filter(phase="The first weeks").count() == 8
    assert preview(turn) == []


def test_the_visitor_reads_a_wish_only_where_it_is_shown(place):
    series = place.visits()
    said = {"by": place.mara.person, "at": NOON}
    hidden = actions.wish(series=series, words="My mother", is_shown=False, key=uuid4(), **said)
    actions.wish(series=series, words="The cot", is_shown=True, key=uuid4(), **said)
    page = url("series", place.town, series.pk)

    vera = browser_of(place.vera).get(page).content.decode()
    assert ("My mother" in vera, "The cot" in vera) == (False, True)

    browser_of(place.mara).post(url("show_wish", place.town, hidden.pk), {"shown": "yes"})
    assert "My mother" in browser_of(place.vera).get(page).content.decode()


def test_wishes_outlive_a_moved_day(place):
    series = place.visits()
    actions.wish(series=series, words="The cot", is_shown=False, by=place.mara.person, at=NOON, key=uuid4())

    actions.set_the_day(series=series, day=TODAY + 3 * WEEK, is_sure=False, by=place.mara.person, at=NOON)

    assert AgendaItem.objects.on(series).open().count() == 1


def test_how_it_was_is_the_persons_to_say_and_the_visitor_does_not_see_it(place):
    series = place.visits()
    visit = took_place(series)

    with pytest.raises(actions.NotTheirsToTell):
        actions.tell_share(visit=visit, about_mine="most", by=place.vera.person, at=NOON)
    browser_of(place.mara).post(url("tell_share", place.town, visit.pk), {"about_mine": "none"})

    page = url("series", place.town, series.pk)
    assert "none of it" in browser_of(place.mara).get(page).content.decode()
    assert "none of it" not in browser_of(place.vera).get(page).content.decode()


def test_a_visit_is_not_written_down_before_its_day(place):
    series = place.visits()

    with pytest.raises(actions.InTheFuture):
        actions.settle_visit(
            visit=visit_of(series), state="took_place", held_on=TODAY + WEEK, minutes=60, by=place.vera.person, at=NOON
        )


def test_a_visit_is_not_written_down_for_a_day_before_visits_began(place):
    series = place.visits()
    told = {"state": "took_place", "minutes": 60, "by": place.vera.person, "at": NOON}

    with pytest.raises(actions.BeforeTheFirst):
        actions.settle_visit(visit=visit_of(series), held_on=series.enrolled_on - timedelta(days=1), **told)

    assert actions.settle_visit(visit=visit_of(series), held_on=series.enrolled_on, **told).state == "took_place"


def test_a_program_is_told_only_sums_of_a_month_behind_which_five_people_stand(place):
    rows = place.families(5)
    for series in rows[:4]:
        visit = took_place(series)
        actions.tell_share(visit=visit, about_mine="most", by=series.membership.person, at=NOON)
    on = (NOON + 5 * WEEK).date().replace(day=2)

    assert (last_month(place.program, on=on).visits.count, sentences(place.program, on)) == (None, [])

    visit = took_place(rows[4])
    actions.tell_share(visit=visit, about_mine="none", by=rows[4].membership.person, at=NOON)
    month = last_month(place.program, on=on)
    assert (month.visits.count, month.about_mine.share, month.steps.count) == (5, Fraction(8, 10), None)
    assert last_month(place.program, on=TODAY).visits.count is None


def test_one_person_visited_often_is_one_person():
    one, others = uuid4(), [uuid4() for _ in range(3)]

    assert counted([one] * 50 + others).count is None
    assert share_told([(one, "most")] * 50 + [(each, "none") for each in others]).share is None


def test_the_caseload_page_asks_no_more_for_more_families(place, django_assert_max_num_queries):
    cora, page = browser_of(place.cora), url("caseload", place.town)
    place.families(2)
    cora.get(page)
    with django_assert_max_num_queries(40) as few:
        cora.get(page)
    for n in range(8):
        place.visits(person_in(place.town, f"More {n}"))

    with django_assert_max_num_queries(len(few)):
        assert "10 of at most 25 people" in cora.get(page).content.decode()


def test_the_caseload_page_asks_no_more_for_more_visitors(place, django_assert_max_num_queries):
    cora, page = browser_of(place.cora), url("caseload", place.town)
    place.families(2)
    cora.get(page)
    with django_assert_max_num_queries(40) as few:
        cora.get(page)
    for n in range(4):
        visitor = person_in(place.town, f"Visitor {n}", roles=[Role.PROFESSIONAL])
        checked(place.program, visitor)
        place.visits(person_in(place.town, f"More {n}"), visitor=visitor)

    with django_assert_max_num_queries(len(few)):
        assert "Visitor 3" in cora.get(page).content.decode()


def test_a_coordinator_ends_or_hands_over_and_reads_no_series(place):
    series = place.visits()
    walt = person_in(place.town, "Walt", roles=[Role.PROFESSIONAL])
    checked(place.program, walt)
    cora = browser_of(place.cora)

    assert cora.get(url("series", place.town, series.pk)).status_code == 404
    cora.post(url("hand_over", place.town, series.pk), {"visitor": "Walt", "over_why": ""})
    series.refresh_from_db()
    assert series.visitor_id == walt.pk
    assert browser_of(place.vera).get(url("series", place.town, series.pk)).status_code == 404

    browser_of(place.mara).post(url("end_visits", place.town, series.pk))
    assert Visit.objects.on(series).planned().count() == 0
