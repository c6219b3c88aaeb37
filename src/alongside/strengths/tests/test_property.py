"""However people press the buttons: hours move at most once, and none stay aside when all is over."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.kernel import undo
from alongside.kernel.errors import Refusal
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import HOLDING, TABLE, Actor, Allowed, State, Step
from alongside.strengths.tests.factories import NOON, Neighbor, asked, balances, neighbor, step, town
from alongside.timebank.models import Hold

BOUNDED = settings(max_examples=15, deadline=None, derandomize=True)
WHO = st.sampled_from(["whose turn it is"] * 6 + ["Amina", "Ben", "Cora", "the house"])
# Which button of those on the page (or, once all is over, of an old page), who presses, and whether they undo.
PRESSES = st.lists(
    st.tuples(st.integers(0, len(TABLE) - 1), WHO, st.sampled_from([False, False, True])), min_size=3, max_size=14
)


@pytest.mark.django_db
def test_no_path_credits_twice_or_forgets_hours_set_aside():
    place = town(floor_minutes=-100_000)
    people = {name: neighbor(place, name, broker=name == "Cora") for name in ("Amina", "Ben", "Cora")}

    @BOUNDED
    @given(PRESSES, st.integers(1, 120))
    def however_people_press(presses, other_minutes):
        exchange = asked(people["Amina"], people["Ben"])
        before = standing_of_hours(people)
        for button, who, undoes in presses:
            rows = [row for row in TABLE if row.before == exchange.state] or list(TABLE)
            row = rows[button % len(rows)]
            by = people.get(whose_turn(row, exchange) if who == "whose turn it is" else who)
            press(exchange, row.step, by, other_minutes, people, undoes=undoes)
            exchange = Exchange.objects.get(pk=exchange.pk)
            hours_follow_the_state(exchange, before, standing_of_hours(people))

    however_people_press()


def whose_turn(row: Allowed, exchange: Exchange) -> str:
    """The name of somebody who may take the step, as Amina gives and Ben receives."""
    sides = {"giver": "Amina", "receiver": "Ben"}
    waited_for = sides.get(exchange.waits_for, "Amina")
    return {
        Actor.EITHER: "Ben",
        Actor.WAITED_FOR: waited_for,
        Actor.SPOKE_LAST: "Ben" if waited_for == "Amina" else "Amina",
        Actor.MEDIATOR: "Cora",
        Actor.COORDINATOR: "Cora",
        Actor.HOUSE: "the house",
    }[row.who]


def press(
    exchange: Exchange,
    which: Step,
    by: Neighbor | None,
    minutes: int,
    people: dict[str, Neighbor],
    *,
    undoes: bool,
) -> None:
    """Try a step, and take it back at once if told to; refusals are a matter of course."""
    try:
        with transaction.atomic():
            taken = step(exchange, which, by, minutes=minutes, mediator=people["Cora"].person)
            if undoes and taken.undo and by:
                undo.perform(id=taken.undo.pk, by=by.person.pk, at=NOON + timedelta(seconds=5))
    except Refusal:
        return


def standing_of_hours(people: dict[str, Neighbor]) -> tuple[int, int, int, int]:
    """Amina's balance, Ben's balance, what Ben has set aside, and how many holds there are."""
    found = balances(people["Amina"], people["Ben"])
    holds = Hold.objects.of(people["Ben"].account.community).held().count()
    return (found["Amina"][0], *found["Ben"], holds)


def hours_follow_the_state(exchange: Exchange, before: tuple[int, ...], now: tuple[int, ...]) -> None:
    credited = exchange.minutes if exchange.state == State.CONFIRMED else 0
    aside = exchange.minutes if exchange.state in HOLDING else 0
    moved = tuple(new - old for new, old in zip(now, before, strict=True))
    assert moved == (credited, -credited, aside, 1 if exchange.state in HOLDING else 0)
