"""The pages of a pathway: one's own way, helping people along, who can lead; and what nobody gets out of them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.gatherings.models import Gathering
from alongside.kernel.clock import now
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.people.tests.test_races import CROWD, at_once
from alongside.programs import actions
from alongside.programs.models import Introduction, LivedExperience, PathStep, StageLead, TrainingDone
from alongside.programs.models.program import design_of
from alongside.programs.showing_leaders import growth_of, pool_of
from alongside.programs.showing_looking import reach_of
from alongside.programs.showing_pathway import desk_of
from alongside.programs.tests.scenes import NOON, in_it, on_step, url
from alongside.programs.tests.test_delivery import checked
from alongside.programs.tests.walking import AFTER, TRAINING, Course
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import PutTogether

pytestmark = pytest.mark.django_db


def text_of(response):
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(who, name, course, *args, **query):
    return browser_of(who).get(url(name, course.town, course.program.pk, *args), query)


def post(who, name, course, *args, **told):
    return browser_of(who).post(url(name, course.town, course.program.pk, *args), told, follow=True)


def test_my_way_shows_where_i_am_what_is_next_and_what_is_missing():
    course = Course(held=1)

    words = text_of(page(course.uma, "pathway", course))

    assert "You are here by taking part." in words
    assert "Sessions attended: 1 of 2" in words
    assert "Training: Leader training, 4 days" in words
    assert "Sessions beside a mentor: 0 of 2" in words
    assert "Prescriber" not in words


def test_professionals_see_their_own_way():
    course = Course()

    words = text_of(page(course.pia, "pathway", course))

    assert "Facilitator" in words
    assert "The short session on what co-production is" in words
    assert "Course leader" not in words


def test_an_offer_waits_on_the_noticeboard():
    course = Course(held=4)
    course.offer(course.uma, "contributor")

    board = browser_of(course.uma).get(f"/c/{course.town.slug}/")

    assert "Would you like to be: Contributor?" in text_of(board)
    assert "Would you like to be" not in text_of(browser_of(course.learners[1]).get(f"/c/{course.town.slug}/"))


def test_an_offer_is_accepted_with_one_press_and_the_page_says_so():
    course = Course(held=4)
    row = course.offer(course.uma, "contributor")
    assert "Would you like to be: Contributor?" in text_of(page(course.uma, "pathway", course))

    after = post(course.uma, "answer_step", course, row.pk, accepts="yes")

    assert "You are on this step now." in text_of(after)
    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("held", course.uma.person)


def test_nobody_answers_gives_up_or_sees_somebody_else_s_offer():
    course = Course(held=4)
    row, other = course.offer(course.uma, "contributor"), course.learners[1]

    answers = [post(other, "answer_step", course, row.pk, accepts="yes"), post(other, "give_up_step", course, row.pk)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Would you like" not in text_of(page(other, "pathway", course))
    row.refresh_from_db()
    assert row.state == "offered"


def test_a_coordinator_accepts_for_nobody_with_the_person_s_own_button():
    course = Course(held=4)
    row = course.offer(course.uma, "contributor")

    assert post(course.cora, "answer_step", course, row.pk, accepts="yes").status_code == 404
    assert post(course.uma, "hear_answer", course, row.pk, accepts="yes", channel="phone").status_code == 403


def test_ids_of_another_community_lead_nowhere():
    here, there = Course(held=4), Course(held=4)
    row = there.offer(there.uma, "contributor")

    for name in ("answer_step", "withdraw_step", "hear_answer", "welcome_back"):
        assert post(here.cora, name, here, row.pk, accepts="yes", channel="phone").status_code == 404
    stranger = browser_of(here.cora).get(url("pathway", there.town, there.program.pk))
    assert stranger.status_code == 404
    row.refresh_from_db()
    assert row.state == "offered"


def test_a_training_cannot_be_noted_for_a_member_of_another_community():
    here, there = Course(), Course()

    after = post(here.cora, "note_training", here, member=str(there.uma.person), what=TRAINING, done_on=NOON.date())

    assert after.status_code == 200
    assert not TrainingDone.objects.filter(program=there.program).exists()
    assert not TrainingDone.objects.filter(membership=there.uma).exists()


def test_a_participant_helps_nobody_along_and_a_stage_s_lead_sees_nothing_of_what_people_lack():
    course = Course(held=4)
    course.train(course.uma)
    run = course.program.stage_runs.get()
    StageLead.objects.create(community=course.town, run=run, side="uses", membership=course.learners[1], since=NOON)

    assert page(course.uma, "guide", course).status_code == 403
    led = text_of(page(course.learners[1], "guide", course))
    seen = text_of(page(course.cora, "guide", course))

    assert "Contributor" in led
    assert "Check in date" not in led
    assert "Nearly there" not in led
    assert "Check in date: Reference" in seen
    told = post(course.learners[1], "offer_step", course, member=course.uma.number, step="leader")
    assert "A coordinator can tell what." in text_of(told)
    assert "Reference" not in text_of(told)


def test_who_said_no_is_known_to_coordinators_alone():
    course = Course(held=4)
    row = course.offer(course.uma, "contributor", at=now() - timedelta(days=2))
    course.accept(row, course.uma, accepts=False, at=now() - timedelta(days=1))
    design, told = design_of(course.program), {"on": now().date()}

    seen = desk_of(course.program, design, sees_all=True, **told)
    led = desk_of(course.program, design, sees_all=False, **told)

    assert [(each.membership, each.key) for each in seen.said_no] == [(course.uma, "contributor")]
    assert course.uma not in [each.membership for each in [*seen.ready, *led.ready, *led.said_no]]


def test_who_said_no_lately_stands_apart_and_can_still_be_asked():
    course = Course(held=4)
    row = course.offer(course.uma, "contributor", at=now() - timedelta(days=2))
    course.accept(row, course.uma, accepts=False, at=now() - timedelta(days=1))

    shown = page(course.cora, "guide", course).content.decode()

    apart = shown[shown.index('<details id="said-no">') : shown.index("</details>")]
    assert "1 person said no lately" in apart
    assert f"{course.uma.person}" in text_of(page(course.cora, "guide", course))
    assert f'name="member" value="{course.uma.number}"' in apart
    assert f'name="member" value="{course.uma.number}"' not in shown.replace(apart, "")


def test_a_stage_s_lead_cannot_say_that_somebody_brings_a_step_from_elsewhere():
    course = Course()
    run = course.program.stage_runs.get()
    StageLead.objects.create(community=course.town, run=run, side="uses", membership=course.learners[1], since=NOON)

    post(course.learners[1], "offer_step", course, member=course.uma.number, step="leader", is_brought="on")

    assert not PathStep.objects.filter(membership=course.uma).exists()


def test_a_coordinator_offers_notes_and_hears_in_a_few_presses():
    course = Course(held=4)
    post(course.cora, "note_training", course, member=course.uma.number, what=TRAINING, done_on=NOON.date())
    for session in course.sessions[:2]:
        post(course.cora, "note_beside", course, member=course.uma.number, mentor=course.lea.number, session=session.pk)
    checked([course.uma], months=600)

    offered = post(course.cora, "offer_step", course, member=course.uma.number, step="leader")
    row = PathStep.objects.get(membership=course.uma, step="leader")
    heard = post(course.cora, "hear_answer", course, row.pk, accepts="yes", channel="phone")

    assert "is told, and says yes or no." in text_of(offered)
    assert f"Written down what {course.uma.person} said." in text_of(heard)
    row.refresh_from_db()
    assert (row.state, row.channel) == ("held", "phone")


def test_who_is_not_on_the_step_cannot_be_planned_and_the_page_says_what_to_do():
    course = Course()
    told = {
        "first_day": now().date() + timedelta(days=7), "key": uuid4(), "leader_1": course.uma.number, "lived_1": "on",
        "leader_2": course.lea.number,
    }  # fmt: skip

    after = post(course.cora, "schedule", course, **told)

    assert f"{course.uma.person} is not on the step “Course leader”. Offer it to them first." in text_of(after)


# --- lived experience


def test_lived_experience_without_a_name_stands_on_no_page_of_anybody_else():
    course = Course()
    course.cohort.leaders.update(from_lived_experience=False)
    post(course.lea, "say_lived_experience", course)
    assert LivedExperience.objects.get().shows_name is False

    pages = [
        page(course.cora, name, course) for name in ("leaders", "guide", "sessions", "people", "pathway", "schedule")
    ]

    for each in pages:
        words = re.sub(r"Leader \d leads from lived experience", "", text_of(each))
        assert "from lived experience" not in words
    assert "It stands beside no name." in text_of(page(course.lea, "pathway", course))


def test_lived_experience_with_a_name_shows_until_it_is_taken_back():
    course = Course()
    course.cohort.leaders.update(from_lived_experience=False)
    post(course.lea, "say_lived_experience", course, shows_name="on")
    assert "from lived experience" in text_of(page(course.cora, "sessions", course))

    post(course.lea, "take_lived_experience_back", course)

    assert "from lived experience" not in text_of(page(course.cora, "sessions", course))


# --- who can lead


def pool_of_five():
    course = Course()
    more = [person_in(course.town, name) for name in ("Ada", "Bo", "Cy")]
    in_it(course.program, more)
    checked(more)
    on_step(course.program, more)
    for member in course.leaders + more:
        actions.say_lived_experience(
            program=course.program, membership=member, shows_name=False, by=member.person, at=NOON
        )
    return course, [*course.leaders, *more]


def test_the_pool_says_until_when_who_is_ready_and_who_is_planned_without_being_so():
    course = Course()
    rows = pool_of(course.program, design_of(course.program), on=(NOON + timedelta(days=400)).date())

    assert [row.membership for row in rows.warnings] == []
    assert {row.membership for row in rows.resting} == set(course.leaders)
    assert "Reference" in rows.resting[0].lacks or not rows.resting[0].currency.is_current


@pytest.mark.parametrize("day", range(6))
def test_two_who_are_kept_apart_are_never_suggested_and_both_stay_in_the_list(day):
    course, members = pool_of_five()
    lead = person_in(course.town, "Lila")
    safeguarding.name_lead(membership=lead, ends_on=(NOON + timedelta(days=300)).date(), by=course.cora.person, at=NOON)
    for other in members[1:3]:
        safeguarding.keep_apart(one=members[0], other=other, reason="x", by=lead.person, at=NOON)

    found = pool_of(course.program, design_of(course.program), on=(NOON + timedelta(days=day)).date())

    pairs = [{each.membership for each in group} for group in found.together]
    assert pairs
    assert not any({members[0], other} <= pair for pair in pairs for other in members[1:3])
    assert {each.membership for each in found.ready} == set(members)


def test_the_page_of_leaders_says_the_same_words_whether_a_pair_is_kept_apart_or_nobody_is_left():
    course = Course()
    before = text_of(page(course.cora, "leaders", course))
    lead = person_in(course.town, "Lila")
    safeguarding.name_lead(membership=lead, ends_on=(NOON + timedelta(days=300)).date(), by=course.cora.person, at=NOON)
    safeguarding.keep_apart(one=course.leaders[0], other=course.leaders[1], reason="x", by=lead.person, at=NOON)

    assert text_of(page(course.cora, "leaders", course)) == before


def test_nothing_is_suggested_that_would_tell_who_alone_has_said_it_without_a_name():
    course, members = pool_of_five()
    LivedExperience.objects.exclude(membership=members[3]).delete()
    told = {"program": course.program, "design": design_of(course.program), "on": NOON.date()}

    assert pool_of(**told).together == []
    LivedExperience.objects.update(shows_name=True)
    assert pool_of(**told).together != []


def test_whoever_plans_two_together_by_hand_is_told_nothing_and_the_house_writes_one_row():
    course = Course()

    (row,) = PutTogether.objects.all()

    assert set(row.people) == {str(each.person_id) for each in course.leaders}


# --- the short session, and sums


def test_the_short_session_is_planned_from_its_sheet():
    course = Course()
    sheet = text_of(page(course.cora, "introduction", course))
    assert "Six things to look for" in sheet
    day = now().date() + timedelta(days=10)

    post(
        course.cora, "plan_introduction", course, day=day, time="14:30", online="https://meet.example", side="uses",
        led_by=course.uma.number, key=uuid4(),
    )  # fmt: skip

    planned = Introduction.objects.get()
    assert (planned.led_by, planned.side, planned.gathering.minutes) == (course.uma, "uses", 40)
    assert Gathering.objects.get(pk=planned.gathering_id).title == "What co-production is"
    assert str(course.uma.person) in text_of(page(course.pia, "introduction", course))


def test_sums_tell_of_no_step_with_fewer_than_five_people():
    course = Course(held=2)
    payer = person_in(course.town, "Paz", roles=[Role.COMMISSIONER])

    words = text_of(page(payer, "sums", course))

    assert "From taking part to leading" in words
    assert "Fewer than 5 people have come so far." in words
    assert str(course.uma.person) not in words


def test_a_step_never_tells_the_number_of_a_side_that_the_same_page_hides():
    course = Course(held=2)
    kin = person_in(course.town, "Kim", roles=[Role.STEWARD])
    in_it(course.program, [kin])
    hidden = [side for side, count in reach_of(course.program).sides if count is None]
    assert "people who provide it" in hidden

    counts = {each.name: each.people for each in growth_of(course.program).steps}

    assert counts["Prescriber"] is None


# --- several at once


def answers_of(course, row):
    def answer(number):
        try:
            return course.accept(row, course.uma, accepts=bool(number % 2)).state
        except actions.OfferIsOver:
            return "over"

    return answer


@pytest.mark.both_databases
def test_yes_and_no_at_once_leave_one_answer(committed_db):
    course = Course(held=4)
    row = course.offer(course.uma, "contributor")

    got = at_once(answers_of(course, row))

    row.refresh_from_db()
    assert row.state in {"held", "declined"}
    assert set(got) == {row.state, "over"}


@pytest.mark.both_databases
def test_the_same_step_offered_by_several_at_once_is_offered_once(committed_db):
    course = Course(held=4)

    got = at_once(lambda number: course.offer(course.uma, "contributor", at=AFTER))

    assert sum(isinstance(each, PathStep) for each in got) == 1
    assert sum(isinstance(each, actions.OnItAlready) for each in got) == CROWD - 1


@pytest.mark.both_databases
def test_two_clocks_at_once_offer_and_tell_once(committed_db):
    course = Course(held=4)

    at_once(lambda number: course.keep())

    assert PathStep.objects.offered().filter(step="contributor").count() == 4
