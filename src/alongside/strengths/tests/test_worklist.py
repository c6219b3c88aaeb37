"""The shared queue: found afresh, taken by one at a time, handed back."""

from datetime import timedelta

import pytest

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.strengths import actions
from alongside.strengths.models import QueueClaim
from alongside.strengths.rules.steps import Step
from alongside.strengths.tests.factories import (
    NOON,
    asked,
    neighbor,
    neighbors,
    recorded,
    request_of,
    step,
    town,
    with_screens,
)
from alongside.strengths.worklist import queue_of

pytestmark = pytest.mark.django_db


def found(place, *, days=0.0):
    return {one.work.item.split(":")[0] for one in queue_of(place, at=NOON + timedelta(days=days))}


def test_a_request_nobody_answers_comes_up_after_three_days_and_an_urgent_one_at_once():
    amina, ben = neighbors("Amina", "Ben", auto_confirm_days=60)
    place = amina.membership.community
    request = request_of(amina)
    assert found(place, days=2.9) == set()
    assert "strengths.requests" in found(place, days=3)
    asked(ben, amina, listing=request)
    assert "strengths.requests" not in found(place, days=3)

    request_of(ben, urgency="urgent")

    assert found(place) == {"strengths.requests"}


def test_a_dispute_comes_up_at_once():
    amina, ben = neighbors("Amina", "Ben")
    step(recorded(amina, ben).exchange, Step.DISPUTE, ben)

    assert found(amina.membership.community) == {"strengths.disputes"}


def test_an_exchange_nobody_answers_for_a_week_comes_up():
    amina, ben = with_screens(*neighbors("Amina", "Ben"))
    recorded(amina, ben)

    assert found(amina.membership.community, days=7) == {"strengths.waiting"}


def test_a_piece_of_work_is_taken_by_one_at_a_time():
    place = town()
    cora, rosa = neighbor(place, "Cora", broker=True), neighbor(place, "Rosa", broker=True)
    actions.take(community=place, item="a:1", by=cora.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.take(community=place, item="a:1", by=rosa.person, at=NOON)
    taken = actions.take(community=place, item="a:1", by=rosa.person, at=NOON, instead_of=cora.person)

    assert taken.taken_by == rosa.person


def test_only_who_took_it_hands_it_back():
    place = town()
    cora, rosa = neighbor(place, "Cora", broker=True), neighbor(place, "Rosa", broker=True)
    actions.take(community=place, item="a:1", by=cora.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.hand_back(community=place, item="a:1", by=rosa.person, at=NOON)
    actions.hand_back(community=place, item="a:1", by=cora.person, at=NOON)

    assert not QueueClaim.objects.exists()


def test_forgotten_work_is_free_again_after_a_week():
    place = town()
    cora = neighbor(place, "Cora", broker=True)
    actions.take(community=place, item="a:1", by=cora.person, at=NOON)

    assert actions.forget_old_claims(at=NOON + timedelta(days=7)) == 0
    assert actions.forget_old_claims(at=NOON + timedelta(days=7, seconds=1)) == 1
