"""In a consent round both facilitators find at once, an objection meets the end, and nothing is lost or doubled."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from alongside.decisions import actions
from alongside.decisions.models import Decision, Finding, Objection, Stance
from alongside.decisions.tests.rounds import fresh, objected, round_of, scene, stand, understood
from alongside.kernel.clock import now
from tests.trouble.test_trouble import at_once

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]


def open_now(place: Any) -> Decision:
    return round_of(place, at=now() - timedelta(hours=1), closes_at=now() + timedelta(hours=1))


def test_two_facilitators_at_once_set_an_objection_aside_once():
    place = scene(uses=3, provides=3)
    decision = open_now(place)
    both = [place.sides["uses"][0], place.sides["provides"][0]]
    objection = understood(decision, place.sides["uses"][2], both[0], at=now())

    results = at_once(
        partial(
            actions.find_not_qualified,
            objection=fresh(objection),
            membership=one,
            reason="So.",
            by=one.person,
            at=now(),
        )
        for one in [*both, *both]
    )

    assert sum(one is None for one in results) == 2
    assert all(one is None or isinstance(one, actions.StepNotOpen) for one in results)
    assert fresh(objection).state == "not_qualified"
    assert Finding.objects.that_count().count() == 2


def test_ten_people_object_at_once_and_each_objection_has_its_number():
    place = scene(uses=5, provides=5)
    decision = open_now(place)

    at_once(partial(objected, decision, member, at=now()) for member in place.everybody)

    assert sorted(Objection.objects.values_list("number", flat=True)) == list(range(1, 11))
    assert Stance.objects.filter(kind="objection").count() == 10


def test_an_objection_that_meets_the_end_is_in_time_or_refused():
    place = scene(uses=3, provides=3)
    decision = open_now(place)
    stand(decision, *place.everybody, at=now())

    ended, raised = at_once(
        [
            partial(actions.end_round, decision=decision, by=None, at=now()),
            partial(objected, decision, place.everybody[0], at=now()),
        ]
    )

    stands = Decision.objects.get(pk=decision.pk)
    if isinstance(raised, Objection):
        assert isinstance(ended, actions.RoundGoesOn)
        assert stands.is_open
    else:
        assert isinstance(raised, actions.RoundIsOver)
        assert stands.outcome == "passed"
        assert not Objection.objects.exists()
