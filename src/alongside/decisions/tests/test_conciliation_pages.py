"""The room of a conciliation: who volunteers, writes and agrees on its page, and who only reads."""

import pytest
from django.urls import reverse

from alongside.decisions.models import Draft, RollEntry, Version
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.conciliation import SOON, agreed_version, drawn, seated, split
from alongside.decisions.tests.voting import TODAY, scene
from alongside.kernel.ids import new_id
from alongside.people.models import Role
from alongside.people.permissions import standing_of
from alongside.people.tests.factories import browser_of, person_in

pytestmark = pytest.mark.django_db


def address(name, round_):
    return reverse(f"decisions:{name}", args=[round_.community.slug, round_.decision_id])


def test_somebody_volunteers_on_the_page_of_the_room_and_facilitators_draw(monkeypatch):
    place = scene()
    round_ = split(place)
    monkeypatch.setattr("alongside.decisions.views.conciliation.now", lambda: SOON)
    monkeypatch.setattr("alongside.decisions.views.conciliation.today", lambda: place.town.day_of(SOON))
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])
    uma, pia = place.sides["uses"][1], place.sides["provides"][1]

    assert "I would sit for my side" in browser_of(uma).get(address("conciliation", round_)).content.decode()
    assert "I would sit" not in browser_of(steward).get(address("conciliation", round_)).content.decode()
    browser_of(uma).post(address("volunteer", round_))
    refused = browser_of(steward).post(address("draw_seats", round_), follow=True)
    assert "Nobody has volunteered yet for this side" in refused.content.decode()
    browser_of(pia).post(address("volunteer", round_))
    assert browser_of(pia).post(address("draw_seats", round_)).status_code == 403
    page = browser_of(steward).post(address("draw_seats", round_), follow=True).content.decode()

    assert "How the seats were drawn" in page
    assert str(uma.pk) in page
    assert [one.membership for one in seated(round_, "uses")] == [uma]


def test_they_write_and_agree_on_pages_and_authors_without_a_seat_do_not_write():
    place = scene()
    round_ = drawn(place)
    author, uma, pia = place.sides["uses"][0], *(seated(round_, side)[0].membership for side in ("uses", "provides"))
    outsider = place.sides["uses"][5]
    write = reverse("decisions:write", args=[place.town.slug, place.proposal.pk])

    answer = browser_of(uma).post(address("begin_together", round_))
    assert answer["Location"] == write
    assert browser_of(outsider).get(write).status_code == 403
    draft = Draft.objects.get()
    kept = browser_of(pia).post(
        write, {"text": "We open at eleven.", "seen": draft.changed_at.isoformat(), "why": "", "affects": "",
                "changes": "", "summary": ""}, follow=True,
    )  # fmt: skip
    assert kept.redirect_chain[-1][0] == address("conciliation", round_)
    seen = Draft.objects.get().changed_at.isoformat()
    for member in (uma, pia):
        browser_of(member).post(address("agree_to_words", round_), {"seen": seen})

    assert Version.objects.filter(proposal=place.proposal).count() == 2
    assert author in place.everybody


def test_the_conversation_is_read_on_the_rolls_and_by_nobody_else():
    place = scene()
    round_ = drawn(place)
    uma = seated(round_, "uses")[0].membership
    browser_of(uma).post(address("say_among_them", round_), {"text": "Eleven o'clock?", "key": str(new_id())})
    empty = browser_of(uma).post(address("say_among_them", round_), {"text": "", "key": str(new_id())})
    other = person_in(place.town, "Other")

    assert "text" in empty.context["form"].errors
    assert (
        "Eleven o&#x27;clock?"
        in browser_of(place.sides["provides"][5]).get(address("conciliation", round_)).content.decode()
    )
    hidden = browser_of(other).get(address("conciliation", round_)).content.decode()
    assert "Eleven" not in hidden
    assert "People on the rolls of this vote read it" in hidden


def test_what_waits_is_told_to_those_it_waits_for():
    place = scene()
    round_ = split(place)
    uma, steward = place.sides["uses"][0], person_in(place.town, "Stella", roles=[Role.STEWARD])

    def titles(member):
        standing = standing_of(member.person, place.town, on=TODAY)
        assert standing is not None
        return " | ".join(need.title for need in needs_of(standing))

    assert "The sides differ" in titles(uma)
    assert "The sides differ" not in titles(steward)
    drawn(place, round_=round_)
    assert "Look for a new version" in titles(seated(round_, "uses")[0].membership)
    agreed_version(round_)
    assert "has a new version from both sides" in titles(steward)
    page = browser_of(steward).get(address("conciliation", round_)).content.decode()
    assert "?one=uses&amp;other=provides" in page
    assert RollEntry.objects.count() == 12


def test_the_page_decide_shows_what_is_in_conciliation():
    place = scene()
    split(place)

    page = browser_of(place.sides["uses"][2]).get(reverse("decisions:home", args=[place.town.slug])).content.decode()

    assert "Open on Sundays" in page
    assert "in conciliation" in page
