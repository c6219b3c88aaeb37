"""Invitations: made, taken back, accepted."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.kernel.text import clean_text
from alongside.people import undoing
from alongside.people.actions.members import NameMissing, begin_membership
from alongside.people.invitation_codes import code_hash, code_of
from alongside.people.models import Community, Invitation, Membership, Person, Role

MOST_USES = 500
# A form sent again by a double click or over a bad line comes within this time; later it may be somebody else.
SAME_PRESS = timedelta(minutes=2)


class InvitationOver(Refusal):
    """The invitation is used up, past its day or taken back; or there never was one."""


class FormSentBefore(Refusal):
    """The form's key has let somebody in already: under another name, or too long ago to be the same press."""


class UsesOutOfRange(Refusal):
    """An invitation is for 1 to MOST_USES people."""


@transaction.atomic
def invite(
    *,
    community: Community,
    by: Person,
    at: datetime,
    expires_at: datetime,
    uses: int = 1,
    note: str = "",
    channel: Channel = Channel.WEB,
) -> Invitation:
    """Make an invitation for `uses` people, good until `expires_at`. Raises UsesOutOfRange."""
    if not 1 <= uses <= MOST_USES:
        raise UsesOutOfRange
    invitation_id = new_id()
    invitation = Invitation.objects.create(
        id=invitation_id,
        community=community,
        made_by=by,
        made_at=at,
        note=clean_text(note, max_length=120),
        code_hash=code_hash(code_of(invitation_id)),
        expires_at=expires_at,
        uses_left=uses,
    )
    activity.log(did="people.invited", about_what=invitation, by_id=by.pk, at=at, channel=channel)
    return invitation


@transaction.atomic
def revoke_invitation(
    *, invitation: Invitation, by: Person, at: datetime, channel: Channel = Channel.WEB
) -> Invitation:
    """Take an invitation back; cards and links already given away stop working at once.

    Raises SomeoneElseWasFaster when that is done. `by` may let it work again for ten seconds.
    """
    if (
        not Invitation.objects.of(invitation.community)
        .filter(pk=invitation.pk, revoked_at=None)
        .update(revoked_at=at, revoked_by=by)
    ):
        raise SomeoneElseWasFaster
    invitation.refresh_from_db()
    activity.log(did="people.invitation_revoked", about_what=invitation, by_id=by.pk, at=at, channel=channel)
    undoing.offer("people.revoke_invitation", invitation, by=by, at=at)
    return invitation


@undo.inverse("people.revoke_invitation")
def let_invitation_work(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The invitation lets people in as before, to its own last day."""
    revoked = Invitation.objects.filter(pk=args["row"], revoked_at=undoing.moment_of(args), revoked_by=by)
    undoing.bring_back(revoked, revoked_at=None, revoked_by=None)
    undoing.log("people.invitation_revoking_undone", Invitation.objects.get(pk=args["row"]), by=by, at=at)


def find_invitation(*, community: Community, code: str, at: datetime) -> Invitation:
    """The usable invitation that `code` opens. Raises InvitationOver, whatever the matter is."""
    usable = Invitation.objects.of(community).usable(at=at)
    invitation: Invitation | None = usable.filter(code_hash=code_hash(code)).first()
    if invitation is None:
        raise InvitationOver
    return invitation


@transaction.atomic
def accept_invitation(
    *, community: Community, code: str, person: Person, at: datetime, channel: Channel = Channel.WEB
) -> Membership:
    """Join by invitation as an existing person. Raises InvitationOver or AlreadyBelongs."""
    invitation = _use(community, code, at)
    membership = begin_membership(
        community=community, person=person, roles=[Role.PARTICIPANT], by=invitation.made_by, at=at
    )
    activity.log(did="people.invitation_accepted", about_what=membership, by_id=person.pk, at=at, channel=channel)
    return membership


@transaction.atomic
def accept_invitation_by_name(
    *, community: Community, code: str, name: str, at: datetime, key: UUID, channel: Channel = Channel.WEB
) -> Membership:
    """Join by invitation as somebody new, with a name alone. Raises InvitationOver or NameMissing.

    `key`: one for each form that was shown. The same with the same name, at once, returns the first membership;
    otherwise it raises FormSentBefore.
    """
    if not clean_text(name, max_length=120):
        raise NameMissing
    if first := _let_in_by(community, code, key):
        if first.person.name != clean_text(name, max_length=120) or at - first.person.made_at > SAME_PRESS:
            raise FormSentBefore
        return first
    invitation = _use(community, code, at)
    person = Person.objects.create_person(name=name, language=community.language)
    membership = begin_membership(
        community=community, person=person, roles=[Role.PARTICIPANT], by=invitation.made_by, at=at
    )
    membership.invited_key = key
    membership.save(update_fields=["invited_key"])
    activity.log(did="people.invitation_accepted", about_what=membership, by_id=person.pk, at=at, channel=channel)
    return membership


def _let_in_by(community: Community, code: str, key: UUID) -> Membership | None:
    """Whom a form with this key has let in; whoever sends it meanwhile waits. Raises FormSentBefore when they left."""
    _one_at_a_time(community)
    members = Membership.objects.of(community).filter(invited_key=key)
    first: Membership | None = members.select_related("person", "community").first()
    if first is None:
        return None
    if first.left_at or not Invitation.objects.of(community).filter(code_hash=code_hash(code)).exists():
        raise FormSentBefore
    return first


def _one_at_a_time(community: Community) -> None:
    """Before the invitation itself, for everybody in this order, so that two never wait for each other."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def _use(community: Community, code: str, at: datetime) -> Invitation:
    """Take one use, in one statement, so that the last place goes to one person only."""
    _one_at_a_time(community)
    usable = Invitation.objects.of(community).usable(at=at).filter(code_hash=code_hash(code))
    if not usable.update(uses_left=F("uses_left") - 1, uses=F("uses") + 1):
        raise InvitationOver
    used: Invitation = Invitation.objects.of(community).get(code_hash=code_hash(code))
    return used
