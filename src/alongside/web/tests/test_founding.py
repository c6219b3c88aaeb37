"""Setting up a community in seven questions."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people.models import Community, Role
from alongside.people.permissions import standing_of
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.timebank.models import Category, TimeBank
from alongside.ui.words import NO_BREAK
from alongside.web.founding import QUESTIONS

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, dict[str, str]] = {
    "name": {"name": "Rosewood Time Bank"},
    "about": {"about": "Neighbors who help each other."},
    "place": {"place": "Rosewood", "time_zone": "Europe/Madrid"},
    "language": {"language": "es"},
    "joining": {"join_policy": "ask"},
    "contact": {"contact_phone": "0700 900 200", "contact_email": ""},
    "hours": {"opening_float": "7:30", "ceiling": "50"},
}


@pytest.fixture
def founder() -> Client:
    return browser_of(person_in(community("Elsewhere"), "Rosa"))


def answer(browser: Client, question: str, **changed: str) -> Any:
    return browser.post(reverse("web:founding_question", args=[question]), ANSWERS[question] | changed)


def answer_all(browser: Client) -> None:
    for name in ANSWERS:
        answer(browser, name)


def test_there_are_at_most_seven_questions() -> None:
    assert [question.name for question in QUESTIONS] == list(ANSWERS)
    assert len(QUESTIONS) <= 7


def test_seven_answers_make_a_community_with_a_time_bank(founder: Client) -> None:
    answer_all(founder)

    reply = founder.post(reverse("web:founding_found"))

    made = Community.objects.get(name="Rosewood Time Bank")
    bank = TimeBank.objects.of(made).get()
    assert reply["Location"] == f"/c/{made.slug}/"
    assert (made.place, made.time_zone, made.language) == ("Rosewood", "Europe/Madrid", "es")
    assert (bank.floor_minutes, bank.ceiling_minutes) == (-450, 3000)
    assert (bank.soft_floor_minutes, bank.soft_ceiling_minutes) == (-360, 2400)
    assert Category.objects.of(made).exists()


def test_who_sets_it_up_becomes_coordinator_and_steward(founder: Client) -> None:
    answer_all(founder)
    founder.post(reverse("web:founding_found"))

    made = Community.objects.get(name="Rosewood Time Bank")
    rosa = made_by(made)
    assert rosa is not None
    assert rosa.roles == {Role.PARTICIPANT, Role.COORDINATOR, Role.STEWARD}


def test_who_sets_it_up_can_put_the_first_rules_right(founder: Client) -> None:
    answer_all(founder)
    founder.post(reverse("web:founding_found"))
    made = Community.objects.get(name="Rosewood Time Bank")

    page = founder.get(reverse("charter:home", args=[made.slug])).content.decode()

    assert reverse("charter:found", args=[made.slug, "limits"]) in page


def made_by(made: Community) -> Any:
    from alongside.people.models import Membership

    membership = Membership.objects.of(made).get()
    return standing_of(membership.person, made, on=datetime.now(ZoneInfo(made.time_zone)).date())


def test_a_second_click_makes_no_second_community(founder: Client) -> None:
    answer_all(founder)
    founder.post(reverse("web:founding_found"))

    again = founder.post(reverse("web:founding_found"))

    assert again["Location"] == reverse("web:founding_question", args=["name"])
    assert Community.objects.filter(name="Rosewood Time Bank").count() == 1


def test_each_answer_leads_to_the_next_question_and_the_last_to_the_overview(founder: Client) -> None:
    places = [answer(founder, name)["Location"] for name in ANSWERS]

    assert places == [
        *(reverse("web:founding_question", args=[name]) for name in list(ANSWERS)[1:]),
        reverse("web:founding_check"),
    ]


def test_the_overview_asks_for_what_is_missing(founder: Client) -> None:
    answer(founder, "name")

    assert founder.get(reverse("web:founding_check"))["Location"] == reverse("web:founding_question", args=["about"])


def test_the_overview_shows_every_answer_in_words(founder: Client) -> None:
    answer_all(founder)

    page = founder.get(reverse("web:founding_check")).content.decode().replace(NO_BREAK, " ")

    answers = ("Rosewood Time Bank", "Europe/Madrid", "People ask to join", "0700 900 200", "7 h 30 min", "50 hours")
    assert [words for words in answers if words not in page] == []


def test_what_was_typed_is_still_there_on_the_way_back(founder: Client) -> None:
    answer(founder, "name")

    assert "Rosewood Time Bank" in founder.get(reverse("web:founding_question", args=["name"])).content.decode()


@pytest.mark.parametrize(
    ("name", "field", "typed"),
    [
        pytest.param("name", "name", "   ", id="a name of blanks"),
        pytest.param("name", "name", "\u200b", id="a name nobody can see"),
        pytest.param("name", "name", "x" * 121, id="a name too long"),
        pytest.param("place", "time_zone", "Moon/Crater", id="no such time zone"),
        pytest.param("language", "language", "tlh", id="no such language"),
        pytest.param("joining", "join_policy", "everyone", id="no such way in"),
        pytest.param("contact", "contact_email", "nobody", id="no e-mail address"),
        pytest.param("hours", "opening_float", "-5", id="below nothing"),
        pytest.param("hours", "opening_float", "NaN", id="not a number"),
        pytest.param("hours", "opening_float", "1e9", id="a number as machines write it"),
        pytest.param("hours", "opening_float", "101", id="more than fits"),
        pytest.param("hours", "ceiling", "0:30", id="a limit too low"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field_and_kept(founder: Client, name: str, field: str, typed: str) -> None:
    reply = answer(founder, name, **{field: typed})

    assert reply.status_code == 200
    assert list(reply.context["form"].errors) == [field]
    assert reply.context["form"][field].value() == typed


def test_changing_one_answer_from_the_overview_leads_back_there(founder: Client) -> None:
    answer_all(founder)

    reply = founder.post(reverse("web:founding_question", args=["name"]) + "?check", {"name": "Rosewood"})

    assert reply["Location"] == reverse("web:founding_check")


def test_a_community_may_have_no_ceiling(founder: Client) -> None:
    answer_all(founder)
    answer(founder, "hours", ceiling="")
    founder.post(reverse("web:founding_found"))

    bank = TimeBank.objects.of(Community.objects.get(name="Rosewood Time Bank")).get()
    assert (bank.ceiling_minutes, bank.soft_ceiling_minutes) == (None, None)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Your answers are kept: go on tomorrow."),
        ("es", "Tus respuestas quedan guardadas: sigue mañana."),
    ],
)
def test_a_fourth_community_a_day_waits_for_tomorrow_with_its_answers(
    founder: Client, language: str, words: str
) -> None:
    for _time in range(3):
        answer_all(founder)
        founder.post(reverse("web:founding_found"))
    founder.cookies["django_language"] = language
    answer_all(founder)

    page = founder.post(reverse("web:founding_found"), follow=True).content.decode()

    assert words in page
    assert "Rosewood Time Bank" in page
    assert Community.objects.filter(name="Rosewood Time Bank").count() == 3
