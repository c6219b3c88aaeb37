"""For ten seconds a moved visit, a moved day and what became of a visit can be taken back, by whoever did it."""

import json
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Notice
from alongside.people.models import Person
from alongside.people.tests.factories import browser_of
from alongside.wellbeing import actions, tasks
from alongside.wellbeing.models import ActionStep, Goal, Visit, VisitSeries
from alongside.wellbeing.tests.scenes import NOON, TODAY, WEEK, Place, step_of, took_place, url, visit_of

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)


@pytest.fixture
def place(db) -> Place:
    return Place()


def take_back(act: str, by: Person) -> None:
    offer = UndoOffer.objects.filter(act=act, by_id=by.pk).latest("made_at", "id")
    undo.perform(id=offer.pk, by=by.pk, at=NOON)


def state_of(series: VisitSeries) -> list[tuple[object, ...]]:
    told = ("phase", "number", "due_on", "agreed_on", "agreed_time", "state", "held_on", "minutes", "settled_by")
    return sorted(series.visits.values_list(*told), key=str)


def test_a_moved_day_is_taken_back_with_all_that_was_agreed_on(place):
    series = place.visits()
    late = series.visits.get(phase="The first weeks", number=1)
    late.series, late.community = series, series.community
    said = {"by": place.vera.person, "at": NOON}
    actions.agree_time(visit=late, day=late.due_on + DAY, time_of_day=time(14), **said)
    before = state_of(series)

    actions.set_the_day(series=series, day=TODAY + 20 * WEEK, is_sure=False, **said)
    assert state_of(series) != before
    take_back("wellbeing.set_the_day", place.vera.person)

    assert state_of(series) == before
    assert VisitSeries.objects.get(pk=series.pk).day_expected_on == TODAY + 28 * WEEK
    assert not Notice.objects.filter(body__contains="have changed").exists(), "nobody heard of it"


def test_a_day_that_somebody_moved_again_is_not_taken_back(place):
    series = place.visits()
    said: dict[str, Any] = {"is_sure": False, "at": NOON}
    actions.set_the_day(series=series, day=TODAY + 20 * WEEK, by=place.vera.person, **said)
    actions.set_the_day(series=series, day=TODAY + 21 * WEEK, by=place.mara.person, **said)

    with pytest.raises(SomeoneElseWasFaster):
        take_back("wellbeing.set_the_day", place.vera.person)


