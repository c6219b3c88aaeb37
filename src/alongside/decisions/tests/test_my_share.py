"""What did my share pay for: exact, the same for every ballot that says the same, and nobody is remembered."""

import re
from fractions import Fraction

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.decisions.actions import OptionTold
from alongside.decisions.models import Ballot
from alongside.decisions.rules.budgeting.equal_shares import personal_steps
from alongside.decisions.rules.explaining import in_english
from alongside.decisions.rules.kinds import Choice, Terms, funded
from alongside.decisions.rules.my_share import Came, share_of
from alongside.decisions.rules.sides import Quorum
from alongside.decisions.tests.test_options import over
from alongside.decisions.tests.voting import scene
from alongside.kernel.models import Activity
from alongside.people.tests.factories import browser_of, person_in

SIDES = ("uses", "provides")
KITCHEN = [OptionTold("Pans", 300), OptionTold("A bus", 300), OptionTold("A band", 600)]


def terms(*costs, budget):
    choices = tuple(Choice(number, cost=cost) for number, cost in enumerate(costs, 1))
    return Terms("equal-power-mes", Quorum.turnout(), choices=choices, budget=budget)


def test_two_cooks_pay_for_pans_and_eight_guests_for_a_bus():
    cast = [("provides", "1")] * 2 + [("uses", "2")] * 8
    asked = terms(500, 500, budget=1000)

    cook, guest = share_of(asked, cast, "provides", [1]), share_of(asked, cast, "uses", [2])

    assert [(one.number, one.amount) for one in cook.parts] == [(1, Fraction(250))]
    assert [(one.number, one.amount) for one in guest.parts] == [(2, Fraction(125, 2))]
    assert cook.left == guest.left == 0


def test_each_thing_that_was_ticked_is_told_paid_or_not_and_from_where():
    cast = [("uses", "1")] * 3 + [("uses", "1,3")] + [("provides", "2")] * 3
    asked = terms(300, 250, 40, 900, budget=600)

    told = share_of(asked, cast, "uses", [1, 3, 4])

    came = {one.number: one.came for one in told.parts}
    assert came[1] is Came.PAID
    assert came[3] in {Came.REST, Came.USED_UP, Came.PAID}
    assert came[4] is Came.NOT_FUNDED
    assert told.held == told.left + sum(one.amount for one in told.parts)


def test_who_ticked_nothing_keeps_all_of_it():
    cast = [("uses", "1")] * 5 + [("provides", "2")] * 5

    told = share_of(terms(300, 250, budget=600), cast, "uses", [])

    assert (told.parts, told.left) == ((), told.held)


def test_of_a_side_that_did_not_vote_there_is_nothing_to_tell():
    with pytest.raises(KeyError):
        share_of(terms(30, 25, budget=40), [("uses", "1"), ("provides", "2")], "kin", [1])


marks = st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True)
ballots = st.lists(st.tuples(st.sampled_from(SIDES), marks), min_size=2, max_size=12)
prices = st.tuples(*[st.integers(1, 90)] * 4)


@given(ballots, prices)
def test_all_shares_together_pay_exactly_what_was_bought(said, costs):
    cast = [(side, ",".join(map(str, sorted(marked)))) for side, marked in [*said, ("uses", [1]), ("provides", [2])]]
    asked = terms(*costs, budget=max(costs) + 40)

    found = funded(asked, cast)
    bought = {one.facts["what"] for one in found.steps if one.code.startswith("shares.bought")}
    told = [share_of(asked, cast, side, [int(one) for one in text.split(",")]) for side, text in cast]

    paid = sum((one.amount for share in told for one in share.parts), Fraction(0))
    assert paid == sum(costs[int(str(name)) - 1] for name in bought)
    assert all(share.left >= 0 for share in told)
    assert all(share.left + sum(one.amount for one in share.parts) == share.held for share in told)


