"""The pages of a vote: opened, voted in, counted, and fetched; by those who may."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import Ballot, Decision, OpenBallot, RollEntry
from alongside.decisions.tests.voting import opened, scene, voted
from alongside.kernel.clock import now
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, coordinator_in, person_in

pytestmark = pytest.mark.django_db


def address(name, decision):
    return reverse(f"decisions:{name}", args=[decision.community.slug, decision.pk])


def now_open(place, **terms):
    return opened(place, at=now(), closes_at=now() + timedelta(days=3), **terms)


def test_a_coordinator_opens_a_vote_after_seeing_who_is_on_which_roll():
    place = scene()
    cora = coordinator_in(place.town)
    browser = browser_of(cora)
    form = reverse("decisions:open_vote", args=[place.town.slug, place.proposal.pk])

    page = browser.get(form)
    text = page.content.decode()
    assert "Uma 3" in text
    assert "What happens if the two sides differ?" in text
    assert "belong to both sides" in text
    fields = page.context["form"]
    sent = {
        "closes_on": fields.initial["closes_on"].isoformat(), "secrecy": "secret", "share": "1/4", "threshold": "1/2",
        "key": str(fields.initial["key"]), "scrutineer_uses": str(place.sides["uses"][0].pk),
        "scrutineer_provides": str(place.sides["provides"][0].pk),
    }  # fmt: skip
    refused = browser.post(form, sent)
    assert "have not said for which side" in refused.content.decode()

    answer = browser.post(form, {**sent, "leave_out_unsaid": "on"})

    made = Decision.objects.get()
    assert answer["Location"] == address("decision", made)
    assert RollEntry.objects.count() == 12


def test_a_small_side_is_told_so_before_voting_opens():
    place = scene(provides=3)
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])

    page = browser_of(steward).get(reverse("decisions:open_vote", args=[place.town.slug, place.proposal.pk]))

    assert "rather have an open vote" in page.content.decode()


def test_somebody_votes_gets_a_receipt_and_changes_their_mind():
    place = scene()
    decision = now_open(place)
    browser = browser_of(place.sides["uses"][2])

    browser.post(address("vote", decision), {"choice": "no"})
    page = browser.get(address("vote", decision)).content.decode()
    browser.post(address("vote", decision), {"choice": "yes"})

    ballot = OpenBallot.objects.get()
    assert ballot.choice == "yes"
    assert ballot.receipt in page
    assert not re.search(r"<input[^>]*checked", page)


def test_a_voter_is_told_kindly_that_they_are_on_no_roll_or_too_late():
    place = scene()
    decision = now_open(place)
    late = person_in(place.town, "Late")

    assert "on no roll" in browser_of(late).get(address("vote", decision)).content.decode()
    answer = browser_of(late).post(address("vote", decision), {"choice": "yes"}, follow=True)
    assert "on no roll" in answer.content.decode()
    assert not OpenBallot.objects.exists()


def test_turnout_says_how_many_and_by_which_channel():
    place = scene()
    decision = now_open(place)
    uma = place.sides["uses"][0]
    actions.cast(
        decision=decision, membership=uma, choice="no", by=place.everybody[-1].person, at=now(),
        on_behalf_of=uma.person, channel="phone",
    )  # fmt: skip
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])

    page = browser_of(steward).get(address("turnout", decision))

    assert page.context["rows"][0]["voted"] == 1
    assert "by phone: 1" in page.content.decode()
    assert not page.context["may_close"]
    assert browser_of(uma).get(address("turnout", decision)).status_code == 403


def test_the_result_shows_both_sides_and_why():
    place = scene()
    decision = voted(place, "nnnnny", "yyyynn")

    text = browser_of(place.everybody[0]).get(address("decision", decision)).content.decode()

    assert "conciliation comes next" in text
    assert "It does not agree: 1 yes against 5 no." in text
    assert "It agrees: 4 yes against 2 no." in text
    assert "nothing is adopted" in text


def test_an_open_vote_names_who_said_what_and_a_secret_one_does_not():
    open_place, secret_place = scene(), scene(name="Elm Street")
    named = voted(open_place, "yyyyyn", "yyyyyn", is_secret=False)
    secret = voted(secret_place, "yyyyyn", "yyyyyn")

    assert "Uma 5" in browser_of(open_place.everybody[0]).get(address("decision", named)).content.decode()
    assert "Uma 5" not in browser_of(secret_place.everybody[0]).get(address("decision", secret)).content.decode()
    assert Ballot.objects.filter(decision=secret, membership=None).count() == 12


def test_calling_off_needs_a_reason_that_everybody_reads():
    place = scene()
    decision = now_open(place)
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])
    browser = browser_of(steward)

    assert browser.post(address("call_off", decision), {"why": " "}).status_code == 200
    browser.post(address("call_off", decision), {"why": "The wrong text"})

    assert "The wrong text" in browser_of(place.everybody[0]).get(address("decision", decision)).content.decode()


def test_only_scrutineers_fetch_what_is_sealed():
    place = scene(provides=3)
    decision = voted(place, "yyyyyn", "yyn")
    scrutineer, other = place.sides["provides"][:2]

    assert browser_of(other).post(address("sealed", decision)).status_code == 403
    fetched = browser_of(scrutineer).post(address("sealed", decision))
    assert fetched["Content-Type"] == "application/zip"
    assert "stay sealed" in browser_of(other).get(address("decision", decision)).content.decode()


def test_the_two_halves_of_a_result_stand_under_a_heading_of_their_own():
    place = scene()
    decision = voted(place, "yyyyyn", "yyynny")

    page = browser_of(place.everybody[0]).get(address("decision", decision)).content.decode()
    page = page[page.index("<h1") :]

    assert page.index("<h2") < page.index("<h3")


def test_somebody_with_two_sides_says_which():
    place = scene()
    peer = person_in(place.town, "Peer", roles=[Role.PEER_LEADER])
    form = reverse("decisions:my_side", args=[place.town.slug, place.proposal.pk])

    said = browser_of(peer).post(form, {"side": "provides"})

    assert said["Location"] == reverse("decisions:proposal", args=[place.town.slug, place.proposal.pk])
    decision = now_open(place)
    assert RollEntry.objects.get(membership=peer).side == "provides"
    assert "nothing to choose" in browser_of(place.everybody[0]).get(form).content.decode()
    assert decision.is_open


def test_the_register_finds_decisions_by_their_words_and_gives_them_as_a_list():
    place = scene()
    decision = voted(place, "yyyyyn", "yyynny")
    browser = browser_of(place.everybody[0])
    register = reverse("decisions:register", args=[place.town.slug])

    assert "Open on Sundays" in browser.get(register, {"q": "sundays open"}).content.decode()
    assert "Open on Sundays" not in browser.get(register, {"q": "kettle"}).content.decode()
    told = browser.get(reverse("decisions:register_csv", args=[place.town.slug])).content.decode()
    assert "Open on Sundays" in told
    assert "passed" in told
    assert decision.outcome == "passed"


def test_the_register_starts_no_formula_in_a_spreadsheet():
    place = scene()
    place.proposal.title = "=1+1"
    place.proposal.save()
    voted(place, "yyyyyn", "yyynny")

    told = browser_of(place.everybody[0]).get(reverse("decisions:register_csv", args=[place.town.slug]))

    assert "'=1+1" in told.content.decode()
