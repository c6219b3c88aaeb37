"""Consent rounds: slips of paper, who facilitates, and reminders before the last day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.actions import Keyed
from alongside.decisions.models import Objection, PaperKeying, RollEntry, Stance
from alongside.decisions.tests.advising import begun
from alongside.decisions.tests.rounds import (
    LATER,
    NOON,
    clarify,
    find,
    fresh,
    next_version,
    objected,
    round_of,
    scene,
    stand,
    understood,
)
from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of, coordinator_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)


@pytest.fixture
def place():
    return scene(uses=4, provides=4)


def key(decision, facilitator, code, stance="consent", *, number=1, **words):
    return actions.key_stance(
        decision=decision, facilitator=facilitator, code=code, number=number, stance=stance, by=facilitator.person,
        at=NOON, **words,
    )  # fmt: skip


def code_of(decision, member):
    return next(code for code, entry in actions.codes_of(decision) if entry.membership_id == member.pk)


def facilitators(place):
    return place.sides["uses"][0], place.sides["provides"][0]


# Paper


def test_a_slip_counts_when_both_facilitators_have_read_the_same(place):
    decision = round_of(place)
    uses, provides = facilitators(place)
    member = place.sides["uses"][2]
    code = code_of(decision, member)

    assert key(decision, uses, code) is Keyed.FIRST
    assert not Stance.objects.exists()
    assert key(decision, provides, code.lower()) is Keyed.COUNTED

    said = Stance.objects.get()
    assert (said.membership, said.kind, said.channel) == (member, "consent", "paper")
    assert RollEntry.objects.on(decision).get(membership=member).channel == "paper"
    assert not PaperKeying.objects.exists()


def test_an_objection_on_paper_has_a_life_like_every_other(place):
    decision = round_of(place)
    uses, provides = facilitators(place)
    code, words = code_of(decision, place.sides["uses"][2]), {"reason": "No bus.", "harms": "Everybody can come"}

    key(decision, uses, code, "objection", **words)
    key(decision, provides, code, "objection", **words)

    made = Objection.objects.get()
    assert (made.membership, made.channel, made.reason) == (place.sides["uses"][2], "paper", "No bus.")
    clarify(fresh(made), uses)
    find(fresh(made), provides)
    assert fresh(made).is_open


def test_slips_read_differently_are_read_again(place):
    decision = round_of(place)
    uses, provides = facilitators(place)
    code = code_of(decision, place.sides["uses"][2])

    key(decision, uses, code)
    assert key(decision, provides, code, "absent") is Keyed.DIFFERENT

    assert not Stance.objects.exists()
    assert not PaperKeying.objects.exists()


def test_a_slip_about_older_words_or_of_somebody_who_spoke_otherwise_is_not_taken(place):
    decision = round_of(place)
    uses = facilitators(place)[0]
    spoke, code = place.sides["uses"][2], code_of(decision, place.sides["uses"][3])
    stand(decision, spoke)

    with pytest.raises(actions.VotedOtherwise):
        key(decision, uses, code_of(decision, spoke))
    with pytest.raises(actions.UnknownCode):
        key(decision, uses, "AAAAA-AAAAA")
    with pytest.raises(actions.NotAFacilitator):
        key(decision, spoke, code)
    next_version(decision, place.everybody[0], at=NOON)
    with pytest.raises(SomeoneElseWasFaster):
        key(decision, uses, code)


# Reminders and facilitators


def test_before_the_last_day_each_is_reminded_of_what_waits_for_them_alone(place):
    decision = round_of(place)
    objection = understood(decision, place.sides["provides"][2], facilitators(place)[1])
    objected(decision, place.sides["provides"][3])
    stand(decision, *place.sides["uses"])
    next_version(decision, place.everybody[0], objection, at=NOON + DAY)
    stand(decision, place.sides["uses"][2], at=NOON + 2 * DAY)

    assert actions.remind_of_votes(at=LATER - DAY) == 1
    assert actions.remind_of_votes(at=LATER - DAY) == 0

    told = {one.person: one.body for one in Notice.objects.filter(key__startswith="last-days")}
    assert place.sides["uses"][2].person not in told
    assert "has not been" not in str(told)
    assert "present words" in told[place.sides["uses"][3].person]
    assert "take up your objection" in told[place.sides["provides"][2].person]
    assert "nobody has asked yet" in told[place.sides["provides"][0].person]
    assert place.sides["provides"][3].person not in told


def test_reminding_a_large_round_asks_the_database_no_more_often_than_a_small_one():
    asked = []
    for many in (3, 9):
        round_of(scene(uses=many, provides=many))
        with CaptureQueriesContext(connection) as queries:
            assert actions.remind_of_votes(at=LATER - DAY) == 1
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_another_facilitator_is_named_and_told_in_words_of_a_round(place):
    decision = round_of(place)
    successor = place.sides["uses"][2]
    page = reverse("decisions:scrutineers", args=[place.town.slug, decision.pk])
    actions.replace_scrutineer(
        decision=decision, side="uses", membership=successor, by=place.everybody[-1].person, at=NOON
    )

    assert actions.facilitators_of(decision)["uses"] == successor
    assert "facilitates" in Notice.objects.get(person=successor.person, key__startswith="scrutineer").body
    assert "Who facilitates" in browser_of(coordinator_in(place.town)).get(page).content.decode()


def test_who_decides_after_asking_does_not_become_a_facilitator_of_it(place):
    decision = begun(place)

    with pytest.raises(actions.NotAScrutineer):
        actions.replace_scrutineer(
            decision=decision, side="uses", membership=place.sides["uses"][0], by=place.everybody[-1].person, at=NOON
        )


def test_slips_are_printed_with_codes_and_keyed_in_on_their_page(place):
    decision = round_of(place, at=now(), closes_at=now() + 8 * DAY)
    code = code_of(decision, place.sides["uses"][2])
    slips = reverse("decisions:round_slips", args=[place.town.slug, decision.pk])
    keying = reverse("decisions:key_stance", args=[place.town.slug, decision.pk])

    assert code in browser_of(coordinator_in(place.town)).get(f"{slips}?all").content.decode()
    sent = {"code": code, "number": "1", "stance": "consent_with_concern", "words": ""}
    refused = browser_of(facilitators(place)[0]).post(keying, sent).content.decode()
    assert "Write what stands on the paper." in refused
    for facilitator in facilitators(place):
        browser_of(facilitator).post(keying, {**sent, "words": "Steep stairs."})

    said = Stance.objects.get()
    assert (said.kind, said.words, said.channel) == ("consent_with_concern", "Steep stairs.", "paper")
