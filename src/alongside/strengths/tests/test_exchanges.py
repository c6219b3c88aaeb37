"""Exchanges from asking to crediting: every step, and who may take it."""

from datetime import timedelta

import pytest

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.strengths import actions
from alongside.strengths.models import Exchange, ExchangeWords
from alongside.strengths.rules.steps import State, Step
from alongside.strengths.tests.factories import (
    NOON,
    TODAY,
    asked,
    balances,
    neighbor,
    neighbors,
    offer_of,
    recorded,
    step,
    town,
    undone,
    with_screens,
)
from alongside.timebank import actions as timebank

pytestmark = pytest.mark.django_db


def test_asked_agreed_done_confirmed_moves_the_hours_once():
    amina, ben = neighbors("Amina", "Ben")
    exchange = asked(amina, ben)
    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 0)}

    exchange = step(exchange, Step.AGREE, amina).exchange
    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 60)}

    exchange = step(exchange, Step.SAY_DONE, amina).exchange
    exchange = step(exchange, Step.CONFIRM, ben).exchange

    assert exchange.state == State.CONFIRMED
    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}


def test_saying_done_may_correct_the_time_and_the_day():
    amina, ben = neighbors("Amina", "Ben")
    exchange = step(asked(amina, ben), Step.AGREE, amina).exchange

    exchange = step(exchange, Step.SAY_DONE, ben, minutes=95, helped_on=TODAY).exchange

    assert (exchange.minutes, exchange.waits_for) == (95, "giver")
    assert balances(amina, ben)["Ben"] == (0, 95)


def test_whoever_said_done_cannot_confirm_it():
    amina, ben = neighbors("Amina", "Ben")
    exchange = recorded(amina, ben).exchange

    with pytest.raises(actions.StepNotAllowed):
        step(exchange, Step.CONFIRM, amina)

    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 60)}


def test_a_third_person_can_take_no_step():
    amina, ben, carol = neighbors("Amina", "Ben", "Carol")
    exchange = recorded(amina, ben).exchange

    for which in (Step.CONFIRM, Step.REJECT, Step.DISPUTE, Step.CANCEL, Step.WITHDRAW, Step.AUTO_CONFIRM):
        with pytest.raises(actions.StepNotAllowed):
            step(exchange, which, carol)


def test_a_second_confirmation_finds_that_somebody_was_faster():
    amina, ben = neighbors("Amina", "Ben")
    exchange = recorded(amina, ben).exchange
    step(exchange, Step.CONFIRM, ben)

    with pytest.raises(SomeoneElseWasFaster):
        step(exchange, Step.CONFIRM, ben)

    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}


def test_rejecting_needs_a_reason_and_frees_the_hours():
    amina, ben = neighbors("Amina", "Ben")
    exchange = recorded(amina, ben).exchange

    with pytest.raises(actions.ReasonMissing):
        step(exchange, Step.REJECT, ben, reason="")
    rejected = step(exchange, Step.REJECT, ben, reason="It was another day").exchange

    assert rejected.state == State.REJECTED
    assert rejected.words.get().words == "It was another day"
    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 0)}


def test_hours_beyond_the_limit_are_refused_before_the_help_is_given():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-30)
    exchange = asked(amina, ben)

    with pytest.raises(timebank.OverLimit) as refusal:
        step(exchange, Step.AGREE, amina)

    assert (refusal.value.side, refusal.value.left_minutes) == ("payer", 30)
    assert Exchange.objects.get().state == State.PROPOSED


def test_a_dispute_keeps_the_hours_aside_until_the_mediator_settles_it():
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    exchange = step(recorded(amina, ben).exchange, Step.DISPUTE, ben).exchange
    assert balances(ben) == {"Ben": (0, 60)}

    exchange = step(exchange, Step.NAME_MEDIATOR, cora, mediator=cora.person).exchange
    exchange = step(exchange, Step.SETTLE_AS_SAID, cora).exchange

    assert exchange.state == State.CONFIRMED
    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}


