"""While a vote is open: people vote, and facilitators see who takes part, never how."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.ballots import ballot_form
from alongside.decisions.forms.voting import CallOffForm
from alongside.decisions.models import Decision, Option, RollEntry
from alongside.decisions.refusals.votes import EXPECTED, words_for
from alongside.decisions.rules.kinds import KINDS
from alongside.decisions.saying import amount_text, name_of, option_text
from alongside.decisions.views.ways import WAYS
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.ui import flash


def find_decision(request: MemberRequest, decision_id: UUID) -> Decision:
    """A vote of this community, or 404; what takes no ballots has pages of its own."""
    decision = find_any_decision(request, decision_id)
    if not decision.has_ballots:
        raise Http404
    return decision


def find_any_decision(request: MemberRequest, decision_id: UUID) -> Decision:
    """A vote, a consent round or an advice process of this community, or 404."""
    decision: Decision = get_object_or_404(Decision.objects.of(request.community).with_words(), pk=decision_id)
    decision.community = decision.proposal.community = request.community
    return decision


def posted(request: MemberRequest) -> QueryDict | None:
    """What was sent, also when nothing at all was marked."""
    return request.POST if request.method == "POST" else None


def named_for(decision: Decision, side: str = "") -> list[tuple[int, str]]:
    """The options on a ballot with what they are called and cost; of one `side` where each side elects its own."""
    rows = list(Option.objects.on(decision))
    if side and KINDS[decision.rule].by_side:
        rows = [one for one in rows if one.side == side]
    return [(one.number, option_text(decision, one)) for one in rows]


@never_cache
@needs("decisions.vote")
def vote(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Say yes, no or neither. What somebody said before is not shown: others may be looking, or acting for them."""
    decision, member = find_decision(request, decision_id), subject(request)
    entry = RollEntry.objects.on(decision).filter(membership=member).first()
    form = ballot_form(
        KINDS[decision.rule].style, posted(request), named=named_for(decision, entry.side if entry else "")
    )
    if request.method == "POST" and form.is_valid():
        who = actor(request, "decisions.vote")
        try:
            actions.cast(
                decision=decision, membership=member, choice=form.cleaned_data["choice"], at=now(), **who._asdict()
            )
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            flash.done(request, _("Your vote is in. You can change it until the close."))
        return redirect("decisions:vote", request.community.slug, decision.pk)
    mine = entry is not None and entry.took_part and decision.is_open
    context = {
        "decision": decision,
        "entry": entry,
        "form": form,
        "rule": WAYS[decision.rule],
        "budget": amount_text(decision, decision.settings.get("budget", 0)),
        "is_open": decision.takes_ballots(now()),
        "side": name_of(entry.side) if entry else "",
        # A receipt is its voter's own: whoever acts for them does not see it.
        "receipt": actions.receipt_of(decision, member) if mine and request.acting_for is None else "",
    }
    return render(request, "decisions/vote.html", context)


@needs("decisions.run_votes")
def turnout(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """How many took part, by side and channel."""
    decision = find_decision(request, decision_id)
    counted = RollEntry.objects.on(decision).turnout()
    rows = [_turnout_row(side, counted.get(side, {})) for side in decision.sides]
    all_voted = all(row["voted"] == row["roll"] for row in rows)
    may_close = decision.is_open and (all_voted or now() >= decision.closes_at)
    return render(request, "decisions/turnout.html", {"decision": decision, "rows": rows, "may_close": may_close})


def _turnout_row(side: str, by_channel: dict[str, int]) -> dict[str, Any]:
    voted = {channel: many for channel, many in by_channel.items() if channel}
    return {
        "name": name_of(side),
        "roll": sum(by_channel.values()),
        "voted": sum(voted.values()),
        "channels": [{"label": Channel(channel).label, "many": many} for channel, many in sorted(voted.items())],
    }


@require_POST
@needs("decisions.run_votes")
def close(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Count now: its time has come, or everybody has voted."""
    decision = find_decision(request, decision_id)
    try:
        actions.close(decision=decision, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    return redirect("decisions:decision", request.community.slug, decision.pk)


@needs("decisions.run_votes")
def call_off(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """End a vote without a result, for a reason that everybody reads."""
    decision = find_decision(request, decision_id)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_off(decision=decision, why=form.cleaned_data["why"], by=request.user, at=now())
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        return redirect("decisions:decision", request.community.slug, decision.pk)
    return render(request, "decisions/call_off.html", {"decision": decision, "form": form})
