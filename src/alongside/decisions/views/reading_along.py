"""In a consent round: I have read it; and, for facilitators, this version is a small edit."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.consent import VersionForm
from alongside.decisions.refusals.consent import EXPECTED, words_for
from alongside.decisions.views.rounds import find_round
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, needs, require, subject
from alongside.ui import flash


@require_POST
@needs("decisions.vote")
def note_seen(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Say that I have read the present version."""
    found, form = find_round(request, decision_id), VersionForm(request.POST)
    if form.is_valid():
        who = actor(request, "decisions.vote")
        try:
            actions.note_seen(
                decision=found, membership=subject(request), at=now(), **form.cleaned_data, **who._asdict()
            )
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            flash.done(request, _("Written down. You can still say where you stand, until the round ends."))
    return redirect("decisions:round", request.community.slug, found.pk)


@require_POST
@needs("decisions.facilitate")
def call_small_edit(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """A facilitator calls the present version a small edit; it takes one of each side."""
    found, form = find_round(request, decision_id), VersionForm(request.POST)
    require(request, "decisions.facilitate", found)
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            is_one = actions.call_small_edit(
                decision=found, membership=request.membership, number=number, by=request.user, at=now()
            )
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            waits = _("Written down. It counts when the facilitator of the other side says the same.")
            flash.done(request, _("It is a small edit. Words agreed to that stand.") if is_one else waits)
    return redirect("decisions:round", request.community.slug, found.pk)