@pytest.mark.parametrize("minutes", [pytest.param(45, id="less"), pytest.param(75, id="more")])
def test_a_mediator_may_settle_on_other_minutes(minutes):
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    exchange = step(recorded(amina, ben).exchange, Step.DISPUTE, amina).exchange
    exchange = step(exchange, Step.NAME_MEDIATOR, cora, mediator=cora.person).exchange

    exchange = step(exchange, Step.SETTLE_CHANGED, cora, minutes=minutes).exchange

    assert exchange.minutes == minutes
    assert balances(amina, ben) == {"Amina": (minutes, 0), "Ben": (-minutes, 0)}


def test_a_mediator_may_end_a_dispute_without_hours():
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    exchange = step(recorded(amina, ben).exchange, Step.DISPUTE, amina).exchange
    exchange = step(exchange, Step.NAME_MEDIATOR, cora, mediator=cora.person).exchange

    exchange = step(exchange, Step.WITHDRAW, cora).exchange

    assert exchange.state == State.WITHDRAWN
    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 0)}


def test_a_mediator_stands_on_neither_side():
    place = town()
    amina, cora = neighbor(place, "Amina"), neighbor(place, "Cora", broker=True)
    exchange = step(recorded(amina, cora).exchange, Step.DISPUTE, amina).exchange

    with pytest.raises(actions.MediatorTakesPart):
        step(exchange, Step.NAME_MEDIATOR, cora, mediator=cora.person)


def test_a_coordinator_who_is_not_the_mediator_settles_nothing():
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    exchange = step(recorded(amina, ben).exchange, Step.DISPUTE, amina).exchange

    with pytest.raises(actions.StepNotAllowed):
        step(exchange, Step.SETTLE_AS_SAID, cora)


def test_a_broker_confirms_for_a_member_and_both_names_are_kept():
    place = town()
    amina, ben, cora = neighbor(place, "Amina"), neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    exchange = recorded(amina, ben).exchange

    step(exchange, Step.CONFIRM, cora, on_behalf_of=ben.person, channel="phone")

    entry = Activity.objects.get(did="strengths.confirmed")
    assert (entry.by_id, entry.on_behalf_of_id, entry.channel) == (cora.person.pk, ben.person.pk, "phone")
    assert balances(amina) == {"Amina": (60, 0)}


def test_a_broker_on_one_side_cannot_answer_for_the_other():
    place = town()
    ben, cora = neighbor(place, "Ben"), neighbor(place, "Cora", broker=True)
    exchange = recorded(cora, ben).exchange

    with pytest.raises(actions.NotForBothSides):
        step(exchange, Step.CONFIRM, cora, on_behalf_of=ben.person, channel="phone")


def test_undo_within_ten_seconds_brings_back_hours_and_state():
    amina, ben = neighbors("Amina", "Ben")
    taken = step(recorded(amina, ben).exchange, Step.CONFIRM, ben)

    undone(taken, ben, at=NOON + timedelta(seconds=9))

    exchange = Exchange.objects.get()
    assert (exchange.state, exchange.waits_for) == (State.DONE, "receiver")
    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 60)}
    assert not Notice.objects.filter(title="Your exchange is confirmed").exists()


def test_after_an_undo_the_exchange_can_be_confirmed_again_and_posts_once_more():
    amina, ben = neighbors("Amina", "Ben")
    taken = step(recorded(amina, ben).exchange, Step.CONFIRM, ben)
    undone(taken, ben, at=NOON)

    step(Exchange.objects.get(), Step.CONFIRM, ben)

    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}


def test_undo_of_a_rejection_takes_the_reason_back_too():
    amina, ben = neighbors("Amina", "Ben")
    taken = step(recorded(amina, ben).exchange, Step.REJECT, ben, reason="Wrong day")

    undone(taken, ben, at=NOON)

    assert not ExchangeWords.objects.exists()
    assert balances(ben) == {"Ben": (0, 60)}


def test_undo_comes_too_late_once_somebody_else_has_answered():
    amina, ben = neighbors("Amina", "Ben")
    taken = recorded(amina, ben)
    step(taken.exchange, Step.CONFIRM, ben)

    with pytest.raises(SomeoneElseWasFaster):
        undone(taken, amina, at=NOON)

    assert balances(amina) == {"Amina": (60, 0)}


