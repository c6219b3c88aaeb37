"""Every page of the house in a real browser: no barrier, no overflow, nothing against the content policy."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from alongside.people.models import Person
from tests.support.browser import DESK, PHONE, Visitor
from tests.support.cast import Cast
from tests.support.permission_table import TABLE, Row, addresses, rows
from tests.support.samples import filled_in
from tests.support.towns import Towns

ROWS = {row.url_name: row for row in rows(TABLE.read_text(encoding="utf-8"))}
# Who opens a page that several may: those who see most of it first.
WHO_FIRST = ("coordinator", "steward", "themself", "delegate", "participant", "commissioner", "lead", "stranger")
FEWEST_PAGES = 30
# Blank, and leads to another house at once: its own room tests it.
MOVES_ON = {"people:away"}
# Stands before several addresses.
GATE = "First, show that it is you"

Look = tuple[tuple[int, int], Any]
# How wide, and in which colors.
EVERY_LOOK: list[Look] = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
# 1280 px at 400 %: nothing may be read by moving sideways.
MAGNIFIED = (320, 256)
# How far readers may set text apart. Source: WCAG 2.2, 1.4.12 Text Spacing.
SPACED = """() => {
  const wishes = new CSSStyleSheet();
  wishes.replaceSync(`p { margin-block-end: 2em !important }
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }`);
  document.adoptedStyleSheets = [wishes];
}"""
AXE = """async (only) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run({ resultTypes: ["violations"], runOnly: only ?? tags, preload: false });
  return found.violations.map((rule) => `${rule.id}: ${rule.nodes[0].html.slice(0, 160)}`);
}"""
# All that dark colors can change on a page just looked at in light ones: tokens.css gives them values, and no more.
ABOUT_COLORS = ["color-contrast", "link-in-text-block"]
# What a list of all links, buttons or boxes of a page reads like: each must be told from its neighbors by its name.
# (A link in a table is read with its row, a box with the question around it, the button of a search with its box.)
ALIKE = """() => {
  const read = (part) => part.ariaLabel ?? (part.labels?.[0] ?? part).textContent;
  const words = (part) => read(part).replace(/\\s+/g, " ").trim();
  const around = (box) => box.closest("[role=group], fieldset");
  const question = (box) => around(box)?.ariaLabel ?? around(box)?.querySelector("legend")?.textContent;
  const asked = (box) => `${question(box)}: ${words(box)}`;
  const kinds = {
    link: ["main a[href]:not(table a)", words, (link) => link.href.split("#")[0]],
    button: ["main button:not([aria-hidden], [role=search] *)", words, (button) => button.form ?? button],
    box: ["main :is(input:not([type=hidden]), select, textarea)", asked, (box) => box],
  };
  return Object.entries(kinds).flatMap(([kind, [where, name, leadsTo]]) => {
    const met = new Map();
    return [...document.querySelectorAll(where)].filter((part) => part.checkVisibility()).flatMap((part) => {
      const [called, to] = [name(part), leadsTo(part)];
      const again = met.has(called) && met.get(called) !== to;
      met.set(called, to);
      return again ? [`${kind} called like another: ${called}`] : [];
    });
  });
}"""


@pytest.fixture
def cast(towns: Towns, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock(), towns.copy() as cast:
        yield cast


@pytest.fixture
def committed_db(cast: Cast) -> None:
    """What the live site shows are the towns."""


def pages(cast: Cast) -> Iterator[tuple[str, Person | None]]:
    """Every address that shows a page of HTML, with somebody who may open it."""
    for address in sorted({each.url_name: each for each in addresses()}.values(), key=lambda each: each.url_name):
        row = ROWS.get(address.url_name)
        if row is not None and "GET" in row.methods and address.url_name not in MOVES_ON:
            person, path = visitor_of(row, cast), filled_in(address, cast.home)
            if shows_a_page(path, person):
                yield path, person


def visitor_of(row: Row, cast: Cast) -> Person | None:
    actors = {actor.name: actor for actor in cast.actors}
    name = next(name for name in WHO_FIRST if actors[name].words & row.who)
    membership = actors[name].membership
    return membership.person if membership else None


def shows_a_page(path: str, person: Person | None) -> bool:
    """A whole page: not a file, a redirect, or a piece that HTMX puts into one."""
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(path)
    is_whole = answer.status_code == 200 and not answer.streaming
    return is_whole and answer.content.lstrip().lower().startswith(b"<!doctype html>")


def overflows(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def barriers(page: Any, colors: str) -> list[str]:
    """What axe finds, one line a rule with the first element it concerns."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    if colors == "dark":
        return [str(fault) for fault in page.evaluate(AXE, ABOUT_COLORS)]
    found = page.evaluate(AXE) + page.evaluate(ALIKE) + (["wider than the screen"] if overflows(page) else [])
    return [str(fault) for fault in found]


