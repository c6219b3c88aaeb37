"""Minutes: read, written together, put forward, approved, corrected, and printed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.minutes import AnswerCorrectionForm, ApproveForm, CorrectForm, PassageForm
from alongside.decisions.models import AgendaItem, Attendance, Correction, Meeting, Minutes, Passage, Undertaking
from alongside.decisions.permissions.meetings import was_there
from alongside.decisions.refusals.meetings import EXPECTED, explain, words_for
from alongside.decisions.saying import name_of
from alongside.decisions.views.agenda import find_item
from alongside.decisions.views.attending import by_side
from alongside.decisions.views.finding import SPEAK, allowed, may_write_for, speaker_of
from alongside.decisions.views.meetings import find_meeting, hands_of, tabs
from alongside.kernel.clock import now, today
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.access import MemberRequest, actor, may, needs, note_refusal, subject
from alongside.people.undoing import undo_url
from alongside.ui import flash

WRITE = "decisions.write_minutes"


def minutes_shown(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """Everything that stands in the minutes, for page and paper."""
    items = list(AgendaItem.objects.on(meeting).in_order().with_words())
    passages = {one.item_id: one for one in Passage.objects.on(meeting).present()}
    hands = hands_of(meeting)
    undertakings = list(
        Undertaking.objects.of(meeting.community).filter(meeting=meeting).with_words().order_by("due_on", "id")
    )
    there = Attendance.objects.of(meeting.community).filter(meeting=meeting).select_related("membership__person")
    seats = list(there.order_by("membership__person__search_name", "pk"))
    return {
        "meeting": meeting,
        "minutes": actions.minutes_of(meeting),
        "rows": [
            {
                "item": one,
                "passage": passages.get(one.pk),
                "hands": [each for each in hands if each.item_id == one.pk],
            }
            for one in items
            if one.state in ("stands", "dealt_with") or one.pk in passages
        ],
        "moved": [one for one in items if one.state == "carried"],
        "dropped": [one for one in items if one.state == "dropped"],
        "undertakings": undertakings,
        "today": today(),
        "seats": seats,
        "sides": by_side(meeting, [(one.membership, actions.Seat(one.side, one.way)) for one in seats]),
        "shows_people": may(request, "people.see_members"),
    }


@never_cache
@needs("decisions.see_meetings")
def minutes(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """What was said and agreed, who approves it, and what people took on."""
    found, me = find_meeting(request, meeting_id), subject(request)
    shown = minutes_shown(request, found)
    state: Minutes | None = shown["minutes"]
    waits = state is not None and state.state == Minutes.State.PUT_FORWARD
    revision = state.revision if state else 0
    asked = Correction.objects.of(request.community).filter(meeting=found).select_related("membership__person", "item")
    may_write = allowed(request, WRITE, found)
    context = {
        **shown,
        "tabs": tabs(request, found, "minutes"),
        "may_write": may_write and not found.is_called_off and now() >= found.starts_at - actions.DOORS_OPEN,
        "is_writing": state is None or state.state == Minutes.State.WRITING,
        "waits": waits,
        "runs": may(request, "decisions.run_meetings"),
        "voices": _voices(found, revision) if revision else [],
        "corrections": asked.order_by("at", "id"),
        "was_there": was_there(found, me) is not None,
        "has_approved": revision
        and found.approvals.filter(revision=revision, membership=me, community=request.community).exists(),
        "for_others": waits and may_write_for(request) is not None,
        "form": ApproveForm(people=may_write_for(request), initial={"revision": revision}),
    }
    return render(request, "decisions/minutes.html", context)


def _voices(meeting: Meeting, revision: int) -> list[dict[str, Any]]:
    """What each side that was there says about the minutes as they are put forward."""
    return [{"name": name_of(side), "heard": one} for side, one in sorted(actions.heard(meeting, revision).items())]


@needs("decisions.write_minutes")
def write_minutes(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Write what was said and agreed on one matter. Who comes second is shown both texts, and loses nothing."""
    item = find_item(request, item_id)
    if not allowed(request, WRITE, item.meeting):
        note_refusal(request, WRITE)
        raise PermissionDenied
    states = list(_states(item))
    last = states[0] if states else None
    first = {"said": last.said, "agreed": last.agreed, "number": last.number} if last else {"number": 0}
    form = PassageForm(request.POST or None, initial=first)
    other: Passage | None = None
    if request.method == "POST" and form.is_valid():
        by = actor(request, SPEAK).by
        try:
            actions.write_passage(item=item, membership=subject(request), by=by, at=now(), **form.cleaned_data)
        except SomeoneElseWasFaster:
            other, form = last, _both(request, last)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Saved. Others who were there can write on."))
            return redirect(_passage_url(request, item))
    context = {"item": item, "meeting": item.meeting, "form": form, "other": other, "states": states}
    return render(request, "decisions/write_minutes.html", context)


