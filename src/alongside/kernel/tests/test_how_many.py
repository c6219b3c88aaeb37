"""How many there are of each kind, asked together, in SQL that is written once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import DateField, DateTimeField, UUIDField
from django.db.models.sql.compiler import SQLCompiler

from alongside.kernel.db import Given, HowMany
from alongside.kernel.ids import new_id
from alongside.kernel.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AMINA, BEN = new_id(), new_id()


def paid(by, at):
    Activity.objects.create(by_id=by, did="kernel.paid", about_type="kernel.activity", at=at)


def questions(most=5):
    here = Activity.objects.filter(by_id=Given("person", UUIDField())).order_by("-at").values("pk")
    moment = Given("at", DateTimeField())
    return HowMany(
        {
            "ever": here,
            "since": here.filter(at__gte=moment),
            "in the hour before": here.filter(at__gte=moment - timedelta(hours=1), at__lt=moment),
            "until the next day": here.filter(at__date__lte=Given("day", DateField()) + timedelta(days=1)),
            "ways": here.order_by().values("did").distinct(),
        },
        most=most,
    )


def test_each_kind_is_counted_for_who_and_when_is_given():
    for minutes in (30, 20, 0):
        paid(AMINA, NOON - timedelta(minutes=minutes))
    paid(BEN, NOON)
    asked, on = questions(), {"at": NOON, "day": date(2026, 3, 1)}

    numbers = [asked.ask(person=person, **on) for person in (AMINA, BEN, new_id())]

    assert [list(each.values()) for each in numbers] == [[3, 1, 2, 3, 1], [1, 1, 0, 1, 1], [0, 0, 0, 0, 0]]


def test_what_comes_in_between_is_counted_and_no_more_than_asked_for():
    asked, told = questions(most=2), {"person": AMINA, "at": NOON, "day": date(2026, 2, 1)}
    assert asked.ask(**told)["ever"] == 0

    for _ in range(3):
        paid(AMINA, NOON)

    assert asked.ask(**told) == {"ever": 2, "since": 2, "in the hour before": 0, "until the next day": 0, "ways": 1}


def test_the_sql_is_written_once(monkeypatch: pytest.MonkeyPatch):
    asked, told = questions(), {"person": AMINA, "at": NOON, "day": date(2026, 3, 1)}
    before = asked.ask(**told)

    monkeypatch.delattr(SQLCompiler, "as_sql")

    assert asked.ask(**told) == before
