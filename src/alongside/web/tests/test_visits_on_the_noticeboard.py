"""The noticeboard shows the visits of the next two weeks to both, and to nobody else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from alongside.people.models import Membership
from alongside.people.permissions import standing_of
from alongside.people.tests.factories import person_in
from alongside.web.noticeboard import visits as noticeboard
from alongside.web.noticeboard.reader import Reader
from alongside.wellbeing import actions
from alongside.wellbeing.tests.scenes import NOON, TODAY, WEEK, Place, visit_of

pytestmark = pytest.mark.django_db


def days_of(place: Place, member: Membership) -> list[date | datetime | None]:
    standing = standing_of(member.person, place.town, on=TODAY)
    assert standing is not None
    return [line.when for line in noticeboard.coming(Reader.of(standing, at=NOON))]


def test_the_noticeboard_shows_what_is_coming_to_both_and_to_nobody_else():
    place = Place()
    visit = visit_of(place.visits(), 1)
    day = TODAY + WEEK + timedelta(days=1)
    actions.agree_time(visit=visit, day=day, time_of_day=time(14), by=place.vera.person, at=NOON)

    shown = [TODAY, datetime(2026, 3, 11, 14, tzinfo=UTC), TODAY + 2 * WEEK]

    assert [days_of(place, one) for one in (place.mara, place.vera)] == [shown, shown]
    assert days_of(place, person_in(place.town, "Ida")) == []
