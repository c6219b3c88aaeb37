"""What people take on in a meeting: written down, said yes to, passed on, and done."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.minutes import EndForm, OwnedForm, UndertakeForm
from alongside.decisions.models import AgendaItem, Undertaking
from alongside.decisions.permissions.meetings import invited_to
from alongside.decisions.refusals.meetings import EXPECTED, explain, words_for
from alongside.decisions.views.finding import SPEAK, allowed
from alongside.decisions.views.meetings import find_meeting
from alongside.decisions.views.minutes import WRITE
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, may, needs, note_refusal, subject
from alongside.people.undoing import undo_url
from alongside.ui import flash


def find_undertaking(request: MemberRequest, undertaking_id: UUID) -> Undertaking:
    """Something somebody took on in a meeting one may read about, or 404 (403)."""
    rows = Undertaking.objects.of(request.community).with_words()
    found: Undertaking = get_object_or_404(rows, pk=undertaking_id)
    found.community = request.community
    found.meeting = find_meeting(request, found.meeting_id)
    return found


@needs("decisions.write_minutes")
def undertake(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Write down what is to be done, by whom, until when; `?item=` begins with that matter."""
    found = find_meeting(request, meeting_id, WRITE)
    items = AgendaItem.objects.on(found).to_deal_with().in_order()
    form = UndertakeForm(
        request.POST or None, items=items, today=today(), initial={"item": request.GET.get("item", "")}
    )
    form.offer(invited_to(found, on=today()), today=today())
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        item, by = form.items.get(told.pop("item")), actor(request, SPEAK).by
        try:
            made = actions.undertake(meeting=found, membership=subject(request), item=item, by=by, at=now(), **told)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            asked = made.state == Undertaking.State.ASKED
            text = _("Written down. They were not there, so they are asked first.") if asked else _("Written down.")
            flash.done(request, text)
            return redirect("decisions:minutes", request.community.slug, found.pk)
    return render(request, "decisions/undertake.html", {"meeting": found, "form": form})


@needs("decisions.see_meetings")
def undertaking(request: MemberRequest, undertaking_id: UUID) -> HttpResponse:
    """One thing that is to be done, and what one can say about it."""
    found = find_undertaking(request, undertaking_id)
    mine = found.owner_id == subject(request).pk
    runs = may(request, "decisions.run_meetings")
    context = {
        "undertaking": found,
        "meeting": found.meeting,
        "is_asked": mine and found.state == Undertaking.State.ASKED,
        "may_end": found.is_open and (mine or runs) and found.state == Undertaking.State.TAKEN,
        "may_drop": found.is_open and runs and found.state != Undertaking.State.TAKEN,
        "may_pass_on": found.is_open and runs,
        "is_late": found.is_late(today()),
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/undertaking.html", context)


@require_POST
@needs("decisions.bring_item")
def answer_undertaking(request: MemberRequest, undertaking_id: UUID) -> HttpResponse:
    """Yes, or no: then it is somebody else's."""
    found, yes = find_undertaking(request, undertaking_id), "yes" in request.POST
    try:
        actions.answer_undertaking(
            undertaking=found, membership=subject(request), yes=yes, at=now(), **actor(request, SPEAK)._asdict()
        )
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        text = _("Thank you. It is yours now.") if yes else _("Thank you for saying so. We ask somebody else.")
        flash.done(request, text)
    return redirect("decisions:undertaking", request.community.slug, found.pk)


@needs("decisions.end_undertaking")
def end_undertaking(request: MemberRequest, undertaking_id: UUID) -> HttpResponse:
    """Say that it is done, or why it is not."""
    found = find_undertaking(request, undertaking_id)
    if found.owner_id != subject(request).pk and not allowed(request, "decisions.end_undertaking", found):
        note_refusal(request, "decisions.end_undertaking")
        raise PermissionDenied
    form = EndForm(request.POST or None, initial={"how": "done"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            ended = actions.end_undertaking(
                undertaking=found,
                done=given["how"] == "done",
                word=given["word"],
                at=now(),
                **actor(request, SPEAK)._asdict(),
            )
        except actions.ReasonMissing:
            form.add_error("word", _("Write why it will not be done."))
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Written down. Thank you."), undo_url=undo_url(ended, by=request.user))
            return redirect("decisions:undertaking", request.community.slug, found.pk)
    return render(request, "decisions/end_undertaking.html", {"undertaking": found, "form": form})


@needs("decisions.run_meetings")
def pass_on(request: MemberRequest, undertaking_id: UUID) -> HttpResponse:
    """Ask somebody else, or name another day."""
    found = find_undertaking(request, undertaking_id)
    first = {"owner": found.owner.number if found.owner else "", "due_on": max(found.due_on, today())}
    form = OwnedForm(request.POST or None, initial=first)
    form.offer(invited_to(found.meeting, on=today()), today=today())
    if request.method == "POST" and form.is_valid():
        try:
            actions.pass_on(
                undertaking=found, membership=request.membership, by=request.user, at=now(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Written down. They are told."))
            return redirect("decisions:undertaking", request.community.slug, found.pk)
    return render(request, "decisions/pass_on.html", {"undertaking": found, "form": form})
