"""Recognised work: noting it, seeing what it comes to, and the members' own list of its kinds."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.timebank import actions
from alongside.timebank.forms.keeping import RecognisedKindForm
from alongside.timebank.forms.recognised import RecognisedForm
from alongside.timebank.models import RecognisedKind, RecognisedWork, TimeBank
from alongside.timebank.refusals import EXPECTED, explain
from alongside.timebank.showing.recognition import latest_of, totals
from alongside.timebank.views.finding import NOTE, acting, holder, room_tabs
from alongside.ui import flash
from alongside.ui.words import hours_text


@needs("timebank.note_recognised_work")
def recognised(request: MemberRequest) -> HttpResponse:
    person = holder(request, NOTE)
    form = RecognisedForm(request.POST or None, community=request.community, today=today())
    if request.method == "POST" and form.is_valid() and (noted := _note(request, form)):
        flash.done(request, _("%(hours)s noted. Thank you for it.") % {"hours": hours_text(noted.minutes)})
        return redirect("timebank:recognised", request.community.slug)
    bank: TimeBank | None = TimeBank.objects.of(request.community).first()
    context = {
        "tabs": room_tabs(request, "timebank:recognised"),
        "form": form,
        "year": today().year,
        "totals": totals(
            request.community, person, year=today().year, small_numbers=may(request, "timebank.see_small_numbers")
        ),
        "latest": latest_of(request.community, person),
        "earns": bool(bank and bank.recognised_work_credits),
    }
    return render(request, "timebank/recognised.html", context)


def _note(request: MemberRequest, form: RecognisedForm) -> RecognisedWork | None:
    who = acting(request, NOTE)
    person = who.pop("on_behalf_of") or request.user
    try:
        return actions.note_recognised_work(person=person, at=now(), **who, **form.cleaned_data)
    except EXPECTED as refusal:
        explain(refusal, form)
        return None


@needs("timebank.edit_recognised_kinds")
def recognised_kinds(request: MemberRequest) -> HttpResponse:
    """The list belongs to the members: everybody may add to it, or take something out."""
    form = RecognisedKindForm(request.POST or None, community=request.community)
    if request.method == "POST" and form.is_valid():
        actions.add_recognised_kind(community=request.community, by=request.user, at=now(), **form.cleaned_data)
        flash.done(request, _("“%(name)s” is in the list now.") % {"name": form.cleaned_data["name"]})
        return redirect("timebank:recognised_kinds", request.community.slug)
    found = RecognisedKind.objects.of(request.community).order_by("name")
    context = {"form": form, "kinds": [kind for kind in found if kind.archived_at is None]}
    return render(request, "timebank/recognised_kinds.html", context)


@require_POST
@needs("timebank.edit_recognised_kinds")
def archive_recognised_kind(request: MemberRequest, kind_id: UUID) -> HttpResponse:
    kind: RecognisedKind = get_object_or_404(RecognisedKind.objects.of(request.community), pk=kind_id)
    actions.archive_recognised_kind(kind=kind, by=request.user, at=now())
    flash.done(request, _("“%(name)s” is out of the list. What was noted stays.") % {"name": kind})
    return redirect("timebank:recognised_kinds", request.community.slug)
