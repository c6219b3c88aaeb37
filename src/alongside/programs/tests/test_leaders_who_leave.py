"""Sessions that lose a leader: who is taken out and told, who is asked, who steps in, and what a coordinator does."""

import pytest

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.notices.models import Notice
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.people.tests.test_races import at_once
from alongside.programs import actions, departures_leaders, paths
from alongside.programs.models import LivedExperience, PathStep, SessionLeader
from alongside.programs.models.program import design_of
from alongside.programs.tests.leading_scenes import DAY, Losing, coordinators_choose
from alongside.programs.tests.scenes import NOON
from alongside.programs.tests.test_delivery import hold_session, in_program
from alongside.safeguarding.models import KeptApart, PutTogether
from alongside.strengths import worklist

pytestmark = pytest.mark.django_db


def told(member):
    return list(Notice.objects.filter(person=member.person, kind="programs.leaders").values_list("title", flat=True))


def queued(course, at=NOON):
    return [each.work for each in worklist.queue_of(course.town, at=at) if "leaders_missing" in each.work.item]


# --- who leads no more


def test_a_check_that_runs_out_takes_the_leader_out_of_the_sessions_after_its_last_day():
    course = Losing()
    course.check_ends(course.lea, 3)

    course.look(course.start_of(2))

    both, leo = {str(course.lea.person), str(course.leo.person)}, {str(course.leo.person)}
    assert course.leading() == {1: both, 2: both, 3: both, 4: leo, 5: leo, 6: leo}
    assert "About sessions that you lead" in told(course.lea)
    work = queued(course, course.start_of(2))
    assert [each.title for each in work] == [f"“{course.program.title}”: 3 sessions need a leader"]


def test_long_before_a_check_runs_out_nobody_is_taken_out():
    course = Losing()
    course.check_ends(course.lea, 5)

    course.look(NOON)

    assert course.missing() == []
    assert not SessionLeader.objects.exists()


def test_whoever_leaves_the_program_leads_nothing_that_lies_ahead():
    course = Losing()
    in_program(course.program, [course.lea])
    hold_session(course.cohort, 1, course.leaders)

    later = course.start_of(2) - DAY
    actions.leave(program=course.program, membership=course.lea, by=course.lea.person, at=later)

    assert course.missing(later) == [2, 3, 4, 5, 6]
    assert told(course.lea) == []


def test_whoever_leaves_the_community_has_led_what_they_led():
    course = Losing()
    hold_session(course.cohort, 1, course.leaders)

    departures_leaders.leave(course.lea, by=None, at=course.start_of(2) - DAY)

    assert str(course.lea.person) in course.leading()[1]
    assert course.missing(course.start_of(2) - DAY) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("how", ["given up", "lapsed"])
def test_a_step_that_is_given_up_or_has_lapsed_takes_the_leader_out(how):
    course = Losing()
    step = course.step_of(course.lea)
    if how == "given up":
        actions.give_up_step(step=step, membership=course.lea, by=course.lea.person, at=NOON)
    else:
        long_ago = NOON.date() - 400 * DAY
        PathStep.objects.filter(pk=step.pk).update(held_from=long_ago, fresh_from=long_ago)

    course.look()
    course.look()

    assert course.missing() == [1, 2, 3, 4, 5, 6]
    assert told(course.lea).count("About sessions that you lead") == 1


def test_a_leader_who_has_all_that_is_asked_stays():
    course = Losing()

    assert course.look() == "0 taken out or asked"
    assert not queued(course)


# --- those who could lead are asked, once


def test_those_who_could_lead_are_asked_once_and_nobody_else():
    course = Losing()
    unchecked = course.could("Una")
    course.check_ends(unchecked, 1)
    actions.give_up_step(step=course.step_of(course.lea), membership=course.lea, by=course.lea.person, at=NOON)

    course.look()
    course.look(NOON + DAY)

    asked = Notice.objects.filter(title="Could you lead a session?").values_list("person", flat=True)
    assert sorted(asked) == sorted([course.nora.person_id, course.nils.person_id, unchecked.person_id])
    assert "Could you lead a session?" not in told(course.leo)


