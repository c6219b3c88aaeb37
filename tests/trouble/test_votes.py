"""Everybody votes at once, facilitators close at once, and ballots meet the close: each is counted once or refused."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from alongside.decisions import actions
from alongside.decisions.models import Ballot, Decision, OpenBallot, Receipt, RollEntry, Say
from alongside.decisions.tests.voting import Scene, opened, scene
from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Membership
from tests.trouble.test_trouble import at_once

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]


def open_now(place: Scene, *, minutes: int = 60) -> Decision:
    return opened(place, at=now() - timedelta(hours=1), closes_at=now() + timedelta(minutes=minutes))


def voice(decision: Decision, member: Membership, choice: str) -> Any:
    at = decision.opens_at + timedelta(minutes=1)
    return actions.cast(decision=decision, membership=member, choice=choice, by=member.person, at=at)


def test_a_hundred_people_vote_at_once_and_none_is_lost_or_counted_twice():
    place = scene(uses=60, provides=40)
    decision = open_now(place)
    words = ["yes" if n % 3 else "no" for n in range(100)]

    receipts = at_once(partial(voice, decision, one, word) for one, word in zip(place.everybody, words, strict=True))

    assert [one for one in receipts if not isinstance(one, str)] == []
    assert len(set(receipts)) == 100
    closed = actions.close(decision=decision, by=None, at=decision.closes_at)
    counted = Counter(Ballot.objects.values_list("choice", flat=True))
    assert counted == Counter(words)
    assert sum(closed.result["tallies"]["uses"].values()) == 60
    assert set(Receipt.objects.values_list("code", flat=True)) == set(receipts)


def test_one_person_who_presses_twenty_times_votes_once():
    place = scene()
    decision = open_now(place)

    receipts = at_once(partial(voice, decision, place.everybody[0], "yes") for _press in range(20))

    assert len(set(receipts)) == 1
    assert OpenBallot.objects.count() == RollEntry.objects.filter(took_part=True).count() == 1


def test_two_facilitators_and_the_clock_close_at_once_and_it_is_counted_once():
    place = scene()
    decision = open_now(place)
    for member in place.everybody:
        voice(decision, member, "yes")
    closing: list[Any] = [
        partial(actions.close, decision=decision, by=None, at=decision.closes_at) for _who in range(4)
    ]
    closing.append(partial(actions.close_due, at=decision.closes_at))

    results = at_once(closing)

    assert sum(isinstance(one, Decision) or one == 1 for one in results) == 1
    assert all(isinstance(one, Decision | SomeoneElseWasFaster | int) for one in results)
    assert Ballot.objects.count() == Receipt.objects.count() == Say.objects.count() == 12


def test_a_ballot_that_meets_the_close_is_counted_or_refused_and_never_half():
    place = scene(uses=20, provides=20)
    decision = open_now(place)
    acts = [partial(voice, decision, member, "yes") for member in place.everybody]
    acts.insert(20, partial(actions.close, decision=decision, by=None, at=decision.closes_at))

    results = at_once(acts)

    counted = {one for one in results if isinstance(one, str)}
    refused = [one for one in results if isinstance(one, actions.VotingIsOver)]
    assert len(counted) + len(refused) == 40
    assert set(Receipt.objects.values_list("code", flat=True)) == counted
    assert Ballot.objects.count() == RollEntry.objects.filter(took_part=True).count() == len(counted)
    assert not OpenBallot.objects.exists()
