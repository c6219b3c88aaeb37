"""What the noticeboard says about visits, to this person and by them: the days, and not what they are about."""

from collections.abc import Iterable
from datetime import timedelta

import rules
from django.utils.translation import gettext as _

from alongside.web.noticeboard.lines import Line
from alongside.web.noticeboard.reader import SHOWN, Reader
from alongside.wellbeing import own_dates

AHEAD = timedelta(days=14)


def coming(reader: Reader) -> Iterable[Line]:
    """Visits of the next two weeks."""
    if not rules.has_perm("wellbeing.have_visits", reader, None):
        return
    for one in own_dates.coming(reader.membership, reader.at, reader.at + AHEAD)[:SHOWN]:
        yield Line(title=_("A visit"), url=one.url, when=one.when, icon="house-heart")