def test_whoever_is_kept_apart_from_the_other_leader_is_not_asked_by_the_house():
    course = Losing()
    actions.give_up_step(step=course.step_of(course.lea), membership=course.lea, by=course.lea.person, at=NOON)
    one, other = sorted([course.nora.person, course.leo.person], key=lambda each: each.pk)
    KeptApart.objects.create(
        community=course.town, one=one, other=other, since=NOON.date(), reason="Home", made_at=NOON
    )

    course.look()

    assert told(course.nora) == []
    assert told(course.nils) == ["Could you lead a session?"]


# --- stepping in


def lost(course):
    actions.give_up_step(step=course.step_of(course.lea), membership=course.lea, by=course.lea.person, at=NOON)
    course.look()


def test_whoever_is_ready_leads_at_once_and_the_question_and_the_task_go():
    course = Losing()
    lost(course)
    before = PutTogether.objects.count()

    rows = course.steps_in(course.nora)

    assert [row.state for row in rows] == ["leads"] * 6
    assert course.leading()[4] == {str(course.nora.person), str(course.leo.person)}
    assert queued(course) == []
    assert Activity.objects.filter(did="programs.stepped_in").count() == 1
    assert PutTogether.objects.count() == before + 1
    assert course.steps_in(course.nora) == rows


def test_whoever_pressed_by_mistake_takes_it_back_for_ten_seconds():
    course = Losing()
    lost(course)
    course.steps_in(course.nora)

    undo.perform(id=UndoOffer.objects.get(act="programs.step_in").pk, by=course.nora.person_id, at=NOON)

    assert course.missing() == [1, 2, 3, 4, 5, 6]
    assert not SessionLeader.objects.filter(membership=course.nora).exists()


def test_who_is_said_to_lead_by_mistake_never_hears_of_it():
    course = Losing()
    lost(course)
    course.steps_in(course.nora, by=course.uma.person, on_behalf_of=course.nora.person)
    assert "You lead sessions" in told(course.nora)

    undo.perform(id=UndoOffer.objects.get(act="programs.step_in").pk, by=course.uma.person_id, at=NOON)

    assert "You lead sessions" not in told(course.nora)


def test_whoever_had_lost_sessions_has_lost_them_as_before_once_stepping_in_is_taken_back():
    course, said = Losing(), ("session", "membership", "state", "why", "since")
    course.check_ends(course.lea, 3)
    course.look(course.start_of(2))
    before = list(SessionLeader.objects.order_by("pk").values_list(*said))
    course.check_is_seen_anew(course.lea, 2)
    course.steps_in(course.lea, at=course.start_of(2) + DAY)
    assert course.missing(course.start_of(2) + DAY) == []

    offer = UndoOffer.objects.get(act="programs.step_in")
    undo.perform(id=offer.pk, by=course.lea.person_id, at=course.start_of(2) + DAY)

    assert list(SessionLeader.objects.order_by("pk").values_list(*said)) == before


def test_who_stepped_in_and_whose_step_lapses_since_is_in_the_queue():
    course = Losing()
    lost(course)
    course.steps_in(course.nora, 2)
    PathStep.objects.filter(membership=course.nora).update(lapsed_on=NOON.date() + DAY)

    work = [each.work.person for each in worklist.queue_of(course.town, at=NOON) if "lapsed" in each.work.item]

    assert work == [course.nora.person]


def test_one_session_can_be_led_alone_and_only_as_far_as_one_s_checks_reach():
    course = Losing()
    lost(course)
    course.steps_in(course.nora, 2)
    assert course.missing() == [1, 3, 4, 5, 6]

    course.check_ends(course.nils, 4)
    course.steps_in(course.nils)

    assert course.missing() == [5, 6]
    with pytest.raises(actions.LeaderNotReady):
        course.steps_in(course.nils, 5)


def test_who_is_not_on_the_step_does_not_step_in():
    course = Losing()
    lost(course)

    with pytest.raises(actions.HoldsNoStep):
        course.steps_in(course.uma)
    with pytest.raises(actions.HoldsNoStep):
        course.steps_in(course.lea)


def test_whoever_has_left_the_program_does_not_step_in():
    course = Losing()
    in_program(course.program, [course.nora])
    lost(course)
    actions.leave(program=course.program, membership=course.nora, by=course.nora.person, at=NOON)

    with pytest.raises(actions.MayNotLead):
        course.steps_in(course.nora)