@given(ballots, prices)
def test_it_tells_what_the_steps_of_the_count_tell_one_voter(said, costs):
    cast = [(side, ",".join(map(str, sorted(marked)))) for side, marked in [*said, ("uses", [1]), ("provides", [2])]]
    asked = terms(*costs, budget=max(costs) + 40)
    side, text = cast[0]
    numbers = [int(one) for one in text.split(",")]

    steps = personal_steps(funded(asked, cast), [one - 1 for one in numbers], side)
    told = share_of(asked, cast, side, numbers)

    paid = {one.facts["what"]: one.facts["amount"] for one in steps if one.code == "you.paid"}
    assert paid == {str(one.number): one.amount for one in told.parts if one.came is Came.PAID}
    assert in_english(steps)


def kitchen(*, is_secret=True, uses=("2",) * 7 + ("3",), provides=("1",) * 5 + ("3",)):
    place = scene(uses=8, provides=6)
    terms_of_it = {"rule": "equal-power-mes", "options": KITCHEN, "budget": 600, "unit": "hours"}
    return place, over(place, list(uses), list(provides), is_secret=is_secret, **terms_of_it)


def address(decision):
    return reverse("decisions:my_share", args=[decision.community.slug, decision.pk])


@pytest.mark.django_db
def test_of_a_secret_vote_a_ballot_is_filled_in_again_and_nothing_of_it_is_kept():
    place, decision = kitchen()
    browser, written = browser_of(place.sides["uses"][1]), []
    assert (
        "What did my share pay for?"
        in browser.get(reverse("decisions:decision", args=[place.town.slug, decision.pk])).content.decode()
    )
    assert "Your share was:" not in browser.get(address(decision)).content.decode()
    before = Activity.objects.count()

    def watch(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "BEGIN")):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        answer = browser.post(address(decision), {"side": "uses", "marked": ["2"]})

    page = answer.content.decode()
    assert "Your share helped to pay for it." in page
    assert "A bus" in page
    assert written == []
    assert Activity.objects.count() == before
    assert "no-store" in answer["Cache-Control"]
    assert "side=" not in answer.wsgi_request.get_full_path()


@pytest.mark.django_db
def test_of_an_open_vote_everybody_sees_their_own_at_once():
    place, decision = kitchen(is_secret=False)
    voter = place.sides["provides"][0]
    assert Ballot.objects.on(decision).filter(membership=voter).exists()

    page = browser_of(voter).get(address(decision)).content.decode()

    assert "Your share helped to pay for it." in page
    assert "Pans" in page
    assert "Your share was:" not in browser_of(person_in(place.town, "Late")).get(address(decision)).content.decode()


@pytest.mark.django_db
def test_where_a_side_is_sealed_it_is_told_to_nobody_for_neither_side():
    place, decision = kitchen(provides=("1",) * 6)
    browser = browser_of(place.sides["uses"][1])

    for answer in (
        browser.get(address(decision)),
        *(browser.post(address(decision), {"side": side, "marked": ["1"]}) for side in SIDES),
    ):
        page = answer.content.decode()
        assert "It cannot be told" in page
        assert "Your share was:" not in page
        assert "Pans" not in page


@pytest.mark.django_db
def test_other_votes_and_votes_that_are_open_have_no_such_page():
    place = scene()
    closed = over(place, ["1", "2", "1", "2", "1"], ["2", "1", "2", "1", "2"], rule="approval", options=KITCHEN[:2])

    assert browser_of(place.everybody[0]).get(address(closed)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent", [{"side": "kin", "marked": ["1"]}, {"side": "uses", "marked": ["99"]}, {"marked": "x"}]
)
def test_a_ballot_that_cannot_be_is_answered_kindly(sent):
    place, decision = kitchen()

    answer = browser_of(place.everybody[0]).post(address(decision), sent)

    assert answer.status_code == 200
    assert "Your share was:" not in answer.content.decode()


@pytest.mark.django_db
def test_shares_of_money_are_told_with_their_hundredths_so_that_they_add_up():
    place = scene(uses=7, provides=6)
    terms_of_it = {"rule": "equal-power-mes", "options": KITCHEN, "budget": 600, "unit": "money"}
    decision = over(place, [*["2"] * 6, "3"], [*["1"] * 5, "3"], is_secret=False, **terms_of_it)

    page = browser_of(place.sides["uses"][0]).get(address(decision)).content.decode()

    assert re.search(r"Your share was:\s*<strong>\d+\.\d\d</strong>", page), page
    assert re.search(r"\(exactly:\s*\d+/\d+\)", page)
