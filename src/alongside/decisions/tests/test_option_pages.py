"""Pages of votes that choose among several: opened, filled in, put right, printed, and told in words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.actions import OptionTold
from alongside.decisions.models import Decision, OpenBallot, Option
from alongside.decisions.tests.test_options import FIVE, MENU, over
from alongside.decisions.tests.voting import opened, scene
from alongside.decisions.views.ways import WAYS
from alongside.kernel.clock import now
from alongside.people.tests.factories import browser_of, coordinator_in, person_in

pytestmark = pytest.mark.django_db


def address(name, decision):
    return reverse(f"decisions:{name}", args=[decision.community.slug, decision.pk])


def now_open(place, **terms):
    return opened(place, at=now(), closes_at=now() + timedelta(days=3), **terms)


def form_of(place, rule):
    page = reverse("decisions:open_vote", args=[place.town.slug, place.proposal.pk])
    return f"{page}?rule={rule}"


def filled(place, page, **more):
    fields = page.context["form"]
    return {
        "closes_on": fields.initial["closes_on"].isoformat(),
        "secrecy": "secret",
        "share": "1/4",
        "key": str(fields.initial["key"]),
        "scrutineer_uses": str(place.sides["uses"][0].pk),
        "scrutineer_provides": str(place.sides["provides"][0].pk),
        "leave_out_unsaid": "on",
        **more,
    }


def test_the_ways_to_decide_say_what_happens_when_the_sides_differ():
    place = scene()
    page = reverse("decisions:choose_rule", args=[place.town.slug, place.proposal.pk])

    text = browser_of(coordinator_in(place.town)).get(page).content.decode()

    assert text.count("What happens if the two sides differ?") == 8
    assert "?rule=equal-power-mes" in text
    for way in WAYS.values():
        assert f'href="/help/{way.help_page}/"' in text
    assert browser_of(place.everybody[0]).get(page).status_code == 403


def test_a_budget_of_hours_is_opened_with_what_things_cost():
    place = scene()
    browser = browser_of(coordinator_in(place.town))
    form = form_of(place, "equal-power-mes")
    things = {"option_1": "Pans", "cost_1": "5:00", "option_2": "A bus", "cost_2": "8 h", "unit": "hours"}

    answer = browser.post(form, filled(place, browser.get(form), budget="10", **things))

    made = Decision.objects.get()
    assert answer["Location"] == address("decision", made)
    assert made.settings["budget"] == 600
    assert list(Option.objects.order_by("number").values_list("name", "cost")) == [("Pans", 300), ("A bus", 480)]
    assert "A bus (8\N{NO-BREAK SPACE}hours)" in browser.get(address("decision", made)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"option_3": "Tea"}, "Write what it costs."),
        ({"cost_2": "many"}, "Write hours such as 12:30"),
        ({"budget": "-5"}, "Write hours such as 12:30"),
        ({"budget": "99"}, "all together must cost more than there is"),
        ({"option_2": "pans"}, "have the same words"),
        ({"option_2": "", "cost_2": ""}, "option_2"),
    ],
)
def test_terms_that_cannot_be_are_told_and_keep_what_was_typed(wrong, words):
    place = scene()
    browser = browser_of(coordinator_in(place.town))
    form = form_of(place, "equal-power-mes")
    right = {"option_1": "Pans", "cost_1": "5", "option_2": "A bus", "cost_2": "8", "unit": "hours", "budget": "10"}

    text = browser.post(form, filled(place, browser.get(form), **{**right, **wrong})).content.decode()

    assert words in text
    assert 'value="Pans"' in text
    assert not Decision.objects.exists()


def test_candidates_are_ticked_side_by_side():
    place = scene()
    browser = browser_of(coordinator_in(place.town))
    form = form_of(place, "scottish-stv")
    stand = {f"candidates_{side}": [str(one.pk) for one in place.sides[side][:2]] for side in ("uses", "provides")}

    browser.post(form, filled(place, browser.get(form), seats="1", **stand))

    assert list(Option.objects.order_by("number").values_list("side", flat=True)) == ["uses"] * 2 + ["provides"] * 2


@pytest.mark.parametrize(
    ("rule", "wrong", "words", "right", "kept"),
    [
        ("approval", {}, "Nothing is marked yet", {"marked": ["1", "3"]}, "1,3"),
        ("approval", {"marked": ["1"], "abstain": "on"}, "Do one of the two", {"abstain": "on"}, "abstain"),
        ("schulze", {"option_1": "1", "option_2": "3"}, "A number is missing", {"option_2": "1"}, "2"),
        ("schulze", {"option_1": "1", "option_2": "1"}, "number once", {"option_3": "1", "option_1": "2"}, "3>1"),
        ("score", {"option_1": "0"}, "Nothing is marked yet", {"option_1": "5", "option_2": "1"}, "1=5,2=1"),
    ],
)  # fmt: skip
def test_a_ballot_that_cannot_be_counted_is_put_right_on_the_spot(rule, wrong, words, right, kept):
    place = scene()
    decision = now_open(place, rule=rule, options=MENU)
    browser = browser_of(place.sides["uses"][2])

    assert words in browser.post(address("vote", decision), wrong).content.decode()
    assert not OpenBallot.objects.exists()
    browser.post(address("vote", decision), right)

    assert OpenBallot.objects.get().choice == kept


def test_a_voter_sees_those_who_stand_for_their_own_side_and_no_others():
    place = scene()
    options = [OptionTold(member=place.sides[side][n], side=side) for side in ("uses", "provides") for n in (0, 1)]
    decision = now_open(place, rule="scottish-stv", options=options)

    text = browser_of(place.sides["provides"][3]).get(address("vote", decision)).content.decode()

    assert "Pia 1" in text
    assert "Uma 1" not in text


def test_paper_is_printed_and_keyed_as_the_vote_is():
    place = scene()
    decision = now_open(place, rule="schulze", options=MENU)
    code = next(code for code, entry in actions.codes_of(decision) if entry.membership == place.sides["uses"][4])

    sheet = browser_of(coordinator_in(place.town)).get(f"{address('ballots', decision)}?all").content.decode()
    for side in ("uses", "provides"):
        desk = browser_of(place.sides[side][0])
        desk.post(address("key_paper", decision), {"code": code, "option_3": "1", "option_1": "2"})

    assert "____ Salad" in sheet
    assert OpenBallot.objects.get().choice == "3>1"


@pytest.mark.parametrize("rule", FIVE)
def test_the_result_names_what_was_chosen_and_what_each_side_said(rule):
    place = scene()
    decision = over(place, *FIVE[rule], rule=rule, options=MENU)

    page = browser_of(place.everybody[0]).get(address("decision", decision))
    text = page.content.decode()

    assert page.context["chosen"]
    assert page.context["rows"][0]["is_chosen"]
    assert "What each side said" in text
    for step in decision.result["steps"]:
        assert step["code"] not in text


def test_an_open_choice_tells_in_words_who_said_what():
    place = scene()
    decision = over(place, *FIVE["schulze"], rule="schulze", options=MENU, is_secret=False)

    text = browser_of(place.everybody[0]).get(address("decision", decision)).content.decode()

    assert "1. Soup, 2. Stew, 3. Salad" in text


def test_a_strangers_roll_gives_no_ballot():
    place = scene()
    decision = now_open(place, rule="approval", options=MENU)
    late = person_in(place.town, "Late")

    text = browser_of(late).post(address("vote", decision), {"marked": ["1"]}, follow=True).content.decode()

    assert "on no roll" in text
    assert not OpenBallot.objects.exists()


def test_printing_ballots_for_more_people_asks_no_more_of_the_database(django_assert_max_num_queries):
    place = scene(uses=20, provides=20)
    decision = now_open(place, rule="approval", options=MENU)
    browser = browser_of(coordinator_in(place.town))
    browser.get(address("ballots", decision))

    with django_assert_max_num_queries(30):
        page = browser.get(f"{address('ballots', decision)}?all")

    assert page.content.decode().count("page-break") == 40
