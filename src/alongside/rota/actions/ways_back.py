"""Ways back for ten seconds: putting on and taking off, what became of a duty, closing and opening a day.

Each is open only while nothing else has changed in the rota since: its revision is still the one that the act left;
and whoever would have a duty again still shares these duties, with the checks that it needs.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Community
from alongside.programs.models import Program
from alongside.rota import letters
from alongside.rota.actions.holding import changed, held, held_program
from alongside.rota.actions.making import follow_section
from alongside.rota.actions.unasking import bring_swaps_back
from alongside.rota.eligible import may_be_back
from alongside.rota.models import Assignment, ClosedDay, Duty, Rota, Swap
from alongside.rota.planning import plan_of


@undo.inverse("rota.place")
@transaction.atomic
def place_no_more(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """Whoever was put on a duty is not on it, and whoever was there before is again. Raises SomeoneElseWasFaster."""
    made = _assignment(args["row"])
    rota = _unchanged(made.duty.rota, args["revision"])
    if Swap.objects.of(rota.community).filter(Q(assignment=made) | Q(given=made)).exists():
        raise SomeoneElseWasFaster
    undoing.log("rota.placed_no_more", made, by=by, at=at, whose=made.membership.person_id)
    letters.take_back(rota.community, "given", [made.pk], at=at)
    made.delete()
    if args["gone"]:
        letters.take_back(rota.community, "freed", [args["gone"]], at=at)
        _bring_back(_assignment(args["gone"]), args, at=at)
    changed(rota)


@undo.inverse("rota.take_off")
@transaction.atomic
def take_off_no_more(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """Whoever was taken off is on the duty again. Raises SomeoneElseWasFaster."""
    gone = _assignment(args["row"])
    rota = _unchanged(gone.duty.rota, args["revision"])
    letters.take_back(rota.community, "freed", [gone.pk], at=at)
    letters.take_back_open(gone, at=at)
    _bring_back(gone, args, at=at)
    changed(rota)
    undoing.log("rota.taken_off_no_more", gone, by=by, at=at, whose=gone.membership.person_id)


@undo.inverse("rota.settle_duty")
@transaction.atomic
def settle_no_more(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """What became of a duty is as it was said before, or not said yet. Raises SomeoneElseWasFaster."""
    one = _assignment(args["row"])
    rota = _unchanged(one.duty.rota, args["revision"])
    rows = Assignment.objects.of(rota.community).filter(pk=one.pk, settled_at=undoing.moment_of(args))
    undoing.bring_back(rows, **args["before"])
    changed(rota)
    undoing.log("rota.duty_settled_no_more", one, by=by, at=at)


@undo.inverse("rota.close_day")
@transaction.atomic
def close_no_more(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The day is on as before, with everybody who was on its duties. Raises SomeoneElseWasFaster."""
    closed = ClosedDay.objects.filter(pk=args["row"]).select_related("community", "program").first()
    if closed is None:
        raise SomeoneElseWasFaster
    rotas = _all_unchanged(closed.program, closed.community, closed.day, args["revisions"])
    undoing.log("rota.day_closed_no_more", closed, by=by, at=at)
    closed.delete()
    for rota in rotas:
        try:
            with transaction.atomic():
                if rota.is_draft:
                    _lay_out_again(rota, args["drafts"], at=at)
                else:
                    _call_on_again(rota, closed.day, undoing.moment_of(args), at=at)
        except IntegrityError as overtaken:
            raise SomeoneElseWasFaster from overtaken
        changed(rota)
    bring_swaps_back(closed.community, args["swaps"], at=at)


