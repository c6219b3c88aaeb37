"""A pile of slips: keyed, looked at a second time, posted all or one by one; nothing typed is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel.clock import today
from alongside.people.models import Community
from alongside.people.tests.factories import browser_of
from alongside.strengths.models import Exchange
from alongside.strengths.tests.factories import Neighbor, balances, neighbor, some_category, town
from alongside.timebank.models import TransferNote
from alongside.ui.words import hours_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Community:
    return town(floor_minutes=-120)


@pytest.fixture
def broker(place: Community) -> Client:
    return browser_of(neighbor(place, "Cora", broker=True, number=1).membership)


@pytest.fixture
def people(place: Community) -> tuple[Neighbor, Neighbor]:
    return neighbor(place, "Amina", number=12), neighbor(place, "Ben", number=47)


def pile(*slips: dict[str, Any], wish: str, rows: int | None = None) -> dict[str, Any]:
    """What the browser sends: boxes nobody has written in come along empty."""
    data: dict[str, Any] = {
        "slip-TOTAL_FORMS": rows or len(slips),
        "slip-INITIAL_FORMS": 0,
        "pile-channel": "paper",
        "pile-both_agree": "on",
        "wish": wish,
    }
    for position, slip in enumerate(slips):
        empty = dict.fromkeys(("giver", "receiver", "minutes", "category", "helped_on", "note"), "")
        data |= {f"slip-{position}-{name}": value for name, value in {**empty, "key": uuid4(), **slip}.items()}
    return data


def slip(place: Community, **details: Any) -> dict[str, Any]:
    first = {"giver": "12", "receiver": "47", "minutes": "0:30"}
    return {**first, "category": some_category(place).pk, "helped_on": today().isoformat(), **details}


def send(broker: Client, place: Community, data: dict[str, Any]) -> Any:
    return broker.post(reverse("strengths:slips", args=[place.slug]), data, follow=True)


def test_the_second_look_names_both_people_and_posts_nothing(place, broker, people):
    page = send(broker, place, pile(slip(place), wish="look"))

    assert "A second look" in page.content.decode()
    assert {"Amina", "Ben"} <= set(page.content.decode().replace("<", " ").replace(">", " ").split())
    assert not Exchange.objects.exists()


def test_an_empty_day_and_kind_mean_as_on_the_slip_above(place, broker, people):
    send(broker, place, pile(slip(place), slip(place, minutes="45", category="", helped_on=""), wish="look"))
    data = pile(slip(place), slip(place, minutes="45 min", category="", helped_on=""), wish="post_all")
    send(broker, place, data)

    first, second = Exchange.objects.order_by("minutes")
    assert (second.category, second.helped_on) == (first.category, first.helped_on)
    assert balances(*people) == {"Amina": (75, 0), "Ben": (-75, 0)}


def test_the_same_pile_sent_twice_is_posted_once(place, broker, people):
    data = pile(slip(place), wish="post_all")

    for _time in range(2):
        send(broker, place, data)

    assert balances(*people) == {"Amina": (30, 0), "Ben": (-30, 0)}


def test_all_or_none_posts_none_when_one_passes_a_limit(place, broker, people):
    page = send(broker, place, pile(slip(place), slip(place, minutes="3"), wish="post_all"))

    assert "Nothing was posted" in page.content.decode()
    assert not Exchange.objects.exists()


def test_posting_what_can_be_posted_keeps_the_rest_with_its_reason(place, broker, people):
    page = send(broker, place, pile(slip(place), slip(place, minutes="3"), wish="post_each"))

    text = page.content.decode()
    assert "1 slip is posted." in text
    assert f"The hours of the person who was helped reach for {hours_text(90)} more." in text
    assert 'value="3"' in text
    assert balances(*people) == {"Amina": (30, 0), "Ben": (-30, 0)}


def test_a_pile_asks_for_a_reason_only_when_a_limit_stands_in_the_way(place, broker, people):
    name = 'name="pile-override_reason"'
    blank = broker.get(reverse("strengths:slips", args=[place.slug])).content.decode()
    fine = send(broker, place, pile(slip(place), wish="look")).content.decode()
    stopped = send(broker, place, pile(slip(place, minutes="3"), wish="look")).content.decode()
    refused = send(broker, place, pile(slip(place, minutes="3"), wish="post_all")).content.decode()
    rest = send(broker, place, pile(slip(place, minutes="3"), wish="post_each")).content.decode()

    assert [name in page for page in (blank, fine, stopped, refused, rest)] == [False, False, True, True, True]


def test_a_reason_lets_those_slips_pass_that_a_limit_holds_back_and_marks_no_others(place, broker, people):
    data = pile(slip(place), slip(place, minutes="3"), wish="post_all") | {"pile-override_reason": "Home from hospital"}

    page = send(broker, place, data).content.decode()

    assert "2 slips are posted." in page
    assert balances(*people) == {"Amina": (210, 0), "Ben": (-210, 0)}
    within, beyond = Exchange.objects.order_by("minutes").select_related("transfer__overridden_by")
    assert within.transfer.overridden_by is None
    assert (str(beyond.transfer.overridden_by), TransferNote.objects.get(transfer=beyond.transfer).reason) == (
        "Cora",
        "Home from hospital",
    )


def test_the_kinds_of_help_are_asked_for_once_for_the_whole_pile(place, broker, people):
    address = reverse("strengths:slips", args=[place.slug])
    with CaptureQueriesContext(connection) as asked:
        broker.get(address)

    assert sum('FROM "timebank_category"' in query["sql"] for query in asked) == 1


def test_slips_that_look_keyed_twice_are_pointed_out(place, broker, people):
    send(broker, place, pile(slip(place), wish="post_all"))

    page = send(broker, place, pile(slip(place), slip(place), wish="look"))

    assert page.content.decode().count("Another slip here is just the same.") == 2
    assert page.content.decode().count("An exchange just like this is written down already.") == 2


def test_more_rows_keep_what_was_typed(place, broker, people):
    page = send(broker, place, pile(slip(place, note="Blue pen"), wish="more"))

    assert 'value="Blue pen"' in page.content.decode()
    assert page.content.decode().count('name="slip-10-giver"') == 1
    assert all(form.initial.get("key") or form["key"].value() for form in page.context["rows"])


@pytest.mark.parametrize("count", ["\N{SUPERSCRIPT TWO}", "-1", "1e9", "9" * 5000])
def test_an_odd_count_of_rows_breaks_nothing(place, broker, people, count):
    page = send(broker, place, pile(slip(place), wish="more") | {"slip-TOTAL_FORMS": count})

    assert page.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"minutes": "0"}, "Write at least", id="no time"),
        pytest.param({"minutes": "-1"}, "Write hours and minutes", id="less than no time"),
        pytest.param({"minutes": "NaN"}, "Write hours and minutes", id="not a number"),
        pytest.param({"minutes": "1e9"}, "Write hours and minutes", id="exponent"),
        pytest.param({"minutes": "25:00"}, "Write at most", id="25 hours"),
        pytest.param({"helped_on": "2199-01-01"}, "or an earlier day", id="future"),
        pytest.param({"helped_on": "2026-02-29"}, "Write a day that exists", id="29 February of a common year"),
        pytest.param({"giver": "Zed"}, "Nobody here is found", id="unknown name"),
        pytest.param({"receiver": "12"}, "Both are the same person", id="one person twice"),
    ],
)
def test_bad_input_is_answered_at_the_slip_and_kept(place, broker, people, wrong, said):
    page = send(broker, place, pile(slip(place, note="Kept", **wrong), wish="look"))

    assert said in page.content.decode()
    assert 'value="Kept"' in page.content.decode()
    assert not Exchange.objects.exists()
