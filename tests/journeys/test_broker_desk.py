"""A broker at the desk: by keyboard alone, with and without script, and a pile of paper slips."""

from time import monotonic
from typing import Any

import pytest
from django.urls import reverse

from alongside.kernel.clock import now, today
from alongside.people.models import Role
from alongside.people.tests.factories import community, person_in
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import State
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account
from tests.support.browser import Visitor

# What an experienced broker needs for one slip, with room to spare: 20 slips in five minutes.
SECONDS_A_SLIP = 15


class Keyboard:
    """Presses keys one by one and counts them; there is no mouse."""

    def __init__(self, page: Any) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, text: str) -> None:
        self.press(*text)


@pytest.fixture
def broker(live_site: str) -> Any:
    """Cora, who keeps a time bank of 50 people; member 12 is Amina, member 47 is Ben."""
    place = community("Maple Street")
    timebank.open_time_bank(community=place, by=None, at=now())
    names = {12: "Amina Yusuf", 47: "Ben Okoro"}
    for number in range(2, 51):
        person_in(place, names.get(number, f"Neighbor {number}"), number=number)
    return person_in(place, "Cora", number=1, roles=[Role.PARTICIPANT, Role.COORDINATOR], joined_on=today())


def desk_of(broker: Any) -> str:
    return reverse("strengths:desk", args=[broker.community.slug])


def balance_of(name: str) -> int:
    return Account.objects.get(person__name=name).balance_minutes


def test_a_phoned_exchange_takes_at_most_25_key_presses_and_no_mouse(broker: Any, open_page: Visitor) -> None:
    page = open_page(person=broker.person)
    page.goto(desk_of(broker))
    keyboard = Keyboard(page)

    keyboard.type("12")
    keyboard.press("Tab")
    keyboard.type("47")
    keyboard.press("Tab")
    keyboard.type("1:30")
    keyboard.press("Tab", "T", "Tab", "Space", "Enter")

    page.get_by_text("Amina Yusuf helped Ben Okoro: 1 h 30 min credited.").wait_for()
    assert keyboard.presses <= 25
    assert (balance_of("Amina Yusuf"), balance_of("Ben Okoro")) == (90, -90)
    assert page.evaluate("document.activeElement.name") == "giver"


def test_enter_on_the_kind_of_help_writes_it_down(broker: Any, open_page: Visitor) -> None:
    page = open_page(person=broker.person)
    page.goto(desk_of(broker))
    keyboard = Keyboard(page)

    for typed in ("12", "47", "1:30"):
        keyboard.type(typed)
        keyboard.press("Tab")
    keyboard.press("T", "Enter")

    page.get_by_role("button", name="Undo").wait_for()
    assert Exchange.objects.get().minutes == 90


def test_enter_in_the_open_list_of_kinds_only_chooses(broker: Any, open_page: Visitor) -> None:
    page = open_page(person=broker.person)
    page.goto(desk_of(broker))
    keyboard = Keyboard(page)
    kinds = page.get_by_label("Kind of help")

    kinds.focus()
    keyboard.press("Space", "T", "Enter")

    assert kinds.evaluate("list => list.selectedIndex") > 0
    assert page.locator(".error-summary").count() == 0


def test_typing_a_name_shows_who_is_meant_and_what_they_bring(broker: Any, open_page: Visitor) -> None:
    page = open_page(person=broker.person)
    page.goto(desk_of(broker))

    page.get_by_label("Who helped?").press_sequentially("amin")

    page.locator("#who-giver").get_by_text("Amina Yusuf").wait_for()
    page.locator("#card-giver").get_by_role("heading", name="Amina Yusuf").wait_for()


def test_the_desk_works_without_script(broker: Any, open_page: Visitor) -> None:
    page = open_page(person=broker.person, javascript=False)
    page.goto(desk_of(broker))
    page.get_by_label("Who helped?").fill("yusuf")
    page.get_by_label("Who was helped?").fill("47")
    page.get_by_role("button", name="Look them up first").click()
    page.get_by_role("heading", name="Amina Yusuf").wait_for()
    assert page.url.endswith(desk_of(broker))  # nothing of what was typed

    page.get_by_label("How long?").fill("45 min")
    page.get_by_label("Kind of help").select_option(index=1)
    page.get_by_label("Both of them say so: credit it now").check()
    page.get_by_role("button", name="Write it down").click()

    page.get_by_text("Amina Yusuf helped Ben Okoro: 45 minutes credited.").wait_for()


def test_undo_on_the_next_page_takes_it_back(broker: Any, open_page: Visitor) -> None:
    page = open_page(person=broker.person)
    page.goto(desk_of(broker))
    page.get_by_label("Who helped?").fill("12")
    page.get_by_label("Who was helped?").fill("47")
    page.get_by_label("How long?").fill("1")
    page.get_by_label("Kind of help").select_option(index=1)
    page.get_by_label("Both of them say so: credit it now").check()
    page.get_by_role("button", name="Write it down").click()

    page.get_by_role("button", name="Undo").click()

    page.get_by_text("Undone.").wait_for()
    assert Exchange.objects.get().state == State.WITHDRAWN
    assert balance_of("Amina Yusuf") == 0


def test_twenty_slips_are_keyed_looked_at_and_posted_by_keyboard(broker: Any, open_page: Visitor) -> None:
    page = open_page(person=broker.person)
    page.goto(reverse("strengths:slips", args=[broker.community.slug]))
    page.get_by_role("button", name="More rows").click()
    page.locator("[name='slip-19-giver']").wait_for()
    page.locator("[name='slip-0-giver']").focus()
    keyboard, began = Keyboard(page), monotonic()

    for slip in range(20):
        keyboard.type(str(2 + slip))
        keyboard.press("Tab")
        keyboard.type(str(30 + slip))
        keyboard.press("Tab")
        keyboard.type("1:15")
        if slip < 19:
            keyboard.press("Tab")
        if slip == 0:
            keyboard.press("T")
        if slip < 19:
            # The kind and the day stay as above; the day has four stops of its own in this browser.
            keyboard.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
    keyboard.press("Enter")
    page.get_by_role("heading", name="A second look").wait_for()
    keyboard.press("Enter")
    page.get_by_text("20 slips are posted.").wait_for()

    assert Exchange.objects.filter(state=State.CONFIRMED, channel="paper").count() == 20
    assert monotonic() - began < 20 * SECONDS_A_SLIP
    # At a brisk two keys a second the pile takes less than five minutes.
    assert keyboard.presses / 2 < 5 * 60
