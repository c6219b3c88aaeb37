"""A community begins."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.kernel.text import clean_text
from alongside.people.actions.members import NameMissing, begin_membership
from alongside.people.models import Community, Person, Role

FOUNDER_ROLES = (Role.PARTICIPANT, Role.COORDINATOR, Role.STEWARD)
SLUG_LENGTH = 60
CHANGEABLE = frozenset({"about", "place", "language", "time_zone", "join_policy", "contact_phone", "contact_email"})


class AddressTaken(Refusal):
    """Another community already has this short name; `slug` is what was asked for."""

    def __init__(self, *, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@transaction.atomic
def create_community(
    *,
    name: str,
    at: datetime,
    by: Person | None,
    slug: str = "",
    channel: Channel = Channel.WEB,
    **about: Any,
) -> Community:
    """Make a community; `by`, when a person, becomes its first member, coordinator and steward.

    `about`: further fields of Community (place, language, time_zone, join_policy, is_demo …).
    An empty `slug` is made from the name. Raises NameMissing, or AddressTaken when a given slug is in use.
    """
    name = clean_text(name, max_length=120)
    if not name:
        raise NameMissing
    if slug and Community.objects.filter(slug=slug).exists():
        raise AddressTaken(slug=slug)
    community = Community.objects.create(name=name, slug=slug or free_slug(name), made_at=at, **about)
    if by is not None:
        begin_membership(community=community, person=by, roles=FOUNDER_ROLES, by=by, at=at)
    activity.log(
        did="people.community_created",
        about_what=community,
        by_id=by.pk if by else None,
        at=at,
        community_id=community.pk,
        channel=channel,
    )
    return community


@transaction.atomic
def change_community(
    *, community: Community, name: str, by: Person, at: datetime, channel: Channel = Channel.WEB, **about: Any
) -> Community:
    """Write down anew what a community says about itself; its address stays.

    `about`: some of CHANGEABLE. Any other field is a mistake of the caller and raises TypeError.
    """
    if unknown := set(about) - CHANGEABLE:
        raise TypeError(f"not for changing: {', '.join(sorted(unknown))}")
    community.name = clean_text(name, max_length=120) or community.name
    for field, value in about.items():
        setattr(community, field, value)
    community.save(update_fields=["name", *about])
    activity.log(
        did="people.community_changed",
        about_what=community,
        by_id=by.pk,
        at=at,
        community_id=community.pk,
        channel=channel,
    )
    return community


def free_slug(name: str) -> str:
    """A short name for addresses, made from the name, that no community has yet."""
    stem = slugify(name)[: SLUG_LENGTH - 6] or "community"
    taken = set(Community.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for count in range(2, 100_000) if (slug := f"{stem}-{count}") not in taken)
