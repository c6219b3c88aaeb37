"""A check that runs out waits on the coordinators' desk until it is renewed."""

from datetime import datetime, timedelta

import pytest

from alongside.people.tests.factories import NOON
from alongside.safeguarding import actions
from alongside.safeguarding.tests.scenes import kind_in, seen, street
from alongside.strengths import worklist

pytestmark = pytest.mark.django_db


def days(count: int) -> datetime:
    """Noon, so many days from the last day of a check that was seen on NOON's."""
    return NOON + timedelta(days=365 + count)


def test_it_waits_on_the_desk_until_it_is_renewed():
    here = street()
    kind = kind_in(here.town)
    seen(here.ana, kind, by=here.cora)

    def on_desk(at: datetime) -> list[str]:
        found = worklist.queue_of(here.town, at=at)
        return [listed.work.title for listed in found if listed.work.item.startswith("safeguarding.")]

    assert on_desk(days(-31)) == []
    assert on_desk(days(-30)) == ["Background check"]
    assert on_desk(days(1)) == ["Background check has run out"]
    actions.write_check(membership=here.ana, kind=kind, seen_on=days(1).date(), by=here.cora.person, at=days(1))
    assert on_desk(days(1)) == []
