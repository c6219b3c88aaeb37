"""A walking-and-food group at a workplace: begun with a question, designed and changed by those who walk."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from alongside.kernel.clock import now
from alongside.people.models import Community, Role
from alongside.people.tests.factories import community, people_in, person_in
from alongside.programs.models import Session
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


def test_a_group_that_began_with_a_question_comes_to_its_third_design(town: Community, open_page: Visitor) -> None:
    nadia = person_in(town, "Nadia Khan", roles=[Role.COORDINATOR])
    wes, ola, ines = people_in(town, "Wes Brown", "Ola Lind", "Ines Gil")
    desk, hers = open_page(person=nadia.person), open_page(size=PHONE, javascript=False, person=wes.person)
    pages, looks_over = {"uses": hers, "provides": desk}, {USES: ola, PROVIDES: nadia}
    half_an_hour_ago = (now() - timedelta(minutes=30)).astimezone(ZoneInfo(town.time_zone))

    desk.goto(f"/c/{town.slug}/programs/")
    desk.get_by_role("link", name="Start a program").click()
    desk.get_by_role("button", name="Begin from nothing").click()
    steps.answer_all(desk, {
        "What do you want to do together?": "Walk at noon, and eat something good.",
        "Why does it matter to people?": "We sit all day and eat at our desks.",
        "Who is it for?": "Everybody who works here",
        "Who makes it possible?": "Those who lead the works",
        "On which day of the week": half_an_hour_ago.strftime("%A"),
        "At what time?": half_an_hour_ago.strftime("%H:%M"),
        "Where do you meet?": "At the gate",
        "What is it called?": "Walk and eat",
    })  # fmt: skip
    program = steps.program_in(town)
    assert program.title == "Walk and eat"
    for page in (hers, *(open_page(person=member.person) for member in (ola, ines))):
        steps.take_part(page, program)

    # Plan together: what matters, and what people bring.
    steps.lead_stage(pages, program)
    steps.write_down(hers, program, {"What matters to us": "Fresh air.", "Strengths we bring": "Ines cooks."})
    assert steps.finish_stage(pages, program) == "co-design"

    # Design together: somebody who walks proposes that somebody cooks, and both sides agree.
    steps.at_program(hers, program, "design/")
    hers.get_by_role("link", name=re.compile("Propose something new.*Hands that are needed")).click()
    hers.get_by_label("Name").fill("Cook")
    hers.get_by_label("How many").fill("1")
    hers.get_by_role("button", name="Go on to the words").click()
    assert steps.decide(desk, pages, steps.put_forward(hers, "Ines offers."), looks_over).outcome == "passed"
    steps.lead_stage(pages, program)
    steps.write_down(hers, program, {"A design that both sides agree to": "Version 2."})
    assert steps.finish_stage(pages, program) == "co-commission"
    assert design_of(program)["sessions"]["hands"] == [{"name": "Cook", "count": 1}]

    # Agree who brings what.
    steps.lead_stage(pages, program)
    steps.at_program(desk, program, "agreements/write/")
    desk.get_by_label("Who brings what?").fill("The works give half an hour and the kitchen.")
    desk.get_by_role("button", name="Write it down").click()
    steps.at_program(hers, program, "agreements/")
    hers.get_by_role("button", name="Agree").click()
    steps.write_down(hers, program, {"Who brings what": "The kitchen and half an hour."})
    assert steps.finish_stage(pages, program) == "co-deliver"

    # Do it together: a session is planned, somebody cooks, people come, and her time counts.
    steps.lead_stage(pages, program)
    steps.at_program(desk, program, "sessions/plan/")
    desk.get_by_label("From which day on?").fill(half_an_hour_ago.date().isoformat())
    desk.get_by_role("button", name="Plan the sessions").click()
    session = Session.objects.select_related("gathering").earliest("gathering__starts_at")
    cooks = open_page(size=PHONE, javascript=False, person=ines.person)
    cooks.goto(f"/c/{town.slug}/gatherings/{session.gathering_id}/")
    cooks.get_by_role("link", name="Sign up").click()
    cooks.get_by_label("Cook").check()
    cooks.get_by_role("button", name="Sign me up").click()
    steps.at_program(desk, program, "sessions/")
    desk.get_by_role("link", name="Who came").first.click()
    for member in (ines, wes):
        desk.get_by_role("button", name=re.compile(f"Came.*{member.person}")).click()
    desk.get_by_role("button", name="Close the list").click()
    give_to_the_pot(ola, 90)
    steps.at_program(desk, program, "sessions/")
    desk.get_by_role("link", name="Hours of this session").first.click()
    assert desk.get_by_role("row", name="Ines Gil").is_visible()
    desk.get_by_role("button", name="Post these hours").click()
    assert timebank.account_of(community=town, person=ines.person, by=None, at=now()).balance_minutes == 90
    steps.write_down(hers, program, {"Sessions held": "One, in the rain."})
    assert steps.finish_stage(pages, program) == "co-assess"

    # Ask together what came of it; what somebody would do next becomes the third design.
    steps.lead_stage(pages, program)
    for page in pages.values():
        steps.answer_self_check(page, program, "often")
    steps.say_how_it_went(hers, program, "We laughed.", "Meet twice as long.")
    hers.get_by_role("button", name="Make a proposal of it").click()
    hers.get_by_role("link", name="Change the values").click()
    hers.locator("#sessions summary").click()
    hers.get_by_role("link", name=re.compile("Propose a change.*Sessions")).click()
    hers.get_by_label("How long").fill("3h")
    hers.get_by_role("button", name="Keep this change").click()
    hers.get_by_role("link", name="The words").click()
    third = steps.decide(desk, pages, steps.put_forward(hers, "Half an hour is no walk."), looks_over)
    steps.write_down(hers, program, {"How it went, and for whom": "Well.", "Proposals for the next version": "One."})

    assert (third.outcome, steps.finish_stage(pages, program)) == ("passed", "co-plan")
    steps.at_program(hers, program, "versions/")
    assert hers.get_by_text("Version 3").first.is_visible()
    assert design_of(program)["sessions"]["length"] == "3h"
    program.refresh_from_db()
    assert program.round == 2
