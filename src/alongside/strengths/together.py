"""Two people who arrange to help each other are written down as together, whoever they are (ADR 0011)."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.people.models import Community
from alongside.safeguarding import apart
from alongside.strengths.models import Exchange

ROOM = "strengths"


def note(exchange: Exchange, *, at: datetime) -> None:
    """Write down who the two are: one row, and nothing is answered. Households and groups are not people."""
    people = [account.person_id for account in (exchange.giver, exchange.receiver)]
    if all(people):
        apart.note_together(people, community=exchange.community, where=_where(exchange), at=at)


def both_exchange(community: Community, one: UUID, other: UUID, on: date) -> Iterable[apart.Where]:
    """Open exchanges between two people from a day on; for leads alone."""
    rows = Exchange.objects.of(community).open().filter(helped_on__gte=on).order_by("helped_on", "pk")
    for giver, receiver in ((one, other), (other, one)):
        for row in rows.filter(giver__person=giver, receiver__person=receiver):
            yield _where(row)


def _where(exchange: Exchange) -> apart.Where:
    return apart.Where(f"{ROOM}.exchange:{exchange.pk}", _("Help between two people"), exchange.helped_on)
