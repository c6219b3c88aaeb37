"""What facilitators of a consent round write: what they understood, and that an objection harms no shared aim."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.decisions.forms.consent import ClarifyForm, FindForm
from alongside.decisions.refusals.consent import EXPECTED, words_for
from alongside.decisions.views.standing_in import find_objection
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs, require
from alongside.ui import flash


@needs("decisions.vote")
def clarify(request: MemberRequest, objection_id: UUID) -> HttpResponse:
    """A facilitator has asked, and writes down what was meant; whoever objects may write it too."""
    found = find_objection(request, objection_id)
    if found.membership_id != request.membership.pk:
        require(request, "decisions.facilitate", found.decision)
    form = ClarifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.clarify(
                objection=found,
                membership=request.membership,
                text=form.cleaned_data["text"],
                by=request.user,
                at=now(),
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down for everybody. Now look for better words together."))
            return redirect("decisions:objection", request.community.slug, found.pk)
    return render(request, "decisions/clarify.html", {"objection": found, "decision": found.decision, "form": form})


@needs("decisions.facilitate")
def find(request: MemberRequest, objection_id: UUID) -> HttpResponse:
    """A facilitator finds that an objection harms no shared aim; it takes one of each side."""
    found = find_objection(request, objection_id)
    require(request, "decisions.facilitate", found.decision)
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.find_not_qualified(
                objection=found,
                membership=request.membership,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=now(),
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down for everybody. It counts when the other side has found the same."))
            return redirect("decisions:objection", request.community.slug, found.pk)
    return render(request, "decisions/find.html", {"objection": found, "decision": found.decision, "form": form})
