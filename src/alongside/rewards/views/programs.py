"""A program's rewards: what is agreed, stock and waiting lists, paper, and sums without names."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.rewards import actions, report, showing
from alongside.rewards.models import Draw, Entitlement, PaperNote, Reward
from alongside.rewards.refusals import EXPECTED, words_for
from alongside.rewards.views.finding import entitlement_to_print, find_program, find_reward
from alongside.ui import flash
from alongside.ui.qr import qr, qr_each

SHOWN_AT_ONCE = 200


@needs("rewards.see")
def program(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What a program thanks with, by the rules both sides agreed on."""
    found = find_program(request, program_id)
    is_me = may(request, "rewards.see_mine") and request.acting_for is None
    context = {
        "program": found,
        "items": showing.rewards_of(found),
        "on_the_way": showing.on_the_way(request.membership, found) if is_me else [],
        "draws": Draw.objects.on(found).select_related("reward").newest_first()[:20],
        "keeps_stock": may(request, "rewards.keep_stock"),
        "sees_sums": may(request, "rewards.see_sums"),
        "may_redeem": request.acting_for is None and may(request, "rewards.redeem"),
    }
    return render(request, "rewards/program.html", context)


@never_cache
@needs("rewards.keep_stock")
def stock(request: MemberRequest, reward_id: UUID) -> HttpResponse:
    """What is left, who has one ready, and who is in line."""
    reward = find_reward(request, reward_id)
    rows = Entitlement.objects.on(reward).select_related("membership__person")
    ready = rows.in_hand().with_paper().order_by("membership__person__search_name", "pk")
    context = {
        "reward": reward,
        "ready": ready[:SHOWN_AT_ONCE],
        "in_line": rows.in_line()[:SHOWN_AT_ONCE],
        "counts": {"ready": ready.count(), "in_line": rows.in_line().count()},
        "notes": showing.notes_of(reward),
    }
    return render(request, "rewards/stock.html", context)


@require_POST
@needs("rewards.see_mine")
def print_note(request: MemberRequest, entitlement_id: UUID) -> HttpResponse:
    """A note on paper, for oneself or for somebody without a screen; one printed before is void."""
    row = entitlement_to_print(request, entitlement_id)
    try:
        actions.print_note(entitlement=row, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("rewards:mine", request.community.slug)
    return redirect("rewards:note", request.community.slug, row.pk)


@require_POST
@needs("rewards.keep_stock")
def print_notes(request: MemberRequest, reward_id: UUID) -> HttpResponse:
    """Notes for those that were ticked, on one sheet; notes printed before are void."""
    reward = find_reward(request, reward_id)
    wanted = _wanted(request, reward)[:SHOWN_AT_ONCE]
    made = actions.print_notes(reward=reward, entitlements=wanted, by=request.user, at=now()) if wanted else []
    if made:
        return redirect("rewards:sheet", request.community.slug, reward.pk, made[0].pk)
    if request.POST.get("all") == "yes":
        flash.note(request, _("Everybody who has one ready has a note."))
    else:
        flash.sorry(request, _("Nothing is printed. Tick somebody who has one ready."))
    return redirect("rewards:stock", request.community.slug, reward.pk)


def _wanted(request: MemberRequest, reward: Reward) -> list[UUID]:
    if request.POST.get("all") == "yes":
        rows = Entitlement.objects.on(reward).in_hand().with_paper().filter(has_paper=False)
        return list(rows.order_by("membership__person__search_name", "pk").values_list("pk", flat=True))
    return [pk for text in request.POST.getlist("for") if (pk := _id_in(text))]


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@never_cache
@needs("rewards.keep_stock")
def sheet(request: MemberRequest, reward_id: UUID, note_id: UUID) -> HttpResponse:
    """All notes that were printed together with this one and can still be used."""
    reward = find_reward(request, reward_id)
    first = get_object_or_404(PaperNote.objects.of(request.community), pk=note_id, entitlement__reward=reward)
    notes = PaperNote.objects.printed_with(first).out().select_related("entitlement__membership__person")
    in_order = list(notes.order_by("number"))
    pictures = qr_each((_desk_address(request, each) for each in in_order), scale=4)
    context = {
        "reward": reward,
        "printed_at": first.printed_at,
        "notes": list(zip(in_order, pictures, strict=True)),
        "back_url": reverse("rewards:stock", args=[request.community.slug, reward.pk]),
    }
    return render(request, "rewards/sheet.html", context)


def _desk_address(request: MemberRequest, paper: PaperNote) -> str:
    """By the id of the note, not of what it is for: a note that was lost is void when another is printed."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('rewards:hand_over', args=[request.community.slug, paper.pk])}"


@never_cache
@needs("rewards.see_mine")
def note(request: MemberRequest, entitlement_id: UUID) -> HttpResponse:
    """The note, in large print, with its serial and a picture to scan."""
    row = entitlement_to_print(request, entitlement_id)
    paper = PaperNote.objects.on(row).out().first()
    home = reverse("rewards:mine", args=[request.community.slug])
    if paper is None:
        flash.sorry(request, _("There is no note for it that can be used. Print a new one."))
        return redirect(home)
    context = {
        "row": row,
        "paper": paper,
        "qr": qr(_desk_address(request, paper), scale=4),
        "large_print": "small" not in request.GET,
        "back_url": home,
    }
    return render(request, "rewards/note.html", context)


@needs("rewards.see_sums")
def sums(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What became of rewards, and who came again without one. No name stands here."""
    found = find_program(request, program_id)
    rows = report.rows_of(found)
    context = {
        "program": found,
        "rows": rows,
        "outstanding": report.outstanding_of(found, rows, on=today()),
        "again": report.again_of(found, on=today()),
    }
    return render(request, "rewards/sums.html", context)
