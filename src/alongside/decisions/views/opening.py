"""Before a vote: for which side people speak, and the terms on which it opens."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.decisions.actions.rolls import Rolls, rolls_for, sides_of_members
from alongside.decisions.forms.terms import OpenVoteForm
from alongside.decisions.forms.voting import MySideForm, SidesForm
from alongside.decisions.models import Decision, Proposal, Version
from alongside.decisions.refusals.votes import EXPECTED, words_for
from alongside.decisions.rules.exact import share
from alongside.decisions.rules.kinds import KINDS, usual_quorum
from alongside.decisions.rules.publishing import FEWEST
from alongside.decisions.rules.sides import HALF
from alongside.decisions.saying import name_of
from alongside.decisions.subjects import laid_down_for, subject_of
from alongside.decisions.views.ways import WAYS
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.people.models import Community
from alongside.ui import flash

CLOSES_AT = time(20)


def proposal_to_decide(request: MemberRequest, proposal_id: UUID) -> Proposal:
    """A proposal that has been put forward here, or 404."""
    proposals = Proposal.objects.of(request.community).put_forward()
    proposal: Proposal = get_object_or_404(proposals, pk=proposal_id)
    proposal.community = request.community
    return proposal


@needs("decisions.run_votes")
def choose_rule(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """The kinds of votes in plain words, each with what happens where the sides differ."""
    proposal = proposal_to_decide(request, proposal_id)
    about, laid = subject_of(proposal), laid_down_for(proposal)
    allowed = {laid.rule} if laid else about.ways if about else None
    ways = [way for way in WAYS.values() if allowed is None or way.rule in allowed]
    context = {
        "proposal": proposal,
        "rules": ways,
        "by_consent": allowed is None or "consent" in allowed,
        "by_advice": allowed is None or "advice" in allowed,
    }
    return render(request, "decisions/choose_rule.html", context)


@needs("decisions.run_votes")
def open_vote(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Say between whom, by which rule, until when; see who is on which roll; open."""
    proposal = proposal_to_decide(request, proposal_id)
    version = Version.objects.of(request.community).filter(proposal=proposal).newest_first().first()
    if version is None:
        raise Http404
    sides_form, laid = SidesForm(request.GET), laid_down_for(proposal)
    if laid and laid.rule not in WAYS:
        return redirect("decisions:choose_rule", request.community.slug, proposal.pk)
    rolls = rolls_for(proposal, laid.sides if laid else sides_form.sides, on=today())
    kind = KINDS[laid.rule] if laid else sides_form.kind
    form = OpenVoteForm(request.POST or None, kind=kind, rolls=rolls, today=today(), laid_down=laid)
    if request.method == "POST" and form.is_valid():
        try:
            made = _open(request, proposal, version, form)
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("The vote is open. Everybody on a roll is told."))
            return redirect("decisions:decision", request.community.slug, made.pk)
    shown = SidesForm(initial={"rule": kind.rule, **dict(zip(("one", "other"), sides_form.sides, strict=True))})
    context = {
        "proposal": proposal,
        "version": version,
        "form": form,
        "sides_form": None if laid else shown,
        "rule": WAYS[kind.rule],
        **rolls_shown(rolls),
    }
    return render(request, "decisions/open_vote.html", context)


def _open(request: MemberRequest, proposal: Proposal, version: Version, form: OpenVoteForm) -> Decision:
    given = form.cleaned_data
    return actions.open_vote(
        proposal=proposal,
        version=version,
        sides=list(form.rolls.of),
        scrutineers=form.scrutineers,
        closes_at=evening_of(given["closes_on"], request.community),
        by=request.user,
        at=now(),
        key=given["key"],
        is_secret=given["secrecy"] == "secret",
        asked=form.asked,
        quorum=usual_quorum(form.kind.rule, share(given["share"])),
        threshold=share(given.get("threshold", HALF)),
        leave_out_unsaid=bool(given.get("leave_out_unsaid")),
        **form.seen_to(),
    )


def evening_of(day: date, community: Community) -> datetime:
    """8 in the evening of a day, where the community is."""
    return datetime.combine(day, CLOSES_AT, tzinfo=ZoneInfo(community.time_zone))


def rolls_shown(rolls: Rolls) -> dict[str, Any]:
    """The rolls as the page shows them before they are frozen, and who has not said their side."""
    return {
        "rolls": [
            {"name": name_of(side), "members": members, "is_small": len(members) < FEWEST}
            for side, members in rolls.of.items()
        ],
        "small": any(len(members) < FEWEST for members in rolls.of.values()),
        "unsaid": list(rolls.unsaid),
    }


@needs("decisions.vote")
def my_side(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Somebody with two sides says for which they speak, before voting opens."""
    proposal, member = proposal_to_decide(request, proposal_id), subject(request)
    sides = sides_of_members(proposal, on=today(), only=member).get(member, ())
    form = MySideForm(request.POST or None, sides=sides)
    if request.method == "POST" and form.is_valid():
        who = actor(request, "decisions.vote")
        try:
            actions.speak_for(
                proposal=proposal, membership=member, side=form.cleaned_data["side"], at=now(), **who._asdict()
            )
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Written down. You can change it until voting opens."))
            return redirect("decisions:proposal", request.community.slug, proposal.pk)
    return render(request, "decisions/my_side.html", {"proposal": proposal, "form": form, "sides": sides})
