"""What was done for somebody by another, told from the activity log.

Rooms say in `apps.ready` what their acts are called: `trail.register({"timebank.gifted": _("Gave hours to a pot")})`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.channels import Channel
from alongside.kernel.models import Activity
from alongside.people.models import Membership, Person

Words = str | Promise

MOST_SHOWN = 100

_words: dict[str, Words] = {
    "people.details_changed": gettext_lazy("Details written down"),
    "people.membership_changed": gettext_lazy("Part of town and contact written down"),
    "people.consent_given": gettext_lazy("A consent written down"),
    "people.consent_withdrawn": gettext_lazy("A consent taken back"),
    "people.helper_named": gettext_lazy("Somebody let act"),
    "people.card_issued": gettext_lazy("A sign-in card made"),
    "people.card_ended": gettext_lazy("A sign-in card ended"),
    "people.left": gettext_lazy("Membership ended"),
    "people.everything_handed_over": gettext_lazy("The file of everything taken out"),
}


@dataclass(frozen=True)
class Act:
    """One line of the trail, as the `timeline` component reads it."""

    when: datetime
    title: Words
    who: str
    icon: str = "hand-helping"


def register(words: Mapping[str, Words]) -> None:
    """Say what acts ("room.past_participle") are called on the page of who acts for whom."""
    _words.update(words)


def trail_of(membership: Membership) -> list[Act]:
    """What others did for a member in this community, the newest first, with who and how; three queries at most."""
    rows = list(
        Activity.objects.filter(community_id=membership.community_id, on_behalf_of_id=membership.person_id)
        .exclude(by_id=membership.person_id)
        .order_by("-at", "-id")[:MOST_SHOWN]
    )
    people = Person.objects.in_bulk({row.by_id for row in rows if row.by_id})
    return [
        Act(row.at, _words.get(row.did, gettext_lazy("Something else")), _who(people.get(row.by_id), row.channel))
        for row in rows
    ]


def _who(by: Person | None, channel: str) -> str:
    return _("%(by)s, %(channel)s") % {"by": by or _("by itself"), "channel": Channel(channel).label}
