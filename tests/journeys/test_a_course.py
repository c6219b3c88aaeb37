"""A course that people lead for each other: blocked without a licence, led by two, completed, changed by both sides."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from alongside.decisions.models import Proposal
from alongside.gatherings import actions as gatherings
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import community, people_in, person_in
from alongside.programs import actions
from alongside.programs.models import PathStep, Program, Session
from alongside.programs.models.program import design_of
from alongside.safeguarding import actions as safeguarding
from tests.journeys import program_steps as steps
from tests.support.browser import PHONE, Visitor

USES, PROVIDES = "People who use it", "People who provide it"


@pytest.fixture
def town(live_site: str) -> Community:
    return community(time_zone=steps.zone_where_it_is_noon())


def start_the_course(desk: Any, town: Community) -> str:
    """From the blueprint, with sessions that began half an hour before now; the day of that."""
    then = steps.half_an_hour_ago(town)
    desk.goto(f"/c/{town.slug}/programs/start/")
    desk.get_by_role("button", name=re.compile("Begin.*Living well, together")).click()
    when = {"On which day of the week?": then.strftime("%A"), "At what time?": then.strftime("%H:%M")}
    steps.answer_all(desk, when)
    return then.date().isoformat()


def checked(members: Sequence[Membership], cora: Membership) -> None:
    """What the design asks of leaders, seen today."""
    for name in ("Reference", "Induction"):
        kind = safeguarding.add_kind(
            community=cora.community, name=name, kind="induction", months=24, needed=1, by=cora.person, at=now()
        )
        for member in members:
            safeguarding.write_check(
                membership=member, kind=kind, seen_on=cora.community.day_of(now()), by=cora.person, at=now(),
                key=new_id(),
            )  # fmt: skip


def become_a_leader(desk: Any, page: Any, program: Program, member: Membership) -> None:
    """Somebody leads elsewhere already: the step is offered, and they say yes."""
    steps.at_program(desk, program, "pathway/offer/")
    desk.get_by_label("Who is it?").fill(str(member.number))
    desk.get_by_label("Course leader", exact=True).check()
    desk.get_by_label("They have it from elsewhere").check()
    desk.get_by_role("button", name="Offer it").click()
    steps.at_program(page, program, "pathway/")
    page.get_by_role("button", name=re.compile("Yes")).first.click()


def plan(desk: Any, program: Program, day: str, leaders: Sequence[Membership]) -> None:
    steps.at_program(desk, program, "sessions/plan/")
    desk.get_by_label("From which day on?").fill(day)
    for number, leader in enumerate(leaders, start=1):
        desk.get_by_label(f"Who leads, {number} of 2?").fill(str(leader.number))
    desk.get_by_label(re.compile("lived experience")).first.check()
    with desk.expect_response(lambda answer: answer.request.method == "POST"):
        desk.get_by_role("button", name="Plan the sessions").click()


def write_the_licence_down(desk: Any) -> None:
    desk.get_by_role("link", name="Write down a licence").click()
    desk.get_by_label("Who holds it?").fill("The clinic")
    desk.get_by_role("button", name="Write it down").click()


def come_to(session: Session, members: Sequence[Membership], by: Membership) -> None:
    """Weeks go by: everybody is ticked while a session goes on, and the list is closed."""
    gathering = session.gathering
    gathering.community = by.community
    for member in members:
        gatherings.mark(
            gathering=gathering, membership=member, said="came", by=by.person, at=gathering.ends_at, key=new_id()
        )
    gatherings.close_attendance(gathering=gathering, by=by.person, at=gathering.ends_at)
    actions.note_held(gathering=gathering, at=gathering.ends_at)


def propose_a_cooking_week(page: Any, program: Program) -> Proposal:
    steps.at_program(page, program, "design/")
    page.get_by_role("link", name=re.compile("Propose something new.*Session plan")).click()
    page.get_by_label("Title").fill("A cooking week")
    page.get_by_role("button", name="Go on to the words").click()
    return steps.put_forward(page, "Eating well is learned at the stove.")


def test_a_course_is_led_by_two_completed_and_changed_by_both_sides(town: Community, open_page: Visitor) -> None:
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR])
    lea, leo, uma, una = people_in(town, "Lea Moss", "Leo Kim", "Uma Shah", "Una Vega")
    desk = open_page(person=cora.person)
    hers, leas, leos = (open_page(size=PHONE, javascript=False, person=one.person) for one in (uma, lea, leo))
    pages, looks_over = {"uses": hers, "provides": desk}, {USES: lea, PROVIDES: cora}

    day = start_the_course(desk, town)
    program = steps.program_in(town)
    for page in (hers, leas, leos):
        steps.take_part(page, program)
    actions.enrol(program=program, membership=una, by=una.person, at=now())
    for following in ("co-design", "co-commission", "co-deliver"):
        assert steps.stage_done(pages, program) == following

    # Nothing is planned before two who may lead hold the step, have their checks, and the licence is there.
    checked((lea, leo), cora)
    plan(desk, program, day, (lea, leo))
    assert not Session.objects.exists()
    for member, page in ((lea, leas), (leo, leos)):
        become_a_leader(desk, page, program, member)
    assert PathStep.objects.on(program).held().count() == 2
    plan(desk, program, day, (lea, leo))
    desk.get_by_text("licence").first.wait_for()
    assert not Session.objects.exists()
    write_the_licence_down(desk)
    plan(desk, program, day, (lea, leo))

    # Six sessions of two hours and a half. Uma comes to four, Una to three.
    sessions = list(Session.objects.on(program).select_related("gathering").order_by("number"))
    assert ([one.gathering.minutes for one in sessions], len(sessions)) == ([150] * 6, 6)
    steps.at_program(desk, program, "sessions/")
    desk.get_by_role("link", name="Who came").first.click()
    for member in (lea, leo, uma, una):
        desk.get_by_role("button", name=re.compile(f"Came.*{member.person}")).click()
    desk.get_by_role("button", name="Close the list").click()
    for session in sessions[1:4]:
        come_to(session, (lea, leo, uma) if session.number == 4 else (lea, leo, uma, una), cora)
    steps.at_program(hers, program, "people/")
    assert hers.get_by_role("row", name="Uma Shah").get_by_role("link", name="diploma").is_visible()
    assert not hers.get_by_role("row", name="Una Vega").get_by_text("yes").count()
    assert steps.stage_done(pages, program) == "co-assess"

    assert steps.decide(desk, pages, propose_a_cooking_week(hers, program), looks_over).outcome == "passed"
    assert steps.stage_done(pages, program) == "co-plan"
    titles = [each["title"] for each in design_of(program)["sessions"]["plan"]]
    assert (titles[-1], program.versions.count()) == ("A cooking week", 2)
