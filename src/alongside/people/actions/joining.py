"""Asking to belong, and the answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.text import clean_text
from alongside.people import news, undoing
from alongside.people.actions.members import AlreadyBelongs, begin_membership
from alongside.people.models import Community, JoinRequest, Membership, Person, Role


class NotOpenToAsking(Refusal):
    """People join this community by invitation alone."""


class AskedAlready(Refusal):
    """The person's earlier request is still waiting; `request` is it."""

    def __init__(self, *, request: JoinRequest) -> None:
        super().__init__(str(request.pk))
        self.request = request


class ReasonMissing(Refusal):
    """A no needs a reason that the person can read."""


@transaction.atomic
def ask_to_join(
    *, community: Community, person: Person, words: str, at: datetime, channel: Channel = Channel.WEB
) -> JoinRequest:
    """Ask on one's own behalf to belong. Raises NotOpenToAsking, AlreadyBelongs or AskedAlready."""
    if community.join_policy != Community.JoinPolicy.ASK:
        raise NotOpenToAsking
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if belonging := Membership.objects.of(community).current().of_person(person).first():
        raise AlreadyBelongs(membership=belonging)
    if waiting := JoinRequest.objects.of(community).waiting().filter(person=person).first():
        raise AskedAlready(request=waiting)
    request = JoinRequest.objects.create(
        community=community, person=person, words=clean_text(words, max_length=1000, lines=True), asked_at=at
    )
    activity.log(did="people.asked_to_join", about_what=request, by_id=person.pk, at=at, channel=channel)
    coordinators = Membership.objects.of(community).current().holding(Role.COORDINATOR, on=community.day_of(at))
    news.tell(
        to=[each.person for each in coordinators.select_related("person")],
        kind="people.join_asked",
        community=community,
        title=_("Somebody asks to join"),
        body=person.name,
        link=reverse("people:join_requests", args=[community.slug]),
        at=at,
        by_id=person.pk,
        key=f"people-join-asked:{request.pk}",
    )
    return request


@transaction.atomic
def approve_request(*, request: JoinRequest, by: Person, at: datetime, channel: Channel = Channel.WEB) -> Membership:
    """Welcome somebody who asked. Raises SomeoneElseWasFaster when it is answered already."""
    _answer(request, JoinRequest.Answer.APPROVED, by=by, at=at)
    membership = Membership.objects.of(request.community).current().of_person(request.person).first()
    membership = membership or begin_membership(
        community=request.community, person=request.person, roles=[Role.PARTICIPANT], by=by, at=at
    )
    activity.log(did="people.request_approved", about_what=request, by_id=by.pk, at=at, channel=channel)
    _tell_answer(request, _("You are a member now. Welcome."), by=by, at=at)
    return membership


@transaction.atomic
def decline_request(
    *, request: JoinRequest, reason: str, by: Person, at: datetime, channel: Channel = Channel.WEB
) -> JoinRequest:
    """Say no, with a reason the person will read. Raises ReasonMissing or SomeoneElseWasFaster.

    `by` may take it back for ten seconds; the letter waits that long.
    """
    reason = clean_text(reason, max_length=1000, lines=True)
    if not reason:
        raise ReasonMissing
    _answer(request, JoinRequest.Answer.DECLINED, by=by, at=at, reason=reason)
    activity.log(did="people.request_declined", about_what=request, by_id=by.pk, at=at, channel=channel)
    _tell_answer(request, reason, by=by, at=at, undoable=True)
    undoing.offer("people.decline_request", request, by=by, at=at)
    return request


@undo.inverse("people.decline_request")
def let_request_wait(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The request waits for an answer as before. Raises SomeoneElseWasFaster when the person has come in since."""
    Answer = JoinRequest.Answer
    declined = JoinRequest.objects.filter(
        pk=args["row"], answer=Answer.DECLINED, answered_at=undoing.moment_of(args), answered_by=by
    )
    request = declined.select_related("community").first()
    if request is None:
        raise SomeoneElseWasFaster
    Community.objects.select_for_update(no_key=True).get(pk=request.community_id)
    if Membership.objects.of(request.community).current().filter(person=request.person_id).exists():
        raise SomeoneElseWasFaster
    undoing.bring_back(declined, answer=Answer.WAITING, answered_at=None, answered_by=None, reason="")
    undoing.log("people.request_declining_undone", request, by=by, at=at)
    news.take_back(community=request.community, key=_answer_key(request), at=at, by_id=by)


@transaction.atomic
def withdraw_request(*, request: JoinRequest, by: Person, at: datetime, channel: Channel = Channel.WEB) -> JoinRequest:
    """Take one's own request back. Raises SomeoneElseWasFaster when it is answered already."""
    _answer(request, JoinRequest.Answer.WITHDRAWN, by=by, at=at)
    activity.log(did="people.request_withdrawn", about_what=request, by_id=by.pk, at=at, channel=channel)
    return request


def _answer(request: JoinRequest, answer: str, *, by: Person, at: datetime, reason: str = "") -> None:
    # No join here: PostgreSQL looks at a joined condition only once, before it waits for another's answer.
    waiting = JoinRequest.objects.of(request.community).filter(pk=request.pk, answer=JoinRequest.Answer.WAITING)
    if not waiting.update(answer=answer, answered_by=by, answered_at=at, reason=reason):
        raise SomeoneElseWasFaster
    request.refresh_from_db()


def _tell_answer(request: JoinRequest, body: news.Words, *, by: Person, at: datetime, undoable: bool = False) -> None:
    news.tell(
        to=[request.person],
        kind="people.join_answered",
        community=request.community,
        title=_("Your request to join is answered"),
        body=body,
        link=reverse("people:join", args=[request.community.slug]),
        at=at,
        by_id=by.pk,
        key=_answer_key(request),
        after_seconds=undo.SECONDS if undoable else 0,
    )


def _answer_key(request: JoinRequest) -> str:
    return f"people-join-answered:{request.pk}"
