"""A check that runs out is told before and after, once each, and waits until it is renewed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.tests.factories import NOON, TODAY, person_in
from alongside.safeguarding import actions, pool, signals
from alongside.safeguarding.models import Ending
from alongside.safeguarding.tasks import tell_of_endings
from alongside.safeguarding.tests.scenes import Street, kind_in, seen, street

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LAST = date(2027, 3, 3)


@pytest.fixture
def here() -> Street:
    return street()


def days(count: int) -> datetime:
    """Noon, so many days from the last day of a check that was seen on NOON's."""
    return NOON + timedelta(days=365 + count)


def letters_of(here: Street) -> list[str]:
    mine = Notice.objects.of(here.town).filter(person=here.ana.person, kind="safeguarding.check_ends")
    return list(mine.order_by("made_at").values_list("title", flat=True))


def test_the_person_hears_a_month_before_and_at_the_end_once_each(here: Street):
    seen(here.ana, kind_in(here.town), by=here.cora)

    for count in (-31, -30, -30, -29, 0, 1, 1, 2, 40):
        tell_of_endings(days(count))

    assert letters_of(here) == ["A check of yours runs out soon", "A check of yours has run out"]
    assert Ending.objects.get().last_day == LAST


def test_who_renewed_in_time_hears_nothing_more(here: Street):
    kind = kind_in(here.town)
    seen(here.ana, kind, by=here.cora)
    tell_of_endings(days(-20))
    actions.write_check(membership=here.ana, kind=kind, seen_on=days(-10).date(), by=here.cora.person, at=days(-10))

    tell_of_endings(days(1))

    assert letters_of(here) == ["A check of yours runs out soon"]


def test_rooms_above_hear_of_an_end_once(here: Street, django_capture_on_commit_callbacks):
    kind, told = kind_in(here.town), []

    def hear(**more: Any) -> None:
        told.append((more["community"], more["person"], more["kind"], more["on"]))

    seen(here.ana, kind, by=here.cora)
    signals.out_of_pool.connect(hear, dispatch_uid="tests")
    with django_capture_on_commit_callbacks(execute=True):
        for count in (-5, 1, 2):
            tell_of_endings(days(count))
    signals.out_of_pool.disconnect(dispatch_uid="tests")

    assert told == [(here.town, here.ana.person, kind, LAST + timedelta(days=1))]


def test_of_two_references_the_one_that_leaves_too_few_counts(here: Street):
    reference = kind_in(here.town, "Reference", needed=2)
    seen(here.ana, reference, by=here.cora)
    seen(here.ana, reference, by=here.cora, on=TODAY - timedelta(days=20))

    running = pool.running_out(here.town, on=LAST - timedelta(days=30))

    assert [(each.last_day, each.over) for each in running] == [(LAST - timedelta(days=20), False)]


def test_who_left_and_kinds_out_of_use_are_left_alone(here: Street):
    kind, other = kind_in(here.town), kind_in(here.town, "Cooking")
    seen(here.ana, kind, by=here.cora)
    seen(here.ben, other, by=here.cora)
    people.leave_community(membership=here.ana, by=here.ana.person, at=NOON)
    actions.archive_kind(kind=other, by=None, at=NOON)

    assert pool.running_out(here.town, on=LAST) == []


def test_a_hundred_ends_cost_as_many_queries_as_one(here: Street, django_assert_num_queries):
    kind = kind_in(here.town)
    for number in range(20):
        seen(person_in(here.town, f"Person {number}"), kind, by=here.cora)

    with django_assert_num_queries(4):
        assert len(pool.running_out(here.town, on=LAST)) == 20
