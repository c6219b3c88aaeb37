"""What several actions hold and look up: a rota goes through one change at a time."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.programs.models import Program
from alongside.rota.models import Assignment, Duty, Family, Rota
from alongside.rota.pool import Home


class RotaIsPublished(Refusal):
    """This can be done while the rota is a draft."""


class NotPublishedYet(Refusal):
    """This can be done once the rota is published."""


class DutyIsOver(Refusal):
    """The duty has begun or was called off: it is not given to anybody any more."""


def held(rota: Rota) -> Rota:
    """The rota as it stands, held until the end of the transaction. Raises SomeoneElseWasFaster where it is gone."""
    rows = Rota.objects.of(rota.community).select_for_update(no_key=True)
    stands: Rota | None = rows.filter(pk=rota.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    stands.community, stands.program = rota.community, rota.program
    stands.program.community = rota.community
    return stands


def held_program(program: Program) -> Program:
    """Whoever makes rotas of one program goes one after the other."""
    stands: Program = Program.objects.of(program.community).select_for_update(no_key=True).get(pk=program.pk)
    stands.community = program.community
    return stands


def hold_people(rota: Rota, ids: Iterable[UUID]) -> None:
    """Nobody gets two duties at once by two rotas; in one order, so that nobody waits for each other."""
    rows = Membership.objects.of(rota.community).filter(pk__in=set(ids)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def changed(rota: Rota, **fields: object) -> None:
    """Write down that the rota is another now: a search begun before does not fit any more."""
    rota.revision += 1
    for name, value in fields.items():
        setattr(rota, name, value)
    rota.save(update_fields=["revision", *fields])


def family_of(rota: Rota, home: Home) -> Family:
    """The row of a family, made where there is none yet."""
    family, _new = Family.objects.get_or_create(
        community=rota.community, program=rota.program, household=home.household, membership=home.alone
    )
    family.community = rota.community
    return family


def free_place(duty: Duty) -> int:
    """The first place nobody has. Raises SomeoneElseWasFaster where all are taken."""
    taken = set(Assignment.objects.of(duty.community).filter(duty=duty, ended_at=None).values_list("place", flat=True))
    for place in range(1, duty.people + 1):
        if place not in taken:
            return place
    raise SomeoneElseWasFaster


def end(assignment: Assignment, why: str, *, at: datetime) -> None:
    """Somebody has a duty no longer; the row stays to be read, and what was asked for it with it."""
    assignment.ended_at, assignment.ended_why, assignment.is_fixed = at, why, False
    assignment.save(update_fields=["ended_at", "ended_why", "is_fixed"])


def log(
    did: str,
    what: models.Model,
    *,
    by: Person | None,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    activity.log(
        did=f"rota.{did}",
        about_what=what,
        by_id=by.pk if by else None,
        at=at,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        channel=channel,
    )
