"""Ways back from common acts, for ten seconds: what the inverses of this room and of rooms above share.

An action leaves its offer behind; the page that says "Done" asks for it here. An inverse brings back
the one row the act has left, in exactly the state in which it left it, or refuses.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.kernel import activity, undo
from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import CommunityModel, CommunityQuerySet, Membership, Person


def offer(act: str, row: CommunityModel, *, by: Person | None, at: datetime, **before: Any) -> None:
    """Let `by` take `act` back for ten seconds. `before`: what the inverse needs besides `row` and `at`.

    The house itself (`by` None) is offered nothing.
    """
    if by is not None:
        args = {"row": str(row.pk), "at": at.isoformat(), **before}
        undo.offer(act=act, args=args, community_id=row.community_id, by=by.pk, at=at)


def undo_url(row: CommunityModel, *, by: Person) -> str:
    """Where a POST takes back what `by` has just done to `row`; "" when there is no way back."""
    open_offer = undo.open_offer(about=row.pk, by=by.pk, at=now())
    return reverse("web:undo", args=[open_offer.pk]) if open_offer else ""


def moment_of(args: dict[str, Any]) -> datetime:
    """When the act happened that an inverse takes back."""
    return datetime.fromisoformat(args["at"])


def bring_back(rows: CommunityQuerySet, **before: Any) -> None:
    """Give the row that `rows` finds its old values; raise SomeoneElseWasFaster when it finds none.

    `rows` must name the row as the act left it. What the database no longer allows has been
    overtaken by something else, too.
    """
    try:
        with transaction.atomic():
            brought = rows.update(**before)
    except IntegrityError as overtaken:
        raise SomeoneElseWasFaster from overtaken
    if not brought:
        raise SomeoneElseWasFaster


def refuse_unless_here(community_id: UUID, *membership_ids: UUID | None) -> None:
    """Lock these members; raise SomeoneElseWasFaster when one of them has left since, or is one with another."""
    wanted = {pk for pk in membership_ids if pk is not None}
    here = Membership.objects.filter(community=community_id, pk__in=wanted).current()
    # PostgreSQL locks no row of a joined table that may be missing: only the memberships.
    if len(here.select_for_update(of=("self",), no_key=True).order_by("pk")) != len(wanted):
        raise SomeoneElseWasFaster


def log(did: str, row: CommunityModel, *, by: UUID, at: datetime, whose: UUID | None = None) -> None:
    """The entry that an undo leaves; the one of the act stays. `whose`: the person it was done for, if another."""
    activity.log(did=did, about_what=row, by_id=by, at=at, on_behalf_of_id=whose if whose != by else None)
