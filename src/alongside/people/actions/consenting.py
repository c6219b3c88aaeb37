"""A yes or a no to one purpose; and letting each other see how to be reached."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.text import clean_text
from alongside.people import news, purposes, undoing
from alongside.people.models import Consent, ContactShare, Membership, Person
from alongside.people.models.consent import ContactShareQuerySet

AGREED = "people.contact_agreed"


class AskedForContactAlready(Refusal):
    """One of the two has asked the other, and the answer is open or yes; `share` is it."""

    def __init__(self, *, share: ContactShare) -> None:
        super().__init__(str(share.pk))
        self.share = share


class CannotShareContact(Refusal):
    """Contact is shared between two grown members of one community."""


@transaction.atomic
def say_on_purpose(
    *,
    membership: Membership,
    purpose: str,
    given: bool,
    by: Person,
    at: datetime,
    channel: Channel = Channel.WEB,
) -> Consent:
    """Write down a yes or a no, with the words as they stand today. Raises UnknownPurpose.

    Saying the same again adds nothing and returns the row that stands.
    """
    words = str(purposes.called(purpose).words)
    standing = Consent.objects.latest_of(membership, purpose)
    if standing is not None and standing.given == given and standing.words == words:
        return standing
    consent = Consent.objects.create(
        community=membership.community,
        membership=membership,
        purpose=purpose,
        given=given,
        words=words,
        at=at,
        by=by,
        channel=channel,
    )
    activity.log(
        did="people.consent_given" if given else "people.consent_withdrawn",
        about_what=consent,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=membership.person_id if by != membership.person else None,
        channel=channel,
    )
    return consent


@transaction.atomic
def ask_for_contact(
    *, asker: Membership, asked: Membership, words: str, at: datetime, channel: Channel = Channel.WEB
) -> ContactShare:
    """Offer one's own contact and ask for the other's. Raises AskedForContactAlready, CannotShareContact."""
    day = asker.community.day_of(at)
    both_grown = asker.person.acts_alone(day) and asked.person.acts_alone(day)
    if asker == asked or asker.community_id != asked.community_id or not both_grown or asked.left_at:
        raise CannotShareContact
    pair = sorted([asker.pk, asked.pk])
    list(Membership.objects.of(asker.community).select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))
    if share := ContactShare.objects.of(asker.community).open().between(asker, asked).first():
        raise AskedForContactAlready(share=share)
    share = ContactShare.objects.create(
        community=asker.community,
        asker=asker,
        asked=asked,
        words=clean_text(words, max_length=300),
        asked_at=at,
    )
    activity.log(did="people.contact_asked", about_what=share, by_id=asker.person_id, at=at, channel=channel)
    _tell_contact(share, asked, "people.contact_asked", _("Somebody asks to share contact"), by=asker.person, at=at)
    return share


@transaction.atomic
def answer_contact(
    *, share: ContactShare, agreed: bool, by: Person, at: datetime, channel: Channel = Channel.WEB
) -> ContactShare:
    """Say yes (both see each other's contact) or no. Raises SomeoneElseWasFaster when answered.

    `by` may take it back for ten seconds; the letter waits that long.
    """
    waiting = ContactShare.objects.of(share.community).open().filter(pk=share.pk, agreed=None)
    if not waiting.update(agreed=agreed, answered_at=at, ended_at=None if agreed else at):
        raise SomeoneElseWasFaster
    share.refresh_from_db()
    activity.log(did="people.contact_answered", about_what=share, by_id=by.pk, at=at, channel=channel)
    if agreed:
        title = _("Somebody shares contact with you")
        _tell_contact(share, share.asker, AGREED, title, by=by, at=at, after_seconds=undo.SECONDS)
    undoing.offer("people.answer_contact", share, by=by, at=at)
    return share


@undo.inverse("people.answer_contact")
def ask_contact_anew(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The question waits for an answer as before, and nobody sees anything."""
    answered = ContactShare.objects.filter(pk=args["row"], answered_at=undoing.moment_of(args))
    answered = answered.filter(Q(agreed=True, ended_at=None) | Q(agreed=False))
    share = _share_again(answered)
    undoing.bring_back(answered, agreed=None, answered_at=None, ended_at=None)
    undoing.log("people.contact_answer_undone", share, by=by, at=at)
    news.take_back(community=share.community, key=f"{AGREED}:{share.pk}", at=at, by_id=by)


@transaction.atomic
def end_contact(*, share: ContactShare, by: Person, at: datetime, channel: Channel = Channel.WEB) -> ContactShare:
    """Stop sharing, from either side, at any time. Raises SomeoneElseWasFaster when it is over.

    `by` may take it back for ten seconds.
    """
    if not ContactShare.objects.of(share.community).open().filter(pk=share.pk).update(ended_at=at):
        raise SomeoneElseWasFaster
    share.refresh_from_db()
    activity.log(did="people.contact_ended", about_what=share, by_id=by.pk, at=at, channel=channel)
    undoing.offer("people.end_contact", share, by=by, at=at)
    return share


@undo.inverse("people.end_contact")
def share_contact_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """What the two had agreed, or had been asked, stands as before."""
    ended = ContactShare.objects.filter(pk=args["row"], ended_at=undoing.moment_of(args))
    share = _share_again(ended)
    undoing.bring_back(ended, ended_at=None)
    undoing.log("people.contact_ending_undone", share, by=by, at=at)


def _share_again(over: ContactShareQuerySet) -> ContactShare:
    """The share `over` finds, both members locked; SomeoneElseWasFaster when one has left or a newer one is open."""
    share: ContactShare | None = over.select_related("community").first()
    if share is None:
        raise SomeoneElseWasFaster
    undoing.refuse_unless_here(share.community_id, share.asker_id, share.asked_id)
    newer = ContactShare.objects.of(share.community).open().between(share.asker_id, share.asked_id)
    if newer.exclude(pk=share.pk).exists():
        raise SomeoneElseWasFaster
    return share


def _tell_contact(
    share: ContactShare,
    to: Membership,
    kind: str,
    title: news.Words,
    *,
    by: Person,
    at: datetime,
    after_seconds: int = 0,
) -> None:
    news.tell(
        to=[to.person],
        kind=kind,
        community=share.community,
        title=title,
        body=by.name,
        link=reverse("people:contacts", args=[share.community.slug]),
        at=at,
        by_id=by.pk,
        key=f"{kind}:{share.pk}",
        after_seconds=after_seconds,
    )
