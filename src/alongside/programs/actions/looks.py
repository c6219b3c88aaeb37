"""Looking on at a session: what of the checklist happened. It is about the session, not about anybody."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.kernel import undo
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs.actions.belonging import held_program
from alongside.programs.models import DesignVersion, Session, SessionLook


class NotYetBegun(Refusal):
    """The session has not begun, or was called off: nothing has happened there."""


class NothingToLookFor(Refusal):
    """The design has no checklist."""


@transaction.atomic
def look_on(
    *, session: Session, membership: Membership, happened: Collection[int], by: Person, at: datetime
) -> SessionLook:
    """Keep what somebody saw happen: places in the checklist, from 0. Again it stands in place of their first look.

    Raises ProgramIsOver, NotYetBegun, NothingToLookFor.
    """
    program = held_program(session.cohort.program)
    if session.gathering.starts_at > at or session.gathering.is_called_off:
        raise NotYetBegun
    version = design_at(session)
    size = len(version.design.get("sessions", {}).get("checklist", []))
    if not size:
        raise NothingToLookFor
    told = {"version": version.number, "happened": sorted({one for one in happened if 0 <= one < size})}
    before = SessionLook.objects.of(program.community).filter(session=session, membership=membership).first()
    was = None if before is None else {"version": before.version, "happened": before.happened}
    look: SessionLook
    look, _is_new = SessionLook.objects.update_or_create(
        community=program.community, session=session, membership=membership,
        defaults={**told, "keyed_by": by, "at": at},
    )  # fmt: skip
    Deed(by, at).log("programs.looked_on", look)
    undoing.offer("programs.look_on", look, by=by, at=at, before=was)
    return look


def design_at(session: Session) -> DesignVersion:
    """The design by which a session was held, or that is in force."""
    versions = DesignVersion.objects.on(session.cohort.program).newest_first()
    found: DesignVersion = versions.filter(number=session.held_version)[0] if session.held_version else versions[0]
    return found


@undo.inverse("programs.look_on")
@transaction.atomic
def look_as_before(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """What they had kept before, or nothing. Raises SomeoneElseWasFaster."""
    look = SessionLook.objects.filter(pk=args["row"], at=undoing.moment_of(args)).select_related("community").first()
    if look is None:
        raise SomeoneElseWasFaster
    undoing.log("programs.looked_on_as_before", look, by=by, at=at)
    if args["before"] is None:
        look.delete()
    else:
        undoing.bring_back(SessionLook.objects.of(look.community).filter(pk=look.pk), **args["before"])
