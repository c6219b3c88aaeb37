"""People come in and leave; sessions are planned, held, and changed with the design; their hours are posted once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Gathering
from alongside.people.models import BodyMember, Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions
from alongside.programs.models import Cohort, Enrolment, Session
from alongside.programs.models.program import design_of
from alongside.programs.tests.scenes import COURSE, NOON, decided, ready_to_lead, running, scene_about, url
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import CheckKind
from alongside.timebank import actions as timebank
from alongside.timebank.ledger.refusals import OverLimit
from alongside.timebank.models import Account, Transfer

pytestmark = pytest.mark.django_db
SOON = NOON.date() + timedelta(days=14)


def in_program(program, members, **told):
    return [actions.enrol(program=program, membership=member, by=member.person, at=NOON, **told) for member in members]


def licensed(program, *, ends_on=None):
    by = program.made_by
    return actions.write_licence(
        program=program, of="The materials", holder="The clinic", starts_on=NOON.date(), ends_on=ends_on, by=by.person,
        at=NOON, key=uuid4(),
    )  # fmt: skip


LATELY = NOON.date() - timedelta(days=30)


def checked(members, *, on=LATELY, months=24):
    """The checks that the course asks its leaders for, seen by whoever started it."""
    town = members[0].community
    for name in ("Reference", "Induction"):
        kind = CheckKind.objects.filter(community=town, name=name).first() or safeguarding.add_kind(
            community=town, name=name, kind="induction", months=months, needed=1, by=members[0].person, at=NOON
        )
        for member in members:
            safeguarding.write_check(
                membership=member, kind=kind, seen_on=on, by=person_in(town, "Cai").person, at=NOON, key=uuid4()
            )


def planned(program, leaders, *, lived=True, **told: Any) -> Cohort:
    """A run of sessions from two weeks on, led by these."""
    by = program.made_by
    ready_to_lead(program, leaders)
    given: dict[str, Any] = {
        "program": program, "first_day": SOON, "by": by.person, "at": NOON, "key": uuid4(),
        "leaders": [actions.Leader(each, from_lived_experience=lived) for each in leaders], **told,
    }  # fmt: skip
    return actions.schedule(**given)


def course_with_people():
    """The course with a licence, two leaders and four people who take part."""
    program, sides = running(COURSE)
    timebank.open_time_bank(community=program.community, by=None, at=NOON)
    licensed(program)
    checked(sides["uses"][4:6])
    in_program(program, sides["uses"][:4])
    return program, sides, planned(program, sides["uses"][4:6])


def fill_the_pot(member, minutes=300, pot=None):
    """Somebody gives hours to a pot: the community's, unless another is named."""
    town = member.community
    timebank.pay(
        payer=timebank.account_of(community=town, person=member.person, by=None, at=NOON),
        payee=pot or Account.objects.get(community=town, kind=Account.Kind.COMMUNITY_POT),
        minutes=minutes, category=None, helped_on=NOON.date(), by=member.person, at=NOON, key=uuid4(),
        kind=Transfer.Kind.GIFT,
    )  # fmt: skip


def hold_session(cohort, number, came):
    """One session takes place, and its attendance is closed."""
    session = Session.objects.select_related("gathering", "cohort__program").get(cohort=cohort, number=number)
    session.community = session.gathering.community = cohort.community
    by = cohort.program.made_by.person
    at = session.gathering.ends_at
    for member in came:
        gatherings.mark(gathering=session.gathering, membership=member, said="came", by=by, at=at, key=uuid4())
    gatherings.close_attendance(gathering=session.gathering, by=by, at=at)
    actions.note_held(gathering=session.gathering, at=at)
    session.refresh_from_db()
    session.community = session.gathering.community = cohort.community
    session.cohort = cohort
    return session


def on_the_clock(session):
    """When a session starts, on the clock where the community lives."""
    zone = ZoneInfo(session.gathering.community.time_zone)
    return session.gathering.starts_at.astimezone(zone).replace(tzinfo=None)


def test_whoever_comes_in_belongs_to_the_program_s_group():
    program, _sides = running(COURSE)
    nora = person_in(program.community, "Nora")

    (enrolment,) = in_program(program, [nora], came=actions.Came(way="referral"))

    assert (enrolment.state, enrolment.way, enrolment.role) == ("in", "referral", "participant")
    assert BodyMember.objects.filter(group=program.group, membership=nora).exists()
    assert in_program(program, [nora]) == [enrolment]


def test_whoever_comes_by_a_way_that_the_design_has_not_is_told():
    program, sides = running(COURSE)

    with pytest.raises(actions.NotThisWay):
        in_program(program, sides["uses"][:1], came=actions.Came(way="household"))


