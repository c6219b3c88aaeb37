"""Letting somebody act for one, with consent written down, and ending that."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.text import clean_text
from alongside.people import abilities as known
from alongside.people import news, undoing
from alongside.people.models import DelegatedAbility, Delegation, Membership, Person

LONGEST_DAYS = 2 * 366


class NothingToDo(Refusal):
    """A delegation names at least one ability."""


class HelperNotFit(Refusal):
    """The helper is the person themself, under 18, or belongs to another community."""


class ExpiryOutOfRange(Refusal):
    """A delegation ends on or after the day it is agreed, and at most two years later."""


class ConsentInTheFuture(Refusal):
    """Nobody can have agreed on a day that has not come."""


@transaction.atomic
def let_act(
    *,
    membership: Membership,
    helper: Membership | None,
    abilities: Iterable[str],
    consent_how: str,
    expires_on: date,
    by: Person,
    at: datetime,
    consent_on: date | None = None,
    consent_words: str = "",
    channel: Channel = Channel.WEB,
) -> Delegation:
    """Let `helper` (None: the community's coordinators) do the named things for a member.

    What the same two had agreed before is replaced. `by` is the member, or the coordinator who
    writes down what the member said. Raises NothingToDo, UnknownAbility, HelperNotFit,
    ExpiryOutOfRange or ConsentInTheFuture.
    """
    community = membership.community
    named = list(dict.fromkeys(abilities))
    if not named:
        raise NothingToDo
    known.check(named)
    today = community.day_of(at)
    consent_on = consent_on or today
    _refuse_unfit(membership, helper, today)
    if consent_on > today:
        raise ConsentInTheFuture
    if not today <= expires_on or (expires_on - consent_on).days > LONGEST_DAYS:
        raise ExpiryOutOfRange
    Membership.objects.of(community).select_for_update(no_key=True).get(pk=membership.pk)
    Delegation.objects.of(community).filter(membership=membership, helper=helper, ended_at=None).update(
        ended_at=at, ended_by=by
    )
    delegation = Delegation.objects.create(
        community=community,
        membership=membership,
        helper=helper,
        consent_how=consent_how,
        consent_on=consent_on,
        consent_words=clean_text(consent_words, max_length=1000, lines=True),
        recorded_by=by,
        made_at=at,
        expires_on=expires_on,
    )
    DelegatedAbility.objects.bulk_create(
        DelegatedAbility(community=community, delegation=delegation, ability=ability) for ability in named
    )
    activity.log(
        did="people.helper_named",
        about_what=delegation,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=membership.person_id if by != membership.person else None,
        channel=channel,
    )
    _tell_both(delegation, by=by, at=at)
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Person, at: datetime, channel: Channel = Channel.WEB) -> Delegation:
    """End it at once, for whatever reason. Raises SomeoneElseWasFaster when it has ended already.

    `by` may take it back for ten seconds.
    """
    live = Delegation.objects.of(delegation.community).filter(pk=delegation.pk, ended_at=None)
    if not live.update(ended_at=at, ended_by=by):
        raise SomeoneElseWasFaster
    delegation.refresh_from_db()
    activity.log(did="people.helper_ended", about_what=delegation, by_id=by.pk, at=at, channel=channel)
    undoing.offer("people.end_delegation", delegation, by=by, at=at)
    return delegation


@undo.inverse("people.end_delegation")
def let_act_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The agreement holds as before. Raises SomeoneElseWasFaster when a newer one has come, or one of them left."""
    ended = Delegation.objects.filter(pk=args["row"], ended_at=undoing.moment_of(args), ended_by=by)
    delegation = ended.first()
    if delegation is None:
        raise SomeoneElseWasFaster
    undoing.refuse_unless_here(delegation.community_id, delegation.membership_id, delegation.helper_id)
    undoing.bring_back(ended, ended_at=None, ended_by=None)
    undoing.log("people.helper_ending_undone", delegation, by=by, at=at)


def _refuse_unfit(membership: Membership, helper: Membership | None, today: date) -> None:
    if helper is None:
        return
    same_community = helper.community_id == membership.community_id
    if helper == membership or not same_community or not helper.person.acts_alone(today):
        raise HelperNotFit


def _tell_both(delegation: Delegation, *, by: Person, at: datetime) -> None:
    """Tell the member, who can end it at any time, and the helper; but nobody what they have just done."""
    community, membership, helper = delegation.community, delegation.membership, delegation.helper
    named = {
        membership.person: reverse("people:helpers", args=[community.slug, membership.pk]),
        **({helper.person: reverse("people:acting", args=[community.slug])} if helper else {}),
    }
    for person, link in named.items():
        if person != by:
            news.tell(
                to=[person],
                kind="people.helper_named",
                community=community,
                title=_("Something was agreed about acting for someone"),
                link=link,
                at=at,
                by_id=by.pk,
                key=f"people-helper-named:{delegation.pk}",
            )
