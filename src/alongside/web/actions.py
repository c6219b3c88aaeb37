"""What web does across rooms: a community and its time bank begin together."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.kernel.channels import Channel
from alongside.people import actions as people
from alongside.people.models import Community, Person


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
    """Make a community and open its time bank, both or neither.

    `opening_float`: minutes anybody may receive before giving. `ceiling`: the most minutes anybody
    may save up, None for no limit. `about`: as `people.actions.create_community`.
    """
    return people.create_community(by=by, at=at, channel=channel, **about)
