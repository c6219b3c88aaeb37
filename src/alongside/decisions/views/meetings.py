"""Meetings: which there are, calling one, changing it, and saying whether one comes."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.decisions.forms.meetings import CallForm, ChangeMeetingForm, ComingForm, WhyForm
from alongside.decisions.models import AgendaItem, Coming, HandVote, Meeting, Minutes, Undertaking
from alongside.decisions.permissions.meetings import is_invited, seen_meetings, was_there
from alongside.decisions.refusals.meetings import EXPECTED, explain
from alongside.decisions.rules.minutes import planned
from alongside.decisions.saying import name_of
from alongside.decisions.views.finding import allowed, may_write_for, page_of, speaker_of, viewpoint
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, note_refusal, subject
from alongside.people.models import Group
from alongside.ui import flash

MOST_SHOWN = 30


def find_meeting(request: MemberRequest, meeting_id: UUID, permission: str = "decisions.see_meetings") -> Meeting:
    """A meeting of this community that one has `permission` for, or 404 (403 without it)."""
    rows = Meeting.objects.of(request.community).with_words()
    meeting: Meeting = get_object_or_404(rows, pk=meeting_id)
    meeting.community = request.community
    if not (is_invited(viewpoint(request), meeting) and allowed(request, permission, meeting)):
        note_refusal(request, permission)
        raise PermissionDenied
    return meeting


def tabs(request: MemberRequest, meeting: Meeting, current: str) -> list[dict[str, Any]]:
    """The pages of one meeting."""
    pages = {"meeting": _("Agenda"), "minutes": _("Minutes")}
    if not meeting.is_called_off and now() >= meeting.starts_at - actions.DOORS_OPEN:
        pages = {"meeting": _("Agenda"), "run_meeting": _("In the meeting"), "minutes": _("Minutes")}
        if may(request, "decisions.run_meetings") and not Minutes.objects.of(meeting.community).fixed(meeting):
            pages["attendance"] = _("Who is there")
    return [
        {
            "label": label,
            "url": reverse(f"decisions:{name}", args=[request.community.slug, meeting.pk]),
            "current": name == current,
        }
        for name, label in pages.items()
    ]


@needs("decisions.see_meetings")
def meetings(request: MemberRequest) -> HttpResponse:
    """Meetings that are coming, and those that were; what people took on."""
    here, at = seen_meetings(viewpoint(request)), now()
    past, older = page_of(here.past(at), before=request.GET.get("before", ""), by="starts_at")
    context = {
        "coming": here.coming(at).with_words()[:MOST_SHOWN],
        "past": past,
        "older_url": f"?before={older}" if older else "",
        "open_ones": _open_undertakings(request),
        "today": today(),
        "may_call": may(request, "decisions.run_meetings"),
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/meetings.html", context)


def _open_undertakings(request: MemberRequest) -> list[Undertaking]:
    rows = Undertaking.objects.of(request.community).open().filter(meeting__in=seen_meetings(viewpoint(request)))
    return list(rows.with_words().order_by("due_on", "id")[:MOST_SHOWN])


@needs("decisions.run_meetings")
def call_meeting(request: MemberRequest) -> HttpResponse:
    """Call people together."""
    groups = Group.objects.of(request.community).filter(closed_at=None).order_by("name", "id")
    form = CallForm(request.POST or None, community=request.community, groups=groups, today=today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.call_meeting(
                membership=request.membership,
                told=form.told(),
                group=form.chosen_group,
                decides_by=actions.DecidesBy([given["one"], given["other"]], given["least_each_side"]),
                by=request.user,
                at=now(),
                key=given["key"],
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("The meeting is called. Those it is for are told."))
            return redirect("decisions:meeting", request.community.slug, made.pk)
    return render(request, "decisions/call_meeting.html", {"form": form})


@needs("decisions.see_meetings")
def meeting(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """When and where it is, whether one comes, and what stands on the agenda."""
    found, me = find_meeting(request, meeting_id), subject(request)
    runs = may(request, "decisions.run_meetings")
    items = list(AgendaItem.objects.on(found).in_order().with_words())
    standing = [one for one in items if one.state in ("stands", "dealt_with")]
    said = Coming.objects.of(request.community).filter(meeting=found)
    context = {
        "meeting": found,
        "tabs": tabs(request, found, "meeting"),
        "items": standing,
        "gone": [one for one in items if one not in standing],
        "planned": planned((one.minutes for one in standing), length=found.minutes),
        "mine": said.filter(membership=me).first() if request.acting_for is None else None,
        "has_said": said.filter(membership=me).exists(),
        "come": said.filter(comes=True).count(),
        "coming": said.select_related("membership__person").order_by("membership__person__search_name") if runs else [],
        "is_over": found.is_over or found.is_called_off,
        "is_near": now() >= found.starts_at - actions.DOORS_OPEN,
        "runs": runs,
        "may_bring": allowed(request, "decisions.bring_item", found) and not (found.is_over or found.is_called_off),
        "left": [one for one in standing if one.state == "stands"] if found.is_over or found.is_called_off else [],
        "sides": [name_of(side) for side in found.sides],
        "was_there": was_there(found, me) is not None,
        "hands": hands_of(found),
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/meeting.html", context)


def hands_of(found: Meeting) -> list[HandVote]:
    """What was counted in a meeting by show of hands."""
    rows = HandVote.objects.of(found.community).filter(meeting=found).with_words().select_related("decision")
    return list(rows.order_by("at", "id"))


@needs("decisions.run_meetings")
def change_meeting(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Another time or place, for a reason."""
    found = find_meeting(request, meeting_id)
    form = ChangeMeetingForm(request.POST or None, meeting=found, today=today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_meeting(
                meeting=found, told=form.told(), why=given["why"], seen=given["seen"], by=request.user, at=now()
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Changed. People are told."))
            return redirect("decisions:meeting", request.community.slug, found.pk)
    return render(request, "decisions/change_meeting.html", {"meeting": found, "form": form})


@needs("decisions.run_meetings")
def call_off_meeting(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """It does not take place, for a reason that everybody reads."""
    found = find_meeting(request, meeting_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_off_meeting(meeting=found, why=form.cleaned_data["why"], by=request.user, at=now())
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("The meeting is called off. People are told."))
            return redirect("decisions:meeting", request.community.slug, found.pk)
    return render(request, "decisions/call_off_meeting.html", {"meeting": found, "form": form})


@needs("decisions.bring_item")
def coming(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Say whether one comes, or write it down for somebody who phoned."""
    found = find_meeting(request, meeting_id)
    mine = Coming.objects.of(request.community).filter(meeting=found, membership=subject(request)).first()
    first = {"comes": "yes" if mine.comes else "no", "needs": mine.needs} if mine and not request.acting_for else {}
    form = ComingForm(request.POST or None, people=may_write_for(request), initial=first)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        try:
            actions.say_coming(
                meeting=found,
                membership=speaker.membership,
                comes=told["comes"] == "yes",
                needs=told["needs"],
                at=now(),
                **speaker.deed(),
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Thank you. You can change it until the meeting is over."))
            return redirect("decisions:meeting", request.community.slug, found.pk)
    return render(request, "decisions/coming.html", {"meeting": found, "form": form})
