"""Anybody's word in an advice process: advice before the plan, and an objection after it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.decisions import actions
from alongside.decisions.forms.advice import AdviseForm
from alongside.decisions.forms.consent import ObjectForm
from alongside.decisions.models import Decider, RollEntry
from alongside.decisions.refusals.advice import EXPECTED, words_for
from alongside.decisions.views.advice import find_advice, is_going
from alongside.decisions.views.finding import may_write_for, speaker_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.people.undoing import undo_url
from alongside.ui import flash


@needs("decisions.speak")
def advise(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Advise, for oneself or with the words of somebody who told us."""
    found, plan = find_advice(request, decision_id)
    form = AdviseForm(request.POST or None, people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        try:
            given = actions.advise(decision=found, membership=speaker.membership, at=now(), **speaker.deed(), **told)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Thank you. Whoever decides is told."), undo_url=undo_url(given, by=request.user))
            return redirect("decisions:advice", request.community.slug, found.pk)
    decides = Decider.objects.on(found).seated().filter(membership=subject(request)).exists()
    is_open = is_going(found) and plan.published_at is None
    may_advise = is_open and (not decides or "whose" in form.fields)
    context = {"decision": found, "plan": plan, "form": form, "may_advise": may_advise, "decides": decides}
    return render(request, "decisions/advise.html", context)


@never_cache
@needs("decisions.vote")
def object_to_plan(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Object to what is planned: it goes on as a consent round."""
    found, plan = find_advice(request, decision_id)
    form = ObjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = actor(request, "decisions.vote")
        try:
            made = actions.object_to_plan(
                decision=found, membership=subject(request), at=now(), **form.cleaned_data, **who._asdict()
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Your objection is written down. It goes on as a consent round."))
            return redirect("decisions:objection", request.community.slug, made.pk)
    entry = RollEntry.objects.on(found).filter(membership=subject(request)).first()
    may_object = is_going(found) and plan.published_at is not None and entry is not None
    context = {"decision": found, "plan": plan, "form": form, "entry": entry, "may_object": may_object}
    return render(request, "decisions/object_to_plan.html", context)
