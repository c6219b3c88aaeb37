"""A consent round with one objection, which a new version takes up, in a browser that runs no script."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.decisions.models import Decision
from alongside.decisions.tests.rounds import round_of, scene, stand
from alongside.kernel.clock import now
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from tests.support.browser import PHONE, Visitor


@pytest.fixture
def place(live_site: str) -> Any:
    return scene(uses=2, provides=2)


def test_one_objection_is_taken_up_and_it_is_adopted(place: Any, open_page: Visitor) -> None:
    decision = round_of(place, at=now(), closes_at=now() + timedelta(days=3))
    (author, objector), (facilitator, provider) = place.sides["uses"], place.sides["provides"]
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])
    at = f"/c/{place.town.slug}/decide/rounds/{decision.pk}/"

    hers = open_page(javascript=False, size=PHONE, person=objector.person)
    hers.goto(at)
    hers.get_by_role("link", name="Say where I stand").click()
    hers.get_by_label("I object").check()
    hers.get_by_role("button", name="Go on").click()
    hers.get_by_label("I object, because").fill("No bus runs on Sundays.")
    hers.get_by_label("It would harm").fill("Everybody can come")
    hers.get_by_role("button", name="Write my objection down").click()

    theirs = open_page(javascript=False, person=facilitator.person)
    theirs.goto(at)
    theirs.get_by_role("main").get_by_role("link", name="Objection 1").first.click()
    theirs.get_by_role("link", name="Write down what was meant").click()
    theirs.get_by_label("What have you understood?").fill("People from the hill cannot get here.")
    theirs.get_by_role("button", name="Write down what I understood").click()

    writing = open_page(javascript=False, person=author.person)
    writing.goto(at)
    writing.get_by_role("button", name="Write the next version").click()
    writing.get_by_label("What do you propose?").fill("We open at ten, and fetch people from the hill.")
    writing.get_by_role("main").get_by_role("button").first.click()
    writing.get_by_role("link", name="Put it into the consent round").click()
    writing.get_by_label("No bus runs on Sundays.").check()
    writing.get_by_role("button", name="Put this version forward").click()

    hers.goto(at)
    hers.get_by_role("link", name="Look at your objection").click()
    hers.get_by_role("button", name="Yes, it takes up my objection").click()
    hers.get_by_label("I consent").check()
    hers.get_by_role("button", name="Go on").click()
    hers.get_by_text("Written down.").wait_for()

    stand(Decision.objects.select_related("community").get(), author, facilitator, provider, at=now())
    answering = open_page(javascript=False, person=steward.person)
    answering.goto(at)
    answering.get_by_role("button", name="End the round").click()
    answering.get_by_text("Enough of each side consent").wait_for()
    assert Decision.objects.get().version.number == 2
