"""An opinion map, honestly refused: a question asked, a statement let in, answered, and too few people for groups."""

import re
from datetime import timedelta
from typing import Any

import pytest

from alongside.decisions import actions as decisions
from alongside.decisions.models import OpenQuestion, Opinion, Statement
from alongside.kernel.clock import now
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import community, person_in
from tests.support.browser import PHONE, Visitor


@pytest.fixture
def people(live_site: str) -> dict[str, Membership]:
    town = community("Maple Street")
    return {
        "Cora": person_in(town, "Cora", roles=[Role.COORDINATOR, Role.PARTICIPANT]),
        "Amina": person_in(town, "Amina"),
        "Ben": person_in(town, "Ben"),
    }


@pytest.mark.parametrize("javascript", [True, False])
def test_an_opinion_map_is_honestly_refused(people: Any, open_page: Visitor, *, javascript: bool) -> None:
    cora, amina, ben = (
        open_page(javascript=javascript, size=PHONE, person=people[name].person) for name in ("Cora", "Amina", "Ben")
    )
    home = f"/c/{people['Cora'].community.slug}/decide/"

    cora.goto(home)
    cora.get_by_role("link", name="Ask everybody").click()
    cora.get_by_label("What do you want to know from everybody?").fill("What would help?")
    cora.get_by_role("button", name="Ask", exact=True).click()
    assert cora.get_by_text("The question is asked.").is_visible()

    amina.goto(home)
    amina.get_by_role("link", name="What would help?").first.click()
    amina.get_by_role("link", name="Write what I think").click()
    amina.get_by_label("What do you think?").fill("A quiet room.")
    amina.get_by_role("button", name="Hand it in").click()
    assert amina.get_by_text("A coordinator reads it first").is_visible()

    cora.reload()
    cora.get_by_role("link", name="Let statements in").click()
    cora.get_by_role("link", name=re.compile("Look at it.*A quiet room")).click()
    cora.get_by_label("Yes, let it in").check()
    cora.get_by_role("button", name="Say so").click()
    assert cora.get_by_text("Nothing waits.").is_visible()

    ben.goto(f"{home}questions/{OpenQuestion.objects.get().pk}/")
    ben.get_by_role("link", name="Go on without writing").click()
    assert ben.locator("#one").get_by_text("A quiet room.").is_visible()
    ben.get_by_role("button", name="I agree").click()
    ben.locator("#one").get_by_text("You have answered everything").wait_for()
    assert Opinion.objects.get(membership=people["Ben"]).word == "agree"

    close()
    ben.goto(f"{home}questions/{OpenQuestion.objects.get().pk}/results/")
    assert ben.get_by_role("complementary", name="Too few people to show groups").is_visible()
    assert ben.get_by_text("fewer than 5 answers").is_visible()
    assert ben.get_by_text("You said: I agree").is_visible()


def close() -> None:
    """Three weeks go by: the question has been asked and has closed, and the clock has counted it."""
    OpenQuestion.objects.update(made_at=now() - timedelta(days=22), closes_at=now() - timedelta(minutes=1))
    assert decisions.work_out_due(at=now()) == 1
    assert Statement.objects.get().state == "shown"