@pytest.mark.first_look
def test_every_page_is_without_barriers_and_fits_a_phone(cast: Cast, open_page: Visitor) -> None:
    assert_nothing_is_wrong_on_any_page(cast, open_page, lambda page: faults_in_looks(page, EVERY_LOOK[:1]))


@pytest.mark.all_variants
def test_every_page_is_without_barriers_and_fits_however_it_is_looked_at(cast: Cast, open_page: Visitor) -> None:
    """Each is opened once, and then looked at in every way."""
    assert_nothing_is_wrong_on_any_page(
        cast, open_page, lambda page: faults_in_looks(page, EVERY_LOOK) + misfits_for_poor_eyes(page)
    )


def assert_nothing_is_wrong_on_any_page(cast: Cast, open_page: Visitor, faults_of: Callable[[Any], list[str]]) -> None:
    faults: list[str] = []
    titles: dict[str, str] = {}
    windows = Windows(open_page)
    visited = list(pages(cast))

    for path, person in visited:
        page = windows.of(person)
        page.goto(path)
        if titles.setdefault(page.title(), path) != path and GATE not in page.title():
            faults.append(f"{path} has the title of {titles[page.title()]}: {page.title()}")
        faults += [f"{path}, {fault}" for fault in faults_of(page)]

    assert not faults, "\n".join(faults)
    assert len(visited) > FEWEST_PAGES


def faults_in_looks(page: Any, looks: list[Look]) -> list[str]:
    faults = []
    for (width, height), colors in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=colors)
        faults += [f"{width} px, {colors}: {fault}" for fault in barriers(page, colors)]
    return faults


def misfits_for_poor_eyes(page: Any) -> list[str]:
    """Magnified, in both directions, and with text set apart."""
    wide = []
    page.set_viewport_size({"width": MAGNIFIED[0], "height": MAGNIFIED[1]})
    for direction in ("ltr", "rtl"):
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        wide += [f"magnified, {direction}: wider than the screen"] if overflows(page) else []
    page.evaluate(SPACED)
    return wide + (["with spaced text: wider than the screen"] if overflows(page) else [])


class Windows:
    """One open window for each person, so that a page costs no new browser."""

    def __init__(self, open_page: Visitor) -> None:
        self.open_page = open_page
        self.open: dict[Any, Any] = {}

    def of(self, person: Person | None) -> Any:
        key = person and person.pk
        if key not in self.open:
            self.open[key] = self.open_page(person=person)
        return self.open[key]


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["participant", "commissioner"])
def test_no_link_leads_to_a_closed_door(cast: Cast, name: str) -> None:
    client, home = Client(), f"/c/{cast.home.community.slug}/"
    client.force_login(cast.home.members[name].person, backend="django.contrib.auth.backends.ModelBackend")
    led_from = {home: "", "/me/": ""}
    waiting, closed = list(led_from), []

    while waiting:
        at = waiting.pop()
        answer = client.get(at)
        if answer.status_code in {403, 404}:
            closed.append(f"{led_from[at]} leads to {at}")
        if at.startswith((home, "/me/")):
            new = links_of(answer) - led_from.keys()
            led_from |= dict.fromkeys(new, at)
            waiting += new

    assert not closed, "\n".join(closed)
    assert len(led_from) > FEWEST_PAGES


def links_of(page: Any) -> set[str]:
    html = b"" if page.streaming else page.content
    return set(re.findall(r'<a [^>]*href="(/[^"#?]*)', html.decode("utf-8", "replace")))


def test_what_a_search_finds_is_said_aloud(cast: Cast, open_page: Visitor) -> None:
    page = open_page(person=cast.home.members["coordinator"].person)
    page.goto(f"/c/{cast.home.community.slug}/members/")

    page.get_by_label("Name or member number").press_sequentially("Nobody of this name")

    page.locator("#heard", has_text="Nobody found").wait_for(state="attached")


def test_a_stranger_finds_the_way_in_without_javascript(cast: Cast, open_page: Visitor) -> None:
    page = open_page(javascript=False, size=PHONE)

    page.goto("/")
    page.get_by_role("link", name="Help").first.click()
    page.get_by_role("link", name="All help").click()
    page.get_by_label("Search in help").fill("card")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Print a sign-in card").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Print a sign-in card"

    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Español").click()
    assert page.locator("html").get_attribute("lang") == "es"


def test_a_community_is_set_up_without_javascript(cast: Cast, open_page: Visitor) -> None:
    page = open_page(javascript=False, person=cast.home.members["themself"].person)

    page.goto("/start/")
    page.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Write the name people will see.")).to_have_count(2)  # in the summary, and at the field

    page.get_by_label("Name of your community").fill("Rosewood Time Bank")
    for _ in range(7):
        page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Check your answers"
    assert page.get_by_text("Rosewood Time Bank").is_visible()

    page.get_by_role("button", name="Set up the community").click()
    assert page.get_by_text("Rosewood Time Bank is ready.").is_visible()
    assert page.get_by_role("heading", name="Your desk").is_visible()
