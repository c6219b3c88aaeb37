"""Whoever visits holds what is asked of them on the day; where that ends, somebody else is looked for, and who is
visited never learns why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from alongside.kernel.clock import now
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Role, RoleHeld
from alongside.people.tests.factories import browser_of, coordinator_in, person_in
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import CheckKind
from alongside.strengths.worklist import queue_of
from alongside.wellbeing import actions, tasks
from alongside.wellbeing.models import AgendaItem, VisitSeries
from alongside.wellbeing.tests.scenes import NOON, TODAY, WEEK, Place, checked, lose, took_place, url, visit_of

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)


@pytest.fixture
def place(db) -> Place:
    return Place()


@pytest.fixture
def bare(db) -> Place:
    """Nobody has a check."""
    return Place(unchecked=True)


def visitor_of(series: VisitSeries) -> object:
    return VisitSeries.objects.get(pk=series.pk).visitor


def test_nobody_visits_without_what_the_design_asks_of_them(bare):
    with pytest.raises(actions.ChecksMissing) as refusal:
        bare.visits()

    assert sorted(refusal.value.what) == ["Check for work with children", "Qualification"]
    checked(bare.program, bare.vera)
    assert bare.visits().visitor == bare.vera


def test_a_check_that_runs_out_before_the_next_visit_is_missing(bare):
    checked(bare.program, bare.vera, until=TODAY + 6 * DAY)

    with pytest.raises(actions.ChecksMissing):
        bare.visits(enrolled_on=TODAY + WEEK)
    assert bare.visits(enrolled_on=TODAY + 6 * DAY).visitor == bare.vera


def test_what_the_community_asks_of_the_duty_is_asked_too(place):
    kind = safeguarding.add_kind(
        community=place.town, name="Lone visits", kind="training", months=None, needed=1, by=None, at=NOON
    )
    safeguarding.require(kind=kind, role="", duty="home-visits", by=place.cora.person, at=NOON)

    with pytest.raises(actions.ChecksMissing) as refusal:
        place.visits()

    assert refusal.value.what == ["Lone visits"]


def test_the_coordinator_reads_which_check_is_missing(bare):
    told = {
        "program": bare.program.pk, "membership": "Mara", "visitor": "Vera", "enrolled_on": TODAY,
        "agreed_how": "phone", "key": uuid4(),
    }  # fmt: skip
    page = browser_of(bare.cora).post(url("start_visits", bare.town), told).content.decode()

    assert "Vera cannot visit yet." in page
    assert "Check for work with children" in page
    assert VisitSeries.objects.count() == 0


def test_a_withdrawn_check_leaves_visits_without_a_visitor_and_a_task_for_the_coordinator(bare):
    first, *_rest = checked(bare.program, bare.vera)
    series = bare.visits()

    lose(first, by=bare.cora)

    assert visitor_of(series) is None
    work = [listed.work for listed in queue_of(bare.town, at=now())]
    ours = next(each for each in work if each.item == f"wellbeing.no_visitor:{series.pk}")
    assert (ours.title, ours.person) == ("Somebody is looked for to visit Mara", bare.mara.person)
    assert ours.link == url("hand_over", bare.town, series.pk)


def test_a_check_that_is_not_asked_of_visitors_changes_nothing(place):
    series = place.visits()
    other = safeguarding.add_kind(
        community=place.town, name="Food hygiene", kind="training", months=None, needed=1, by=None, at=NOON
    )
    check = safeguarding.write_check(membership=place.vera, kind=other, seen_on=TODAY, by=place.cora.person, at=NOON)

    lose(check, by=place.cora)

    assert visitor_of(series) == place.vera


def test_the_clock_finds_what_nobody_heard_of(bare):
    checked(bare.program, bare.vera, until=TODAY + WEEK)
    series = bare.visits()

    assert tasks.look_at_checks(NOON + WEEK) == "0 looked for"
    assert tasks.look_at_checks(NOON + WEEK + DAY) == "1 looked for"
    assert visitor_of(series) is None
    assert tasks.look_at_checks(NOON + WEEK + DAY) == "0 looked for"


def test_whoever_holds_the_role_no_more_visits_no_more(place):
    series = place.visits()
    role = RoleHeld.objects.get(membership=place.vera, role=Role.PROFESSIONAL)
    role.community = place.town
    people.end_role(role_held=role, by=person_in(place.town, "Stella", roles=[Role.STEWARD]).person, at=now())

    assert tasks.look_at_checks(now()) == "1 looked for"

    assert visitor_of(series) is None
    assert browser_of(place.vera).get(url("series", place.town, series.pk)).status_code == 404


def test_what_took_place_stays_and_what_is_planned_stays(bare):
    first, *_rest = checked(bare.program, bare.vera)
    series = bare.visits()
    done = took_place(series)
    planned = series.visits.planned().count()

    lose(first, by=bare.cora)

    assert (series.visits.took_place().get().pk, series.visits.planned().count()) == (done.pk, planned)


def test_they_are_given_to_somebody_else_with_the_limit_as_ever(bare):
    walt = person_in(bare.town, "Walt", roles=[Role.PROFESSIONAL])
    first, *_rest = checked(bare.program, bare.vera)
    series = bare.visits()
    lose(first, by=bare.cora)
    said = {"series": series, "visitor": walt, "by": bare.cora.person, "at": NOON}

    with pytest.raises(actions.ChecksMissing):
        actions.hand_over(**said)
    checked(bare.program, walt)
    for number in range(25):
        bare.visits(person_in(bare.town, f"Family {number}"), visitor=walt)
    with pytest.raises(actions.CaseloadFull):
        actions.hand_over(**said)
    actions.hand_over(**said, over_why="Only for a month")

    stands = VisitSeries.objects.get(pk=series.pk)
    assert (stands.visitor, stands.looked_for_since, stands.over_why) == (walt, None, "Only for a month")


def test_who_is_visited_never_learns_why(bare):
    first, *_rest = checked(bare.program, bare.vera)
    series = bare.visits()
    lose(first, by=bare.cora)

    page = browser_of(bare.mara).get(url("series", bare.town, series.pk)).content.decode()
    letters = Notice.objects.filter(person=bare.mara.person)
    said = strip_tags(page.partition("<main")[2].partition("</main>")[0]) + "".join(
        f"{each.title} {each.body}" for each in letters
    )

    assert "Somebody is looked for to visit you" in said
    for word in ("check", "Qualification", "children", "Vera"):
        assert word.casefold() not in said.casefold(), word


def test_who_is_visited_hears_the_same_whether_the_visitor_has_left_or_lacks_a_check(bare):
    first, *_rest = checked(bare.program, bare.vera)
    walt = person_in(bare.town, "Walt", roles=[Role.PROFESSIONAL])
    checked(bare.program, walt)
    nora = person_in(bare.town, "Nora")
    bare.visits()
    bare.visits(nora, visitor=walt)
    Notice.objects.all().delete()

    lose(first, by=bare.cora)
    people.leave_community(membership=walt, by=walt.person, at=NOON)

    heard = [
        list(Notice.objects.filter(person=one.person).values_list("title", "body")) for one in (bare.mara, nora)
    ]  # fmt: skip
    assert heard[0] == heard[1] != []
    assert not Notice.objects.filter(person=walt.person).exists()


def test_a_visitor_reads_nothing_after_handing_over_nor_the_next_what_was_shown_to_the_one_before(place):
    series = place.visits()
    visit = visit_of(series)
    wish = actions.wish(series=series, words="The cot", is_shown=True, by=place.mara.person, at=NOON, key=uuid4())
    walt = person_in(place.town, "Walt", roles=[Role.PROFESSIONAL])
    checked(place.program, walt)

    actions.hand_over(series=series, visitor=walt, by=place.cora.person, at=NOON)

    vera, pages = browser_of(place.vera), [("series", series), ("settle_visit", visit), ("agree_time", visit)]
    assert [vera.get(url(name, place.town, row.pk)).status_code for name, row in pages] == [404, 404, 404]
    assert "The cot" not in browser_of(walt).get(url("series", place.town, series.pk)).content.decode()
    assert AgendaItem.objects.get(pk=wish.pk).is_shown is False


def test_all_three_hear_of_another_visitor_and_whoever_came_before_is_led_to_no_closed_door(place):
    series = place.visits()
    walt = person_in(place.town, "Walt", roles=[Role.PROFESSIONAL])
    checked(place.program, walt)

    actions.hand_over(series=series, visitor=walt, by=place.cora.person, at=NOON)

    told = Notice.objects.filter(key__contains=":given:").values_list("person__name", "link")
    here = url("series", place.town, series.pk)
    assert set(told) == {("Mara", here), ("Walt", here), ("Vera", url("visits", place.town))}


def test_who_looks_after_visits_sees_from_when_a_check_is_missing_and_nobody_else_does(bare):
    checked(bare.program, bare.vera, until=TODAY + 20 * DAY)
    series = bare.visits()

    page = browser_of(bare.cora).get(url("caseload", bare.town)).content.decode()

    assert "a check is missing" in page
    assert "a check is missing" not in browser_of(bare.mara).get(url("series", bare.town, series.pk)).content.decode()
    assert browser_of(bare.mara).get(url("caseload", bare.town)).status_code == 403


def test_checks_of_another_community_do_not_count(bare):
    here, there = bare, Place()
    kind = CheckKind.objects.of(there.town).first()
    assert kind is not None
    coordinator_in(there.town, "Clara")

    with pytest.raises(actions.ChecksMissing):
        here.visits()
