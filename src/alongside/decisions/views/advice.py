"""The page of an advice process: who decides, what was advised and how it was used, the plan, what is missing."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.decisions import actions
from alongside.decisions.forms.advice import NameDeciderForm
from alongside.decisions.forms.voting import CallOffForm
from alongside.decisions.models import Advice, AdviceAsked, AdvicePlan, Decider, Decision, RollEntry, Scrutineer
from alongside.decisions.refusals.advice import EXPECTED, missing, words_for
from alongside.decisions.saying import name_of
from alongside.decisions.views.finding import allowed
from alongside.decisions.views.follow_up import follow_up
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs, subject
from alongside.people.models import Membership
from alongside.ui import flash

USED_TONES = {"used": "good", "partly": "careful", "not_used": "quiet", "": "waiting"}
_ADVICE_STEPS = {"advice.not_published", "advice.too_early", "advice.ready"}


def find_advice(request: MemberRequest, decision_id: UUID) -> tuple[Decision, AdvicePlan]:
    """An advice process of this community with its plan, or 404."""
    rows = Decision.objects.of(request.community).filter(rule="advice").with_words()
    found: Decision = get_object_or_404(rows, pk=decision_id)
    found.community = found.proposal.community = request.community
    plan: AdvicePlan = AdvicePlan.objects.on(found).get()
    plan.decision = found
    return found, plan


def is_going(decision: Decision) -> bool:
    """May people still do something?"""
    return decision.is_open and now() < decision.closes_at


@needs("decisions.see_votes")
def advice(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Who decides, what was advised from each side and how it was used, the plan, and what is still missing."""
    found, plan = find_advice(request, decision_id)
    ready = actions.readiness(found, plan, at=now())
    given = list(Advice.objects.on(found).with_people().select_related("used_by__person").in_order())
    halves = [_half(side, given) for side in found.sides]
    going = is_going(found)
    context = {
        "decision": found,
        "plan": plan,
        "shows_people": may(request, "people.see_members"),
        "deciders": list(Decider.objects.on(found).seated().with_people().order_by("pk")),
        "left": halves[0],
        "right": halves[1],
        "others": [_row(one) for one in given if one.side not in found.sides],
        "missing": missing(ready.steps) if found.is_open else [],
        "is_ready": ready.ready and going,
        "earliest": plan.earliest,
        "wait_words": _days(found.settings["wait_days"]),
        "is_going": going,
        "was_left": any(one["code"] == "advice.decided_leave" for one in found.result.get("steps", [])),
        **_next(request, found, plan, going),
        **_asked(found, given),
        **follow_up(request, found),
    }
    context |= {"may_publish": context["decides"] and not any(s.code not in _ADVICE_STEPS for s in ready.steps)}
    return render(request, "decisions/advice.html", context)


def _days(many: int) -> str:
    return ngettext("%(many)s day", "%(many)s days", many) % {"many": many}


def _half(side: str, given: list[Advice]) -> dict[str, Any]:
    rows = [_row(one) for one in given if one.side == side]
    told = ngettext("%(many)s piece of advice", "%(many)s pieces of advice", len(rows)) % {"many": len(rows)}
    waits = any(not row["advice"].used for row in rows)
    return {
        "name": name_of(side),
        "rows": rows,
        "word": told if rows else _("nobody has advised yet"),
        "state": "open" if waits or not rows else "none",
    }


def _row(one: Advice) -> dict[str, Any]:
    return {"advice": one, "tone": USED_TONES[one.used], "word": one.get_used_display() or _("waits for an answer")}


def _next(request: MemberRequest, found: Decision, plan: AdvicePlan, going: bool) -> dict[str, Any]:
    """What the reader can do now."""
    mine = subject(request)
    decides = request.acting_for is None and may(request, "decisions.decide_after_asking", found)
    on_roll = RollEntry.objects.on(found).filter(membership=mine).exists()
    seat = Decider.objects.on(found).seated().filter(membership=mine).first()
    runs = may(request, "decisions.run_votes") and found.is_open
    return {
        "decides": decides and going,
        "seat": seat,
        "on_roll": on_roll,
        "is_asked": AdviceAsked.objects.on(found).filter(membership=mine).exists(),
        "may_advise": going and plan.published_at is None and seat is None and allowed(request, "decisions.speak"),
        "may_object": going and plan.published_at is not None and on_roll,
        "may_run": runs,
        "vacant": actions.vacant(found) if found.is_open else 0,
    }


def _asked(found: Decision, given: list[Advice]) -> dict[str, Any]:
    """Who was asked by name, and who of them has advised."""
    spoke = {one.membership_id for one in given}
    rows = AdviceAsked.objects.on(found).with_people().order_by("at", "id")
    return {"asked": [{"member": one.membership, "has_advised": one.membership_id in spoke} for one in rows]}


@needs("decisions.run_votes")
def name_decider(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Name somebody to decide, where a seat is empty."""
    found, _plan = find_advice(request, decision_id)
    if not found.is_open or actions.vacant(found) < 1:
        raise Http404
    form = NameDeciderForm(request.POST or None, members=_could_decide(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_decider(decision=found, membership=form.chosen, by=request.user, at=now())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down. They are told."))
            return redirect("decisions:advice", request.community.slug, found.pk)
    return render(request, "decisions/name_decider.html", {"decision": found, "form": form})


def _could_decide(found: Decision) -> list[tuple[str, Membership]]:
    """The people on the rolls who are here, neither facilitate nor have somebody of their side who decides."""
    taken = Decider.objects.on(found).seated().values("side")
    facilitates = Scrutineer.objects.of(found.community).filter(decision=found).values("membership")
    here = Membership.objects.of(found.community).current()
    entries = RollEntry.objects.on(found).filter(membership__in=here).exclude(side__in=taken)
    entries = entries.exclude(membership__in=facilitates).select_related("membership__person")
    return [(one.side, one.membership) for one in entries.order_by("side", "membership__person__search_name", "pk")]


@needs("decisions.run_votes")
def call_off(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """End it without a decision, for a reason that everybody reads."""
    found, _plan = find_advice(request, decision_id)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_off(decision=found, why=form.cleaned_data["why"], by=request.user, at=now())
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        return redirect("decisions:advice", request.community.slug, found.pk)
    return render(request, "decisions/call_off_advice.html", {"decision": found, "form": form})
