"""Leading a stage, what it produces, and calling it finished: one of each side, and both must say so."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.rolls import sides_of_members
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person
from alongside.programs import letters_pathway
from alongside.programs.actions.turning import begin_stage
from alongside.programs.models import Program, StageLead, StageProduct, StageRun
from alongside.programs.models.program import design_of
from alongside.programs.rules.loop import leading_sides, next_stage


class StageIsOver(Refusal):
    """The stage was called finished by both sides already."""


class NotOfThisSide(Refusal):
    """The person does not speak for this side in the program, or this side does not lead the stage; `side` is it."""

    def __init__(self, *, side: str) -> None:
        super().__init__(side)
        self.side = side


class LeadsTheOtherSide(Refusal):
    """Somebody who leads for one side cannot lead for the other too."""


class NotALead(Refusal):
    """Only those who lead a stage call it finished."""


class StillToMake(Refusal):
    """Something that the stage must produce is not there; `what` lists it."""

    def __init__(self, *, what: list[str]) -> None:
        super().__init__(", ".join(what))
        self.what = what


@transaction.atomic
def lead(
    *,
    run: StageRun,
    membership: Membership,
    side: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> StageLead:
    """Lead a stage for a side; who led before for it does not any more. Whoever another has named is told.

    Raises StageIsOver, NotOfThisSide, LeadsTheOtherSide.
    """
    stands = _held(run)
    program = stands.program
    if side not in leading_sides(design_of(program), stands.stage):
        raise NotOfThisSide(side=side)
    theirs = sides_of_members(program, on=program.community.day_of(at), only=membership)
    if side not in theirs.get(membership, ()):
        raise NotOfThisSide(side=side)
    if stands.leads.filter(membership=membership).exclude(side=side).exists():
        raise LeadsTheOtherSide
    made: StageLead
    made, _is_new = StageLead.objects.update_or_create(
        community=program.community,
        run=stands,
        side=side,
        defaults={"membership": membership, "since": at, "finished_at": None},
    )
    _log("programs.stage_led", made, by, at, on_behalf_of, channel)
    made.run, made.membership = stands, membership
    letters_pathway.stage_lead_named(made, by=by, at=at)
    return made


@transaction.atomic
def stop_leading(
    *, lead: StageLead, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """Lead no more. Raises StageIsOver, or SomeoneElseWasFaster where another leads already."""
    _held(lead.run)
    _log("programs.stage_led_no_more", lead, by, at, on_behalf_of, channel)
    gone, _ = StageLead.objects.of(lead.community).filter(pk=lead.pk, membership=lead.membership_id).delete()
    if not gone:
        raise SomeoneElseWasFaster


@transaction.atomic
def produce(
    *,
    run: StageRun,
    membership: Membership,
    makes: str,
    told: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> StageProduct:
    """Write down something that a stage has produced. The same `key` again returns the first. Raises StageIsOver."""
    stands = _held(run)
    defaults = {
        "run": stands, "makes": makes, "told": told, "membership": membership, "keyed_by": by, "channel": channel,
        "at": at,
    }  # fmt: skip
    made: StageProduct
    made, is_new = StageProduct.objects.get_or_create(community=run.community, key=key, defaults=defaults)
    if is_new:
        _log("programs.stage_produced", made, by, at, on_behalf_of, channel)
    return made


@transaction.atomic
def call_finished(
    *,
    run: StageRun,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Program:
    """Say for one's side that the stage is finished; once every side that leads has, the next stage begins.

    Raises StageIsOver, NotALead, StillToMake.
    """
    stands = _held(run)
    program: Program = stands.program
    mine = stands.leads.filter(membership=membership).first()
    if mine is None:
        raise NotALead
    made = set(stands.products.values_list("makes", flat=True))
    if missing := [what for what in stands.makes if what not in made]:
        raise StillToMake(what=missing)
    mine.finished_at = mine.finished_at or at
    mine.save(update_fields=["finished_at"])
    _log("programs.stage_called_finished", mine, by, at, on_behalf_of, channel)
    design = design_of(program)
    said = set(stands.leads.exclude(finished_at=None).values_list("side", flat=True))
    if said >= set(leading_sides(design, stands.stage)):
        stands.finished_at = at
        stands.save(update_fields=["finished_at"])
        program.stage, program.round = next_stage(design, stands.stage, stands.round)
        program.save(update_fields=["stage", "round"])
        begin_stage(program, design, at=at)
    return program


def _held(run: StageRun) -> StageRun:
    """The stage and its program as they stand, held until the end of the transaction. Raises StageIsOver."""
    programs = Program.objects.of(run.community).select_for_update(no_key=True)
    program = programs.running().filter(pk=run.program_id).first()
    stands: StageRun | None = StageRun.objects.of(run.community).open().filter(pk=run.pk).first()
    if program is None or stands is None:
        raise StageIsOver
    program.community = run.community
    stands.program, stands.community = program, run.community
    return stands


def _log(
    did: str, what: StageLead | StageProduct, by: Person, at: datetime, on_behalf_of: Person | None, channel: str
) -> None:
    activity.log(
        did=did,
        about_what=what,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        channel=channel,
    )
