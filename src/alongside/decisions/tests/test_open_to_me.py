"""What is open and waits for somebody's word stands first on Decide, and goes once they have spoken."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.decisions import actions
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.rounds import clarify, fresh, next_version, objected, round_of, stand
from alongside.decisions.tests.test_vote_pages import now_open
from alongside.decisions.tests.voting import scene
from alongside.kernel.clock import now
from alongside.people.tests.factories import person_in, standing_for

pytestmark = pytest.mark.django_db


def titles(member):
    return [need.title for need in needs_of(standing_for(member))]


def test_an_open_vote_waits_until_one_has_voted_and_only_for_those_on_a_roll():
    place = scene()
    vote = now_open(place)
    uma = place.sides["uses"][2]

    assert titles(uma)[0] == "Vote on “Open on Sundays”"
    assert titles(person_in(place.town, "Late")) == []
    actions.cast(decision=vote, membership=uma, choice="yes", by=uma.person, at=now())

    assert titles(uma) == []


def test_a_round_of_consent_waits_for_stances_objections_and_answers():
    place = scene()
    ben, olga = place.sides["uses"][2], place.sides["uses"][3]
    facilitator, author = place.sides["provides"][0], place.sides["uses"][0]
    at, later = now(), now() + timedelta(days=3)
    decision = round_of(place, at=at, closes_at=later, review_on=(later + timedelta(days=90)).date())

    assert titles(ben) == ["Can “Open on Sundays” go on?"]
    stand(decision, ben, at=at)
    assert titles(ben) == []

    objection = objected(decision, olga, at=at)
    assert "An objection to “Open on Sundays”" in titles(facilitator)
    clarify(objection, facilitator, at=at)
    assert "An objection to “Open on Sundays”" not in titles(facilitator)
    next_version(decision, author, fresh(objection), at=at)

    assert titles(ben) == ["Can “Open on Sundays” go on?"]
    assert "A new version of “Open on Sundays” is meant to take up your objection" in titles(olga)


def test_what_does_not_wait_is_asked_for_in_one_question():
    place = scene()
    now_open(place)
    late = person_in(place.town, "Late")

    def asked_of(member):
        standing = standing_for(member)
        with CaptureQueriesContext(connection) as queries:
            found = needs_of(standing)
        return len(found), len(queries)

    # Besides, meetings are asked for: which of them are for somebody hangs on their groups.
    assert asked_of(late) == (0, 2)
    assert asked_of(place.sides["uses"][2]) == (1, 3)