def test_the_last_place_is_not_filled_without_lived_experience_where_the_design_asks_for_it():
    course = Losing()
    lost(course)
    course.cohort.leaders.update(from_lived_experience=False)

    with pytest.raises(actions.LivedExperienceMissing):
        course.steps_in(course.nora)
    LivedExperience.objects.create(
        community=course.town, program=course.program, membership=course.nora, shows_name=False, said_at=NOON,
        keyed_by=course.nora.person,
    )  # fmt: skip

    assert course.steps_in(course.nora)


def test_a_licence_that_was_withdrawn_stops_stepping_in():
    course = Losing()
    lost(course)
    course.program.licences.update(withdrawn_at=NOON)

    with pytest.raises(actions.LicenceMissing):
        course.steps_in(course.nora)


def test_a_coordinator_writes_down_who_said_so_by_phone():
    course = Losing()
    lost(course)

    course.steps_in(
        course.nora, by=course.cora.person, on_behalf_of=course.nora.person, channel="phone", is_chosen=True
    )

    assert course.missing() == []
    assert "You lead sessions" in told(course.nora)


@pytest.mark.both_databases
def test_of_two_who_step_in_at_once_one_leads_and_the_other_reads_so(committed_db):
    course = Losing()
    lost(course)

    got = at_once(lambda number: course.steps_in((course.nora, course.nils)[number % 2], 1))

    assert sum(isinstance(each, actions.EnoughLead) for each in got) == len(got) // 2
    assert len(course.leading()[1]) == 2


# --- where coordinators choose


def test_where_coordinators_choose_an_offer_waits_for_their_word():
    course = Losing()
    coordinators_choose(course)
    lost(course)
    later = NOON + 8 * DAY
    course.steps_in(course.nora, at=later)
    course.steps_in(course.nils, at=later)
    assert course.missing(later) == [1, 2, 3, 4, 5, 6]

    actions.confirm_leader(cohort=course.cohort, membership=course.nora, by=course.cora.person, at=later)

    assert course.missing(later) == []
    assert "You lead sessions" in told(course.nora)
    assert "About your offer to lead" in told(course.nils)
    assert not SessionLeader.objects.offered().exists()
    with pytest.raises(SomeoneElseWasFaster):
        actions.confirm_leader(cohort=course.cohort, membership=course.nils, by=course.cora.person, at=later)


def test_an_offer_is_taken_back_by_the_person_or_declined_with_thanks():
    course = Losing()
    coordinators_choose(course)
    lost(course)
    later = NOON + 8 * DAY
    course.steps_in(course.nora, at=later)
    course.steps_in(course.nils, at=later)

    for member, by in ((course.nora, course.nora), (course.nils, course.cora)):
        actions.take_leader_offer_back(cohort=course.cohort, membership=member, by=by.person, at=later)

    assert "About your offer to lead" not in told(course.nora)
    assert "About your offer to lead" in told(course.nils)


# --- what counts


def test_a_session_counts_once_for_who_led_it_and_leading_counts_from_the_session_stepped_in():
    course = Losing()
    hold_session(course.cohort, 1, [*course.leaders, course.nora])
    lost(course)
    course.steps_in(course.nora, 2, at=course.start_of(2) - DAY)
    hold_session(course.cohort, 2, [*course.leaders, course.nora])

    walkers = paths.walkers_of(course.program, design_of(course.program), on=course.start_of(3).date())

    counted = {
        name: (walkers[each.pk].has.sessions, walkers[each.pk].has.led)
        for name, each in vars(course).items()
        if name in ("lea", "nora")
    }
    assert counted == {"lea": (2, 1), "nora": (2, 1)}


def test_somebody_who_leaves_takes_what_they_were_told_with_them_and_records_are_joined():
    course = Losing()
    lost(course)
    course.steps_in(course.nora, 1)
    twin = person_in(course.town, "Nora again", roles=[Role.PARTICIPANT])

    departures_leaders.merge(kept=twin, dropped=course.nora, by=course.cora.person, at=NOON)
    rows = departures_leaders.export(twin.person)["programs_sessions_led_or_not"]

    assert [(row["session"], row["state"]) for row in rows] == [(1, "leads")]
