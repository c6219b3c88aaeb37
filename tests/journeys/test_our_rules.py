"""A vote on the community's rules splits, goes to conciliation, passes as version 3, and the opening float changes."""

import re
from datetime import timedelta
from typing import Any

import pytest

from alongside.charter import actions as charter
from alongside.charter.in_force import values_in_force
from alongside.charter.tests.scenes import everybody_in
from alongside.decisions import actions
from alongside.decisions.models import Decision, Proposal
from alongside.decisions.tests.voting import say
from alongside.kernel.clock import now
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.timebank import actions as timebank
from tests.support.browser import PHONE, Visitor


@pytest.fixture
def town(live_site: str) -> Community:
    place = community()
    timebank.open_time_bank(community=place, by=None, at=now())
    charter.begin(community=place, by=None, at=now())
    return place


def put_to_the_vote(page: Any, town: Community, sides: dict[str, list[Membership]]) -> Decision:
    """From the proposal's page to an open vote, looked over by the first of each side."""
    page.goto(f"/c/{town.slug}/decide/{Proposal.objects.get().pk}/")
    page.get_by_role("link", name="Put it to the vote").click()
    page.get_by_role("link", name=re.compile("Choose this.*Yes or no, by both sides")).click()
    for words, side in (("People who use it", "uses"), ("People who provide it", "provides")):
        page.get_by_label(f"Who looks over the count for: {words}?").select_option(label=str(sides[side][0].person))
    page.get_by_role("button", name="Open the vote").click()
    return Decision.objects.latest("opens_at")


def closed(decision: Decision, sides: dict[str, list[Membership]], uses: str, provides: str) -> Decision:
    say(decision, sides["uses"], uses)
    say(decision, sides["provides"], provides)
    return actions.close(decision=decision, by=None, at=decision.closes_at + timedelta(seconds=1))


def set_limits(page: Any, hours: str, warned: str, button: str) -> None:
    page.get_by_label("How far below zero may it go?").fill(hours)
    page.get_by_label("Say so from how far below zero?").fill(warned)
    page.get_by_role("button", name=button).click()


def test_the_opening_float_changes_once_both_sides_have_found_words(town: Community, open_page: Visitor) -> None:
    sides = everybody_in(town, each=5)
    author, steward = sides["uses"][1], person_in(town, "Stella", roles=[Role.STEWARD])
    hers, desk = open_page(size=PHONE, javascript=False, person=author.person), open_page(person=steward.person)

    hers.goto(f"/c/{town.slug}/rules/")
    hers.get_by_role("link", name=re.compile("Propose a change.*How many hours")).click()
    set_limits(hers, "15", "12", "Go on to the words")
    hers.get_by_label("Why?").fill("A new baby needs many hours at once.")
    hers.get_by_role("button", name="Look it over").click()
    hers.get_by_role("button", name="Put it forward").click()
    hers.get_by_role("button", name="Write the next version").click()
    hers.get_by_role("link", name="Change the values").click()
    hers.get_by_role("link", name="How many hours").click()
    set_limits(hers, "20", "16", "Keep these values")
    hers.get_by_role("button", name="Look it over").click()
    hers.get_by_role("button", name="Put this version forward").click()
    assert hers.get_by_text("20\N{NO-BREAK SPACE}hours").first.is_visible()

    first = closed(put_to_the_vote(desk, town, sides), sides, "yyyyy", "nnnny")
    assert (first.outcome, values_in_force(town)["floor_minutes"]) == ("split", -600)

    round_ = first.conciliations.get()
    uma, pia = sides["uses"][2], sides["provides"][2]
    for member in (uma, pia):
        actions.volunteer(conciliation=round_, membership=member, by=member.person, at=now())
    actions.draw_seats(conciliation=round_, by=None, at=now())
    room = f"/c/{town.slug}/decide/votes/{first.pk}/conciliation/"
    umas, pias = (open_page(size=PHONE, javascript=False, person=member.person) for member in (uma, pia))
    umas.goto(room)
    umas.get_by_role("button", name="Begin with the words voted on").click()
    umas.goto(room)
    umas.get_by_role("link", name="Change the values").click()
    umas.get_by_role("link", name="How many hours").click()
    set_limits(umas, "12", "10", "Keep these values")
    for page in (umas, pias):
        page.goto(room)
        page.get_by_role("button", name="I agree to these words").click()

    second = closed(put_to_the_vote(desk, town, sides), sides, "yyyyn", "yyyyn")

    assert (second.version.number, second.outcome) == (3, "passed")
    hers.goto(f"/c/{town.slug}/decide/votes/{second.pk}/")
    assert hers.get_by_text("It is in force: version 2 of our rules.").is_visible()
    hers.goto(f"/c/{town.slug}/rules/")
    assert hers.get_by_text("12\N{NO-BREAK SPACE}hours").first.is_visible()
    account = timebank.account_of(community=town, person=author.person, by=None, at=now())
    assert account.floor_minutes == -720
