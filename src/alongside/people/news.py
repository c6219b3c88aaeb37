"""What people should hear about from this room. It cannot send notices, for `notices` stands above it:
`notices` listens to `news` and tells each person by the channel they chose.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Community, Person

# Sent inside the transaction of an action, with the arguments of `tell` and `take_back` below.
news = Signal()
taken_back = Signal()

KINDS: dict[str, str | Promise] = {
    "people.join_asked": _("When somebody asks to join"),
    "people.join_answered": _("When my request to join is answered"),
    "people.contact_asked": _("When somebody asks to share contact"),
    "people.contact_agreed": _("When somebody shares contact with me"),
    "people.helper_named": _("When somebody may act for me, or I for them"),
}

Words = str | Promise | Callable[[], str]


def tell(
    *,
    to: Iterable[Person],
    kind: str,
    community: Community,
    title: Words,
    body: Words = "",
    link: str,
    at: datetime,
    by_id: UUID | None,
    key: str,
    after_seconds: int = 0,
) -> None:
    """Let `to` know, whoever listens. `kind` is one of KINDS; `title` is neutral; `key` says what it is about.

    `after_seconds`: wait so long, because what it tells of may still be undone.
    """
    for person in to:
        news.send(
            sender=Person,
            person=person,
            kind=kind,
            community=community,
            title=title,
            body=body,
            link=link,
            at=at,
            by_id=by_id,
            key=key,
            after_seconds=after_seconds,
        )


def take_back(*, community: Community, key: str, at: datetime, by_id: UUID) -> None:
    """What was told under `key` has been undone: whatever has not left the house stays here."""
    taken_back.send(sender=Person, community=community, key=key, at=at, by_id=by_id)
