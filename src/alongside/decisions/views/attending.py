"""In the meeting: who is there, which matter it is at, and how much time is left."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.meetings import AttendanceForm
from alongside.decisions.models import AgendaItem, Attendance, Coming, Meeting, Minutes
from alongside.decisions.refusals.meetings import EXPECTED, explain, words_for
from alongside.decisions.saying import name_of
from alongside.decisions.views.agenda import find_item
from alongside.decisions.views.finding import allowed
from alongside.decisions.views.meetings import find_meeting, hands_of, tabs
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs
from alongside.people.models import Membership
from alongside.people.undoing import undo_url
from alongside.ui import flash


@needs("decisions.run_meetings")
def attendance(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Tick who is there, and for which side; several people may do so at once."""
    found = find_meeting(request, meeting_id)
    rows = Attendance.objects.of(request.community).filter(meeting=found).select_related("membership__person")
    there = {one.membership: actions.Seat(one.side, one.way) for one in rows}
    form = AttendanceForm(
        request.POST or None, may_sit=_likely_first(found, there), there=there, visitors=found.visitors
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_attendance(
                meeting=found,
                came=form.came(),
                gone=form.gone(),
                visitors=form.cleaned_data["visitors"],
                by=request.user,
                at=now(),
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Written down."))
            return redirect("decisions:attendance", request.community.slug, found.pk)
    is_fixed = Minutes.objects.of(request.community).fixed(found)
    context = {
        "meeting": found,
        "fixed_why": words_for(actions.MinutesStand()) if is_fixed else "",
        "tabs": tabs(request, found, "attendance"),
        "form": form,
        "there": by_side(found, list(there.items())),
        "many": len(there) + found.visitors,
    }
    return render(request, "decisions/attendance.html", context)


def _likely_first(meeting: Meeting, there: Mapping[Membership, actions.Seat]) -> dict[Membership, tuple[str, ...]]:
    """Those who are ticked, then those who said that they come, then all others, each by name."""
    said = Coming.objects.of(meeting.community).filter(meeting=meeting, comes=True)
    come = set(said.values_list("membership_id", flat=True))
    rows = actions.may_sit(meeting, now())
    return dict(sorted(rows.items(), key=lambda row: (row[0] not in there, row[0].pk not in come)))


def by_side(meeting: Meeting, there: Sequence[tuple[Any, actions.Seat]]) -> list[dict[str, Any]]:
    """How many were there of each side, the deciding sides first."""
    sides = [*meeting.sides, *sorted({seat.side for _one, seat in there} - set(meeting.sides))]
    many = Counter(seat.side for _one, seat in there)
    return [{"name": name_of(side), "many": many[side], "decides": side in meeting.sides} for side in sides]


@needs("decisions.run_meetings")
def attendance_on_paper(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """A list for signing, in large print."""
    found = find_meeting(request, meeting_id)
    may_sit = actions.may_sit(found, now())
    context = {
        "meeting": found,
        "rows": [{"member": one, "sides": [name_of(side) for side in sides]} for one, sides in may_sit.items()],
        "empty": range(8),
        "large_print": True,
        "at": now(),
    }
    return render(request, "decisions/attendance_on_paper.html", context)


@never_cache
@needs("decisions.see_meetings")
def run_meeting(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Where the meeting is now, for a telephone in the hand: the matter, the time left, what comes next."""
    found, at = find_meeting(request, meeting_id), now()
    items = list(AgendaItem.objects.on(found).to_deal_with().in_order().with_words())
    current = next((one for one in items if one.began_at is not None), None)
    waiting = [one for one in items if one.state == "stands" and one is not current]
    context = {
        "meeting": found,
        "tabs": tabs(request, found, "run_meeting"),
        "items": [{"item": one, **_clock(one, at)} for one in items],
        "current": current,
        "clock": _clock(current, at) if current else {},
        "waiting": waiting,
        "next_up": waiting[0] if waiting else None,
        "are_approved": Minutes.objects.of(request.community).filter(meeting=found, state="approved").exists(),
        "meeting_left": _minutes(int((found.ends_at - at).total_seconds())),
        "runs": may(request, "decisions.run_meetings") and not found.is_over and not found.is_called_off,
        "may_write": allowed(request, "decisions.write_minutes", found),
        "may_begin": at >= found.starts_at - actions.DOORS_OPEN,
        "hands": {one.item_id: one for one in hands_of(found)},
    }
    part = "decisions/_running.html" if request.htmx else "decisions/run_meeting.html"
    return render(request, part, context)


def _clock(item: AgendaItem, at: datetime) -> dict[str, Any]:
    """How long it has taken, and what is left of its minutes; below zero: over its time."""
    spent = item.seconds_spent(at)
    left = item.minutes * 60 - spent
    return {"spent": spent // 60, "left": _minutes(left), "is_over_time": left < 0, "over": -(left // 60)}


def _minutes(seconds: int) -> int:
    """Whole minutes, begun ones counted; 0 where nothing is left."""
    return max(0, -(-seconds // 60))


@require_POST
@needs("decisions.run_meetings")
def take_item(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Talk about this one now."""
    item = find_item(request, item_id)
    try:
        actions.take_item(item=item, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    return redirect("decisions:run_meeting", request.community.slug, item.meeting_id)


@require_POST
@needs("decisions.run_meetings")
def end_meeting(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """It is over."""
    found = find_meeting(request, meeting_id)
    try:
        actions.end_meeting(meeting=found, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(
            request,
            _("The meeting is over. Now finish the minutes."),
            undo_url=undo_url(found, by=request.user),
        )
    return redirect("decisions:minutes", request.community.slug, found.pk)