def test_the_seventeenth_waits_and_moves_up_when_somebody_leaves():
    program, _sides = running(COURSE)
    people = [person_in(program.community, f"Person {n:02}") for n in range(18)]
    made = in_program(program, people)

    assert [one.state for one in made] == ["in"] * 16 + ["waiting"] * 2
    actions.leave(program=program, membership=people[3], why="time", by=people[3].person, at=NOON)

    made[16].refresh_from_db()
    made[17].refresh_from_db()
    assert (made[16].state, made[17].state) == ("in", "waiting")
    assert not BodyMember.objects.filter(group=program.group, membership=people[3]).exists()


def test_whoever_left_is_welcome_back_and_what_was_stays():
    program, sides = running(COURSE)
    uma = sides["uses"][0]
    in_program(program, [uma])
    actions.leave(program=program, membership=uma, why="health", by=uma.person, at=NOON)

    in_program(program, [uma])

    assert list(Enrolment.objects.order_by("asked_at", "id").values_list("state", "left_why")) == [
        ("left", "health"), ("in", ""),
    ]  # fmt: skip
    with pytest.raises(actions.NotEnrolled):
        actions.leave(program=program, membership=sides["uses"][1], by=uma.person, at=NOON)


@pytest.mark.both_databases
def test_many_at_once_for_the_last_places_take_no_more_than_there_are(committed_db):
    program, _sides = running(COURSE)
    people = [person_in(program.community, f"Person {n:02}") for n in range(20)]

    def come_in(member):
        try:
            return in_program(program, [member])[0].state
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=5) as pool:
        states = list(pool.map(come_in, people))

    assert (states.count("in"), states.count("waiting")) == (16, 4)


def test_six_sessions_are_planned_on_the_day_and_at_the_time_of_the_design():
    program, _sides, cohort = course_with_people()

    sessions = Session.objects.filter(cohort=cohort).select_related("gathering__community").order_by("number")
    starts = [on_the_clock(session) for session in sessions]

    assert [session.number for session in sessions] == [1, 2, 3, 4, 5, 6]
    assert {start.strftime("%A") for start in starts} == {"Tuesday"}
    assert {b - a for a, b in pairwise(starts)} == {timedelta(days=7)}
    assert {session.gathering.minutes for session in sessions} == {150}
    assert Enrolment.objects.on(program).here().filter(cohort=cohort).count() == 4


def test_nothing_is_planned_without_a_licence_that_holds_to_the_last_session():
    program, sides = running(COURSE)
    leaders = sides["uses"][:2]
    checked(leaders)

    with pytest.raises(actions.LicenceMissing):
        planned(program, leaders)
    licensed(program, ends_on=SOON + timedelta(days=20))
    with pytest.raises(actions.LicenceMissing):
        planned(program, leaders)
    assert not Gathering.objects.exists()
    licensed(program, ends_on=SOON + timedelta(days=60))

    assert planned(program, leaders).number == 1


def test_nothing_is_planned_without_two_leaders_one_of_whom_leads_from_lived_experience():
    program, sides = running(COURSE)
    licensed(program)
    one, other = sides["uses"][:2]

    with pytest.raises(actions.LeadersMissing) as refusal:
        planned(program, [one])
    with pytest.raises(actions.LeadersMissing):
        planned(program, [one, one])
    with pytest.raises(actions.LivedExperienceMissing):
        planned(program, [one, other], lived=False)

    assert (refusal.value.needed, refusal.value.named) == (2, 1)
    assert not Cohort.objects.exists()


def test_nobody_leads_whose_checks_run_out_before_the_last_session():
    program, sides = running(COURSE)
    licensed(program)
    leaders = sides["uses"][:2]

    with pytest.raises(actions.LeaderNotReady) as unknown:
        planned(program, leaders)
    checked(leaders, on=SOON - timedelta(days=27), months=1)
    with pytest.raises(actions.LeaderNotReady) as ending:
        planned(program, leaders)

    assert unknown.value.what == ending.value.what == ["Reference", "Induction"]
    assert (ending.value.who, Cohort.objects.exists()) == (leaders[0], False)


def test_the_same_form_twice_plans_one_run():
    program, sides = running(COURSE)
    licensed(program)
    checked(sides["uses"][:2])
    key = uuid4()

    assert planned(program, sides["uses"][:2], key=key) == planned(program, sides["uses"][:2], key=key)
    assert Session.objects.count() == 6


