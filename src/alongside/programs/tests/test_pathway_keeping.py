"""Steps lapse with a kind word and come back; what is noted towards a step, and what people say of their own life."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people.tests.factories import person_in
from alongside.programs import actions, paths
from alongside.programs.actions import keeping
from alongside.programs.models import LivedExperience, PathStep
from alongside.programs.models.program import design_of
from alongside.programs.tests.scenes import NOON
from alongside.programs.tests.test_delivery import planned
from alongside.programs.tests.walking import TRAINING, Course, introduced
from alongside.strengths import worklist

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(member, kind="programs.steps"):
    return list(Notice.objects.filter(person=member.person, kind=kind).values_list("title", flat=True))


# --- how a step lapses and comes back


def test_a_step_lapses_with_a_kind_word_and_its_holder_plans_no_new_sessions():
    course = Course()
    end = NOON.date().replace(year=2027)
    course.keep(at=NOON + 330 * DAY)
    assert "Something to know about your step" in told(course.lea)
    course.keep(at=NOON + 331 * DAY)
    course.keep(at=NOON + 365 * DAY)
    course.keep(at=NOON + 366 * DAY)

    assert told(course.lea).count("Your step rests for now") == 1
    assert told(course.lea).count("Something to know about your step") == 1
    assert course.step_of(course.lea).lapsed_on == end
    with pytest.raises(actions.HoldsNoStep) as refusal:
        actions.schedule(
            program=course.program, first_day=end + 30 * DAY, by=course.cora.person, at=NOON + 366 * DAY,
            leaders=[actions.Leader(each, from_lived_experience=True) for each in course.leaders], key=course.town.pk,
        )  # fmt: skip
    assert refusal.value.is_lapsed


def test_whoever_led_often_enough_in_a_year_does_not_lapse():
    course = Course(held=6)

    course.keep(at=NOON + 366 * DAY)

    assert course.step_of(course.lea).lapsed_on is None


def test_a_coordinator_welcomes_somebody_back_for_a_whole_period_and_nobody_themself():
    course = Course()
    row, later = course.step_of(course.lea), NOON + 400 * DAY
    told_of: dict[str, Any] = {"step": row, "by": course.cora.person}
    with pytest.raises(actions.NotLapsed):
        actions.welcome_back(**told_of, welcomed_by=course.cora, at=NOON)
    course.keep(at=later)
    with pytest.raises(actions.NotForYourself):
        actions.welcome_back(**told_of, welcomed_by=course.lea, at=later)

    actions.welcome_back(**told_of, welcomed_by=course.cora, at=later)

    row = course.step_of(course.lea)
    assert (row.returned_on, row.is_lapsed) == (later.date(), False)
    walker = paths.walker_of(course.program, design_of(course.program), course.lea, on=later.date())
    assert walker.currency(design_of(course.program)["pathway"], "leader", on=later.date() + 300 * DAY).is_current
    assert "Welcome back" in told(course.lea)


def test_a_lapsed_leader_with_sessions_ahead_waits_for_a_coordinator():
    course = Course()
    PathStep.objects.filter(membership=course.lea).update(lapsed_on=NOON.date() + DAY)

    listed = [work.title for source in worklist.queue_of(course.town, at=NOON) for work in [source.work]]

    assert listed == [f"{course.lea.person} leads sessions of “{course.program.title}”, and the step has lapsed"]


# --- what is noted


def test_nobody_notes_their_own_training_and_none_that_the_design_does_not_ask_for():
    course = Course()
    given = {"program": course.program, "done_on": NOON.date(), "by": course.cora.person, "at": NOON}

    with pytest.raises(actions.NotForYourself):
        actions.note_training(**given, membership=course.cora, noted_by=course.cora, what=TRAINING)
    with pytest.raises(actions.NoSuchTraining):
        actions.note_training(**given, membership=course.uma, noted_by=course.cora, what="Juggling")
    given["done_on"] = NOON.date() + DAY
    with pytest.raises(actions.NotYetTheDay):
        actions.note_training(**given, membership=course.uma, noted_by=course.cora, what=TRAINING)


def test_beside_a_mentor_is_only_where_the_mentor_led_and_both_came():
    course = Course(held=1)
    (session,) = course.sessions
    absent = person_in(course.town, "Abel")

    with pytest.raises(actions.DidNotLeadIt):
        course.beside(course.uma, session, mentor=course.learners[1])
    with pytest.raises(actions.WasNotThere):
        course.beside(absent, session)
    with pytest.raises(actions.NotForYourself):
        course.beside(course.lea, session, mentor=course.lea)


@pytest.mark.parametrize("side", ["uses", "provides"])
def test_the_short_session_is_led_by_either_side_and_counts_for_professionals(side):
    course = Course()
    leader = course.uma if side == "uses" else course.pia
    other = course.sides["provides"][2]

    introduced(course.program, leader, [other], side=side)
    course.keep()

    assert list(PathStep.objects.filter(membership=other).values_list("step", "state")) == [("facilitator", "offered")]
    assert not PathStep.objects.filter(membership=course.uma, step="facilitator").exists()


def test_nobody_leads_the_short_session_for_a_side_that_is_not_theirs():
    course = Course()

    with pytest.raises(actions.NotOfThisSide):
        introduced(course.program, course.pia, [], side="uses")


# --- lived experience


def test_lived_experience_said_without_a_name_counts_when_sessions_are_planned_and_stands_beside_nobody():
    course = Course()
    actions.say_lived_experience(
        program=course.program, membership=course.lea, shows_name=False, by=course.lea.person, at=NOON
    )

    cohort = planned(course.program, course.leaders, lived=False, first_day=NOON.date() + 70 * DAY)

    assert not cohort.leaders.filter(from_lived_experience=True).exists()


def test_only_offers_that_were_really_taken_back_are_counted(monkeypatch):
    course = Course(held=4)
    course.offer(course.uma, "contributor")
    design = {**design_of(course.program), "pathway": {}}

    def somebody_was_faster(**told):
        raise actions.OfferIsOver

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "withdraw_step", somebody_was_faster)
        assert keeping.keep_pathway(course.program, design, at=NOON) == 0
    assert keeping.keep_pathway(course.program, design, at=NOON) == 1


def test_lived_experience_is_taken_back_at_any_time_everywhere():
    course = Course()
    mine = {"program": course.program, "membership": course.lea, "by": course.lea.person, "at": NOON}
    actions.say_lived_experience(**mine, shows_name=True)
    assert course.cohort.leaders.get(membership=course.lea).from_lived_experience

    for _ in range(2):
        actions.take_lived_experience_back(**mine)

    assert Activity.objects.filter(did="programs.own_pathway_changed").count() == 2
    assert not LivedExperience.objects.exists()
    assert not course.cohort.leaders.get(membership=course.lea).from_lived_experience
    with pytest.raises(actions.LivedExperienceMissing):
        planned(course.program, course.leaders, lived=False, first_day=NOON.date() + 70 * DAY)
