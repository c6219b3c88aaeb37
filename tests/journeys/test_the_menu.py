"""The longest menu there is, on small windows: every entry is reached, by finger and by keyboard."""

from typing import Any

import pytest

from alongside.people.models import Membership, Role
from alongside.people.tests.factories import community, person_in
from tests.support.browser import DESK, PHONE, Visitor

MAGNIFIED = (640, 450)
TALL = (1280, 1400)
IN_SIGHT = "link => { const box = link.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"


@pytest.fixture
def cora(live_site: str) -> Membership:
    return person_in(community("Maple Street"), "Cora", roles=[Role.PARTICIPANT, Role.COORDINATOR, Role.STEWARD])


@pytest.mark.parametrize("size", [PHONE, MAGNIFIED], ids=["phone", "magnified"])
def test_the_last_entry_of_the_menu_is_reached_by_tab_and_by_finger(
    cora: Membership, open_page: Visitor, size: tuple[int, int]
) -> None:
    page = open_page(person=cora.person, size=size)
    page.goto(f"/c/{cora.community.slug}/")

    page.get_by_role("button", name="Menu").click()
    page.locator("#menu a").nth(-2).focus()
    page.keyboard.press("Tab")

    last = page.locator("#menu a").last
    assert last.evaluate("link => link === document.activeElement")
    assert last.evaluate(IN_SIGHT)
    last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Settings"


@pytest.mark.parametrize("size", [DESK, TALL], ids=["laptop", "tall"])
def test_no_entry_of_the_menu_hides_below_an_edge_of_its_own(
    cora: Membership, open_page: Visitor, size: tuple[int, int]
) -> None:
    page = open_page(person=cora.person, size=size)
    page.goto(f"/c/{cora.community.slug}/")

    hidden: Any = page.locator("#menu").evaluate("menu => menu.scrollHeight - menu.clientHeight")

    assert hidden <= 0