def test_a_decided_change_moves_what_is_to_come_and_leaves_what_was_held():
    program, sides, cohort = course_with_people()
    first = hold_session(cohort, 1, sides["uses"][:4])
    before = first.gathering.starts_at
    at = before + timedelta(days=1)

    decision = decided(scene_about(program, sides, {"sessions.starts": "18:30"}))
    actions.adopt(decision=decision, at=at)

    sessions = list(
        Session.objects.filter(cohort__program=program).select_related("gathering__community").order_by("number")
    )
    assert sessions[0].gathering.starts_at == before
    assert sessions[0].held_version == 1
    assert {on_the_clock(one).strftime("%H:%M") for one in sessions[1:]} == {"18:30"}
    assert [one.number for one in sessions] == [1, 2, 3, 4, 5, 6]


def test_sessions_are_where_the_design_says_and_move_with_it():
    program, sides, cohort = course_with_people()
    places = Session.objects.filter(cohort=cohort).order_by("number").values_list("gathering__place__name", flat=True)
    assert list(places) == ["The community room"] * 6

    actions.adopt(decision=decided(scene_about(program, sides, {"sessions.place": "The library"})), at=NOON)

    assert list(places.all()) == ["The library"] * 6


def test_a_further_session_is_added_at_the_end():
    program, sides, cohort = course_with_people()
    plan = [*design_of(program)["sessions"]["plan"], {"title": "A cooking week"}]

    place = scene_about(program, sides, {"sessions.count": 7, "sessions.plan": plan})
    actions.adopt(decision=decided(place), at=NOON + timedelta(days=8))

    last = Session.objects.filter(cohort=cohort).select_related("gathering__community").order_by("number").last()
    assert last is not None
    assert (last.number, last.gathering.starts_at.strftime("%A")) == (7, "Tuesday")


def test_the_hours_of_a_session_go_to_who_led_it_and_to_nobody_who_learned():
    program, sides, cohort = course_with_people()
    leaders = sides["uses"][4:6]
    session = hold_session(cohort, 1, [*sides["uses"][:4], leaders[0]])
    cora = person_in(program.community, "Cora", roles=[Role.COORDINATOR])

    lines = actions.lines_of(session)
    with pytest.raises(OverLimit):
        actions.credit(session=session, by=cora.person, at=session.gathering.ends_at)
    assert not Transfer.objects.exists()
    fill_the_pot(sides["uses"][0])
    actions.credit(session=session, by=cora.person, at=session.gathering.ends_at)
    again = actions.credit(session=session, by=cora.person, at=session.gathering.ends_at)

    assert [(line.membership, line.minutes, line.what) for line in lines] == [
        (leaders[0], 180, ("leading", "preparing")),
    ]
    assert again == []
    granted = Transfer.objects.get(kind=Transfer.Kind.GRANT)
    assert (granted.payee.person, granted.minutes) == (leaders[0].person, 180)
    assert Session.objects.get(pk=session.pk).credited_minutes == 180


def test_the_page_shows_who_gets_which_hours_before_they_are_posted():
    _program, sides, cohort = course_with_people()
    cora = person_in(cohort.community, "Cora", roles=[Role.COORDINATOR])
    session = hold_session(cohort, 1, [sides["uses"][4]])

    page = browser_of(cora).get(url("credit", cohort.community, cohort.program.pk, session.pk)).content.decode()

    assert str(sides["uses"][4].person) in page
    assert "3\N{NO-BREAK SPACE}hours" in page
    assert "10\N{NO-BREAK SPACE}am" in page


def test_the_page_of_people_names_everybody_and_how_often_they_came():
    program, sides, cohort = course_with_people()
    hold_session(cohort, 1, sides["uses"][:2])

    page = browser_of(sides["uses"][0]).get(url("people", program.community, program.pk))

    assert all(str(member.person) in page.content.decode() for member in sides["uses"][:4])
    assert sorted(each.attended for each in page.context["here"]) == [0, 0, 1, 1]


def test_nobody_posts_hours_to_themself():
    _program, sides, cohort = course_with_people()
    leader = sides["uses"][4]
    session = hold_session(cohort, 1, [leader])

    with pytest.raises(actions.OwnHours):
        actions.credit(session=session, by=leader.person, at=NOON)

    assert not Transfer.objects.exists()


def test_no_hours_before_attendance_is_closed_or_where_nobody_earned_any():
    _program, sides, cohort = course_with_people()
    cora = person_in(cohort.community, "Cora", roles=[Role.COORDINATOR])
    session = Session.objects.select_related("gathering", "cohort").get(cohort=cohort, number=1)
    session.community = cohort.community

    with pytest.raises(actions.NotYetHeld):
        actions.credit(session=session, by=cora.person, at=NOON)
    held = hold_session(cohort, 1, sides["uses"][:4])
    with pytest.raises(actions.NothingEarned):
        actions.credit(session=held, by=cora.person, at=NOON)
