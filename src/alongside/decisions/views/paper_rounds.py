"""A consent round on paper: slips for people without a screen, keyed in by the facilitators of both sides."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.decisions import actions
from alongside.decisions.actions import Keyed
from alongside.decisions.forms.consent import KeyStanceForm
from alongside.decisions.refusals.consent import EXPECTED, words_for
from alongside.decisions.views.circle import is_going
from alongside.decisions.views.paper import sheets_of, told
from alongside.decisions.views.rounds import find_round
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs, require
from alongside.ui import flash


@never_cache
@needs("decisions.run_votes")
def slips(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """A slip for each person who never signed in, or for everybody, about the present words."""
    found = find_round(request, decision_id)
    if not is_going(found):
        raise Http404
    everybody = "all" in request.GET
    key_in = reverse("decisions:key_stance", args=[request.community.slug, found.pk])
    sheets = sheets_of(found, key_in, everybody=everybody, number=found.version.number)
    context: dict[str, Any] = {
        "decision": found,
        "sheets": sheets,
        "everybody": everybody,
        "large_print": "large" in request.GET,
        "back_url": reverse("decisions:round", args=[request.community.slug, found.pk]),
    }
    return render(request, "decisions/round_slips.html", context)


@never_cache
@needs("decisions.key_paper")
def key_stance(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """A facilitator writes down what a slip says; the one of the other side does so too."""
    found = find_round(request, decision_id)
    require(request, "decisions.key_paper", found)
    first = {name: request.GET.get(name, "")[:12] for name in ("code", "number")}
    form = KeyStanceForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            came = actions.key_stance(
                decision=found, facilitator=request.membership, by=request.user, at=now(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            counted = _("You both read the same. It is written down for everybody to see.")
            text = counted if came is Keyed.COUNTED else told(came)
            (flash.sorry if came is Keyed.DIFFERENT else flash.done)(request, text)
            return redirect("decisions:key_stance", request.community.slug, found.pk)
    return render(request, "decisions/key_stance.html", {"decision": found, "form": form, "is_open": is_going(found)})
