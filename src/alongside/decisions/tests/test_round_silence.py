"""Consent rounds: silence that was announced to count, and small edits agreed to beforehand."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.departures import consent as departures
from alongside.decisions.models import Objection, RoundSeen, Say, SmallEdit, Stance
from alongside.decisions.tests.rounds import (
    NOON,
    next_version,
    objected,
    round_of,
    scene,
    stand,
)
from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of, person_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)


@pytest.fixture
def place():
    return scene(uses=4, provides=4)


def seen(decision, *members, number=1, at=NOON):
    for member in members:
        actions.note_seen(decision=decision, membership=member, number=number, by=member.person, at=at)


def small(decision, facilitator, *, number=2, at=NOON + DAY):
    return actions.call_small_edit(
        decision=decision, membership=facilitator, number=number, by=facilitator.person, at=at
    )


def ended(decision):
    return actions.end_round(decision=decision, by=None, at=decision.closes_at)


def facilitators(place):
    return place.sides["uses"][0], place.sides["provides"][0]


# Silence


def test_where_it_was_announced_silence_of_who_has_read_it_is_consent(place):
    decision = round_of(place, lazy_days=7)
    seen(decision, *place.sides["uses"][:2], *place.sides["provides"][:2])

    assert ended(decision).outcome == "passed"
    assert set(Say.objects.filter(seen=True).values_list("took_part", flat=True)) == {False}


def test_silence_of_who_has_not_read_it_counts_nowhere(place):
    decision = round_of(place, lazy_days=7)
    seen(decision, *place.sides["uses"])

    assert ended(decision).outcome == "not_quorate"


def test_silence_counts_in_no_round_that_did_not_announce_it(place):
    decision = round_of(place)
    seen(decision, *place.everybody)

    assert ended(decision).outcome == "not_quorate"


def test_an_objection_stops_a_round_in_which_everybody_else_is_silent(place):
    decision = round_of(place, lazy_days=7)
    seen(decision, *place.everybody[1:])
    objected(decision, place.everybody[0])

    assert ended(decision).outcome == "not_passed"


@pytest.mark.parametrize("days", [pytest.param(6, id="less than a week"), pytest.param(14, id="longer than the round")])
def test_the_notice_is_a_week_at_least_and_fits_into_the_round(place, days):
    with pytest.raises(actions.ClosesTooSoon):
        round_of(place, lazy_days=days)


def test_on_words_that_come_late_nobody_is_taken_to_consent(place):
    decision = round_of(place, lazy_days=7, closes_at=NOON + 10 * DAY)
    seen(decision, *place.everybody)
    next_version(decision, place.everybody[0], at=NOON + 5 * DAY)
    seen(decision, *place.everybody, number=2, at=NOON + 6 * DAY)

    assert ended(decision).outcome == "not_quorate"


def test_who_has_read_older_words_has_not_read_the_new_ones(place):
    decision = round_of(place, lazy_days=7, closes_at=NOON + 20 * DAY)
    seen(decision, *place.everybody)
    next_version(decision, place.everybody[0], at=NOON + DAY)

    with pytest.raises(SomeoneElseWasFaster):
        seen(decision, place.everybody[1], number=1, at=NOON + DAY)
    assert ended(decision).outcome == "not_quorate"


def test_nobody_reads_for_a_roll_they_are_not_on(place):
    decision = round_of(place, lazy_days=7)

    with pytest.raises(actions.NotOnTheRoll):
        seen(decision, person_in(place.town, "Late"))
    assert not RoundSeen.objects.exists()


# Small edits


def agreed(decision, *members):
    stand(decision, *members, edits_agreed=True)


def test_a_word_agreed_to_small_edits_stands_once_both_facilitators_call_it_one(place):
    decision = round_of(place)
    uses, provides = facilitators(place)
    agreed(decision, *place.sides["uses"][:3])
    stand(decision, place.sides["uses"][3])
    next_version(decision, place.everybody[0], at=NOON + DAY)

    assert not small(decision, uses)
    assert not Stance.objects.filter(version__number=2).exists()
    assert small(decision, provides)

    kept = Stance.objects.filter(version__number=2)
    assert {one.membership for one in kept} == set(place.sides["uses"][:3])
    assert {one.keyed_by for one in kept} == {one.person for one in place.sides["uses"][:3]}
    assert Notice.objects.filter(key__startswith="round-small-edit").count() == 3


def test_a_word_that_was_said_on_the_new_version_is_not_overridden(place):
    decision = round_of(place)
    agreed(decision, place.sides["uses"][1])
    next_version(decision, place.everybody[0], at=NOON + DAY)
    stand(decision, place.sides["uses"][1], stance="absent", at=NOON + DAY)

    for facilitator in facilitators(place):
        small(decision, facilitator)

    assert Stance.objects.get().kind == "absent"


def test_one_facilitator_alone_calls_nothing_small_however_often(place):
    decision = round_of(place)
    agreed(decision, place.sides["uses"][1])
    next_version(decision, place.everybody[0], at=NOON + DAY)

    assert not small(decision, facilitators(place)[0])
    assert not small(decision, facilitators(place)[0])

    assert SmallEdit.objects.count() == 1
    with pytest.raises(actions.NotAFacilitator):
        small(decision, place.sides["provides"][1])


def test_the_first_words_of_a_round_are_no_edit_and_older_ones_are_over(place):
    decision = round_of(place)

    with pytest.raises(actions.StepNotOpen):
        small(decision, facilitators(place)[0], number=1)
    next_version(decision, place.everybody[0], at=NOON + DAY)
    with pytest.raises(SomeoneElseWasFaster):
        small(decision, facilitators(place)[0], number=1)


def test_a_word_does_not_jump_over_a_version_that_was_no_small_edit(place):
    decision = round_of(place)
    agreed(decision, place.sides["uses"][1])
    next_version(decision, place.everybody[0], at=NOON + DAY)
    next_version(decision, place.everybody[0], text="We open at nine.", at=NOON + 2 * DAY)

    for facilitator in facilitators(place):
        small(decision, facilitator, number=3, at=NOON + 3 * DAY)

    assert not Stance.objects.filter(version__number=3).exists()


def test_an_objection_is_never_kept_or_lost_by_a_small_edit(place):
    decision = round_of(place)
    objector = place.sides["uses"][1]
    agreed(decision, objector)
    objected(decision, objector)
    next_version(decision, place.everybody[0], at=NOON + DAY)

    for facilitator in facilitators(place):
        small(decision, facilitator)

    assert Objection.objects.get().is_open
    assert Stance.objects.get(membership=objector).kind == "objection"


# The database, departures, pages


def test_the_database_lets_nobody_stand_in_a_round_whose_roll_they_are_not_on(place):
    decision = round_of(place)
    late = person_in(place.town, "Late")

    about = {"community": place.town, "decision": decision, "version": place.version, "keyed_by": late.person}
    for lie in (
        lambda: Stance.objects.create(membership=late, kind="consent", at=NOON, **about),
        lambda: RoundSeen.objects.create(membership=late, at=NOON, **about),
        lambda: Objection.objects.create(
            membership=late, number=1, side="uses", reason="x", harms="y", raised_at=NOON, **about
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            lie()


def test_the_database_keeps_where_people_stood_once_a_round_has_ended(place):
    decision = round_of(place)
    stand(decision, place.everybody[0])
    objected(decision, place.everybody[1])
    ended(decision)

    for lie in (
        lambda: Stance.objects.filter(membership=place.everybody[0]).update(kind="absent"),
        lambda: Objection.objects.update(state="withdrawn"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            lie()


def test_what_somebody_read_and_called_small_is_theirs_to_take_along(place):
    decision = round_of(place, lazy_days=7)
    seen(decision, place.everybody[0])
    next_version(decision, place.everybody[0], at=NOON + DAY)
    small(decision, place.everybody[0])

    told = departures.export(place.everybody[0].person)

    assert [one["version"] for one in told["versions_read"]] == [1]
    assert [one["version"] for one in told["called_small_edits"]] == [2]


def test_the_pages_announce_silence_take_i_have_read_it_and_agree_to_small_edits(place):
    decision = round_of(place, at=now(), closes_at=now() + 8 * DAY, lazy_days=7)
    page = reverse("decisions:round", args=[place.town.slug, decision.pk])
    browser = browser_of(place.sides["uses"][1])

    assert "Silence counts here" in browser.get(page).content.decode()
    browser.post(reverse("decisions:round_seen", args=[place.town.slug, decision.pk]), {"number": "1"})
    assert "it counts as consent" in browser.get(page).content.decode()
    browser.post(
        reverse("decisions:stand", args=[place.town.slug, decision.pk]), {"stance": "consent", "edits_agreed": "on"}
    )

    assert Stance.objects.get().edits_agreed
    assert RoundSeen.objects.get().membership == place.sides["uses"][1]


def test_facilitators_find_what_they_can_do_and_others_are_refused(place):
    decision = round_of(place, at=now(), closes_at=now() + 8 * DAY)
    stand(decision, place.sides["uses"][1], edits_agreed=True, at=now())
    next_version(decision, place.everybody[0], at=now())
    page = reverse("decisions:round", args=[place.town.slug, decision.pk])
    address = reverse("decisions:small_edit", args=[place.town.slug, decision.pk])
    keying = reverse("decisions:key_stance", args=[place.town.slug, decision.pk])

    assert "It is a small edit" in browser_of(facilitators(place)[0]).get(page).content.decode()
    for facilitator in facilitators(place):
        browser_of(facilitator).post(address, {"number": "2"})
    assert "call this version a small edit" in browser_of(place.everybody[1]).get(page).content.decode()
    assert browser_of(place.sides["uses"][1]).post(address, {"number": "2"}).status_code == 403
    assert browser_of(place.sides["uses"][1]).get(keying).status_code == 403
