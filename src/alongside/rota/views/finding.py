"""Rows that a page may be about. A draft is there for whoever keeps rotas, and for nobody else."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from alongside.people.access import MemberRequest, actor, may, note_refusal, subject
from alongside.people.models import Membership
from alongside.programs.models import Program
from alongside.rota.models import Assignment, Away, ClosedDay, Duty, Exemption, Rota, Swap, Wish
from alongside.rota.permissions import DO_DUTIES


def _found(request: MemberRequest, rows: Any, permission: str = "rota.see") -> Any:
    row = rows.first()
    if row is None:
        note_refusal(request, permission)
        raise Http404
    row.community = request.community
    return row


def keeps(request: MemberRequest) -> bool:
    """Does the person of this request keep rotas, and act for nobody?"""
    return request.acting_for is None and may(request, "rota.keep")


def me(request: MemberRequest) -> Membership:
    """Whose duties a page is about: one's own, or of whom one acts for. Raises PermissionDenied without their leave."""
    acting = request.acting_for
    if acting is not None and DO_DUTIES not in acting.abilities:
        note_refusal(request, DO_DUTIES)
        raise PermissionDenied
    member = subject(request)
    member.community = request.community
    return member


def deed_of(request: MemberRequest) -> dict[str, Any]:
    """Who does it, for whom, and how they heard of it."""
    who = actor(request, DO_DUTIES)
    return {"by": who.by, "on_behalf_of": who.on_behalf_of, "channel": who.channel}


def duty_url(request: MemberRequest, duty_id: UUID) -> str:
    return reverse("rota:duty", args=[request.community.slug, duty_id])


def swap_url(request: MemberRequest, swap_id: UUID) -> str:
    return reverse("rota:swap", args=[request.community.slug, swap_id])


def find_program(request: MemberRequest, program_id: UUID) -> Program:
    program: Program = _found(
        request, Program.objects.of(request.community).filter(pk=program_id).select_related("group")
    )
    return program


def find_rota(request: MemberRequest, rota_id: UUID) -> Rota:
    rows = Rota.objects.of(request.community).with_program().filter(pk=rota_id)
    rota: Rota = _found(request, rows if may(request, "rota.keep") else rows.published())
    return _whole(request, rota)


def _whole(request: MemberRequest, rota: Rota) -> Rota:
    rota.community = rota.program.community = request.community
    return rota


def find_duty(request: MemberRequest, duty_id: UUID) -> Duty:
    rows = Duty.objects.of(request.community).select_related("rota__program__group").filter(pk=duty_id)
    if not may(request, "rota.keep"):
        rows = rows.exclude(rota__published_at=None)
    duty: Duty = _found(request, rows)
    duty.program = _whole(request, duty.rota).program
    return duty


def find_assignment(request: MemberRequest, assignment_id: UUID) -> Assignment:
    """One that holds; for who keeps rotas any, for others their own."""
    rows = Assignment.objects.of(request.community).standing().with_people().filter(pk=assignment_id)
    if not keeps(request):
        rows = rows.published().filter(membership=me(request))
    one: Assignment = _found(request, rows, "rota.take_part")
    one.duty.community = one.membership.community = request.community
    _whole(request, one.duty.rota)
    return one


def find_swap(request: MemberRequest, swap_id: UUID) -> Swap:
    rows = Swap.objects.of(request.community).with_duty().filter(pk=swap_id)
    swap: Swap = _found(request, rows, "rota.take_part")
    for each in (swap.assignment, swap.given):
        if each is not None:
            each.community = each.duty.community = each.membership.community = request.community
            _whole(request, each.duty.rota)
    one = swap.assignment
    if not keeps(request) and swap.asked_of_id not in (None, me(request).pk) and one.membership_id != me(request).pk:
        note_refusal(request, "rota.take_part")
        raise Http404
    return swap


def my_away(request: MemberRequest, away_id: UUID) -> Away:
    away: Away = _found(request, Away.objects.by(me(request)).filter(pk=away_id), "rota.take_part")
    return away


def my_wish(request: MemberRequest, wish_id: UUID) -> Wish:
    wish: Wish = _found(request, Wish.objects.by(me(request)).filter(pk=wish_id), "rota.take_part")
    return wish


def find_closed(request: MemberRequest, closed_id: UUID) -> ClosedDay:
    rows = ClosedDay.objects.of(request.community).select_related("program").filter(pk=closed_id)
    closed: ClosedDay = _found(request, rows, "rota.keep")
    closed.program.community = request.community
    return closed


def find_exemption(request: MemberRequest, exemption_id: UUID) -> Exemption:
    rows = Exemption.objects.of(request.community).standing().select_related("family").filter(pk=exemption_id)
    exemption: Exemption = _found(request, rows, "rota.keep")
    return exemption
