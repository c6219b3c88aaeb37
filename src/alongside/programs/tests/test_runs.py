"""Changing runs: at once or in line, with what was attended; completing, diplomas, and what whoever looks on saw."""

import re
import threading

import pytest
from django.db import connections

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions, departures_runs, tasks
from alongside.programs.completing import progress_in
from alongside.programs.models import CohortMove, Enrolment, SessionLook
from alongside.programs.models.program import design_of
from alongside.programs.rules.completing import Came, counts, progress
from alongside.programs.tests.run_scenes import CHECKLIST, changes, course, held, run_from, session_of, soon
from alongside.programs.tests.scenes import NOON, url

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def run_of(member):
    return Enrolment.objects.here().get(membership=member).cohort


def two_runs(*names, places=2):
    """The first run has begun with the first people; the others are in the second."""
    program, people = course(*names[:places], places=places)
    first = run_from(program, soon())
    held(first, 1, *people)
    later = session_of(first, 1).gathering.ends_at
    for name in names[places:]:
        member = person_in(program.community, name)
        actions.enrol(program=program, membership=member, by=member.person, at=later)
        people.append(member)
    second = run_from(program, soon(3), at=later)
    return program, people, first, second, later


def far(program, member):
    return progress_in(program, design_of(program))[member.pk]


def test_each_run_has_its_places_and_who_waits_comes_into_the_next_one_once_it_has_begun():
    program, (ada, ben, cleo) = course("Ada", "Ben", "Cleo")
    first = run_from(program, soon())
    assert [run_of(member) for member in (ada, ben)] == [first, first]
    assert tasks.let_in(NOON) == "0 let in"

    assert tasks.let_in(session_of(first, 1).gathering.starts_at) == "1 let in"

    assert run_of(cleo) is None
    second = run_from(program, soon(3), at=session_of(first, 1).gathering.ends_at)
    assert run_of(cleo) == second


def test_who_changes_runs_takes_along_what_was_attended():
    program, (ada, *_others), first, second, later = two_runs("Ada", "Ben", "Cleo")
    held(first, 2, ada)
    assert changes(program, ada, second, at=later).state == "moved"
    assert run_of(ada) == second

    held(second, 2, ada)
    assert far(program, ada).counted == 2
    held(second, 3, ada)
    held(second, 4, ada)

    done = far(program, ada)
    assert (done.counted, done.cohort) == (4, second.pk)
    assert done.completed_at == session_of(second, 4).gathering.starts_at


def test_a_full_run_is_waited_for_and_the_own_place_is_kept_until_then():
    program, (ada, ben, cleo, dora), first, second, later = two_runs("Ada", "Ben", "Cleo", "Dora")

    move = changes(program, ada, second, at=later)
    assert (move.state, run_of(ada)) == ("waiting", first)
    actions.leave(program=program, membership=cleo, by=cleo.person, at=later)

    assert [run_of(member) for member in (ada, ben, dora)] == [second, first, second]
    assert Notice.objects.filter(person=ada.person, kind="programs.runs").count() == 1


def test_a_place_left_goes_on_to_who_waits_for_it():
    program, (ada, ben, cleo, dora), first, second, later = two_runs("Ada", "Ben", "Cleo", "Dora")
    assert changes(program, ada, second, at=later).state == "waiting"
    assert changes(program, cleo, first, at=later).state == "waiting"

    actions.leave(program=program, membership=dora, by=dora.person, at=later)

    assert [run_of(member) for member in (ada, ben, cleo)] == [second, first, first]
    assert not CohortMove.objects.waiting().exists()


def test_who_does_not_want_to_wait_any_more_stays():
    program, (ada, *_others), first, second, later = two_runs("Ada", "Ben", "Cleo", "Dora")
    move = changes(program, ada, second, at=later)

    actions.wait_no_more(move=move, by=ada.person, at=later)
    with pytest.raises(SomeoneElseWasFaster):
        actions.wait_no_more(move=move, by=ada.person, at=later)

    assert run_of(ada) == first
    assert not CohortMove.objects.exists()


