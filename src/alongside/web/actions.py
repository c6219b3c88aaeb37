"""What web does across rooms: a community and its time bank begin together."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from alongside.charter import actions as charter
from alongside.kernel.channels import Channel
from alongside.people import actions as people
from alongside.people.models import Community, Person
from alongside.timebank import actions as timebank


@transaction.atomic
def found_community(
    *,
    by: Person | None,
    at: datetime,
    opening_float: int,
    ceiling: int | None,
    channel: Channel = Channel.WEB,
    **about: Any,
) -> Community:
    """Make a community, open its time bank and write down its first rules, all or nothing.

    `opening_float`: minutes anybody may receive before giving. `ceiling`: the most minutes anybody
    may save up, None for no limit. `about`: as `people.actions.create_community`.
    """
    community = people.create_community(by=by, at=at, channel=channel, **about)
    # The first categories are written in the language of the people who will choose from them.
    with translation.override(community.language):
        timebank.open_time_bank(community=community, by=by, at=at, **limits(opening_float, ceiling))
        charter.begin(community=community, by=by, at=at)
    return community


def limits(opening_float: int, ceiling: int | None) -> dict[str, int | None]:
    """Limits of a new time bank, in minutes; gentle warnings come when four fifths are used up."""
    return {
        "floor_minutes": -opening_float,
        "soft_floor_minutes": -(opening_float * 4 // 5),
        "ceiling_minutes": ceiling,
        "soft_ceiling_minutes": None if ceiling is None else ceiling * 4 // 5,
    }
