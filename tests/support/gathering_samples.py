"""Sample things for the addresses of gatherings: a public series, Thea's place, her sheet, and a contradiction."""

from datetime import time, timedelta
from typing import Any

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Gathering, Mark, Visibility
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from tests.support.cast import Town


def gatherings_things(town: Town) -> dict[str, Any]:
    thea, cora = town.members["themself"], town.members["coordinator"].person
    at = now()
    told = gatherings.Told("Tuesday kitchen", 60, phone="0700 900 200", visibility=Visibility.PUBLIC)
    series = gatherings.make_series(
        community=town.community, told=told, by=cora, at=at, key=new_id(),
        repeats=gatherings.Repeats("FREQ=WEEKLY", town.community.day_of(at) + timedelta(days=1), time(10)),
    )  # fmt: skip
    first = Gathering.objects.filter(series=series).earliest("starts_at")
    booking = gatherings.book(gathering=first, membership=thea, by=thea.person, at=at)
    sheet = gatherings.print_sheet(gathering=first, by=cora, at=at)
    over = gatherings.make_gathering(
        community=town.community, told=told, starts_at=at - timedelta(hours=2), by=cora, at=at, key=new_id()
    )
    given: dict[str, Any] = {"gathering": over, "membership": thea, "by": cora, "at": at}
    gatherings.mark(said=Mark.Said.DID_NOT, key=new_id(), **given)
    row = gatherings.mark(said=Mark.Said.CAME, key=new_id(), channel=Channel.PAPER, **given)
    feed = gatherings.make_feed(community=town.community, membership=thea, by=thea.person, at=at)
    return {
        "gathering_id": first.pk,
        "booking_id": booking.pk,
        "sheet_id": sheet.pk,
        "attendance_id": row.pk,
        "feed_id": feed.feed.pk,
        "gatherings:feed.secret": feed.secret,
    }
