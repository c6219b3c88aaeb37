"""From a stranger's first visit to a statement, in a browser that runs no script."""

import re
from typing import Any

import pytest

from alongside.kernel.clock import now
from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.people.tests.signing_in import code_in_mail
from alongside.timebank import actions as timebank
from tests.support.browser import PHONE, Visitor


@pytest.fixture
def place(live_site: str) -> Community:
    """A time bank that people may ask to join; Cora answers, Ben belongs already."""
    town = community("Maple Street", join_policy=Community.JoinPolicy.ASK)
    timebank.open_time_bank(community=town, by=None, at=now())
    person_in(town, "Cora", roles=[Role.PARTICIPANT, Role.COORDINATOR])
    person_in(town, "Ben Okoro")
    return town


def test_join_offer_exchange_and_statement(place: Any, open_page: Visitor) -> None:
    members = {str(each.person): each.person for each in Membership.objects.of(place)}
    asha, cora, ben = (
        open_page(javascript=False, size=PHONE, person=person)
        for person in (None, members["Cora"], members["Ben Okoro"])
    )
    at = f"/c/{place.slug}/"

    make_an_account(asha, f"{at}join/")
    asha.get_by_label("A few words about you").fill("I bake bread.")
    asha.get_by_role("button", name="Ask to join").click()
    assert asha.get_by_text("You have asked to join").is_visible()

    cora.goto(f"{at}join-requests/")
    cora.get_by_role("link", name=re.compile("Answer.*Asha Nair")).click()
    cora.get_by_label("Welcome").check()
    cora.get_by_role("button", name="Answer").click()
    assert cora.get_by_text("Asha Nair", exact=False).first.is_visible()

    asha.goto(f"{at}offers/")
    asha.get_by_role("link", name="Offer something").click()
    asha.get_by_label("In a few words").fill("Bread, and how to bake it")
    asha.get_by_label("What kind of help is it?").select_option(index=1)
    asha.get_by_role("button", name="Put it up").click()
    assert asha.get_by_text("is up for everybody to see").is_visible()

    ben.goto(f"{at}offers/")
    ben.get_by_role("link", name="Bread, and how to bake it").click()
    ben.get_by_role("link", name="Ask Asha Nair for this").click()
    ben.get_by_label("Which day would suit you?").fill(place.day_of(now()).isoformat())
    ben.get_by_label("How long, about?").fill("2 h")
    ben.get_by_role("button", name="Send it").click()
    assert ben.get_by_text("Asha Nair has been asked.").is_visible()

    answer(asha, at, "Yes, let us do it")
    answer(asha, at, "It is done")
    asha.get_by_label("How long did it take?").fill("1:45")
    asha.get_by_role("button", name="It is done").click()
    answer(ben, at, "Yes, that is right")
    assert ben.get_by_text("Confirmed. The hours are credited.").is_visible()

    assert balance_line(asha, at) == ["+1:45", "1:45"]
    assert balance_line(ben, at) == ["−1:45", "−1:45"]


def make_an_account(page: Any, wanted: str) -> None:
    page.goto(wanted)
    page.get_by_role("link", name="Say who you are").click()
    page.get_by_role("link", name="I am new here").click()
    page.get_by_label("Your name").fill("Asha Nair")
    page.get_by_label("Your e-mail address").fill("asha@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the e-mail").fill(code_in_mail())
    page.get_by_role("button", name="Continue").click()
    assert page.url.endswith(wanted)


def answer(page: Any, at: str, label: str) -> None:
    """Open the one exchange there is and press a button on it."""
    page.goto(f"{at}exchanges/open/")
    page.get_by_role("main").locator(".list").get_by_role("link", name="help").first.click()
    page.get_by_role("main").locator("a, button").filter(has_text=label).first.click()


def balance_line(page: Any, at: str) -> list[str]:
    """Hours and running balance of the only movement on one's own statement."""
    page.goto(f"{at}hours/")
    page.get_by_role("link", name="The whole statement").click()
    [movement] = [row for row in page.locator("tbody tr").all() if row.locator(".movement").count()]
    return [cell.inner_text().split()[-1] for cell in movement.locator("td.number").all()]
