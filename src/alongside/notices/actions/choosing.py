"""What a person wants of notices: which kinds, how often, none at all; and what they have read."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.notices import kinds
from alongside.notices.models import ALL, SUMMARY, Choice, Delivery, Notice
from alongside.people.models import Community, Person


class CannotStopEssential(Refusal):
    """Notices of this `kind` are about safety or the way in; they always arrive."""

    def __init__(self, *, kind: str) -> None:
        super().__init__(f"{kind} is essential")
        self.kind = kind


@transaction.atomic
def choose(
    *,
    person: Person,
    community: Community,
    choices: Mapping[str, str],
    by: Person | None,
    at: datetime,
    channel: str = Channel.WEB,
) -> None:
    """Set when a person wants which kinds ({kind: Choice.When}); the kind "" stands for all.

    A kind whose choice is empty goes with all again. Wanting one ends an earlier "none at all". What waits of an
    unwanted kind is not sent. Raises CannotStopEssential.
    """
    for kind, when in choices.items():
        if kind and kinds.of(kind).essential and when == Choice.When.NEVER:
            raise CannotStopEssential(kind=kind)
    mine = Choice.objects.of(community).filter(person=person)
    if ALL not in choices and set(choices.values()) - {"", Choice.When.NEVER}:
        mine.filter(kind=ALL, when=Choice.When.NEVER).delete()
    mine.filter(kind__in=[kind for kind, when in choices.items() if not when]).delete()
    for kind, when in ((kind, when) for kind, when in choices.items() if when):
        Choice.objects.update_or_create(
            community=community, person=person, kind=kind, defaults={"when": when, "chosen_at": at}
        )
    _call_off(person, community, [kind for kind, when in choices.items() if when == Choice.When.NEVER])
    activity.log(
        did="notices.chosen",
        about_what=person,
        community_id=community.pk,
        by_id=by.pk if by else None,
        on_behalf_of_id=person.pk if by != person else None,
        at=at,
        channel=channel,
    )


def stop(
    *,
    person: Person,
    community: Community,
    kind: str = ALL,
    by: Person | None,
    at: datetime,
    channel: str = Channel.WEB,
) -> None:
    """Honour STOP: for one kind, or for all of them but the essential ones.

    `by` None: it came by a link in an e-mail, where nobody is signed in.
    """
    choose(person=person, community=community, choices={kind: Choice.When.NEVER}, by=by, at=at, channel=channel)


@transaction.atomic
def mark_read(*, person: Person, community: Community, at: datetime, notice: Notice | None = None) -> int:
    """Mark one notice, or all that show by now, as read; return how many were unread."""
    unread = Notice.objects.of(community).to(person).shown_by(at).unread()
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    count = unread.update(read_at=at)
    activity.log(did="notices.read", about_what=person, community_id=community.pk, by_id=person.pk, at=at)
    return count


def _call_off(person: Person, community: Community, unwanted: list[str]) -> None:
    """Keep back what waits to be sent of kinds that are no longer wanted; "" means all."""
    if not unwanted:
        return
    essential = [kind.name for kind in kinds.essential()]
    waiting = (
        Delivery.objects.of(community)
        .filter(notice__person=person, state__in=[Delivery.State.WAITING, Delivery.State.GATHERING])
        .exclude(notice__kind__in=essential)
    )
    if ALL not in unwanted:
        waiting = waiting.filter(notice__kind__in=unwanted).exclude(notice__kind=SUMMARY)
    waiting.update(state=Delivery.State.STOPPED)
