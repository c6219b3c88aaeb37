"""Advice, and those who decide after asking, when people leave, export, are erased or merged."""

import pytest

from alongside.decisions import actions
from alongside.decisions.departures import advice as departures
from alongside.decisions.models import Advice, AdviceAsked, Decider
from alongside.decisions.tests.advising import DAY, NOON, advised, begun, planned, say, scene, used
from alongside.people import actions as people

pytestmark = pytest.mark.django_db
WEEK = 7 * DAY


@pytest.fixture
def place():
    return scene(uses=5, provides=5)


def test_who_decides_and_leaves_decides_no_more_and_the_seat_waits(place):
    decision, decider = planned(place), place.sides["uses"][0]
    people.leave_community(membership=decider, by=place.sides["provides"][0].person, at=NOON + DAY)

    decision.refresh_from_db()
    assert (actions.vacant(decision), decision.owner) == (1, None)
    with pytest.raises(actions.NotADecider):
        say(decision, decider, at=NOON + WEEK)
    assert actions.close_due(at=decision.closes_at) == 1


def test_once_it_is_decided_leaving_changes_nothing(place):
    decision, decider = planned(place), place.sides["uses"][0]
    say(decision, decider, at=NOON + WEEK)

    departures.leave(decider, by=None, at=NOON + 8 * DAY)

    assert Decider.objects.get().stepped_down_at is None


def test_an_export_holds_what_somebody_advised_and_how_it_was_used(place):
    planned(place)

    told = departures.export(place.sides["uses"][1].person)

    assert [(one["text"], one["used"], one["why"]) for one in told["advice"]] == [("Open later.", "used", "It helps.")]
    assert len(departures.export(place.sides["uses"][0].person)["advice_answered"]) == 3
    assert departures.export(place.sides["uses"][0].person)["decided_after_asking"][0]["side"] == "uses"


def test_erasing_takes_the_words_and_leaves_that_there_was_advice(place):
    decision = planned(place)

    departures.erase(place.sides["uses"][1].person, by=None, at=NOON + WEEK)
    departures.erase(place.sides["uses"][0].person, by=None, at=NOON + WEEK)

    assert Advice.objects.order_by("pk").values_list("text", flat=True)[0] == ""
    assert not Advice.objects.exclude(why="").exists()
    assert not Advice.objects.filter(used="").exists()
    assert say(decision, place.sides["uses"][0], at=NOON + WEEK).outcome == "passed"


def test_after_a_merge_one_person_counts_once_and_holds_one_seat(place):
    uses, provides = place.sides["uses"], place.sides["provides"]
    decision = begun(place, deciders=[uses[0], provides[0]])
    actions.ask_advice(decision=decision, membership=uses[0], asked=uses[1], by=uses[0].person, at=NOON)
    actions.ask_advice(decision=decision, membership=uses[0], asked=uses[2], by=uses[0].person, at=NOON)
    used(advised(decision, uses[2]), uses[0])

    departures.merge(kept=uses[1], dropped=uses[2], by=provides[1].person, at=NOON)
    departures.merge(kept=uses[0], dropped=provides[0], by=provides[1].person, at=NOON)

    assert Advice.objects.get().membership == uses[1]
    assert AdviceAsked.objects.get().membership == uses[1]
    assert [one.membership for one in Decider.objects.seated()] == [uses[0]]
    assert actions.vacant(decision) == 1
