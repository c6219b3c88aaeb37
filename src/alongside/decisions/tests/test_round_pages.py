"""The pages of a consent round: who stands where, objecting, facilitating, a new version; by those who may."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import Decision, Draft, Objection, Stance
from alongside.decisions.tests.rounds import clarify, fresh, objected, round_of, scene, stand, understood
from alongside.kernel.clock import now
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, coordinator_in, person_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=3, provides=3)


@pytest.fixture
def consenting(place):
    """A round that is open now."""
    return round_of(place, at=now(), closes_at=now() + timedelta(days=3))


def address(name, about):
    return reverse(f"decisions:{name}", args=[about.community.slug, about.pk])


def text_of(answer):
    return answer.content.decode()


def test_a_coordinator_opens_a_round_after_seeing_who_is_asked(place):
    cora = coordinator_in(place.town)
    browser = browser_of(cora)
    form = reverse("decisions:open_round", args=[place.town.slug, place.proposal.pk])

    page = browser.get(form)
    assert "Uma 2" in text_of(page)
    assert "What happens if the two sides differ?" in text_of(page)
    first = page.context["form"].initial
    sent = {
        "closes_on": first["closes_on"].isoformat(), "review_on": first["review_on"].isoformat(), "share": "1/2",
        "key": str(first["key"]), "facilitator_uses": str(place.sides["uses"][0].pk),
    }  # fmt: skip
    assert "error" in text_of(browser.post(form, sent))
    sent |= {"facilitator_provides": str(place.sides["provides"][0].pk), "leave_out_unsaid": "on"}
    answer = browser.post(form, sent)

    made = Decision.objects.get()
    assert answer["Location"] == address("round", made)
    assert (made.rule, made.is_secret) == ("consent", False)
    assert browser_of(place.everybody[0]).get(form).status_code == 403


def test_somebody_consents_and_sees_it_beside_the_others(place, consenting):
    browser = browser_of(place.sides["uses"][1])

    assert "Say where I stand" in text_of(browser.get(address("round", consenting)))
    browser.post(address("stand", consenting), {"stance": "consent"})

    page = text_of(browser.get(address("round", consenting)))
    assert "1 of 3 people consents" in page or "1 of 3 people consent" in page
    assert "You have said:" in page


def test_a_concern_has_a_page_of_its_own_and_its_words_are_shown(place, consenting):
    browser = browser_of(place.sides["uses"][1])

    answer = browser.post(address("stand", consenting), {"stance": "consent_with_concern"})
    assert answer["Location"] == address("concern", consenting)
    assert not Stance.objects.exists()
    browser.post(address("concern", consenting), {"words": "The stairs are steep."})

    assert "The stairs are steep." in text_of(browser_of(place.everybody[0]).get(address("round", consenting)))


def test_an_objection_needs_its_reason_and_what_it_would_harm(place, consenting):
    browser = browser_of(place.sides["uses"][1])
    answer = browser.post(address("stand", consenting), {"stance": "objection"})

    assert answer["Location"] == address("object", consenting)
    browser.post(address("object", consenting), {"reason": "No bus runs.", "harms": " "})
    assert not Objection.objects.exists()
    browser.post(address("object", consenting), {"reason": "No bus runs.", "harms": "Everybody can come"})

    made = Objection.objects.get()
    page = text_of(browser.get(address("round", consenting)))
    assert "1 open objection" in page
    assert "Has an objection" in page
    assert "Take my objection back" in text_of(browser.get(address("objection", made)))
    assert "Take my objection back" not in text_of(browser_of(place.everybody[0]).get(address("objection", made)))


def test_facilitators_write_what_was_meant_and_others_do_not(place, consenting):
    objection = fresh(objected(consenting, place.sides["uses"][2], at=now()))
    facilitator, other = browser_of(place.sides["provides"][0]), browser_of(place.sides["provides"][1])

    assert "These objections wait" in text_of(facilitator.get(address("round", consenting)))
    assert other.post(address("clarify", objection), {"text": "Nothing"}).status_code == 403
    assert other.post(address("find", objection), {"reason": "Nothing"}).status_code == 403
    facilitator.post(address("clarify", objection), {"text": "The last bus is on Saturday."})

    assert "The last bus is on Saturday." in text_of(other.get(address("objection", objection)))


def test_both_facilitators_set_it_aside_and_the_objector_brings_it_back(place, consenting):
    objector = place.sides["uses"][2]
    objection = understood(consenting, objector, place.sides["uses"][0], at=now())
    for side in ("uses", "provides"):
        browser_of(place.sides[side][0]).post(address("find", objection), {"reason": f"Seen by {side}."})

    page = text_of(browser_of(objector).get(address("objection", objection)))
    assert "Seen by provides." in page
    assert "Bring my objection back" in page
    browser_of(place.everybody[0]).post(address("settle", objection), {"what": "appeal"})
    assert fresh(objection).state == "not_qualified"
    browser_of(objector).post(address("settle", objection), {"what": "appeal"})

    assert fresh(objection).state == "clarified"
    assert "No longer counts" in text_of(browser_of(objector).get(address("objection", objection)))


def test_authors_put_the_next_version_into_the_round(place, consenting):
    author, objector = place.sides["uses"][0], place.sides["uses"][2]
    stand(consenting, place.sides["provides"][1], at=now())
    objection = understood(consenting, objector, author, at=now())
    browser = browser_of(author)
    here = [place.town.slug, place.proposal.pk]
    browser.post(reverse("decisions:begin_next", args=here))
    draft = Draft.objects.get()
    actions.save_draft(
        proposal=place.proposal, words={"text": "We fetch people."}, seen=draft.changed_at, by=author.person, at=now()
    )

    assert "Put it into the consent round" in text_of(browser.get(reverse("decisions:check", args=here)))
    page = browser.get(address("round_next", consenting))
    seen = page.context["form"].initial["seen"]
    stranger = browser_of(place.sides["provides"][1])
    assert stranger.get(address("round_next", consenting)).status_code == 403
    browser.post(address("round_next", consenting), {"seen": seen.isoformat(), "answers": [str(objection.pk)]})

    assert Decision.objects.get(pk=consenting.pk).version.number == 2
    assert "spoke about an older version" in text_of(browser.get(address("round", consenting)))
    assert "Yes, it takes up my objection" in text_of(browser_of(objector).get(address("objection", objection)))
    answer = browser_of(objector).post(address("settle", objection), {"what": "integrated"})
    assert answer["Location"] == address("stand", consenting)


def test_a_round_ends_early_when_everything_is_said(place, consenting):
    steward = browser_of(person_in(place.town, "Stella", roles=[Role.STEWARD]))
    assert "End the round" not in text_of(steward.get(address("round", consenting)))
    steward.post(address("end_round", consenting))
    assert Decision.objects.get().is_open
    stand(consenting, *place.everybody, at=now())

    assert "End the round" in text_of(steward.get(address("round", consenting)))
    steward.post(address("end_round", consenting))

    assert "Enough of each side consent" in text_of(steward.get(address("round", consenting)))


def test_an_unresolved_objection_leaves_things_as_they_are(place, consenting):
    objected(consenting, place.sides["uses"][2], at=now())
    actions.end_round(decision=consenting, by=None, at=consenting.closes_at)

    page = text_of(browser_of(place.everybody[0]).get(address("round", consenting)))

    assert "An objection was not resolved." in page
    assert "What you can do now" not in page


def test_calling_off_needs_a_reason(place, consenting):
    steward = browser_of(person_in(place.town, "Stella", roles=[Role.STEWARD]))

    steward.post(address("call_off_round", consenting), {"why": "The wrong words"})

    assert "The wrong words" in text_of(browser_of(place.everybody[0]).get(address("round", consenting)))


def test_a_round_is_no_vote_and_a_stranger_finds_nothing(place, consenting):
    steward = browser_of(person_in(place.town, "Stella", roles=[Role.STEWARD]))
    elsewhere = scene(name="Elm Street")
    objection = fresh(objected(consenting, place.sides["uses"][2], at=now()))

    assert steward.get(address("decision", consenting))["Location"] == address("round", consenting)
    for page in ("vote", "turnout", "ballots", "certificate"):
        assert steward.get(address(page, consenting)).status_code == 404
    attacker = browser_of(elsewhere.everybody[0])
    for page, about in (("round", consenting), ("stand", consenting), ("objection", objection)):
        # Neither by its own community's address, nor by theirs.
        assert attacker.get(address(page, about)).status_code == 404
        assert attacker.get(reverse(f"decisions:{page}", args=[elsewhere.town.slug, about.pk])).status_code == 404


def test_whoever_is_on_no_roll_is_told_kindly(place, consenting):
    late = browser_of(person_in(place.town, "Late"))

    assert "on no roll" in text_of(late.get(address("stand", consenting)))
    assert "on no roll" in text_of(late.post(address("stand", consenting), {"stance": "consent"}))
    assert not Stance.objects.exists()


def test_commissioners_see_numbers_and_no_names(place, consenting):
    stand(consenting, *place.sides["uses"], at=now())
    objection = fresh(objected(consenting, place.sides["provides"][2], at=now()))
    clarify(objection, place.sides["uses"][0], at=now())
    fund = browser_of(person_in(place.town, "Fenn", roles=[Role.COMMISSIONER]))

    pages = text_of(fund.get(address("round", consenting))) + text_of(fund.get(address("objection", objection)))

    assert "3 of 3 people consent" in pages
    assert "Uma" not in pages
    assert "Pia" not in pages
