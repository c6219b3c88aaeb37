"""A walking-and-food group at a workplace: begun with a question, designed and changed by those who walk."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from alongside.decisions.models import Proposal
from alongside.kernel.clock import now
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import community, people_in, person_in
from alongside.programs.models import Program, Session
from alongside.programs.models.program import design_of
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer
from tests.journeys import program_steps as steps
from tests.support.browser import PHONE, Visitor

USES, PROVIDES = "People who use it", "People who provide it"


@pytest.fixture
def town(live_site: str) -> Community:
    place = community("Harbour Works", time_zone=steps.zone_where_it_is_noon())
    timebank.open_time_bank(community=place, by=None, at=now())
    return place


def give_to_the_pot(member: Any, minutes: int) -> None:
    town = member.community
    timebank.pay(
        payer=timebank.account_of(community=town, person=member.person, by=None, at=now()),
        payee=Account.objects.get(community=town, kind=Account.Kind.COMMUNITY_POT), minutes=minutes, category=None,
        helped_on=town.day_of(now()), by=member.person, at=now(), key="pot", kind=Transfer.Kind.GIFT,
    )  # fmt: skip


BEGUN = {
    "What do you want to do together?": "Walk at noon, and eat something good.",
    "Why does it matter to people?": "We sit all day and eat at our desks.",
    "Who is it for?": "Everybody who works here",
    "Who makes it possible?": "Those who lead the works",
    "Where do you meet?": "At the gate",
    "What is it called?": "Walk and eat",
}


def begin_half_an_hour_ago(desk: Any, town: Community) -> str:
    """Start it from nothing, with sessions that began half an hour before now; the day of that."""
    then = steps.half_an_hour_ago(town)
    desk.goto(f"/c/{town.slug}/programs/")
    desk.get_by_role("link", name="Start a program").click()
    desk.get_by_role("button", name="Begin from nothing").click()
    when = {"On which day of the week": then.strftime("%A"), "At what time?": then.strftime("%H:%M")}
    steps.answer_all(desk, BEGUN | when)
    return then.date().isoformat()


def propose_a_cook(page: Any, program: Program) -> Proposal:
    steps.at_program(page, program, "design/")
    page.get_by_role("link", name=re.compile("Propose something new.*Hands that are needed")).click()
    page.get_by_label("Name").fill("Cook")
    page.get_by_label("How many").fill("1")
    page.get_by_role("button", name="Go on to the words").click()
    return steps.put_forward(page, "Ines offers.")


def propose_what_comes_next(page: Any, program: Program) -> Proposal:
    """What somebody would do next becomes a proposal, and that a change of the design."""
    steps.say_how_it_went(page, program, "We laughed.", "Meet twice as long.")
    page.get_by_role("button", name="Make a proposal of it").click()
    page.get_by_role("link", name="Change the values").click()
    page.locator("#sessions summary").click()
    page.get_by_role("link", name=re.compile("Propose a change.*Sessions")).click()
    page.get_by_label("How long").fill("3h")
    page.get_by_role("button", name="Keep this change").click()
    page.get_by_role("link", name="The words").click()
    return steps.put_forward(page, "Half an hour is no walk.")


def agree_who_brings_what(desk: Any, hers: Any, program: Program) -> None:
    steps.at_program(desk, program, "agreements/write/")
    desk.get_by_label("Who brings what?").fill("The works give half an hour and the kitchen.")
    desk.get_by_role("button", name="Write it down").click()
    steps.at_program(hers, program, "agreements/")
    hers.get_by_role("button", name="Agree").click()


def hold_a_session(desk: Any, cooks: Any, program: Program, *, day: str, came: Sequence[Membership]) -> None:
    """Planned, signed up for as a cook, ticked, closed, and its hours posted."""
    steps.at_program(desk, program, "sessions/plan/")
    desk.get_by_label("From which day on?").fill(day)
    desk.get_by_role("button", name="Plan the sessions").click()
    session = Session.objects.select_related("gathering").earliest("gathering__starts_at")
    cooks.goto(f"/c/{program.community.slug}/gatherings/{session.gathering_id}/")
    cooks.get_by_role("link", name="Sign up").click()
    cooks.get_by_label("Cook").check()
    cooks.get_by_role("button", name="Sign me up").click()
    steps.at_program(desk, program, "sessions/")
    desk.get_by_role("link", name="Who came").first.click()
    for member in came:
        desk.get_by_role("button", name=re.compile(f"Came.*{member.person}")).click()
    desk.get_by_role("button", name="Close the list").click()
    steps.at_program(desk, program, "sessions/")
    desk.get_by_role("link", name="Hours of this session").first.click()
    desk.get_by_role("button", name="Post these hours").click()


def test_a_group_that_began_with_a_question_comes_to_its_third_design(town: Community, open_page: Visitor) -> None:
    nadia = person_in(town, "Nadia Khan", roles=[Role.COORDINATOR])
    wes, ola, ines = people_in(town, "Wes Brown", "Ola Lind", "Ines Gil")
    desk, hers = open_page(person=nadia.person), open_page(size=PHONE, javascript=False, person=wes.person)
    cooks = open_page(size=PHONE, javascript=False, person=ines.person)
    pages, looks_over = {"uses": hers, "provides": desk}, {USES: ola, PROVIDES: nadia}

    day = begin_half_an_hour_ago(desk, town)
    program = steps.program_in(town)
    for page in (hers, cooks, open_page(person=ola.person)):
        steps.take_part(page, program)
    matters = {"What matters to us": "Fresh air.", "Strengths we bring": "Ines cooks."}
    assert steps.stage_done(pages, program, matters) == "co-design"

    assert steps.decide(desk, pages, propose_a_cook(hers, program), looks_over).outcome == "passed"
    assert design_of(program)["sessions"]["hands"] == [{"name": "Cook", "count": 1}]
    assert steps.stage_done(pages, program, {"A design that both sides agree to": "Version 2."}) == "co-commission"

    agree_who_brings_what(desk, hers, program)
    assert steps.stage_done(pages, program, {"Who brings what": "The kitchen."}) == "co-deliver"

    give_to_the_pot(ola, 90)
    hold_a_session(desk, cooks, program, day=day, came=(ines, wes))
    assert timebank.account_of(community=town, person=ines.person, by=None, at=now()).balance_minutes == 90
    assert steps.stage_done(pages, program, {"Sessions held": "One, in the rain."}) == "co-assess"

    for page in pages.values():
        steps.answer_self_check(page, program, "often")
    assert steps.decide(desk, pages, propose_what_comes_next(hers, program), looks_over).outcome == "passed"
    came_out = {"How it went, and for whom": "Well.", "Proposals for the next version": "One."}
    assert steps.stage_done(pages, program, came_out) == "co-plan"
    steps.at_program(hers, program, "versions/")
    assert hers.get_by_text("Version 3").first.is_visible()
    assert design_of(program)["sessions"]["length"] == "3h"
