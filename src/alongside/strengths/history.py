"""What happened to an exchange, told from the activity log."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from alongside.kernel.channels import Channel
from alongside.kernel.models import Activity
from alongside.people import trail
from alongside.people.models import Person
from alongside.strengths.models import Exchange

_TOLD: dict[str, tuple[str | Promise, str]] = {
    "strengths.proposed": (pgettext_lazy("history of an exchange", "Asked"), "send"),
    "strengths.recorded": (gettext_lazy("Written down"), "notebook-pen"),
    "strengths.agreed": (gettext_lazy("Agreed; the hours are set aside"), "handshake"),
    "strengths.declined": (gettext_lazy("Turned down"), "circle-x"),
    "strengths.cancelled": (gettext_lazy("Called off"), "circle-x"),
    "strengths.said_done": (gettext_lazy("Said that it is done"), "check"),
    "strengths.confirmed": (gettext_lazy("Confirmed; the hours are credited"), "check-check"),
    "strengths.auto_confirmed": (gettext_lazy("Confirmed, as nobody said otherwise"), "check-check"),
    "strengths.left_to_ask": (gettext_lazy("A coordinator asks by phone"), "phone"),
    "strengths.rejected": (gettext_lazy("Not confirmed"), "circle-x"),
    "strengths.disputed": (gettext_lazy("Seen differently; the hours stay set aside"), "scale"),
    "strengths.mediator_named": (gettext_lazy("Somebody helps to settle it"), "user-check"),
    "strengths.settled_as_said": (gettext_lazy("Settled as it was said; the hours are credited"), "check-check"),
    "strengths.settled_changed": (gettext_lazy("Settled with other hours"), "check-check"),
    "strengths.withdrawn": (gettext_lazy("Settled without hours"), "circle-x"),
    "strengths.lapsed": (gettext_lazy("Ran out"), "hourglass"),
    "strengths.reminded": (gettext_lazy("A reminder was sent"), "bell"),
    "strengths.undone": (gettext_lazy("Undone at once"), "undo-2"),
    "strengths.thanked": (gettext_lazy("A thank-you was left"), "heart"),
}


_OF_LISTINGS_AND_PROFILES: dict[str, str | Promise] = {
    "strengths.described": gettext_lazy("Strengths written down"),
    "strengths.listed": gettext_lazy("An offer or a request put up"),
    "strengths.listing_changed": gettext_lazy("An offer or a request changed"),
    "strengths.listing_paused": gettext_lazy("An offer or a request paused"),
    "strengths.listing_resumed": gettext_lazy("An offer or a request put up again"),
    "strengths.listing_mark_undone": gettext_lazy("Undone at once"),
    "strengths.listing_closed": gettext_lazy("An offer or a request taken down"),
    "strengths.listing_kept_open": gettext_lazy("An offer or a request kept up for longer"),
}


def register() -> None:
    """Let `people` tell what was done for somebody: an exchange by the words of its history."""
    of_exchanges = {did: title for did, (title, _icon) in _TOLD.items()}
    trail.register({**of_exchanges, **_OF_LISTINGS_AND_PROFILES})


@dataclass(frozen=True)
class Moment:
    """One line of the history, as the `timeline` component reads it."""

    when: datetime
    title: str | Promise
    icon: str
    who: str


def history_of(exchange: Exchange) -> list[Moment]:
    """Every step of the exchange, oldest first, with who keyed it in, for whom and how."""
    rows = list(
        Activity.objects.filter(about_id=exchange.pk, community_id=exchange.community_id, did__in=list(_TOLD)).order_by(
            "at", "id"
        )
    )
    ids = {key for row in rows for key in (row.by_id, row.on_behalf_of_id) if key}
    people = Person.objects.in_bulk(ids)
    return [Moment(when=row.at, title=_TOLD[row.did][0], icon=_TOLD[row.did][1], who=_who(row, people)) for row in rows]


def _who(row: Activity, people: dict[object, Person]) -> str:
    by = people.get(row.by_id)
    if by is None:
        return _("by itself")
    told_by = people.get(row.on_behalf_of_id)
    if told_by and told_by != by:
        return _("%(by)s for %(person)s, %(channel)s") % {
            "by": by,
            "person": told_by,
            "channel": Channel(row.channel).label,
        }
    if row.channel != Channel.WEB:
        return _("%(by)s, %(channel)s") % {"by": by, "channel": Channel(row.channel).label}
    return str(by)
