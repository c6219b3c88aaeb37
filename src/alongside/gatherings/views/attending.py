"""Who is there: ticks on a telephone, sheets to sign and their numbers, contradictions, and the closing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.gatherings import actions
from alongside.gatherings.due import due_at
from alongside.gatherings.forms.taking_part import (
    CodeForm,
    MarkForm,
    SettleForm,
    SheetForm,
    WalkInForm,
    moment_of,
)
from alongside.gatherings.models import Attendance, Gathering, Mark, Sheet
from alongside.gatherings.refusals import EXPECTED, explain, words_for
from alongside.gatherings.views.finding import find_gathering, people_here, tabs
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.models import Membership
from alongside.people.undoing import undo_url
from alongside.ui import flash
from alongside.ui.qr import qr

EMPTY_LINES = 10


@never_cache
@needs("gatherings.look_after")
def attendance(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """One line a person, with buttons for a thumb; people who came without a place come below."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    form = WalkInForm(request.POST or None, people=people_here(request))
    if request.method == "POST" and form.is_valid():
        member: Membership = form.cleaned_data["whose"]
        try:
            actions.mark(
                gathering=found, membership=member, said=Mark.Said.CAME, by=request.user, at=now(),
                key=form.cleaned_data["key"],
            )  # fmt: skip
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("%(name)s is on the list.") % {"name": member.person})
            return redirect("gatherings:attendance", request.community.slug, found.pk)
    rows = tick_rows(found)
    context = {
        "gathering": found,
        "tabs": tabs(request, found, "attendance"),
        "rows": rows,
        "came": sum(row["state"] == Attendance.State.CAME for row in rows),
        "form": form,
        "may_close": now() >= found.starts_at and found.closed_at is None,
        "contradicted": sum(row["is_disputed"] for row in rows),
        "sheets": Sheet.objects.of(request.community).filter(gathering=found).order_by("printed_at"),
    }
    return render(request, "gatherings/attendance.html", context)


def tick_rows(found: Gathering) -> list[dict[str, Any]]:
    """Everybody who is due there and everybody who was marked, by name, each with a key for the next mark."""
    marked = {
        one.membership_id: one for one in Attendance.objects.of(found.community).filter(gathering=found).with_people()
    }
    people = {member.pk: member for member in due_at(found)}
    people |= {pk: one.membership for pk, one in marked.items()}
    return [
        {
            "member": member,
            "key": new_id(),
            "row": row,
            "state": row.state if row else Attendance.State.UNKNOWN,
            "is_disputed": bool(row and row.is_disputed),
        }
        for pk, member in sorted(people.items(), key=lambda pair: pair[1].person.search_name)
        for row in [marked.get(pk)]
    ]