def test_a_change_is_taken_back_while_the_old_place_is_free():
    program, (ada, *_others), first, second, later = two_runs("Ada", "Ben", "Cleo")
    changes(program, ada, second, at=later)

    undo.perform(id=UndoOffer.objects.get(act="programs.change_run").pk, by=ada.person_id, at=later)

    assert run_of(ada) == first
    assert not CohortMove.objects.exists()


def test_nobody_changes_into_a_run_that_is_over_or_without_one_of_their_own():
    program, (ada, _ben, cleo), first, second, later = two_runs("Ada", "Ben", "Cleo")
    stranger = person_in(program.community, "Sten")
    after = session_of(first, 5).gathering.ends_at

    with pytest.raises(actions.NotInARun):
        changes(program, stranger, second, at=later)
    with pytest.raises(actions.RunIsOver):
        changes(program, ada, first, at=later)
    with pytest.raises(actions.RunIsOver):
        changes(program, cleo, first, at=after)


def test_a_change_taken_back_frees_a_place_for_who_waits():
    program, (ada, ben, *_others), first, second, later = two_runs("Ada", "Ben", "Cleo")
    changes(program, ada, second, at=later)
    assert changes(program, ben, second, at=later).state == "waiting"

    offer = UndoOffer.objects.get(act="programs.change_run", by_id=ada.person_id)
    undo.perform(id=offer.pk, by=ada.person_id, at=later)

    assert [run_of(member) for member in (ada, ben)] == [first, second]


def test_nobody_is_moved_into_a_run_that_is_over_meanwhile():
    program, (_ada, ben, cleo, _dora), first, second, later = two_runs("Ada", "Ben", "Cleo", "Dora")
    assert changes(program, cleo, first, at=later).state == "waiting"
    over = session_of(first, 5).gathering.ends_at

    actions.leave(program=program, membership=ben, by=ben.person, at=over)

    assert run_of(cleo) == second