def _both(request: MemberRequest, last: Passage | None) -> PassageForm:
    """The form again with what was typed, as the next state after the one of somebody faster."""
    sent = request.POST.copy()
    sent["number"] = str(last.number if last else 0)
    form = PassageForm(sent)
    form.add_error(None, _("Somebody else saved while you wrote. Their words stand below: put both together."))
    return form


def _states(item: AgendaItem) -> Sequence[Passage]:
    rows = Passage.objects.on(item.meeting).filter(item=item).select_related("membership__person")
    return list(rows.order_by("-number"))


def _passage_url(request: MemberRequest, item: AgendaItem) -> str:
    page = reverse("decisions:minutes", args=[request.community.slug, item.meeting_id])
    return f"{page}#item-{item.pk}"


@needs("decisions.see_meetings")
def passage_states(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Every state in which the minutes about one matter ever stood."""
    item = find_item(request, item_id)
    context = {
        "item": item,
        "meeting": item.meeting,
        "states": _states(item),
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/passage_states.html", context)


@require_POST
@needs("decisions.run_meetings")
def put_minutes_forward(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Ask everybody who was there whether it was so."""
    found = find_meeting(request, meeting_id)
    try:
        actions.put_minutes_forward(meeting=found, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("The minutes are put to everybody who was there."))
    return redirect("decisions:minutes", request.community.slug, found.pk)


@require_POST
@needs("decisions.approve_minutes")
def approve_minutes(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """That is how it was; by oneself, or written down for somebody who said so by phone or on paper."""
    found = find_meeting(request, meeting_id, "decisions.approve_minutes")
    form = ApproveForm(request.POST, people=may_write_for(request))
    if form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        try:
            given = actions.approve_minutes(
                meeting=found, membership=speaker.membership, at=now(), **told, **speaker.deed()
            )
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            flash.done(request, _("Approved. Thank you."), undo_url=undo_url(given, by=request.user))
    else:
        flash.sorry(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("decisions:minutes", request.community.slug, found.pk)


@needs("decisions.approve_minutes")
def correct_minutes(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Ask for other words."""
    found = find_meeting(request, meeting_id, "decisions.approve_minutes")
    state = actions.minutes_of(found)
    items = AgendaItem.objects.on(found).to_deal_with().in_order()
    form = CorrectForm(
        request.POST or None,
        items=items,
        people=may_write_for(request),
        initial={"revision": state.revision if state else 0},
    )
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        item = form.items.get(told.pop("item"))
        try:
            asked = actions.ask_correction(
                meeting=found, membership=speaker.membership, item=item, at=now(), **told, **speaker.deed()
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            text = _("It is asked. You are told what becomes of it.")
            flash.done(request, text, undo_url=undo_url(asked, by=request.user))
            return redirect("decisions:minutes", request.community.slug, found.pk)
    return render(request, "decisions/correct_minutes.html", {"meeting": found, "form": form})


@needs("decisions.run_meetings")
def answer_correction(request: MemberRequest, correction_id: UUID) -> HttpResponse:
    """Take a correction up, or say why not."""
    rows = Correction.objects.of(request.community).select_related("membership__person", "item")
    correction: Correction = get_object_or_404(rows, pk=correction_id)
    correction.community = request.community
    correction.meeting = find_meeting(request, correction.meeting_id)
    form = AnswerCorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_correction(
                correction=correction,
                membership=request.membership,
                take_up=given["verdict"] == "up",
                answer=given["answer"],
                by=request.user,
                at=now(),
            )
        except actions.ReasonMissing:
            form.add_error("answer", _("Write why it is not taken up."))
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Answered. Whoever asked is told."))
            return redirect("decisions:minutes", request.community.slug, correction.meeting_id)
    context = {"correction": correction, "meeting": correction.meeting, "form": form}
    return render(request, "decisions/answer_correction.html", context)


@needs("decisions.see_meetings")
def minutes_on_paper(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes for paper, with a slip to approve them by hand."""
    found = find_meeting(request, meeting_id)
    return render(request, "decisions/minutes_on_paper.html", {**minutes_shown(request, found), "at": now()})