def test_silence_counts_as_yes_after_the_days_the_community_chose():
    amina, ben = with_screens(*neighbors("Amina", "Ben", auto_confirm_days=5))
    recorded(amina, ben)

    assert actions.confirm_by_silence(at=NOON + timedelta(days=5, seconds=-1)) == 0
    assert actions.confirm_by_silence(at=NOON + timedelta(days=5)) == 1
    assert actions.confirm_by_silence(at=NOON + timedelta(days=5)) == 0

    assert balances(amina, ben) == {"Amina": (60, 0), "Ben": (-60, 0)}


def test_people_are_reminded_halfway_and_a_day_before_silence_counts():
    amina, ben = with_screens(*neighbors("Amina", "Ben", auto_confirm_days=10))
    recorded(amina, ben)

    reminded = [actions.remind(at=NOON + timedelta(days=days)) for days in (4, 5, 6, 9, 9.5)]

    assert reminded == [0, 1, 0, 1, 0]
    assert Notice.objects.filter(kind="strengths.reminder", person=ben.person).count() == 2


def test_a_question_nobody_answers_runs_out():
    amina, ben = neighbors("Amina", "Ben")
    asked(amina, ben)

    assert actions.let_lapse(at=NOON + timedelta(days=14)) == 1

    assert Exchange.objects.get().state == State.EXPIRED


def test_an_arrangement_for_today_waits_as_long_where_the_day_is_ahead():
    amina, ben = neighbors("Amina", "Ben")
    place = amina.account.community
    place.time_zone = "Pacific/Auckland"
    place.save()

    arranged = step(asked(amina, ben, helped_on=place.day_of(NOON)), Step.AGREE, amina).exchange

    assert place.day_of(NOON) == TODAY + timedelta(days=1)
    assert arranged.answer_by == NOON + timedelta(days=30)


def test_an_arrangement_nobody_speaks_of_frees_its_hours():
    amina, ben = neighbors("Amina", "Ben")
    step(asked(amina, ben), Step.AGREE, amina)

    assert actions.let_lapse(at=NOON + timedelta(days=31)) == 1

    assert balances(amina, ben) == {"Amina": (0, 0), "Ben": (0, 0)}


def test_each_side_hears_of_a_step_in_their_own_language_but_not_of_their_own():
    amina, ben = neighbors("Amina", "Ben")

    recorded(amina, ben)

    heard = list(Notice.objects.filter(kind="strengths.exchange").values_list("person__name", "title"))
    assert heard == [("Ben", "Please confirm some help")]


def test_a_thank_you_note_reaches_the_other_side_and_a_second_takes_its_place():
    amina, ben = neighbors("Amina", "Ben")
    exchange = recorded(amina, ben).exchange

    for words in ("Thanks", "Thank you so much"):
        actions.say_thanks(exchange=exchange, words=words, by=ben.person, at=NOON)

    assert [words.words for words in exchange.words.all()] == ["Thank you so much"]
    assert Notice.objects.filter(person=amina.person, kind="strengths.thanked").exists()


def test_a_person_may_not_help_for_more_than_a_day_has():
    amina, ben, carol = neighbors("Amina", "Ben", "Carol", floor_minutes=-5000)
    recorded(amina, ben, minutes=1000)

    with pytest.raises(actions.MoreThanADay) as refusal:
        recorded(amina, carol, minutes=441)

    assert refusal.value.already == 1000


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        pytest.param(1, actions.InTheFuture, id="tomorrow"),
        pytest.param(-731, actions.TooLongAgo, id="more than two years ago"),
    ],
)
def test_help_cannot_be_written_down_for_an_impossible_day(days, refusal):
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(refusal):
        recorded(amina, ben, helped_on=TODAY + timedelta(days=days))


@pytest.mark.parametrize("minutes", [0, -1, 1441, 10**9])
def test_help_lasts_between_a_minute_and_a_day(minutes):
    amina, ben = neighbors("Amina", "Ben")

    with pytest.raises(actions.NotAWholeDay):
        recorded(amina, ben, minutes=minutes)


def test_nobody_is_asked_through_an_offer_that_has_ended():
    amina, ben = neighbors("Amina", "Ben")
    offer = offer_of(amina, open_until=TODAY)

    with pytest.raises(actions.ListingNotOpen):
        asked(amina, ben, listing=offer, at=NOON + timedelta(days=1), helped_on=TODAY + timedelta(days=2))
