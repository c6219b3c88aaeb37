"""What people read about an exchange: themselves as "you", hours and days in words."""

import pytest

from alongside.notices.models import Notice
from alongside.strengths.rules.steps import Step
from alongside.strengths.sentences import who_helps, who_helps_whom
from alongside.strengths.tests.factories import asked, neighbor, neighbors, some_category, step, town
from alongside.ui.words import day_text

pytestmark = pytest.mark.django_db

AN_HOUR = "1\N{NO-BREAK SPACE}hour"


def test_a_reader_who_takes_part_is_you_and_anybody_else_reads_both_names():
    place = town()
    amina, ben, cora = (neighbor(place, name) for name in ("Amina", "Ben", "Cora"))
    exchange = asked(amina, ben, minutes=60, category=some_category(place))
    what = exchange.category

    said = [who_helps_whom(exchange, reader=one.person) for one in (amina, ben, cora)]

    assert said == [
        f"You help Ben, {AN_HOUR}, {what}",
        f"Amina helps you, {AN_HOUR}, {what}",
        f"Amina helps Ben, {AN_HOUR}, {what}",
    ]


def test_help_that_was_given_is_told_as_over():
    amina, ben = neighbors("Amina", "Ben")
    exchange = asked(amina, ben)
    for which in (Step.AGREE, Step.SAY_DONE):
        step(exchange, which, amina)
        exchange.refresh_from_db()

    assert who_helps(exchange, reader=amina.person) == "You helped Ben"
    assert who_helps(exchange, reader=ben.person) == "Amina helped you"


def test_a_letter_speaks_to_its_reader_and_writes_the_day_in_words():
    amina, ben = neighbors("Amina", "Ben")

    exchange = asked(amina, ben, by=ben, minutes=60)

    letter = Notice.objects.get(person=amina.person)
    assert letter.body.startswith(
        f"You help Ben, {AN_HOUR}, {exchange.category}. The day: {day_text(exchange.helped_on)}."
    )
