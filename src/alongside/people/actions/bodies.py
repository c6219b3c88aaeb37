"""Households, organisations and groups: made, joined, spoken for, closed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.text import clean_text
from alongside.people import undoing
from alongside.people.actions.members import NameMissing
from alongside.people.models import BodyMember, Community, Group, Household, Membership, Organisation, Person

AnyBody = Household | Organisation | Group
Part = BodyMember.Part

# Who stands for a body; without one of them nobody can act in its name.
LEADING_PART = {Household: Part.ADULT, Organisation: Part.SPEAKS_FOR, Group: Part.SPEAKS_FOR}


class InItAlready(Refusal):
    """The person has a place in this household, organisation or group; `place` is it."""

    def __init__(self, *, place: BodyMember) -> None:
        super().__init__(str(place.pk))
        self.place = place


class WrongPart(Refusal):
    """Households have adults and children; organisations and groups have speakers and others."""


class NotGrown(Refusal):
    """Somebody under 18 cannot be the adult of a household or speak for a body."""


class NotAChild(Refusal):
    """Somebody of 18 or more cannot be the child of a household."""


class LastWhoLeads(Refusal):
    """Nobody else is the adult of the household, or speaks for the body."""


class LastAdult(Refusal):
    """Children would stay in `household` with no adult."""

    def __init__(self, *, household: Household) -> None:
        super().__init__(str(household.pk))
        self.household = household


@transaction.atomic
def make_body(
    *,
    kind: type[AnyBody],
    community: Community,
    name: str,
    leader: Membership | None,
    by: Person,
    at: datetime,
    channel: Channel = Channel.WEB,
    **about: Any,
) -> AnyBody:
    """Make a household, organisation or group; `leader` is its first adult or speaker.

    `about`: further fields of the model (`purpose` of a group, `phone` of an organisation …).
    Raises NameMissing or NotGrown.
    """
    name = clean_text(name, max_length=120)
    if not name:
        raise NameMissing
    body = kind(community=community, name=name, made_at=at, **about)
    body.save()
    if leader is not None:
        _place(body, leader, LEADING_PART[kind], at)
    activity.log(did=f"people.{kind._meta.model_name}_made", about_what=body, by_id=by.pk, at=at, channel=channel)
    return body


@transaction.atomic
def join_body(
    *,
    body: AnyBody,
    membership: Membership,
    part: str,
    by: Person,
    at: datetime,
    channel: Channel = Channel.WEB,
) -> BodyMember:
    """Give a member a place.

    Raises InItAlready, WrongPart, NotGrown, NotAChild, or SomeoneElseWasFaster when the body is closed.
    """
    place = _place(body, membership, part, at)
    activity.log(did="people.place_taken", about_what=place, by_id=by.pk, at=at, channel=channel)
    return place


@transaction.atomic
def leave_body(*, place: BodyMember, by: Person, at: datetime, channel: Channel = Channel.WEB) -> None:
    """Give a place up, one's own or another's. `by` may take it back for ten seconds.

    Raises LastWhoLeads while others remain whom nobody would stand for, and SomeoneElseWasFaster
    when the place is given up already.
    """
    body = body_of(place)
    type(body).objects.of(place.community).select_for_update(no_key=True).get(pk=body.pk)
    others = body.members.exclude(pk=place.pk)
    leading = LEADING_PART[type(body)]
    if place.part == leading and others.exists() and not others.filter(part=leading).exists():
        raise LastWhoLeads
    gone, _ = BodyMember.objects.of(place.community).filter(pk=place.pk).delete()
    if not gone:
        raise SomeoneElseWasFaster
    activity.log(did="people.place_left", about_what=place, by_id=by.pk, at=at, channel=channel)
    undoing.offer("people.leave_body", place, by=by, at=at, **_as_it_was(place))


def _as_it_was(place: BodyMember) -> dict[str, Any]:
    """The columns of a place, in a form that keeps in a row."""
    ids = ("community_id", "membership_id", "household_id", "organisation_id", "group_id")
    kept = {name: str(value) for name in ids if (value := getattr(place, name))}
    return {"place": {**kept, "part": str(place.part), "since": place.since.isoformat()}}


@undo.inverse("people.leave_body")
def give_place_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The very place is there again. Raises SomeoneElseWasFaster when the body is closed, or the member gone."""
    place = BodyMember(pk=UUID(args["row"]), **{**args["place"], "since": date.fromisoformat(args["place"]["since"])})
    body = body_of(place)
    if type(body).objects.of(place.community).select_for_update(no_key=True).get(pk=body.pk).closed_at:
        raise SomeoneElseWasFaster
    undoing.refuse_unless_here(place.community_id, place.membership_id)
    column = str(body._meta.model_name)
    if BodyMember.objects.of(place.community).filter(**{column: body}, membership=place.membership_id).exists():
        raise SomeoneElseWasFaster
    place.save(force_insert=True)
    undoing.log("people.place_leaving_undone", place, by=by, at=at)


@transaction.atomic
def close_body(*, body: AnyBody, by: Person, at: datetime, channel: Channel = Channel.WEB) -> AnyBody:
    """Close a body: it keeps its history and takes nobody in. Raises SomeoneElseWasFaster when closed."""
    if not type(body).objects.of(body.community).filter(pk=body.pk, closed_at=None).update(closed_at=at):
        raise SomeoneElseWasFaster
    body.refresh_from_db()
    activity.log(did=f"people.{body._meta.model_name}_closed", about_what=body, by_id=by.pk, at=at, channel=channel)
    return body


def refuse_the_last_adult(membership: Membership) -> None:
    """Lock the open households of an adult; raises LastAdult where children would stay with nobody.

    A part of other actions: call it inside their transaction.
    """
    places = BodyMember.objects.of(membership.community)
    homes = places.filter(membership=membership, part=Part.ADULT).values("household")
    households = Household.objects.of(membership.community).filter(pk__in=homes, closed_at=None)
    for household in households.select_for_update(no_key=True).order_by("pk"):
        others = places.filter(household=household).exclude(membership=membership)
        if others.filter(part=Part.CHILD).exists() and not others.filter(part=Part.ADULT).exists():
            raise LastAdult(household=household)


def body_of(place: BodyMember) -> AnyBody:
    """The household, organisation or group of a place."""
    body: AnyBody = place.household or place.organisation or place.group
    return body


def _place(body: AnyBody, membership: Membership, part: str, at: datetime) -> BodyMember:
    # One at a time: nobody gets two places, and none once it is closed.
    if type(body).objects.of(body.community).select_for_update(no_key=True).get(pk=body.pk).closed_at:
        raise SomeoneElseWasFaster
    household = isinstance(body, Household)
    if part not in ({Part.ADULT, Part.CHILD} if household else {Part.SPEAKS_FOR, Part.BELONGS}):
        raise WrongPart
    day = body.community.day_of(at)
    grown = membership.person.acts_alone(day)
    if part in {Part.ADULT, Part.SPEAKS_FOR} and not grown:
        raise NotGrown
    if part == Part.CHILD and membership.person.born_on is not None and grown:
        raise NotAChild
    column = str(body._meta.model_name)
    there = BodyMember.objects.of(body.community).filter(**{column: body}, membership=membership).first()
    if there is not None:
        raise InItAlready(place=there)
    return BodyMember.objects.create(
        community=body.community, membership=membership, part=part, since=day, **{column: body}
    )