@undo.inverse("rota.open_day")
@transaction.atomic
def open_no_more(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The day is closed as before; its duties, on which nobody is yet, go. Raises SomeoneElseWasFaster."""
    program = Program.objects.filter(pk=args["program"]).select_related("community").first()
    if program is None:
        raise SomeoneElseWasFaster
    day = date.fromisoformat(args["day"])
    rotas = _all_unchanged(program, program.community, day, args["revisions"])
    closed, is_new = ClosedDay.objects.get_or_create(
        community=program.community, program=program, day=day,
        defaults={"id": args["row"], "why": args["why"], "made_by_id": args["made_by"], "made_at": args["made_at"]},
    )  # fmt: skip
    if not is_new:
        raise SomeoneElseWasFaster
    for rota in rotas:
        Duty.objects.on(rota).filter(pk__in=args["new"]).delete()
        changed(rota)
    undoing.log("rota.day_opened_no_more", closed, by=by, at=at)


def _assignment(pk: str) -> Assignment:
    rows = Assignment.objects.filter(pk=pk).select_related("community", "duty__rota__program", "membership")
    found: Assignment | None = rows.first()
    if found is None:
        raise SomeoneElseWasFaster
    found.duty.rota.community = found.duty.rota.program.community = found.community
    return found


def _unchanged(rota: Rota, revision: int) -> Rota:
    """The rota, held, as the act has left it. Raises SomeoneElseWasFaster."""
    stands = held(rota)
    if stands.revision != revision:
        raise SomeoneElseWasFaster
    return stands


def _all_unchanged(program: Program, community: Community, day: date, revisions: Mapping[str, int]) -> list[Rota]:
    """The same for every rota that has the day; there is none more and none less."""
    program.community = community
    stands = held_program(program)
    rotas = list(Rota.objects.on(stands).touching(day, day).order_by("pk"))
    if {str(rota.pk) for rota in rotas} != revisions.keys():
        raise SomeoneElseWasFaster
    for rota in rotas:
        rota.community, rota.program = community, stands
    return [_unchanged(rota, revisions[str(rota.pk)]) for rota in rotas]


def _bring_back(gone: Assignment, args: Mapping[str, Any], *, at: datetime) -> None:
    """Somebody has a duty again that they had before the act, with what was asked for it."""
    undoing.refuse_unless_here(gone.community_id, gone.membership_id)
    rows = Assignment.objects.of(gone.community).filter(pk=gone.pk, ended_at=undoing.moment_of(dict(args)))
    undoing.bring_back(rows, ended_at=None, ended_why="", is_fixed=args["was_fixed"])
    _refuse_unless_safe(gone.duty.rota, [gone.pk], at=at)
    bring_swaps_back(gone.community, args["swaps"], at=at)


def _refuse_unless_safe(rota: Rota, again: Iterable[UUID], *, at: datetime) -> None:
    """Whose check has ended, or who has left, while they had no duty to lose. Raises SomeoneElseWasFaster."""
    if not may_be_back(plan_of(rota, at=at), set(again)):
        raise SomeoneElseWasFaster


def _call_on_again(rota: Rota, day: date, moment: datetime, *, at: datetime) -> None:
    duties = list(Duty.objects.on(rota).filter(day=day, called_off_at=moment).values_list("pk", flat=True))
    Duty.objects.on(rota).filter(pk__in=duties).update(called_off_at=None)
    there = Assignment.objects.of(rota.community).filter(duty__in=duties, ended_at=None)
    undoing.refuse_unless_here(rota.community_id, *there.values_list("membership", flat=True))
    # The guard of the database looks at rows that are written: nobody may have two duties at once by now.
    there.update(ended_at=None)
    _refuse_unless_safe(rota, there.values_list("pk", flat=True), at=at)
    letters.take_back(rota.community, "off", there.values_list("pk", flat=True), at=at)


def _lay_out_again(rota: Rota, drafts: Iterable[Mapping[str, Any]], *, at: datetime) -> None:
    follow_section(rota)
    duties = {(duty.name, duty.starts_at.isoformat()): duty for duty in Duty.objects.on(rota).standing()}
    made = []
    for told in drafts:
        duty = duties.get((told["name"], told["starts_at"]))
        if duty is not None and told["rota"] == str(rota.pk):
            made.append(
                Assignment(
                    community=rota.community, duty=duty, family_id=told["family"], membership_id=told["membership"],
                    place=told["place"], is_fixed=told["is_fixed"], made_at=told["made_at"],
                )
            )  # fmt: skip
    undoing.refuse_unless_here(rota.community_id, *(one.membership_id for one in made))
    Assignment.objects.bulk_create(made)
    _refuse_unless_safe(rota, [one.pk for one in made], at=at)
