"""A participant does a whole thing without a mouse, and always sees where they are."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from alongside.kernel.clock import now
from alongside.people.models import Membership
from alongside.people.tests.factories import community, person_in
from alongside.people.tests.signing_in import card_of
from alongside.strengths.tests.factories import Neighbor, offer_of, recorded
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account
from tests.support.browser import Visitor

MOST_STOPS = 120
# How the stop looks: nobody may have to guess where they are. (The browser itself marks the calendar of a day.)
SEEN = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const shown = [at, at.closest('label'), at.parentElement].filter(Boolean).map(each => getComputedStyle(each));
    const ringed = shown.some(look => (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2)
        || look.boxShadow !== 'none') || (at.type === 'date' && !at.matches(':focus-visible'));
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
    return {name: (at.labels?.[0]?.innerText || at.getAttribute('aria-label') || at.innerText || at.value || '').trim(),
        tag: at.tagName, id: at.id, ringed, inside};
}"""


class Keyboard:
    """A page and its keys; every stop is looked at."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.unseen: list[str] = []

    def press(self, key: str) -> dict[str, Any]:
        self.page.keyboard.press(key)
        stop: dict[str, Any] = self.page.evaluate(SEEN)
        if key == "Tab" and stop["tag"] != "BODY" and not (stop["ringed"] and stop["inside"]):
            self.unseen.append(f"{self.page.url}: {stop}")
        return stop

    def tab_to(self, name: str, *, tag: str = "") -> None:
        """Tab until the stop called `name`."""
        for _stop in range(MOST_STOPS):
            stop = self.press("Tab")
            if name in stop["name"] and tag in ("", stop["tag"]):
                return
        raise AssertionError(f"{name} cannot be reached on {self.page.url}")

    def enter(self) -> None:
        """Follow or press what one stands on, and wait for the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def skip_to_main(self) -> None:
        """The first stop of a page leads past the menu."""
        stop = self.press("Tab")
        assert stop["name"] == "Skip to the main part"
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id || location.hash.slice(1)") == "main"


@pytest.fixture
def amina(live_site: str) -> Membership:
    """Amina, whom Ben says he helped for an hour."""
    place = community("Maple Street")
    timebank.open_time_bank(community=place, by=None, at=now())
    members = [person_in(place, name) for name in ("Amina Yusuf", "Ben Okoro")]
    mine, his = (neighbor(each) for each in members)
    recorded(his, mine, helped_on=place.day_of(now()), at=now())
    return members[0]


def neighbor(member: Membership) -> Neighbor:
    account = timebank.account_of(community=member.community, person=member.person, by=None, at=now())
    return Neighbor(member, account)


def test_signing_in_offering_and_answering_by_keyboard(amina: Any, open_page: Visitor) -> None:
    printed, page = card_of(amina), open_page()
    keys = Keyboard(page)
    at = f"/c/{amina.community.slug}/"

    page.goto(f"/sign-in/card/?next={at}")
    keys.skip_to_main()
    keys.tab_to("Code on the card")
    page.keyboard.type(printed.code)
    keys.press("Tab")
    page.keyboard.type(printed.pin)
    keys.enter()
    assert urlsplit(page.url).path == at

    keys.tab_to("Offers", tag="A")
    keys.enter()
    keys.skip_to_main()
    keys.tab_to("Offer something")
    keys.enter()
    keys.skip_to_main()
    keys.tab_to("In a few words")
    page.keyboard.type("Reading aloud")
    keys.tab_to("What kind of help is it?")
    page.keyboard.press("ArrowDown")
    keys.tab_to("Put it up")
    keys.enter()
    assert page.locator(":focus", has_text="“Reading aloud” is up for everybody to see.").is_visible()

    keys.tab_to("Exchanges", tag="A")
    keys.enter()
    keys.skip_to_main()
    keys.tab_to("Ben Okoro", tag="A")
    keys.enter()
    keys.tab_to("Yes, that is right", tag="BUTTON")
    keys.enter()
    assert page.get_by_text("Confirmed. The hours are credited.").is_visible()

    assert Account.objects.get(person=amina.person).balance_minutes == -60
    assert keys.unseen == []


def test_undo_is_the_next_stop_after_what_was_done(amina: Membership, open_page: Visitor) -> None:
    page = open_page(person=amina.person)
    page.goto(f"/c/{amina.community.slug}/listings/{offer_of(neighbor(amina)).pk}/")
    keys = Keyboard(page)

    keys.tab_to("Pause", tag="BUTTON")
    keys.enter()

    assert keys.press("Tab")["name"] == "Undo"


def test_three_presses_of_escape_leave_and_a_key_held_down_does_not(amina: Membership, open_page: Visitor) -> None:
    page = open_page(person=amina.person)
    page.route(re.compile("/away/$"), lambda asked: asked.fulfill(body="outside"))
    page.goto(f"/c/{amina.community.slug}/")

    for _repeat in range(5):
        page.keyboard.down("Escape")
    assert page.get_by_role("button", name="Leave quickly").is_visible()
    page.keyboard.up("Escape")

    with page.expect_navigation():
        for _press in range(3):
            page.keyboard.press("Escape")
    assert page.get_by_text("outside").is_visible()
