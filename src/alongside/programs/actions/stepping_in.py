"""Sessions that need a leader: whoever is ready steps in, or offers to and waits for a coordinator's word."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs import gaps
from alongside.programs import letters_leaders as letters
from alongside.programs.actions.belonging import held_program
from alongside.programs.actions.delivering import Leader, LeaderNotReady, check_leaders, check_licence
from alongside.programs.actions.leading import check_steps, note_leading_together, who_said_lived
from alongside.programs.gaps import Gap
from alongside.programs.models import Cohort, CohortLeader, Program, SessionLeader
from alongside.programs.models.program import design_of
from alongside.programs.rules import leaders


class EnoughLead(Refusal):
    """Somebody was faster: these sessions have their leaders, or are over."""


class MayNotLead(Refusal):
    """The design gives leading to a role that they do not have, or they are not of the program."""


@transaction.atomic
def step_in(
    *,
    cohort: Cohort,
    membership: Membership,
    by: Person,
    at: datetime,
    sessions: Collection[UUID] | None = None,
    is_chosen: bool = False,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> list[SessionLeader]:
    """Lead the sessions of a run that need somebody, or those of `sessions`, as far as one's checks reach.

    Where the design lets coordinators choose it is an offer, unless a coordinator has chosen (`is_chosen`). The same
    again changes nothing. Raises ProgramIsOver, EnoughLead, MayNotLead, HoldsNoStep, LeaderNotReady, LicenceMissing,
    LivedExperienceMissing.
    """
    run, design = _held(cohort)
    waits = leaders.coordinators_choose(design) and not is_chosen
    open_gaps = _open(run, design, membership, sessions, at=at)
    if waits:
        open_gaps = _not_offered_yet(run, membership, open_gaps)
    if not open_gaps:
        if mine := _said_already(run, membership, sessions, at=at):
            return mine
        raise EnoughLead
    _check_role(run.program, design, membership, is_chosen=is_chosen, at=at)
    chosen = _with_checks(run.program, design, membership, open_gaps)
    check_licence(run.program, design, run)
    if not waits:
        _check_lived(run.program, design, membership, chosen)
    deed = Deed(by, at, on_behalf_of, channel)
    state = SessionLeader.State.OFFERED if waits else SessionLeader.State.LEADS
    out = SessionLeader.objects.in_run(run).out().filter(membership=membership)
    before = {str(pk): [why, since.isoformat()] for pk, why, since in out.values_list("pk", "why", "since")}
    rows = [_write(gap, membership, state, deed) for gap in chosen]
    deed.log("programs.offered_to_lead" if waits else "programs.stepped_in", rows[0])
    if not is_chosen:
        said = [str(row.pk) for row in rows]
        undoing.offer("programs.step_in", rows[0], by=by, at=at, rows=said, before=before)
    if not waits:
        letters.leads_now(run, membership.person, len(rows), by=by, at=at)
        _settle(run, design, membership, chosen, by=by, at=at)
    return rows


@undo.inverse("programs.step_in")
@transaction.atomic
def not_stepped_in(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """They have not said so; who had lost a session has lost it as before, and nobody hears that they lead.

    Raises ProgramIsOver, SomeoneElseWasFaster.
    """
    moment, pks = undoing.moment_of(args), args["rows"]
    run = Cohort.objects.filter(sessions__told_of_leaders__in=pks).select_related("community", "program").first()
    if run is None:
        raise SomeoneElseWasFaster
    run.program.community = run.community
    held_program(run.program)
    rows = SessionLeader.objects.in_run(run).filter(pk__in=pks, since=moment).exclude(state=SessionLeader.State.OUT)
    found = list(rows.with_people().order_by("pk"))
    if len(found) != len(pks):
        raise SomeoneElseWasFaster
    undoing.log("programs.not_stepped_in", found[0], by=by, at=at, whose=found[0].membership.person_id)
    letters.take_back_leads_now(run, moment, by_id=by, at=at)
    for row in found:
        if before := args["before"].get(str(row.pk)):
            row.state, row.why, row.since = SessionLeader.State.OUT, before[0], datetime.fromisoformat(before[1])
            row.save(update_fields=["state", "why", "since"])
        else:
            row.delete()


@transaction.atomic
def confirm_leader(*, cohort: Cohort, membership: Membership, by: Person, at: datetime) -> list[SessionLeader]:
    """Let somebody lead who has offered to, wherever a leader is still needed.

    Raises ProgramIsOver, SomeoneElseWasFaster where the offer is gone, and what `step_in` raises.
    """
    run, _design = _held(cohort)
    offered = SessionLeader.objects.in_run(run).offered().filter(membership=membership)
    wanted = list(offered.values_list("session", flat=True))
    if not wanted:
        raise SomeoneElseWasFaster
    return step_in(cohort=run, membership=membership, sessions=wanted, is_chosen=True, by=by, at=at)


@transaction.atomic
def take_leader_offer_back(
    *,
    cohort: Cohort,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> int:
    """An offer to lead goes, taken back by the person or declined by a coordinator, and they are told.

    Raises ProgramIsOver, SomeoneElseWasFaster.
    """
    run, _design = _held(cohort)
    rows = SessionLeader.objects.in_run(run).offered().filter(membership=membership)
    first = rows.first()
    if first is None:
        raise SomeoneElseWasFaster
    Deed(by, at, on_behalf_of, channel).log("programs.offer_to_lead_over", first)
    count, _kinds = rows.delete()
    if on_behalf_of is None:
        letters.not_this_time(run, membership.person, by=by, at=at)
    return count


def may_step_in(program: Program, design: Mapping[str, Any], membership: Membership, *, at: datetime) -> bool:
    """Could this person lead sessions of the program, as far as step and role go?"""
    return bool(gaps.could_lead(program, design, on=program.community.day_of(at), only=[membership]))


def _open(
    run: Cohort, design: Mapping[str, Any], membership: Membership, sessions: Collection[UUID] | None, *, at: datetime
) -> list[Gap]:
    found = gaps.gaps_of(run.program, design, at=at, cohort=run)
    wanted = [gap for gap in found if sessions is None or gap.session.pk in sessions]
    return [gap for gap in wanted if membership.pk not in gap.led_by]


def _not_offered_yet(run: Cohort, membership: Membership, found: Sequence[Gap]) -> list[Gap]:
    """What somebody has offered stands as they said it first: saying it again, or Undo of that, takes nothing away."""
    offered = SessionLeader.objects.in_run(run).offered().filter(membership=membership)
    said = set(offered.values_list("session", flat=True))
    return [gap for gap in found if gap.session.pk not in said]


def _said_already(
    run: Cohort, membership: Membership, sessions: Collection[UUID] | None, *, at: datetime
) -> list[SessionLeader]:
    rows = SessionLeader.objects.in_run(run).filter(membership=membership, session__gathering__starts_at__gt=at)
    # The first one carries the way back, as when it was said.
    rows = rows.exclude(state=SessionLeader.State.OUT).order_by("session__gathering__starts_at", "session")
    return list(rows if sessions is None else rows.filter(session__in=sessions))


def _check_role(
    program: Program, design: Mapping[str, Any], membership: Membership, *, is_chosen: bool, at: datetime
) -> None:
    """Raises HoldsNoStep or MayNotLead. Where no step opens the role a coordinator chooses as they like."""
    check_steps(program, design, [membership], on=program.community.day_of(at))
    if not is_chosen and not may_step_in(program, design, membership, at=at):
        raise MayNotLead


def _with_checks(
    program: Program, design: Mapping[str, Any], membership: Membership, found: Sequence[Gap]
) -> list[Gap]:
    """Those on whose day they have all checks. Raises LeaderNotReady where there are none."""
    checks = gaps.checks_of(program, design, [membership], {gap.day for gap in found})
    reached = [gap for gap in found if not checks.lacking(membership, gap.day)]
    if not reached:
        raise LeaderNotReady(who=membership, what=checks.lacking(membership, found[0].day))
    return reached


def _check_lived(program: Program, design: Mapping[str, Any], membership: Membership, found: Sequence[Gap]) -> None:
    """Raises LivedExperienceMissing where the last place would be filled without it."""
    last = [gap for gap in found if len(gap.led_by) + 1 >= leaders.needed(design)]
    for together in {gap.led_by for gap in last}:
        members = [*Membership.objects.of(program.community).filter(pk__in=together), membership]
        marked = CohortLeader.objects.of(program.community).filter(cohort__program=program, from_lived_experience=True)
        said = who_said_lived(program, members) | set(marked.values_list("membership", flat=True))
        check_leaders(design, [Leader(one) for one in members], said=said)


def _write(gap: Gap, membership: Membership, state: str, deed: Deed) -> SessionLeader:
    row: SessionLeader
    row, _is_new = SessionLeader.objects.update_or_create(
        community=gap.session.community, session=gap.session, membership=membership,
        defaults={"state": state, "why": "", "since": deed.at, **deed.keyed()},
    )  # fmt: skip
    return row


def _settle(
    run: Cohort, design: Mapping[str, Any], membership: Membership, found: Sequence[Gap], *, by: Person, at: datetime
) -> None:
    """Who leads together is written down, whoever they are; offers for what is full go, and so does the question."""
    for together in {gap.led_by for gap in found}:
        members = [*Membership.objects.of(run.community).filter(pk__in=together), membership]
        note_leading_together(run, members, at=at)
    still = {gap.session.pk for gap in gaps.gaps_of(run.program, design, at=at, cohort=run)}
    over = SessionLeader.objects.in_run(run).offered().exclude(session__in=still)
    told = {row.membership_id: row.membership.person for row in over.with_people()}
    over.delete()
    going_on = set(SessionLeader.objects.in_run(run).offered().values_list("membership", flat=True))
    for pk, person in told.items():
        if pk not in going_on:
            letters.not_this_time(run, person, by=by, at=at)
    if not still:
        letters.need_nobody(run, at=at)


def _held(cohort: Cohort) -> tuple[Cohort, dict[str, Any]]:
    """The run, its program held: of two who step in at once, one is the first. Raises ProgramIsOver."""
    program = held_program(cohort.program)
    run: Cohort = Cohort.objects.of(program.community).get(pk=cohort.pk)
    run.program, run.community = program, program.community
    return run, design_of(program)
