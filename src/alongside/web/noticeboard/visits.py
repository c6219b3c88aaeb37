"""What the noticeboard says about visits, to this person and by them: the days, and not what they are about."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import rules
from django.utils.translation import gettext as _

from alongside.people.permissions import Standing
from alongside.web.noticeboard.lines import Line
from alongside.wellbeing import own_dates

SHOWN, AHEAD = 5, timedelta(days=14)


def coming(standing: Standing, at: datetime) -> Iterable[Line]:
    """Visits of the next two weeks."""
    if not rules.has_perm("wellbeing.have_visits", standing, None):
        return
    for one in own_dates.coming(standing.membership, at, at + AHEAD)[:SHOWN]:
        yield Line(title=_("A visit"), url=one.url, when=one.when, icon="house-heart")
