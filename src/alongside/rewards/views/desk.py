"""A desk: a code or a serial is typed in or scanned, and one thing is handed over, once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.gatherings.limits import Limit
from alongside.kernel.clock import now, today
from alongside.people import undoing
from alongside.people.access import MemberRequest, needs, note_refusal
from alongside.rewards import actions
from alongside.rewards.forms import CodeForm
from alongside.rewards.refusals import EXPECTED, words_for
from alongside.rewards.views.finding import any_entitlement, is_void_note, presented
from alongside.ui import flash

# Codes that belong to nothing, typed in within an hour by one person.
MOST_MISSES = 20
misses = Limit(MOST_MISSES)


@never_cache
@needs("rewards.redeem")
def desk(request: MemberRequest) -> HttpResponse:
    """One field. What is found is looked at before it is handed over."""
    form = CodeForm(request.POST or None)
    who = f"{request.community.pk}:{request.user.pk}"
    if request.method == "POST" and form.is_valid():
        if misses.is_reached(who):
            note_refusal(request, "rewards.redeem")
            form.add_error(None, _("Too many codes were wrong. Wait an hour, or ask a coordinator."))
        elif found := presented(request, form.cleaned_data["code"]):
            return redirect("rewards:hand_over", request.community.slug, found.pk)
        elif is_void_note(request, serial=form.cleaned_data["code"]):
            form.add_error("code", void_words())
        else:
            misses.count(who)
            form.add_error("code", _("We have nothing with this code. Look at it again."))
    return render(request, "rewards/desk.html", {"form": form})


@never_cache
@needs("rewards.redeem")
def hand_over(request: MemberRequest, entitlement_id: UUID) -> HttpResponse:
    """Whose it is and what; and the button that hands it over. A note is scanned by an id of its own."""
    if is_void_note(request, note_id=entitlement_id):
        flash.sorry(request, void_words())
        return redirect("rewards:desk", request.community.slug)
    row = any_entitlement(request, entitlement_id)
    if request.method == "POST":
        return _hand_over(request, entitlement_id)
    is_ready = row.is_in_hand and not row.has_run_out(today())
    context = {"row": row, "is_ready": is_ready, "is_mine": row.membership_id == request.membership.pk}
    return render(request, "rewards/hand_over.html", context)


def void_words() -> str:
    return _("This note is void: it was printed anew, withdrawn or handed on.")


def _hand_over(request: MemberRequest, entitlement_id: UUID) -> HttpResponse:
    row = any_entitlement(request, entitlement_id)
    try:
        done = actions.redeem(entitlement=row, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("rewards:hand_over", request.community.slug, row.pk)
    said = _("Handed over to %(name)s.") % {"name": row.membership.person}
    flash.done(request, said, undo_url=undoing.undo_url(done, by=request.user))
    return redirect(reverse("rewards:desk", args=[request.community.slug]))
