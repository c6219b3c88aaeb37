"""Whom to talk to, and the doors to everything else here."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require, subject
from alongside.people.models import Membership
from alongside.safeguarding import actions
from alongside.safeguarding.forms import LeadForm
from alongside.safeguarding.models import Lead
from alongside.safeguarding.refusals import EXPECTED, words_for
from alongside.ui import flash


@needs("safeguarding.see")
def home(request: MemberRequest) -> HttpResponse:
    """Everybody sees who the leads are, and finds their own checks."""
    leads = list(Lead.objects.here(request.community, on=today()).by_name())
    members = Membership.objects.of(request.community).filter(person__in=[lead.person_id for lead in leads])
    places = {member.person_id: member.pk for member in members}
    mine = subject(request)
    context = {
        "leads": [(lead, places[lead.person_id], may(request, "safeguarding.end_lead", lead)) for lead in leads],
        "mine": mine if may(request, "safeguarding.see_checks", mine) else None,
        "is_me": mine == request.membership,
        "may_write": may(request, "safeguarding.write_checks"),
        "may_keep_kinds": may(request, "safeguarding.keep_kinds"),
        "may_name": may(request, "safeguarding.name_leads"),
        "is_lead": any(lead.person_id == request.user.pk for lead in leads),
    }
    return render(request, "safeguarding/home.html", context)


@needs("safeguarding.name_leads")
def name_lead(request: MemberRequest) -> HttpResponse:
    form = LeadForm(request.POST or None, community=request.community, today=today())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            lead = actions.name_lead(membership=told["who"], ends_on=told["ends_on"], by=request.user, at=now())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("%(name)s is a safeguarding lead now.") % {"name": lead.person})
            return redirect("safeguarding:home", request.community.slug)
    return render(request, "safeguarding/name_lead.html", {"form": form})


@require_POST
@needs("safeguarding.end_lead")
def end_lead(request: MemberRequest, lead_id: UUID) -> HttpResponse:
    lead = get_object_or_404(Lead.objects.of(request.community).select_related("community", "person"), pk=lead_id)
    require(request, "safeguarding.end_lead", lead)
    try:
        actions.end_lead(lead=lead, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("%(name)s is no safeguarding lead any more.") % {"name": lead.person})
    return redirect("safeguarding:home", request.community.slug)
