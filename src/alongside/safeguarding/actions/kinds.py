"""What a community checks, and which role or duty asks for it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Community, Group, Person
from alongside.safeguarding.models import CheckKind, Requirement
from alongside.safeguarding.usual import USUAL


class NameTaken(Refusal):
    """Another kind in use has this name; `name` is it."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name)
        self.name = name


@transaction.atomic
def add_kind(
    *,
    community: Community,
    name: str,
    kind: str,
    months: int | None,
    needed: int,
    by: Person | None,
    at: datetime,
    channel: str = Channel.WEB,
) -> CheckKind:
    """Let checks of a new kind be written down. Raises NameTaken."""
    made = CheckKind(community=community, name=name, kind=kind, months=months, needed=needed)
    _save(made)
    activity.log(did="safeguarding.kind_added", about_what=made, by_id=by.pk if by else None, at=at, channel=channel)
    return made


@transaction.atomic
def add_usual_kinds(
    *, community: Community, by: Person | None, at: datetime, channel: str = Channel.WEB
) -> list[CheckKind]:
    """Begin with what many communities check, in the community's language; nothing where there is any kind already."""
    # Of two who press at once, the second finds the first one's.
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if CheckKind.objects.of(community).exists():
        return []
    with translation.override(community.language):
        told = [{**each, "name": str(each["name"])} for each in USUAL]
    return [add_kind(community=community, by=by, at=at, channel=channel, **each) for each in told]  # type: ignore[arg-type]


@transaction.atomic
def change_kind(
    *,
    kind: CheckKind,
    name: str,
    months: int | None,
    needed: int,
    by: Person | None,
    at: datetime,
    channel: str = Channel.WEB,
) -> CheckKind:
    """Call a kind something else, or ask more or less of it. Last days that are written down stay. Raises NameTaken."""
    kind.name, kind.months, kind.needed = name, months, needed
    _save(kind)
    activity.log(did="safeguarding.kind_changed", about_what=kind, by_id=by.pk if by else None, at=at, channel=channel)
    return kind


@transaction.atomic
def archive_kind(*, kind: CheckKind, by: Person | None, at: datetime, channel: str = Channel.WEB) -> CheckKind:
    """Write no more checks of a kind, and ask for it nowhere; those written down stay. Raises SomeoneElseWasFaster."""
    if not CheckKind.objects.of(kind.community).in_use().filter(pk=kind.pk).update(archived_at=at):
        raise SomeoneElseWasFaster
    Requirement.objects.of(kind.community).filter(kind=kind).delete()
    kind.refresh_from_db()
    activity.log(did="safeguarding.kind_archived", about_what=kind, by_id=by.pk if by else None, at=at, channel=channel)
    return kind


@transaction.atomic
def require(
    *,
    kind: CheckKind,
    by: Person | None,
    at: datetime,
    role: str = "",
    duty: str = "",
    group: Group | None = None,
    channel: str = Channel.WEB,
) -> Requirement:
    """Let a role or a duty ask for a kind, everywhere or in a group; asked twice, it is asked once."""
    made, is_new = Requirement.objects.get_or_create(
        community=kind.community, kind=kind, role=role, duty=duty, group=group, defaults={"made_at": at}
    )
    if is_new:
        activity.log(did="safeguarding.required", about_what=made, by_id=by.pk if by else None, at=at, channel=channel)
    return made


@transaction.atomic
def no_longer_require(*, requirement: Requirement, by: Person | None, at: datetime, channel: str = Channel.WEB) -> None:
    """Ask for it no more. Raises SomeoneElseWasFaster."""
    activity.log(
        did="safeguarding.required_no_longer",
        about_what=requirement,
        by_id=by.pk if by else None,
        at=at,
        channel=channel,
    )
    gone, _ = Requirement.objects.of(requirement.community).filter(pk=requirement.pk).delete()
    if not gone:
        raise SomeoneElseWasFaster


def _save(kind: CheckKind) -> None:
    try:
        with transaction.atomic():
            kind.save()
    except IntegrityError:
        taken = CheckKind.objects.of(kind.community).in_use().exclude(pk=kind.pk).filter(name=kind.name)
        if taken.exists():
            raise NameTaken(name=kind.name) from None
        raise
