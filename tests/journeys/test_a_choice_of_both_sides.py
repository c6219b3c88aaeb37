"""Choosing together in a real browser: co-chairs with a ballot on paper, and a budget of hours."""

import re
from datetime import timedelta
from typing import Any

import pytest

from alongside.decisions import actions
from alongside.decisions.models import Decision
from alongside.decisions.tests.voting import Scene, scene
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from tests.support.browser import PHONE, Visitor


@pytest.fixture(name="place")
def place_fixture(live_site: str) -> Scene:
    return scene(uses=5, provides=5)


def begin(page: Any, place: Scene, way: str) -> None:
    """From the proposal to the terms of a vote."""
    page.goto(f"/c/{place.town.slug}/decide/{place.proposal.pk}/")
    page.get_by_role("link", name="Put it to the vote").click()
    page.get_by_role("link", name=re.compile(f"Choose this.*{way}")).click()


def look_over(page: Any) -> None:
    page.get_by_label("Who looks over the count for: People who use it?").select_option(label="Uma 0")
    page.get_by_label("Who looks over the count for: People who provide it?").select_option(label="Pia 0")


def closed(decision: Decision) -> Decision:
    return actions.close(decision=decision, by=None, at=decision.closes_at + timedelta(seconds=1))


def test_co_chairs_are_elected_on_the_page_and_on_paper(place: Scene, open_page: Visitor) -> None:
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD]).person
    desk = open_page(person=steward)
    begin(desk, place, "Elect people")
    for name in ("Uma 1", "Uma 2", "Pia 1", "Pia 2"):
        desk.get_by_label(name, exact=True).check()
    look_over(desk)
    desk.get_by_role("button", name="Open the vote").click()
    decision = Decision.objects.get()

    for side, first, second in (("uses", "Uma 2", "Uma 1"), ("provides", "Pia 1", "Pia 2")):
        for member in place.sides[side][1:4]:
            voter = open_page(size=PHONE, javascript=False, person=member.person)
            voter.goto(f"/c/{place.town.slug}/decide/votes/{decision.pk}/vote/")
            voter.get_by_label(first).select_option("1")
            voter.get_by_label(second).select_option("2")
            voter.get_by_role("button", name="Put my vote in").click()
            assert voter.get_by_text("Your vote is in", exact=True).is_visible()
    desk.goto(f"/c/{place.town.slug}/decide/votes/{decision.pk}/ballots/?all")
    assert desk.get_by_text("Write 1 beside the best").first.is_visible()
    code = next(code for code, entry in actions.codes_of(decision) if entry.membership == place.sides["uses"][4])
    for side in ("uses", "provides"):
        scrutineer = open_page(size=PHONE, person=place.sides[side][0].person)
        scrutineer.goto(f"/c/{place.town.slug}/decide/votes/{decision.pk}/paper/")
        scrutineer.get_by_label("The code on the paper").fill(code)
        scrutineer.get_by_label("Uma 1").select_option("1")
        scrutineer.get_by_role("button", name="Write it down").click()
    assert scrutineer.get_by_text("It is counted").is_visible()

    closed(decision)
    desk.goto(f"/c/{place.town.slug}/decide/votes/{decision.pk}/")
    chosen = desk.locator(".notice").filter(has_text="Chosen")
    assert chosen.get_by_text("Uma 2").is_visible()
    assert chosen.get_by_text("Pia 1").is_visible()


def test_a_budget_of_hours_is_shared_by_both_sides(place: Scene, open_page: Visitor) -> None:
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD]).person
    desk = open_page(person=steward)
    begin(desk, place, "Share out a budget")
    desk.get_by_label("hours", exact=True).check()
    desk.get_by_label("How much is there?").fill("100")
    for number, (name, cost) in enumerate((("A bus", "50"), ("Pans", "50"), ("A band", "80")), 1):
        desk.get_by_label(f"Choice {number}", exact=False).first.fill(name)
        desk.get_by_label(f"What choice {number} costs").fill(cost)
    look_over(desk)
    desk.get_by_role("button", name="Open the vote").click()
    decision = Decision.objects.get()

    for side, wanted in (("uses", "A bus"), ("provides", "Pans")):
        for member in place.sides[side]:
            voter = open_page(size=PHONE, person=member.person)
            voter.goto(f"/c/{place.town.slug}/decide/votes/{decision.pk}/vote/")
            voter.get_by_label(wanted).check()
            voter.get_by_role("button", name="Put my vote in").click()

    closed(decision)
    desk.goto(f"/c/{place.town.slug}/decide/votes/{decision.pk}/")
    chosen = desk.locator(".notice").filter(has_text="Chosen")
    assert chosen.get_by_text("A bus").is_visible()
    assert chosen.get_by_text("Pans").is_visible()
    assert not chosen.get_by_text("A band").is_visible()
