"""One person's checks, writing them down one by one or many at once, and what runs out soon."""

import csv
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.clock import now, today
from alongside.kernel.text import spreadsheet_safe
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.models import Membership
from alongside.people.undoing import undo_url
from alongside.people.views.members import find_member
from alongside.safeguarding import actions, showing
from alongside.safeguarding.forms import CheckForm, ManyForm, WithdrawForm
from alongside.safeguarding.models import Check, CheckKind
from alongside.safeguarding.refusals import EXPECTED, words_for
from alongside.ui import flash


@needs("safeguarding.see_checks")
def checks(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """What was seen of a person and until when it holds: for themself, coordinators, and whom they let."""
    membership = find_member(request, membership_id)
    require(request, "safeguarding.see_checks", membership)
    context = {
        "member": membership,
        "is_me": membership == request.membership,
        "shown": showing.checks_of(membership, on=today()),
        "may_write": may(request, "safeguarding.write_checks") and membership != request.membership,
        "may_take": may(request, "safeguarding.take_checks", membership),
    }
    return render(request, "safeguarding/checks.html", context)


@needs("safeguarding.take_checks")
def file(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """One's own checks as a spreadsheet, to show elsewhere."""
    membership = find_member(request, membership_id)
    require(request, "safeguarding.take_checks", membership)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="checks.csv"'
    writer = csv.writer(answer)
    for row in showing.rows_of(membership):
        writer.writerow([spreadsheet_safe(cell) for cell in row])
    return answer


@needs("safeguarding.write_checks")
def write(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """One check of one person, on one screen."""
    membership = find_member(request, membership_id)
    renewed = {"kind": request.GET.get("kind", "")}
    form = CheckForm(request.POST or None, community=request.community, today=today(), initial=renewed)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_check(membership=membership, by=request.user, at=now(), **form.told())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            words = {"kind": made.kind, "name": membership.person}
            flash.done(
                request, _("%(kind)s of %(name)s is written down.") % words, undo_url=undo_url(made, by=request.user)
            )
            return redirect("safeguarding:checks", request.community.slug, membership.pk)
    return render(request, "safeguarding/write.html", {"form": form, "member": membership, **_kinds(request)})


@needs("safeguarding.write_checks")
def write_many(request: MemberRequest) -> HttpResponse:
    """The same check of many people, from a list on paper."""
    form = ManyForm(request.POST or None, community=request.community, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_many(by=request.user, at=now(), **form.told())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            told = ngettext("%(count)s check is written down.", "%(count)s checks are written down.", len(made))
            undo = undo_url(made[0], by=request.user) if made else ""
            flash.done(request, told % {"count": len(made)}, undo_url=undo)
            return redirect("safeguarding:write_many", request.community.slug)
    return render(request, "safeguarding/write_many.html", {"form": form, **_kinds(request)})


def _kinds(request: MemberRequest) -> dict[str, bool]:
    return {"has_kinds": CheckKind.objects.of(request.community).in_use().exists()}


@needs("safeguarding.write_checks")
def withdraw(request: MemberRequest, check_id: UUID) -> HttpResponse:
    """A check that counts no longer, and why."""
    rows = Check.objects.of(request.community).with_people().select_related("community")
    check = get_object_or_404(rows, pk=check_id)
    member = get_object_or_404(Membership.objects.of(request.community), person=check.person_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_check(check=check, by=request.user, at=now(), **form.cleaned_data)
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            flash.done(request, _("It counts no longer."))
        return redirect("safeguarding:checks", request.community.slug, member.pk)
    return render(request, "safeguarding/withdraw.html", {"form": form, "check": check, "member": member})


@needs("safeguarding.write_checks")
def soon(request: MemberRequest) -> HttpResponse:
    """What runs out soon or has run out, and who lacks what their role asks for."""
    return render(request, "safeguarding/soon.html", showing.desk_of(request.community, on=today()))
