"""The pages of an advice process, in the order in which people meet them; and who may not enter them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import Advice, AdviceAsked, AdvicePlan, Decision, Objection
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.advising import DAY, advised, begun, heard, planned, published, scene, used
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.people.models import Role
from alongside.people.permissions import standing_of
from alongside.people.tests.factories import browser_of, coordinator_in, person_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=5, provides=5)


@pytest.fixture
def asking(place):
    """Begun an hour ago; the author decides."""
    return begun(place, at=now() - timedelta(hours=1))


@pytest.fixture
def ready(place):
    """Planned eight days ago, so that everybody had time to object."""
    return planned(place, at=now() - 8 * DAY)


def address(name, about):
    return reverse(f"decisions:{name}", args=[about.community.slug, about.pk])


def facilitators(place):
    return {f"facilitator_{side}": str(members[-1].pk) for side, members in place.sides.items()}


def text_of(answer):
    return answer.content.decode()


def waits_for(member):
    standing = standing_of(member.person, member.community, on=today())
    assert standing is not None
    return [one.title for one in needs_of(standing)]


def test_an_author_takes_a_proposal_upon_themself_and_names_nobody_else_alone(place):
    author, other = place.sides["uses"][0], place.sides["uses"][1]
    form = reverse("decisions:open_advice", args=[place.town.slug, place.proposal.pk])
    browser = browser_of(author)

    assert "I will decide this after asking" in text_of(browser.get(address("proposal", place.proposal)))
    page = browser.get(form)
    assert "What happens if the two sides differ?" in text_of(page)
    first = page.context["form"].initial
    sent = {
        "first": str(other.pk), "wait_days": "7", "key": str(first["key"]),
        **{name: first[name].isoformat() for name in ("closes_on", "due_on", "review_on")},
        **facilitators(place),
    }  # fmt: skip
    browser.post(form, sent)
    assert not Decision.objects.exists()
    answer = browser.post(form, {**sent, "first": str(author.pk)})

    made = Decision.objects.get()
    assert answer["Location"] == address("advice", made)
    assert made.deciders.get().membership == author
    assert browser_of(other).get(form).status_code == 403


def test_a_coordinator_finds_it_among_the_ways_and_names_a_pair(place):
    cora = coordinator_in(place.town)
    browser = browser_of(cora)
    ways = reverse("decisions:choose_rule", args=[place.town.slug, place.proposal.pk])
    form = reverse("decisions:open_advice", args=[place.town.slug, place.proposal.pk])

    assert form in text_of(browser.get(ways))
    first = browser.get(form).context["form"].initial
    browser.post(form, {
        "first": str(place.sides["uses"][1].pk), "second": str(place.sides["provides"][1].pk), "wait_days": "3",
        "key": str(first["key"]), "closes_on": first["closes_on"].isoformat(), "leave_out_unsaid": "on",
        **facilitators(place),
    })  # fmt: skip

    assert Decision.objects.get().settings == {"deciders": 2, "wait_days": 3}


def test_the_page_tells_plainly_what_is_missing(place, asking):
    page = text_of(browser_of(place.sides["uses"][1]).get(address("advice", asking)))

    assert "Advice of 2 people whom it affects; so far: 0." in page
    assert "Advice of somebody who knows about it." in page
    assert "Advice from this side: People who provide it." in page
    assert "The plan, published for everybody to read." in page


def test_the_address_of_a_vote_leads_to_the_page_and_those_of_ballots_are_not_there(place, asking):
    browser = browser_of(coordinator_in(place.town))

    assert browser.get(address("decision", asking))["Location"] == address("advice", asking)
    for name in ("vote", "turnout", "call_off", "certificate", "ballots", "round"):
        assert browser.get(address(name, asking)).status_code == 404


def test_whoever_decides_asks_by_name_and_the_asked_find_it_waiting(place, asking):
    asked = place.sides["provides"][1]
    browser_of(place.sides["uses"][0]).post(address("ask_advice", asking), {"asked": str(asked.number)})

    assert AdviceAsked.objects.get().membership == asked
    assert any("asks for your advice" in title for title in waits_for(asked))
    advised(asking, asked, at=now())
    assert not any("asks for your advice" in title for title in waits_for(asked))


def test_somebody_advises_and_says_why_they_speak(place, asking):
    browser = browser_of(place.sides["provides"][1])

    assert "Tick at least one" in text_of(browser.post(address("advise", asking), {"text": "Ten is early."}))
    form = browser.get(address("advise", asking)).context["form"]
    sent = {"concern": ["affected", "expert"], "text": "Ten is early.", "key": str(form.initial["key"])}
    browser.post(address("advise", asking), sent)
    browser.post(address("advise", asking), sent)

    given = Advice.objects.get()
    assert (given.affected, given.expert, given.side, given.channel) == (True, True, "provides", Channel.WEB)
    assert "Ten is early." in text_of(browser.get(address("advice", asking)))


def test_a_coordinator_writes_down_advice_that_came_on_paper(place, asking):
    browser, told = browser_of(coordinator_in(place.town)), place.sides["uses"][2]
    key = browser.get(address("advise", asking)).context["form"].initial["key"]

    browser.post(address("advise", asking), {
        "concern": ["affected"], "text": "Fetch people.", "key": str(key), "whose": str(told.number),
        "channel": "paper",
    })  # fmt: skip

    given = Advice.objects.get()
    assert (given.membership, given.channel) == (told, "paper")


def test_others_cannot_name_whose_word_it_is(place, asking):
    browser, other = browser_of(place.sides["uses"][1]), place.sides["uses"][2]
    key = browser.get(address("advise", asking)).context["form"].initial["key"]

    browser.post(address("advise", asking), {
        "concern": ["affected"], "text": "Mine.", "key": str(key), "whose": str(other.number), "channel": "phone",
    })  # fmt: skip

    assert Advice.objects.get().membership == place.sides["uses"][1]


def test_whoever_decides_tells_the_use_publishes_and_decides(place, asking):
    decider = place.sides["uses"][0]
    browser = browser_of(decider)
    given = heard(asking, place, at=now())

    assert any("until" in title for title in waits_for(decider))
    assert "How 3 pieces of advice were used." in text_of(browser.get(address("advice", asking)))
    assert "How 3 pieces" in text_of(browser.post(address("publish_plan", asking), {"text": "At eleven."}))
    for one in given:
        browser.post(address("tell_use", one), {"used": "partly", "why": "Half of it."})
    assert "Publish the plan" in text_of(browser.get(address("advice", asking)))
    browser.post(address("publish_plan", asking), {"text": "At eleven."})

    page = text_of(browser_of(place.sides["provides"][2]).get(address("advice", asking)))
    assert "At eleven." in page
    assert "Half of it." in page
    assert "Time for everybody to object, until" in page
    assert address("object_to_plan", asking) in page
    assert "Time for everybody" in text_of(browser.post(address("decide", asking), {"says": "adopt"}))
    asking.refresh_from_db()
    assert asking.is_open


def test_the_last_word_is_written_on_its_page(place, ready):
    browser = browser_of(place.sides["uses"][0])

    assert "Nothing: it can be decided now." in text_of(browser.get(address("advice", ready)))
    assert "Write why" in text_of(browser.post(address("decide", ready), {"says": "leave"}))
    browser.post(address("decide", ready), {"says": "adopt"})

    ready.refresh_from_db()
    assert ready.outcome == "passed"
    page = text_of(browser.get(address("advice", ready)))
    assert "What was decided" in page
    assert "What comes of it" in page
    assert place.proposal.title in text_of(browser.get(reverse("decisions:register", args=[place.town.slug])))


def test_an_objection_leads_to_the_round_and_both_pages_name_each_other(place, ready):
    browser = browser_of(place.sides["provides"][2])

    answer = browser.post(address("object_to_plan", ready), {"reason": "No bus.", "harms": "Everybody can come"})

    objection = Objection.objects.get()
    assert answer["Location"] == address("objection", objection)
    assert address("round", objection.decision) in text_of(browser.get(address("advice", ready)))
    assert address("advice", ready) in text_of(browser.get(address("round", objection.decision)))


@pytest.mark.parametrize("name", ["ask_advice", "publish_plan", "decide", "give_up_deciding"])
def test_nobody_else_does_what_those_who_decide_do(place, asking, name):
    for member in (place.sides["uses"][1], coordinator_in(place.town)):
        assert browser_of(member).post(address(name, asking), {"text": "Mine", "says": "adopt"}).status_code == 403
    assert AdvicePlan.objects.get().published_at is None
    assert asking.deciders.seated().count() == 1


def test_nobody_else_tells_how_advice_was_used(place, asking):
    given = advised(asking, place.sides["provides"][1], at=now())

    answer = browser_of(place.sides["provides"][1]).post(address("tell_use", given), {"used": "used", "why": "Mine"})

    assert answer.status_code == 403
    assert not Advice.objects.exclude(used="").exists()


def test_who_decided_before_is_refused_like_everybody(place, asking):
    browser = browser_of(place.sides["uses"][0])
    browser.post(address("give_up_deciding", asking))

    assert browser.post(address("publish_plan", asking), {"text": "Mine"}).status_code == 403
    assert any("Somebody is missing who decides" in one for one in waits_for(coordinator_in(place.town)))


def test_a_commissioner_reads_it_without_names(place, asking):
    given = advised(asking, place.sides["provides"][1], at=now())
    used(given, place.sides["uses"][0], at=now())
    page = text_of(
        browser_of(person_in(place.town, "Graham", roles=[Role.COMMISSIONER])).get(address("advice", asking))
    )

    assert "Open later." in page
    assert "Pia 1" not in page
    assert "Uma 0" not in page


def test_another_community_finds_none_of_it(place, asking):
    stranger = coordinator_in(scene().town)
    given = advised(asking, place.sides["provides"][1], at=now())

    for name, about in (("advice", asking), ("decide", asking), ("name_decider", asking), ("tell_use", given)):
        there = reverse(f"decisions:{name}", args=[stranger.community.slug, about.pk])
        assert browser_of(stranger).get(there).status_code in {403, 404}


def test_a_coordinator_names_somebody_where_a_seat_is_empty(place, asking):
    cora, decider = coordinator_in(place.town), place.sides["uses"][0]
    browser = browser_of(cora)
    assert browser.get(address("name_decider", asking)).status_code == 404
    actions.give_up_deciding(decision=asking, membership=decider, by=decider.person, at=now())

    browser.post(address("name_decider", asking), {"member": str(place.sides["uses"][-1].pk)})
    assert actions.vacant(asking) == 1, "who facilitates does not decide"
    browser.post(address("name_decider", asking), {"member": str(place.sides["uses"][2].pk)})

    assert asking.deciders.seated().get().membership == place.sides["uses"][2]


def test_words_of_a_plan_are_shown_as_words(place, asking):
    decider = place.sides["uses"][0]
    for one in heard(asking, place, at=now()):
        used(one, decider, why="<script>alert(1)</script>", at=now())
    published(asking, decider, text="<img src=x>", at=now())

    page = text_of(browser_of(place.sides["uses"][1]).get(address("advice", asking)))

    assert "<img src=x>" not in page
    assert "<script>alert(1)" not in page