@pytest.mark.both_databases
def test_of_two_who_want_the_last_place_in_a_run_at_once_one_waits(committed_db):
    program, people, _first, second, later = two_runs("Ada", "Ben", "Cleo")
    said = []

    def tries(member):
        try:
            said.append(changes(program, member, second, at=later).state)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tries, args=[member]) for member in people[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["moved", "waiting"]
    assert Enrolment.objects.here().filter(cohort=second).count() == 2


def test_the_same_session_of_a_plan_twice_counts_once_and_without_a_plan_each_time():
    came = [Came(1, NOON, "a"), Came(1, NOON.replace(day=10), "b"), Came(2, NOON.replace(day=17), "b")]

    assert progress({"complete_after": 2, "plan": [{}]}, came).completed_at == NOON.replace(day=17)
    assert progress({"complete_after": 2}, came).completed_at == NOON.replace(day=10)
    assert progress({}, came).completed_at is None
    assert progress({"complete_after": 3, "plan": [{}]}, came).counted == 2


def test_a_diploma_is_for_who_has_completed_and_for_coordinators_alone():
    program, (ada, ben) = course("Ada", "Ben", needed=2)
    cohort = run_from(program, soon())
    held(cohort, 1, ada, ben)
    held(cohort, 2, ada)
    place = {
        member: url("diploma", program.community, program.pk, Enrolment.objects.get(membership=member).pk)
        for member in (ada, ben)
    }

    page = text_of(browser_of(ada).get(place[ada]))
    assert "Ada came to 2 sessions and completed it in run 1," in page
    assert browser_of(program.made_by).get(place[ada]).status_code == 200
    assert browser_of(ben).get(place[ada]).status_code == 403
    assert browser_of(ben).get(place[ben]).status_code == 404
    assert "diploma : Ada" in text_of(browser_of(ada).get(url("people", program.community, program.pk)))


def looked(session, member, *happened, at=None):
    at = at or session.gathering.ends_at
    return actions.look_on(session=session, membership=member, happened=happened, by=member.person, at=at)


def test_a_look_is_kept_once_for_each_who_looks_on_and_the_last_word_counts():
    program, (ada, ben) = course("Ada", "Ben")
    session = held(run_from(program, soon()), 1, ada)

    looked(session, ada, 0, 1)
    looked(session, ben, 2)
    looked(session, ada, 1, 99, -1)

    assert sorted(SessionLook.objects.values_list("happened", flat=True)) == [[1], [2]]


def test_a_look_is_taken_back_to_what_was_before():
    program, (ada, _ben) = course("Ada", "Ben")
    session = held(run_from(program, soon()), 1, ada)
    looked(session, ada, 0)
    at = session.gathering.ends_at
    looked(session, ada, 0, 1)

    for happened in ([[0]], []):
        offer = UndoOffer.objects.filter(act="programs.look_on", undone_at=None).latest("id")
        undo.perform(id=offer.pk, by=ada.person_id, at=at)
        assert list(SessionLook.objects.values_list("happened", flat=True)) == happened


def test_nothing_has_happened_before_a_session_begins():
    program, (ada, _ben) = course("Ada", "Ben")
    session = session_of(run_from(program, soon()), 1)

    with pytest.raises(actions.NotYetBegun):
        looked(session, ada, 0, at=NOON)


def test_counts_are_shown_over_a_run_once_three_sessions_were_looked_at():
    program, (ada, ben) = course("Ada", "Ben")
    cohort = run_from(program, soon())
    place = url("what_happened", program.community, program.pk, cohort.pk)
    for number, happened in ((1, (0, 1)), (2, (0,))):
        looked(held(cohort, number, ada), ada, *happened)
    assert "Counts are shown once somebody has looked on at three sessions." in text_of(browser_of(ben).get(place))

    looked(held(cohort, 3, ada), ada, 0, 2)

    page = text_of(browser_of(ben).get(place))
    assert "3 looks, at 3 sessions." in page
    assert f"{CHECKLIST[0]} 3 of 3" in page
    assert f"{CHECKLIST[1]} 1 of 3" in page


def test_who_leads_neither_the_run_nor_a_stage_ticks_nothing():
    program, (ada, ben) = course("Ada", "Ben")
    session = held(run_from(program, soon(), leaders=(ada,)), 1, ben)
    place = url("look_on", program.community, program.pk, session.pk)

    assert browser_of(ben).post(place, {"happened": [0]}).status_code == 403
    page = browser_of(ada).post(place, {"happened": [0, 2]}, follow=True)

    assert "Thank you. What you saw is kept." in text_of(page)
    assert "Undo" in text_of(page)
    assert SessionLook.objects.get().happened == [0, 2]


def test_the_plan_of_a_session_is_printed_with_its_checklist():
    program, (ada, _ben) = course("Ada", "Ben")
    session = session_of(run_from(program, soon()), 2)

    page = text_of(browser_of(ada).get(url("session_plan", program.community, program.pk, session.pk)))

    assert "Session 2" in page
    assert "Moving" in page
    assert all(each in page for each in CHECKLIST)


def test_what_was_seen_still_counts_when_whoever_saw_it_is_forgotten():
    program, (ada, ben) = course("Ada", "Ben")
    session = held(run_from(program, soon()), 1, ada)
    looked(session, ada, 0)
    looked(session, ben, 0)

    for member in (ada, ben):
        departures_runs.erase(member.person, by=None, at=NOON)

    assert SessionLook.objects.filter(membership=None, happened=[0]).count() == 2


def test_counts_are_by_the_words_of_the_checklist():
    assert counts(["a", "b"], [["a"], ["a", "b", "b"], ["c"]]) == [("a", 2), ("b", 1)]


def test_a_run_is_changed_with_a_form_and_the_page_says_what_happens():
    program, (ada, _ben) = course("Ada", "Ben")
    first = run_from(program, soon())
    place = url("change_run", program.community, program.pk)

    assert "There is no other run" in text_of(browser_of(ada).get(place))
    assert browser_of(ada).post(place, {"cohort": first.pk}).status_code == 200

    assert run_of(ada) == first
