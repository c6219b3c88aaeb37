"""Gatherings on the noticeboard and in the search."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.gatherings import actions
from alongside.gatherings.models import Visibility
from alongside.gatherings.tests import gatherings as scenes
from alongside.kernel.clock import now, today
from alongside.people.tests.factories import browser_of, community, coordinator_in, people_in, standing_for
from alongside.web.noticeboard.board import board_for
from alongside.web.searching import search_everything

pytestmark = pytest.mark.django_db


def test_the_noticeboard_asks_whether_one_comes_and_shows_what_is_coming_up():
    town = community()
    (amina,), cora = people_in(town, "Amina"), coordinator_in(town)
    given = {"starts_at": now() + timedelta(days=2), "at": now()}
    asked, sure = (scenes.made(town, 5, about={"title": title}, **given) for title in ("Choir", "Kitchen"))
    actions.book(gathering=asked, membership=amina, by=cora.person, at=now())
    actions.book(gathering=sure, membership=amina, by=amina.person, at=now())
    actions.book(gathering=scenes.made(town, 5, **given), membership=cora, by=cora.person, at=now())

    board = board_for(standing_for(amina, on=today()), at=now())

    assert [line.title for line in board.answers] == ["Choir"]
    assert [line.title for line in board.coming] == ["Kitchen"]


def test_search_finds_the_next_of_a_series_once_and_nothing_of_another_group():
    town = community()
    amina, ben = people_in(town, "Amina", "Ben")
    tomorrow = today() + timedelta(days=1)
    cafe = scenes.weekly(town, first_day=tomorrow, at=now(), about={"title": "Repair café"})
    about = {"title": "Quiet repair", "group": scenes.group_of(town, ben), "visibility": Visibility.GROUP}
    scenes.weekly(town, first_day=tomorrow, at=now(), about=about)

    def found(member, words):
        shelves = search_everything(words, standing=standing_for(member, on=today()))
        return [hit.url for shelf in shelves if str(shelf.title) == "What is on" for hit in shelf.hits]

    first = scenes.turns(cafe)[0]
    assert found(amina, "CAFE repair") == [reverse("gatherings:gathering", args=[town.slug, first.pk])]
    assert len(found(amina, "repair")) == 1
    assert len(found(ben, "repair")) == 2


def test_the_first_page_stays_whole_with_a_thousand_gatherings(django_assert_max_num_queries):
    town = community()
    (amina,) = people_in(town, "Amina")
    for n in range(40):
        scenes.weekly(town, first_day=today(), rrule="FREQ=DAILY;COUNT=28", at=now(), about={"title": f"Walk {n}"})
    browser = browser_of(amina)

    with django_assert_max_num_queries(40):
        page = browser.get(reverse("gatherings:home", args=[town.slug])).content.decode()
        month = browser.get(reverse("gatherings:month", args=[town.slug])).content.decode()

    assert page.count("gather-row") <= 160
    assert "The four weeks after" in page
    assert "32 more" in month