@require_POST
@needs("gatherings.look_after")
def mark(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """One tick, or one time; it can be taken back at once."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    form = MarkForm(request.POST)
    if not form.is_valid():
        flash.sorry(request, _("This could not be read. Write a time such as 14:30."))
        return redirect("gatherings:attendance", request.community.slug, found.pk)
    given = form.cleaned_data
    member = get_object_or_404(Membership.objects.of(request.community).select_related("person"), pk=given["whose"])
    try:
        row = actions.mark(
            gathering=found, membership=member, said=given["said"], moment=_moment(found, given), by=request.user,
            at=now(), key=given["key"],
        )  # fmt: skip
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _marked_words(row), undo_url=undo_url(row, by=request.user))
    return redirect("gatherings:attendance", request.community.slug, found.pk)


def _moment(found: Gathering, given: dict[str, Any]) -> datetime | None:
    """The time that was typed; without one, in and out are now."""
    if given["said"] not in (Mark.Said.IN, Mark.Said.OUT):
        return None
    return moment_of(found, given["time"]) if given["time"] else now().replace(second=0, microsecond=0)


def _marked_words(row: Attendance) -> str:
    name = {"name": row.membership.person, "state": row.get_state_display()}
    if row.is_disputed:
        return _("This contradicts what stood there about %(name)s. A coordinator settles it.") % name
    return _("%(name)s: %(state)s.") % name


@require_POST
@needs("gatherings.look_after")
def close(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """The list is complete. What comes in later waits to be settled."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    try:
        actions.close_attendance(gathering=found, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("The list is closed. What comes in later waits for a coordinator."))
    return redirect("gatherings:attendance", request.community.slug, found.pk)


@require_POST
@needs("gatherings.look_after")
def print_sheet(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """A new sheet: it keeps its numbers, whoever signs up later."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    try:
        made = actions.print_sheet(gathering=found, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("gatherings:gathering", request.community.slug, found.pk)
    return redirect("gatherings:sheet", request.community.slug, made.pk)


@never_cache
@needs("gatherings.look_after")
def sheet(request: MemberRequest, sheet_id: UUID) -> HttpResponse:
    """The sheet, in large print, with a code that finds it again."""
    found = find_sheet_of(request, sheet_id)
    address = reverse("gatherings:enter_sheet", args=[request.community.slug, found.pk])
    context = {
        "sheet": found,
        "gathering": found.gathering,
        "rows": [{"number": number, "member": member} for number, member in actions.members_on(found).items()],
        "empty": range(EMPTY_LINES),
        "qr": qr(f"{settings.PUBLIC_ADDRESS}{address}"),
        "large_print": "small" not in request.GET,
        "back_url": reverse("gatherings:gathering", args=[request.community.slug, found.gathering_id]),
    }
    return render(request, "gatherings/sheet.html", context)


def find_sheet_of(request: MemberRequest, sheet_id: UUID) -> Sheet:
    """A sheet of a gathering that one looks after, or 404."""
    found: Sheet = get_object_or_404(Sheet.objects.of(request.community), pk=sheet_id)
    found.community = request.community
    found.gathering = find_gathering(request, found.gathering_id, "gatherings.look_after")
    return found


@needs("gatherings.look_after")
def find_sheet(request: MemberRequest) -> HttpResponse:
    """By its code, where there is no camera."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].replace(" ", "").upper()
        found = Sheet.objects.of(request.community).filter(code=code).first()
        if found:
            return redirect("gatherings:enter_sheet", request.community.slug, found.pk)
        form.add_error("code", _("We have no sheet with this code. Look at the paper again."))
    return render(request, "gatherings/find_sheet.html", {"form": form})


@never_cache
@needs("gatherings.look_after")
def enter_sheet(request: MemberRequest, sheet_id: UUID) -> HttpResponse:
    """Numbers that have signed, and names below."""
    found = find_sheet_of(request, sheet_id)
    form = SheetForm(request.POST or None, gathering=found.gathering, people=people_here(request))
    if request.method == "POST" and form.is_valid():
        try:
            rows = actions.enter_sheet(sheet=found, by=request.user, at=now(), **form.told())
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            return _entered(request, found, rows)
    context = {
        "sheet": found,
        "gathering": found.gathering,
        "form": form,
        "rows": [{"number": number, "member": member} for number, member in actions.members_on(found).items()],
    }
    return render(request, "gatherings/enter_sheet.html", context)


def _entered(request: MemberRequest, found: Sheet, rows: list[Attendance]) -> HttpResponse:
    """Back to the list; where something contradicts, to the contradictions."""
    if any(row.is_disputed for row in rows):
        flash.note(request, _("Written down. Some of it contradicts the screen: please look."))
        page = "contradictions" if may(request, "gatherings.settle") else "attendance"
    else:
        flash.done(request, _("Written down."))
        page = "attendance"
    return redirect(f"gatherings:{page}", request.community.slug, found.gathering_id)


@needs("gatherings.look_after")
def contradictions(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """What the screen says and what the paper says, side by side."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    waiting = Attendance.objects.of(request.community).disputed().filter(gathering=found).with_people()
    rows = list(
        waiting.select_related("last_mark__by", "contradicted_by__by").order_by("membership__person__search_name")
    )
    context = {
        "gathering": found,
        "tabs": tabs(request, found, "contradictions"),
        "rows": [{"row": one, "may_settle": may(request, "gatherings.settle", one)} for one in rows],
    }
    return render(request, "gatherings/contradictions.html", context)


@needs("gatherings.settle")
def settle(request: MemberRequest, attendance_id: UUID) -> HttpResponse:
    """A coordinator says what is so."""
    rows = Attendance.objects.of(request.community).with_people().select_related("last_mark__by", "contradicted_by__by")
    row: Attendance = get_object_or_404(rows, pk=attendance_id)
    row.community = request.community
    row.gathering = find_gathering(request, row.gathering_id)
    require(request, "gatherings.settle", row)
    form = SettleForm(request.POST or None, attendance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle(
                attendance=row, came=form.cleaned_data["came"] == "yes", in_at=form.moment("in_at"),
                out_at=form.moment("out_at"), by=request.user, at=now(), key=form.cleaned_data["key"],
            )  # fmt: skip
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Settled. Both entries stay in the record."))
            return redirect("gatherings:attendance", request.community.slug, row.gathering_id)
    context = {"gathering": row.gathering, "row": row, "form": form, "paper": Channel.PAPER}
    return render(request, "gatherings/settle.html", context)
