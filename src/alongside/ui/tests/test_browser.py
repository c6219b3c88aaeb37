"""The gallery in a real browser: no barrier that a machine can find, at any size, in either theme."""

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

PHONE, DESK = (360, 740), (1280, 900)
PAGES = ("/gallery/", "/gallery/?again", "/gallery/?language=ar", "/gallery/sheet/")


@pytest.mark.parametrize(
    ("size", "dark", "address"),
    [
        pytest.param(
            size,
            dark,
            address,
            marks=[] if (size, dark) == (PHONE, False) else pytest.mark.all_variants,
            id=f"{size[0]}px {'dark' if dark else 'light'} {address}",
        )
        for size, dark, address in product((PHONE, DESK), (False, True), PAGES)
    ],
)
def test_the_gallery_has_no_barrier(open_page: Any, size: tuple[int, int], dark: bool, address: str):
    page = open_page(size=size, dark=dark)
    page.goto(address)

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_page_enlarged_four_times_needs_no_sideways_scrolling(open_page: Any):
    page = open_page(size=(320, 256))
    page.goto("/gallery/")

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_menu_opens_and_closes_without_script(open_page: Any):
    page = open_page(size=PHONE, javascript=False)
    page.goto("/gallery/")
    assert not page.locator("#menu").is_visible()

    page.get_by_role("button", name="Menu").click()

    assert page.get_by_role("link", name="Your hours", exact=True).is_visible()


def test_the_keyboard_goes_through_the_header_as_the_eye_does(open_page: Any):
    page = open_page(size=PHONE)
    page.goto("/gallery/")

    stops = page.evaluate(
        """[...document.querySelectorAll(".house-header :is(a, button, summary)")]
        .filter((stop) => stop.checkVisibility()).map((stop) => stop.getBoundingClientRect())
        .map((box) => [Math.round((box.top + box.bottom) / 80), box.left])"""
    )

    assert len(stops) > 2
    assert stops == sorted(stops)


def test_a_dialog_opens_in_place_and_gives_the_focus_back(open_page: Any):
    page = open_page()
    page.goto("/gallery/")
    opener = page.locator("[data-opens]")

    opener.click()
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")

    assert not page.get_by_role("dialog").is_visible()
    assert opener.evaluate("element => element === document.activeElement")


def test_an_error_summary_takes_the_focus(open_page: Any):
    page = open_page()
    page.goto("/gallery/?again")

    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_a_refusal_takes_the_focus_too(open_page: Any):
    page = open_page()
    page.goto("/gallery/?refused")

    assert page.evaluate("document.activeElement.className") == "error-summary refusal"


def test_a_part_that_is_put_in_anew_keeps_the_focus(open_page: Any):
    page = open_page()
    page.goto("/gallery/")
    page.evaluate(
        """() => {
        document.getElementById("main").insertAdjacentHTML("afterbegin", `<div id="renewed" hx-get="/gallery/"
            hx-select="[aria-label='Parts of the gallery']" hx-swap="innerHTML"
            hx-trigger="again"><a href="#old">Lists</a></div>`);
        const part = document.getElementById("renewed");
        htmx.process(part);
        part.firstElementChild.focus();
        htmx.trigger(part, "again");
    }"""
    )

    page.locator("#renewed .tabs").wait_for()

    focused = page.locator("#renewed a:focus")
    focused.wait_for(timeout=2000)
    assert focused.inner_text() == "Lists"


def test_a_dark_page_prints_in_the_colors_of_paper(open_page: Any):
    page = open_page(dark=True)
    page.goto("/gallery/?theme=dark")
    page.emulate_media(media="print", color_scheme="dark")

    colors = page.evaluate(
        """["paper", "ink", "leaf", "clay"].map(
        (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`))"""
    )

    assert colors == ["#fff", "#000", "#0b5045", "#803010"]


def test_what_is_pressed_is_large_enough_to_press(open_page: Any):
    page = open_page(size=PHONE)
    page.goto("/gallery/")

    small = page.evaluate(
        """[...document.querySelectorAll("button, a.button, summary, .tabs a, .choice, input, select, textarea, "
            + ".tile-label a, .card-title a, .timeline-title a")]
        .filter((element) => element.checkVisibility() && !element.closest("label") && element.type !== "hidden")
        .filter((element) => element.getBoundingClientRect().height < 44).map((element) => element.outerHTML)"""
    )

    assert small == []


def test_a_box_that_an_error_leads_to_is_seen_with_its_question(open_page: Any):
    page = open_page(size=PHONE)
    page.goto("/gallery/?again")

    page.locator(".error-summary a").nth(1).click()

    assert page.locator(":focus").evaluate("(box) => box.labels[0].getBoundingClientRect().top") >= 0
