"""However people press the buttons: hours move at most once, and none stay aside when all is over."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.kernel import undo
from alongside.kernel.errors import Refusal
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import HOLDING, TABLE, TERMINAL, State, Step
from alongside.strengths.tests.factories import NOON, Neighbor, asked, balances, neighbor, step, town
from alongside.timebank.models import Hold

BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # a database for each example would be slow; each one makes a community of its own
WHO = st.sampled_from(["Amina", "Ben", "Cora", None])
# Which button of those on the page (or, once all is over, of an old page), who presses, and whether they undo.
PRESSES = st.lists(st.tuples(st.integers(0, len(TABLE) - 1), WHO, st.booleans()), min_size=3, max_size=14)


@pytest.mark.django_db
@BOUNDED
@given(PRESSES, st.integers(1, 120))
def test_no_path_credits_twice_or_forgets_hours_set_aside(presses, other_minutes):
    place = town(floor_minutes=-300)
    people = {name: neighbor(place, name, broker=name == "Cora") for name in ("Amina", "Ben", "Cora")}
    exchange = asked(people["Amina"], people["Ben"])

    for button, who, undoes in presses:
        rows = [row for row in TABLE if row.before == exchange.state] or list(TABLE)
        which = rows[button % len(rows)].step
        press(exchange, which, people.get(who) if who else None, other_minutes, people, undoes=undoes)
        exchange = Exchange.objects.get(pk=exchange.pk)
        hours_follow_the_state(exchange, people)


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


def hours_follow_the_state(exchange: Exchange, people: dict[str, Neighbor]) -> None:
    given, received = balances(people["Amina"])["Amina"], balances(people["Ben"])["Ben"]
    credited = exchange.minutes if exchange.state == State.CONFIRMED else 0
    aside = exchange.minutes if exchange.state in HOLDING else 0
    assert given == (credited, 0)
    assert received == (-credited, aside)
    held = Hold.objects.of(exchange.community).held().count()
    assert held == (1 if exchange.state in HOLDING else 0)
    if exchange.state in TERMINAL:
        assert held == 0