def test_a_moved_day_is_not_taken_back_over_a_time_that_was_agreed_on_since(place):
    series = place.visits()
    actions.set_the_day(series=series, day=TODAY + 20 * WEEK, is_sure=False, by=place.vera.person, at=NOON)
    late = series.visits.get(phase="The first weeks", number=1)
    late.series, late.community = series, series.community
    actions.agree_time(visit=late, day=late.due_on + DAY, time_of_day=time(14), by=place.mara.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        take_back("wellbeing.set_the_day", place.vera.person)

    assert Visit.objects.get(pk=late.pk).agreed_time == time(14)


def test_an_agreed_time_is_taken_back_unless_the_other_one_changed_it(place):
    visit = visit_of(place.visits(), 1)
    told: dict[str, Any] = {"visit": visit, "day": TODAY + WEEK + DAY, "at": NOON}
    actions.agree_time(**told, time_of_day=time(14), by=place.vera.person)
    actions.agree_time(**told, time_of_day=time(16), by=place.mara.person)

    with pytest.raises(SomeoneElseWasFaster):
        take_back("wellbeing.agree_time", place.vera.person)
    take_back("wellbeing.agree_time", place.mara.person)
    assert Visit.objects.get(pk=visit.pk).agreed_time == time(14)


@pytest.mark.parametrize("state", ["took_place", "missed", "called_off"])
def test_what_became_of_a_visit_is_taken_back_and_nobody_is_asked_how_it_was(place, state):
    series = place.visits()
    before, took = state_of(series), state == "took_place"
    about: dict[str, Any] = {"held_on": TODAY, "minutes": 60} if took else {}

    actions.settle_visit(visit=visit_of(series), state=state, by=place.vera.person, at=NOON, **about)
    take_back("wellbeing.settle_visit", place.vera.person)

    assert state_of(series) == before
    assert not Notice.objects.filter(person=place.mara.person, title="A short question for you").exists()


def test_a_correction_taken_back_leaves_what_stood_there(place):
    series = place.visits()
    visit = took_place(series)
    actions.settle_visit(visit=visit, state="missed", by=place.mara.person, at=NOON + timedelta(seconds=1))

    offer = UndoOffer.objects.filter(act="wellbeing.settle_visit", by_id=place.mara.person_id).get()
    undo.perform(id=offer.pk, by=place.mara.person_id, at=NOON + timedelta(seconds=2))

    stands = Visit.objects.get(pk=visit.pk)
    assert (stands.state, stands.minutes, stands.settled_by_id) == ("took_place", 60, place.vera.person_id)


def test_what_became_of_a_visit_is_not_taken_back_once_the_person_has_told(place):
    visit = took_place(place.visits())
    actions.tell_share(visit=visit, about_mine="most", by=place.mara.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        take_back("wellbeing.settle_visit", place.vera.person)


def test_nobody_takes_back_what_somebody_else_did(place):
    took_place(place.visits())
    offer = UndoOffer.objects.filter(act="wellbeing.settle_visit").get()

    for other in (place.mara, place.cora):
        with pytest.raises(undo.NotYoursToUndo):
            undo.perform(id=offer.pk, by=other.person_id, at=NOON)


def test_the_page_offers_undo(place):
    visit = visit_of(place.visits())
    told = {"state": "missed", "held_on": "", "minutes": ""}

    page = browser_of(place.vera).post(url("settle_visit", place.town, visit.pk), told, follow=True)

    assert "Undo" in page.content.decode()


# one's own plan


def test_a_step_that_was_kept_is_being_written_again(place):
    step = actions.keep_step(step=step_of(place.mara), by=place.mara.person, at=NOON)

    take_back("wellbeing.keep_step", place.mara.person)

    assert ActionStep.objects.get(pk=step.pk).kept_at is None
    assert actions.begin_step(membership=place.mara, by=place.mara.person, at=NOON).pk == step.pk


def test_looking_back_is_taken_back_unless_the_next_step_has_begun(place):
    said: dict[str, Any] = {"by": place.mara.person, "at": NOON}
    step = actions.keep_step(step=step_of(place.mara), **said)
    actions.look_back(step=step, outcome="done", words="The bench was far enough", **said)
    take_back("wellbeing.look_back", place.mara.person)
    stands = ActionStep.objects.get(pk=step.pk)
    assert (stands.outcome, stands.outcome_words, stands.looked_back_at) == ("", "", None)

    actions.look_back(step=stands, outcome="partly", words="", by=place.mara.person, at=NOON + timedelta(seconds=1))
    actions.begin_step(membership=place.mara, by=place.mara.person, at=NOON + timedelta(seconds=2))
    offer = UndoOffer.objects.filter(act="wellbeing.look_back").latest("made_at")
    with pytest.raises(SomeoneElseWasFaster):
        undo.perform(id=offer.pk, by=place.mara.person_id, at=NOON + timedelta(seconds=3))


def test_a_step_that_was_let_go_comes_back_with_every_answer_and_after_a_minute_its_words_are_gone(place):
    said: dict[str, Any] = {"by": place.mara.person, "at": NOON}
    step = step_of(place.mara)
    actions.let_step_go(step=step, **said)
    assert not ActionStep.objects.of_member(place.mara).open().exists()
    with pytest.raises(SomeoneElseWasFaster):
        actions.answer_step(step=step, part="what", value="Swim", **said)

    take_back("wellbeing.let_step_go", place.mara.person)
    assert ActionStep.objects.of_member(place.mara).open().get().what == "Walk"

    actions.let_step_go(step=step, by=place.mara.person, at=NOON)
    assert tasks.forget(NOON + timedelta(seconds=59)) == "0 forgotten"
    assert tasks.forget(NOON + timedelta(seconds=61)) == "1 forgotten"
    assert not ActionStep.objects.filter(pk=step.pk).exists()


def test_a_step_that_was_let_go_does_not_come_back_beside_another(place):
    actions.let_step_go(step=step_of(place.mara), by=place.mara.person, at=NOON)
    actions.begin_step(membership=place.mara, by=place.mara.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        take_back("wellbeing.let_step_go", place.mara.person)


def test_a_goal_that_was_let_go_goes_on(place):
    said: dict[str, Any] = {"by": place.mara.person, "at": NOON}
    goal = actions.add_goal(membership=place.mara, words="Walk to the mill", key=uuid4(), **said)
    actions.end_goal(goal=goal, ending="let_go", words="Too far", **said)

    take_back("wellbeing.end_goal", place.mara.person)

    stands = Goal.objects.get(pk=goal.pk)
    assert (stands.ended_at, stands.ending, stands.ending_words) == (None, "", "")


def test_no_offer_keeps_a_word_of_a_plan(place):
    said: dict[str, Any] = {"by": place.mara.person, "at": NOON}
    actions.let_step_go(step=step_of(place.mara), **said)
    step = actions.keep_step(step=step_of(place.mara), **said)
    actions.look_back(step=step, outcome="done", words="Grace came along", **said)

    kept = json.dumps(list(UndoOffer.objects.values_list("args", flat=True)))

    assert not any(word in kept for word in ("Walk", "mill", "breakfast", "Grace"))
