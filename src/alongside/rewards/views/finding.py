"""Rows that a page may be about. What is not found here is not there for whoever asks."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from alongside.people.access import MemberRequest, may, note_refusal
from alongside.programs.models import Program
from alongside.rewards.models import Draw, Entitlement, PaperNote, Reward
from alongside.rewards.whose import holder


def my_entitlement(request: MemberRequest, entitlement_id: UUID) -> Entitlement:
    """One of whoever speaks here, or 404: nobody learns that somebody else's is there."""
    rows = Entitlement.objects.of_member(holder(request)).filter(pk=entitlement_id)
    row = rows.with_rewards().select_related("membership__person").first()
    if row is None:
        note_refusal(request, "rewards.use_mine")
        raise Http404
    return _with_community(request, row)


def entitlement_to_print(request: MemberRequest, entitlement_id: UUID) -> Entitlement:
    """One's own, or, for who looks after the stock, anybody's."""
    if request.acting_for is None and may(request, "rewards.keep_stock"):
        return any_entitlement(request, entitlement_id)
    return my_entitlement(request, entitlement_id)


def any_entitlement(request: MemberRequest, entitlement_id: UUID) -> Entitlement:
    """One of this community, for a desk or who looks after the stock; or 404. A note leads to what it is for."""
    notes = PaperNote.objects.of(request.community).filter(pk=entitlement_id).exclude(state=PaperNote.State.VOID)
    rows = Entitlement.objects.of(request.community).filter(
        Q(pk=entitlement_id) | Q(pk__in=notes.values("entitlement"))
    )
    return _with_community(
        request, get_object_or_404(rows.with_rewards().select_related("membership__person", "settled_by"))
    )


def is_void_note(request: MemberRequest, *, serial: str = "", note_id: UUID | None = None) -> bool:
    """Was this a note once, that counts no more?"""
    void = PaperNote.objects.of(request.community).filter(state=PaperNote.State.VOID)
    return bool(void.filter(pk=note_id).exists() if note_id else void.filter(serial=serial).exists())


def presented(request: MemberRequest, code: str) -> Entitlement | None:
    """What belongs to a code, or to the serial of a note that is not void; None where nothing does."""
    rows = Entitlement.objects.of(request.community)
    if found := rows.filter(code=code).first():
        return found  # type: ignore[no-any-return]
    notes = PaperNote.objects.of(request.community).filter(serial=code).exclude(state=PaperNote.State.VOID)
    note = notes.select_related("entitlement").first()
    return note.entitlement if note else None


def find_reward(request: MemberRequest, reward_id: UUID) -> Reward:
    rows = Reward.objects.of(request.community).select_related("program")
    reward: Reward = get_object_or_404(rows, pk=reward_id)
    reward.community = reward.program.community = request.community
    return reward


def find_program(request: MemberRequest, program_id: UUID) -> Program:
    program: Program = get_object_or_404(Program.objects.of(request.community), pk=program_id)
    program.community = request.community
    return program


def find_draw(request: MemberRequest, draw_id: UUID) -> Draw:
    draw: Draw = get_object_or_404(Draw.objects.of(request.community).select_related("reward__program"), pk=draw_id)
    draw.community = draw.reward.community = draw.reward.program.community = request.community
    return draw


def _with_community(request: MemberRequest, row: Entitlement) -> Entitlement:
    row.community = row.reward.community = row.reward.program.community = request.community
    row.membership.community = request.community
    return row
