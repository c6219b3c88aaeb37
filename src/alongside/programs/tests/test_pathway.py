"""People take steps: eligible by what they did, offered, accepted or declined by themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.kernel import undo
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Notice
from alongside.people import departures
from alongside.people.models import BodyMember, Person, RoleHeld
from alongside.people.tests.factories import person_in
from alongside.programs import actions, paths
from alongside.programs.completing import progress_in
from alongside.programs.models import LivedExperience, PathStep
from alongside.programs.models.program import design_of
from alongside.programs.rules import pathway
from alongside.programs.rules.completing import Came, times_completed
from alongside.programs.showing_leaders import growth_of
from alongside.programs.tests.scenes import NOON, on_step
from alongside.programs.tests.test_delivery import checked, planned
from alongside.programs.tests.walking import AFTER, Course

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(member, kind="programs.steps"):
    return list(Notice.objects.filter(person=member.person, kind=kind).values_list("title", flat=True))


def test_whoever_came_to_four_of_six_has_completed_and_climbs_to_leader():
    course = Course(held=4)
    course.ready(course.uma)
    course.keep()

    offered = {row.step for row in PathStep.objects.on(course.program).offered().filter(membership=course.uma)}
    assert offered == {"contributor", "leader"}
    assert told(course.uma) == ["A next step is open to you"] * 2
    held = course.accept(course.step_of(course.uma), course.uma)
    assert (held.state, held.held_from, held.version) == ("held", AFTER.date(), 1)
    assert planned(course.program, [course.uma, course.lea], at=AFTER, first_day=AFTER.date() + 7 * DAY).number == 2


def test_the_whole_way_from_participant_to_trainer():
    course = Course(held=6)
    course.ready(course.uma)
    course.keep()
    for step in ("contributor", "leader"):
        course.accept(course.step_of(course.uma, step), course.uma)
    course.train(course.uma, "Trainer training, 4 and a half days")
    for run in range(2):
        first = AFTER.date() + timedelta(days=7 + 70 * run)
        cohort = planned(course.program, [course.uma, course.lea], at=AFTER, first_day=first)
        with pytest.raises(actions.NotYetThere):
            course.offer(course.uma, "trainer", at=AFTER + timedelta(days=200))
        for number in range(1, 7):
            course.hold(number, cohort)

    course.keep(AFTER + timedelta(days=200))

    assert course.step_of(course.uma, "trainer").state == "offered"
    found = growth_of(course.program).shown
    assert (found.sessions, found.attended, found.led) == (18, 5, None)


def test_whoever_came_to_three_of_six_has_not_completed():
    course = Course(held=3)
    course.ready(course.uma)

    with pytest.raises(actions.NotYetThere) as refusal:
        course.offer(course.uma)

    assert [(need.kind, need.has, need.needed) for need in refusal.value.missing] == [("completed", 0, 1)]


def test_whoever_changed_runs_half_way_completes_for_the_step_as_for_the_diploma():
    course = Course(held=2)
    other = planned(course.program, course.leaders, first_day=NOON.date() + 21 * DAY)

    def completed():
        design = design_of(course.program)
        has = paths.walker_of(course.program, design, course.uma, on=AFTER.date()).has
        return has.completed, progress_in(course.program, design)[course.uma.pk].completed_at is not None

    course.hold(2, other)
    course.hold(3, other)
    assert completed() == (0, False)
    course.hold(4, other)

    assert completed() == (1, True)


def test_a_second_time_completed_takes_another_run():
    sessions = {"complete_after": 2, "plan": [{}]}
    one, two = (
        [Came(n, NOON + (7 * n + after) * DAY, run) for n in (1, 2, 3, 4)] for run, after in (("a", 0), ("b", 60))
    )

    assert times_completed(sessions, one) == 1
    assert times_completed(sessions, one + two[:1]) == 1
    assert times_completed(sessions, one + two) == 2
    assert times_completed({}, one) == 0


@pytest.mark.parametrize("lacks", ["training", "beside", "checks"])
def test_each_thing_that_the_step_asks_is_needed(lacks):
    course = Course(held=4)
    if lacks != "training":
        course.train(course.uma)
    if lacks != "checks":
        checked([course.uma])
    for session in course.sessions[-1 if lacks == "beside" else -2 :]:
        course.beside(course.uma, session)

    with pytest.raises(actions.NotYetThere) as refusal:
        course.offer(course.uma)

    kinds = {"training": ["training"], "beside": ["beside_mentor"], "checks": ["checks", "checks"]}
    assert [need.kind for need in refusal.value.missing] == kinds[lacks]


def test_nobody_leads_who_is_not_on_the_step_that_opens_the_role():
    course = Course()
    nora = person_in(course.town, "Nora")
    checked([nora])
    leaders = [actions.Leader(course.lea, from_lived_experience=True), actions.Leader(nora)]

    with pytest.raises(actions.HoldsNoStep) as refusal:
        actions.schedule(
            program=course.program, first_day=NOON.date() + 14 * DAY, leaders=leaders, by=course.cora.person, at=NOON,
            key=course.town.pk,
        )  # fmt: skip

    assert (refusal.value.who, refusal.value.step, refusal.value.is_lapsed) == (nora, "Course leader", False)


def test_what_somebody_has_from_elsewhere_is_not_counted_and_says_who_saw_it():
    course = Course()

    row = course.offer(course.uma, is_brought=True)

    assert (row.is_brought, row.offered_by) == (True, course.cora)
    with pytest.raises(actions.NotForYourself):
        course.offer(course.cora, is_brought=True)


def test_only_the_person_answers_and_only_once():
    course = Course(held=4)
    row, other = course.offer(course.uma, "contributor"), course.learners[1]

    with pytest.raises(actions.NotYourOffer):
        course.accept(row, other)
    course.accept(row, course.uma, accepts=False)
    with pytest.raises(actions.OfferIsOver):
        course.accept(row, course.uma)
    row.refresh_from_db()
    assert row.state == "declined"


def test_an_answer_by_phone_says_who_wrote_it_down():
    course = Course(held=4)
    row = course.offer(course.uma, "contributor")

    row = actions.answer_step(
        step=row, membership=course.uma, accepts=True, by=course.cora.person, at=AFTER,
        on_behalf_of=course.uma.person, channel="phone",
    )  # fmt: skip

    assert (row.state, row.answered_by, row.channel) == ("held", course.cora.person, "phone")


def test_whoever_accepts_belongs_to_the_program_and_gets_no_role_in_the_community():
    course = Course(held=4)
    course.ready(course.uma)
    actions.leave(program=course.program, membership=course.uma, why="done", by=course.uma.person, at=AFTER)
    roles = RoleHeld.objects.filter(membership=course.uma).count()
    on_step(course.program, [course.uma], "contributor", at=AFTER)

    course.accept(course.offer(course.uma), course.uma)

    assert BodyMember.objects.filter(group=course.program.group, membership=course.uma).exists()
    assert RoleHeld.objects.filter(membership=course.uma).count() == roles


def test_the_house_offers_once_and_not_again_for_half_a_year_after_a_no():
    course = Course(held=4)
    course.keep()
    assert course.keep(AFTER + DAY) == "0 offered or told"
    course.accept(course.step_of(course.uma, "contributor"), course.uma, accepts=False)

    assert course.keep(AFTER + 179 * DAY) == "0 offered or told"
    course.keep(AFTER + 181 * DAY)
    states = PathStep.objects.filter(membership=course.uma, step="contributor").order_by("offered_at")
    assert list(states.values_list("state", flat=True)) == ["declined", "offered"]


def test_an_offer_can_be_taken_back_and_its_letter_goes_with_it():
    course = Course(held=4)
    row = course.offer(course.uma, "contributor")

    actions.withdraw_step(step=row, by=course.cora.person, at=AFTER)

    assert told(course.uma) == []
    with pytest.raises(actions.OfferIsOver):
        course.accept(row, course.uma)


def test_a_step_given_up_is_offered_again_by_hand_and_can_be_kept_for_ten_seconds():
    course = Course(held=4)
    row = course.accept(course.offer(course.uma, "contributor"), course.uma)
    actions.give_up_step(step=row, membership=course.uma, by=course.uma.person, at=AFTER + DAY)

    undo.perform(id=UndoOffer.objects.latest("made_at").pk, by=course.uma.person_id, at=AFTER + DAY)
    row.refresh_from_db()
    assert (row.state, row.ended_at) == ("held", None)
    actions.give_up_step(step=row, membership=course.uma, by=course.uma.person, at=AFTER + 2 * DAY)
    assert course.offer(course.uma, "contributor", at=AFTER + 3 * DAY).state == "offered"


def test_an_answer_is_taken_back_within_ten_seconds():
    course = Course(held=4)
    row = course.accept(course.offer(course.uma, "contributor"), course.uma)
    undo.perform(id=UndoOffer.objects.latest("made_at").pk, by=course.uma.person_id, at=AFTER)
    row.refresh_from_db()
    assert (row.state, row.held_from, row.answered_by) == ("offered", None, None)
    places = BodyMember.objects.filter(group=course.program.group, membership=course.uma)
    assert places.exists()

    actions.leave(program=course.program, membership=course.uma, why="done", by=course.uma.person, at=AFTER)
    assert not places.exists()
    course.accept(course.step_of(course.uma, "contributor"), course.uma)
    assert places.exists()
    undo.perform(id=UndoOffer.objects.latest("id").pk, by=course.uma.person_id, at=AFTER)

    assert not places.exists()


# --- the frame


def test_the_number_of_questions_does_not_grow_with_people(django_assert_max_num_queries):
    course = Course(held=2)
    design = design_of(course.program)

    with django_assert_max_num_queries(22) as few:
        paths.walkers_of(course.program, design, on=NOON.date())
    more = [person_in(course.town, f"More {n}") for n in range(8)]
    on_step(course.program, more, "contributor")
    with django_assert_max_num_queries(len(few)):
        paths.walkers_of(course.program, design, on=NOON.date())


def test_the_database_lets_nobody_hold_a_step_twice_or_offer_one_to_themself():
    course = Course(held=4)
    row = course.offer(course.uma, "contributor")

    with pytest.raises(IntegrityError), transaction.atomic():
        PathStep.objects.create(
            community=course.town, program=course.program, membership=course.uma, step="contributor", version=1,
            offered_at=AFTER,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        PathStep.objects.filter(pk=row.pk).update(offered_by=course.uma)


def test_whoever_goes_takes_their_steps_along_and_leaves_no_word_of_their_life():
    course = Course(held=4)
    course.accept(course.offer(course.uma, "contributor"), course.uma)
    course.offer(course.learners[1], "contributor")
    actions.say_lived_experience(
        program=course.program, membership=course.uma, shows_name=False, by=course.uma.person, at=NOON
    )
    room = next(room for room in departures.rooms() if room.room == "programs_pathway")

    export = room.export(Person.objects.get(pk=course.uma.person_id))
    room.erase(course.uma.person, by=None, at=AFTER)

    assert [(row["step"], row["state"]) for row in export["programs_steps"]] == [("contributor", "held")]
    assert export["programs_lived_experience"][0]["shows_name"] is False
    assert not LivedExperience.objects.exists()
    assert PathStep.objects.get(membership=course.uma).state == "given up"


def test_two_records_of_one_person_become_one_way():
    course = Course(held=4)
    twin = person_in(course.town, "Uma Twin")
    on_step(course.program, [twin], "contributor", at=AFTER)
    course.offer(course.uma, "contributor")
    course.train(course.uma)
    course.train(twin)
    room = next(room for room in departures.rooms() if room.room == "programs_pathway")

    assert room.merge is not None
    room.merge(kept=course.uma, dropped=twin, by=course.cora.person, at=AFTER)

    assert list(PathStep.objects.filter(step="contributor", membership=course.uma).values_list("state", flat=True)) == [
        "held"
    ]
    assert course.program.trainings.count() == 1


def test_a_step_that_the_design_has_no_more_is_offered_to_nobody():
    course = Course(held=4)

    with pytest.raises(actions.NoSuchStep):
        course.offer(course.uma, "wizard")
    with pytest.raises(actions.NoSuchStep):
        course.offer(course.uma, "participant")
    assert pathway.gone_from(design_of(course.program)["pathway"], ["wizard"]) == ["wizard"]


# --- gaps nearby


def test_whoever_moves_up_from_the_waiting_list_is_told():
    course = Course()
    people = [person_in(course.town, f"Person {n:02}") for n in range(13)]
    for member in people:
        actions.enrol(program=course.program, membership=member, by=member.person, at=NOON)

    actions.leave(program=course.program, membership=course.uma, by=course.uma.person, at=NOON)

    assert told(people[12], "programs.place") == ["There is a place for you now"]
    assert told(people[11], "programs.place") == []


def test_whoever_is_named_to_lead_a_stage_is_told_and_who_names_themself_is_not():
    course = Course()
    run = course.program.stage_runs.get()
    run.program, run.community = course.program, course.town

    actions.lead(run=run, membership=course.uma, side="uses", by=course.cora.person, at=NOON)
    actions.lead(run=run, membership=course.pia, side="provides", by=course.pia.person, at=NOON)

    assert told(course.uma, "programs.leads") == ["You are written down as leading"]
    assert told(course.pia, "programs.leads") == []
