"""A member signs up by keyboard on a telephone, the paper sheet is keyed in, and a contradiction is settled."""

import re
from datetime import timedelta
from typing import Any

import pytest

from alongside.gatherings import actions
from alongside.gatherings.models import Attendance, Booking, Gathering, Mark, PartKind, Sheet
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people.models import Community, Membership
from alongside.people.tests.factories import community, coordinator_in, people_in
from tests.support.browser import PHONE, Visitor


@pytest.fixture
def town(live_site: str) -> Community:
    return community()


def kitchen(town: Community, cora: Membership) -> Gathering:
    """It begins in an hour: people can still sign up, and be ticked already."""
    hall = actions.make_place(
        community=town, name="The hall", address="12 Maple Street", is_step_free=True, has_hearing_loop=True,
        by=cora.person, at=now(),
    )  # fmt: skip
    return actions.make_gathering(
        community=town,
        told=actions.Told("Tuesday kitchen", 120, about="We cook what there is, and eat together.", place=hall),
        starts_at=now() + timedelta(hours=1),
        parts=[
            actions.PartTold(actions.A_PLACE, 12),
            actions.PartTold("Cook", 2, PartKind.HELP),
            actions.PartTold("Childcare", 2, PartKind.EXTRA),
        ],
        by=cora.person, at=now(), key=new_id(),
    )  # fmt: skip


def reach(page: Any, name: str) -> None:
    """Go on with the Tab key until something of this name has the focus."""
    for _step in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.textContent")
        label = page.evaluate("() => document.activeElement.labels?.[0]?.textContent ?? ''")
        if name in f"{told} {label}":
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def enter(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_signed_up_by_keyboard_signed_on_paper_and_settled(town: Community, open_page: Visitor) -> None:
    amina, ben = people_in(town, "Amina Diallo", "Ben Okri")
    cora = coordinator_in(town)
    one = kitchen(town, cora)
    phone = open_page(size=PHONE, javascript=False, person=amina.person)

    phone.goto(f"/c/{town.slug}/gatherings/")
    reach(phone, "Tuesday kitchen")
    enter(phone)
    reach(phone, "Sign up")
    enter(phone)
    reach(phone, "Cook")
    phone.keyboard.press("Space")
    reach(phone, "Sign me up")
    enter(phone)
    assert phone.get_by_role("heading", name="You have a place").is_visible()
    assert Booking.objects.get(membership=amina).seats.count() == 2

    desk = open_page(person=cora.person)
    desk.goto(f"/c/{town.slug}/gatherings/{one.pk}/desk/")
    desk.get_by_label("Who is it for?").fill("Ben")
    desk.get_by_role("button", name="Sign up").click()
    assert desk.get_by_text("Ben Okri has a place.").is_visible()
    desk.get_by_role("link", name="Gathering").click()
    desk.get_by_role("button", name="Print a list to sign").click()
    sheet = Sheet.objects.get()
    assert desk.get_by_text(sheet.code).is_visible()

    # On the screen Amina was marked as not there; on the paper she has signed.
    actions.mark(gathering=one, membership=amina, said=Mark.Said.DID_NOT, by=cora.person, at=now(), key=new_id())
    desk.goto(f"/c/{town.slug}/gatherings/sheets/")
    desk.get_by_label("The code on the sheet").fill(sheet.code)
    desk.get_by_role("button", name="Find it").click()
    desk.get_by_label("Which numbers have signed?").fill("1-2")
    desk.get_by_role("button", name="Write it down").click()

    assert desk.get_by_text("What came in since").is_visible()
    desk.get_by_role("link", name=re.compile("Settle it")).click()
    desk.get_by_label("They came").check()
    desk.get_by_role("button", name="Settle it").click()
    assert desk.get_by_text("Settled.").is_visible()
    assert {row.membership for row in Attendance.objects.came().with_people()} == {amina, ben}
