"""Somebody decides after asking: only when the rule says so, and never over an objection."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from alongside.decisions import actions, signals
from alongside.decisions.models import (
    Advice,
    AdvicePlan,
    Decision,
    Objection,
    Proposal,
    RollEntry,
    Say,
)
from alongside.decisions.tests.advising import (
    DAY,
    LAST,
    NOON,
    advised,
    begun,
    heard,
    objected,
    planned,
    published,
    say,
    scene,
    used,
)
from alongside.people.tests.factories import person_in

pytestmark = pytest.mark.django_db
WEEK = 7 * DAY


@pytest.fixture
def place():
    return scene(uses=5, provides=5)


@pytest.fixture
def decider(place):
    return place.sides["uses"][0]


def missing(decision, *, at=NOON):
    plan = AdvicePlan.objects.get(decision=decision)
    return {one.code for one in actions.readiness(decision, plan, at=at).steps}


def test_what_is_decided_after_asking_is_a_decision_like_every_other(
    place, decider, django_capture_on_commit_callbacks
):
    told = []
    signals.outcome.connect(lambda decision, **rest: told.append(decision.outcome), weak=False, dispatch_uid="heard")
    decision = planned(place, due_on=(LAST + 30 * DAY).date(), review_on=(LAST + 90 * DAY).date())

    with django_capture_on_commit_callbacks(execute=True):
        say(decision, decider, at=NOON + WEEK)
    signals.outcome.disconnect(dispatch_uid="heard")

    decision.refresh_from_db()
    assert (decision.rule, decision.state, decision.outcome) == ("advice", "closed", "passed")
    assert decision.owner == decider
    assert told == ["passed"]
    place.proposal.refresh_from_db()
    assert place.proposal.state == Proposal.State.DECIDED
    took_part = set(Say.objects.filter(took_part=True).values_list("membership__person__name", flat=True))
    assert took_part == {"Uma 0", "Uma 1", "Uma 2", "Pia 1"}
    assert Say.objects.count() == 10
    actions.note_progress(
        decision=decision, membership=decider, step="begun", text="Keys are cut.", by=decider.person,
        at=NOON + 8 * DAY, key=uuid4(),
    )  # fmt: skip


def test_nothing_is_decided_while_something_is_missing(place, decider):
    decision = begun(place)

    assert missing(decision) == {
        "advice.few_affected", "advice.few_experts", "advice.side_not_asked", "advice.not_published",
    }  # fmt: skip
    with pytest.raises(actions.NotReadyToDecide) as no:
        say(decision, decider, at=NOON + WEEK)
    assert "advice.few_experts" in {one.code for one in no.value.steps}


def test_a_plan_waits_for_enough_advice_and_for_its_use(place, decider):
    decision = begun(place)
    given = heard(decision, place)

    with pytest.raises(actions.NotReadyToDecide) as no:
        published(decision, decider)
    assert [one.code for one in no.value.steps] == ["advice.use_not_told"]
    for one in given:
        used(one, decider, how="not_used", why="Too dear.")
    with pytest.raises(actions.NotReadyToDecide):
        published(decision, decider, text="  ")
    published(decision, decider)

    assert missing(decision) == {"advice.too_early"}


def test_everybody_has_the_announced_days_to_object(place, decider):
    decision = planned(place)

    with pytest.raises(actions.NotReadyToDecide):
        say(decision, decider, at=NOON + WEEK - timedelta(seconds=1))
    assert say(decision, decider, at=NOON + WEEK).outcome == "passed"


def test_a_plan_published_anew_begins_the_wait_again(place, decider):
    decision = planned(place)
    published(decision, decider, at=NOON + 6 * DAY, text="At noon.")

    with pytest.raises(actions.NotReadyToDecide):
        say(decision, decider, at=NOON + WEEK)
    assert say(decision, decider, at=NOON + 13 * DAY).outcome == "passed"


def test_a_plan_is_not_published_when_the_days_to_object_are_too_few(place, decider):
    decision = begun(place)
    for one in heard(decision, place):
        used(one, decider)

    with pytest.raises(actions.ClosesTooSoon):
        published(decision, decider, at=LAST - WEEK)


def test_two_decide_only_when_both_say_the_same(place, decider):
    other = place.sides["provides"][0]
    decision = planned(place, deciders=[decider, other])

    assert say(decision, decider, at=NOON + WEEK).is_open
    assert say(decision, other, "leave", why="Not this year.", at=NOON + WEEK).is_open
    assert say(decision, other, at=NOON + 8 * DAY).outcome == "passed"


def test_who_leaves_things_as_they_are_says_why_and_nothing_is_adopted(place, decider):
    decision = planned(place)

    with pytest.raises(actions.WhyNotSaid):
        say(decision, decider, "leave", at=NOON + WEEK)
    assert say(decision, decider, "leave", why="No money.", at=NOON + WEEK).outcome == "not_passed"

    place.proposal.refresh_from_db()
    assert place.proposal.state == Proposal.State.TALKED_OVER
    assert not Say.objects.filter(adopted=True).exists()


def test_what_nobody_decided_ends_on_its_last_day(place):
    decision = planned(place)

    assert actions.close_due(at=LAST - timedelta(seconds=1)) == 0
    assert actions.close_due(at=LAST) == 1

    decision.refresh_from_db()
    assert decision.outcome == "not_passed"
    assert [one["code"] for one in decision.result["steps"]] == ["advice.not_decided"]
    assert actions.close_due(at=LAST) == 0


def test_after_the_last_day_nobody_decides_even_before_the_clock_has_come(place, decider):
    decision = planned(place)

    with pytest.raises(actions.AdviceIsOver):
        say(decision, decider, at=LAST)
    with pytest.raises(actions.AdviceIsOver):
        objected(decision, place.sides["provides"][2], at=LAST)


def test_an_objection_takes_it_to_a_consent_round_of_the_same_people(place, decider):
    decision = planned(place)
    objector = place.sides["provides"][2]

    objection = objected(decision, objector, at=NOON + DAY)

    decision.refresh_from_db()
    assert decision.state == Decision.State.CALLED_OFF
    following = objection.decision
    assert AdvicePlan.objects.get(decision=decision).goes_on_as == following
    assert (following.rule, following.state, following.version_id) == ("consent", "open", place.version.pk)
    assert set(actions.facilitators_of(following).values()) == {members[-1] for members in place.sides.values()}
    assert set(RollEntry.objects.on(following).values_list("membership", flat=True)) == {
        one.pk for one in place.everybody
    }
    with pytest.raises(actions.AdviceIsOver):
        say(decision, decider, at=NOON + WEEK)
    assert not Say.objects.exists()


def test_of_two_objections_at_once_one_opens_the_round(place):
    decision = planned(place)
    objected(decision, place.sides["provides"][2], at=NOON + DAY)

    with pytest.raises(actions.AdviceIsOver):
        objected(decision, place.sides["provides"][3], at=NOON + DAY)
    assert (Objection.objects.count(), Decision.objects.filter(rule="consent").count()) == (1, 1)


def test_nobody_objects_before_there_is_a_plan_or_from_outside_the_rolls(place):
    decision = begun(place)
    stranger = person_in(place.town, "Late")

    with pytest.raises(actions.NotPublishedYet):
        objected(decision, place.sides["provides"][2], at=NOON)
    for one in heard(decision, place):
        used(one, place.everybody[0])
    published(decision, place.everybody[0])
    with pytest.raises(actions.NotOnTheRoll):
        objected(decision, stranger, at=NOON + DAY)
    assert not Objection.objects.exists()


def test_where_a_facilitator_has_left_somebody_else_of_the_side_facilitates(place):
    decision = planned(place)
    gone, objector = place.sides["provides"][-1], place.sides["provides"][0]
    gone.left_at = NOON
    gone.save()

    objection = objected(decision, objector, at=NOON + DAY)

    assert actions.facilitators_of(objection.decision)["provides"] in place.sides["provides"][1:-1]


def test_an_objection_says_what_it_would_harm_or_nothing_happens(place):
    decision = planned(place)

    with pytest.raises(actions.StepNotOpen), transaction.atomic():
        objected(decision, place.sides["provides"][2], at=NOON + DAY, harms=" ")

    decision.refresh_from_db()
    assert decision.is_open
    assert not Decision.objects.filter(rule="consent").exists()


def test_advice_comes_from_who_is_affected_or_knows_and_never_from_who_decides(place, decider):
    decision = begun(place)

    with pytest.raises(actions.SayHowItConcernsYou):
        advised(decision, place.sides["uses"][1], affected=False)
    with pytest.raises(actions.DecidersAsk):
        advised(decision, decider)
    assert not Advice.objects.exists()


def test_somebody_on_no_roll_can_advise_and_counts_for_no_side(place, decider):
    decision = begun(place)
    other = person_in(place.town, "Lena", roles=["steward"])

    assert advised(decision, other, expert=True).side == ""


def test_advice_by_phone_is_the_word_of_who_gave_it(place):
    decision = begun(place)
    coordinator, told = place.sides["provides"][3], place.sides["uses"][1]

    given = advised(decision, told, by=coordinator.person, on_behalf_of=told.person, channel="phone")

    assert (given.membership, given.keyed_by, given.channel) == (told, coordinator.person, "phone")
    assert RollEntry.objects.on(decision).get(membership=told).channel == "phone"


def test_the_same_form_twice_is_one_piece_of_advice(place):
    decision, key = begun(place), uuid4()

    assert advised(decision, place.sides["uses"][1], key=key) == advised(decision, place.sides["uses"][1], key=key)


def test_once_published_no_more_advice_is_taken_and_its_use_stays(place, decider):
    decision = planned(place)

    with pytest.raises(actions.AdviceIsOver):
        advised(decision, place.sides["uses"][3], at=NOON + DAY)
    with pytest.raises(actions.AdviceIsOver):
        used(Advice.objects.order_by("pk")[0], decider, how="not_used", at=NOON + DAY)


def test_only_who_decides_asks_answers_publishes_and_decides(place):
    decision, other = begun(place), place.sides["uses"][1]
    given = advised(decision, place.sides["uses"][2])

    told = {"by": other.person, "at": NOON, "membership": other}
    for act in (
        lambda: actions.ask_advice(decision=decision, asked=place.sides["uses"][3], **told),
        lambda: actions.tell_use(advice=given, used="used", why="x", **told),
        lambda: actions.publish_plan(decision=decision, text="Mine.", **told),
        lambda: actions.decide(decision=decision, says="adopt", **told),
        lambda: actions.give_up_deciding(decision=decision, **told),
    ):
        with pytest.raises(actions.NotADecider):
            act()


def test_who_decides_is_on_a_roll_for_one_side_each_and_does_not_facilitate(place):
    uses, provides = place.sides["uses"], place.sides["provides"]
    outside = person_in(place.town, "Kit", roles=["steward"])

    for deciders in ([], uses[:2], [uses[-1]], [outside], [*uses[:1], *provides[:2]]):
        with pytest.raises(actions.DecidersDoNotFit), transaction.atomic():
            begun(place, deciders=list(deciders))
    assert begun(place, deciders=[uses[0], provides[0]]).settings == {"deciders": 2, "wait_days": 7}


def test_the_days_to_object_fit_before_the_last_day(place):
    with pytest.raises(actions.ClosesTooSoon):
        begun(place, closes_at=NOON + WEEK)
    with pytest.raises(actions.ClosesTooSoon):
        begun(place, wait_days=0)


def test_a_seat_that_is_given_up_is_filled_by_a_coordinator(place, decider):
    decision = planned(place)
    actions.give_up_deciding(decision=decision, membership=decider, by=decider.person, at=NOON + DAY)
    decision.refresh_from_db()
    assert (actions.vacant(decision), decision.owner) == (1, None)

    successor = place.sides["uses"][3]
    actions.name_decider(decision=decision, membership=successor, by=place.everybody[-1].person, at=NOON + 2 * DAY)

    with pytest.raises(actions.NotADecider):
        say(decision, decider, at=NOON + WEEK)
    assert say(decision, successor, at=NOON + WEEK).outcome == "passed"
    with pytest.raises(actions.AdviceIsOver):
        actions.name_decider(decision=decision, membership=decider, by=decider.person, at=NOON + WEEK)


def test_of_a_pair_one_alone_never_decides(place, decider):
    other = place.sides["provides"][0]
    decision = planned(place, deciders=[decider, other])
    actions.give_up_deciding(decision=decision, membership=other, by=other.person, at=NOON + DAY)

    assert say(decision, decider, at=NOON + WEEK).is_open
    with pytest.raises(actions.DecidersDoNotFit):
        actions.name_decider(decision=decision, membership=place.sides["uses"][3], by=decider.person, at=NOON + WEEK)
    actions.name_decider(decision=decision, membership=place.sides["provides"][2], by=decider.person, at=NOON + WEEK)
    assert say(decision, place.sides["provides"][2], at=NOON + WEEK).outcome == "passed"


def test_what_one_of_those_who_decided_before_advised_does_not_count(place, decider):
    """Otherwise somebody could advise, give up a seat or take one, and count twice."""
    decision = begun(place)
    actions.give_up_deciding(decision=decision, membership=decider, by=decider.person, at=NOON)
    advised(decision, decider, expert=True)

    assert {"advice.few_affected", "advice.few_experts"} <= missing(decision)
