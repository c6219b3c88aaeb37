"""While a vote is open: who looks over the count, and naming somebody else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.decisions.forms.watching import ScrutineersForm
from alongside.decisions.models import Decider, Decision, RollEntry, Scrutineer
from alongside.decisions.refusals.votes import EXPECTED, words_for
from alongside.decisions.views.voting import find_any_decision
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.people.models import Membership
from alongside.ui import flash


@needs("decisions.run_votes")
def scrutineers(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Name somebody else of the same roll, when a scrutineer has left or cannot do it."""
    found = find_any_decision(request, decision_id)
    if not found.is_open:
        raise Http404
    rows = Scrutineer.objects.of(request.community).filter(decision=found).select_related("membership__person")
    present = {one.side: one.membership for one in rows}
    form = ScrutineersForm(request.POST or None, rolls=_rolls(found), present=present, count=found.has_ballots)
    if request.method == "POST" and form.is_valid():
        try:
            for side, member in form.chosen().items():
                actions.replace_scrutineer(decision=found, side=side, membership=member, by=request.user, at=now())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            text = _("Written down. Those who look over the count are told.")
            flash.done(request, text if found.has_ballots else _("Written down. The facilitators are told."))
            page = "decisions:turnout" if found.has_ballots else "decisions:decision"
            return redirect(page, request.community.slug, found.pk)
    gone = [one.membership.person for one in rows if one.membership.left_at is not None]
    return render(request, "decisions/scrutineers.html", {"decision": found, "form": form, "gone": gone})


def _rolls(found: Decision) -> dict[str, list[Membership]]:
    """The people of each roll who are still here, by name."""
    here = Membership.objects.of(found.community).current()
    deciding = Decider.objects.on(found).seated().values("membership")
    entries = RollEntry.objects.on(found).filter(membership__in=here).exclude(membership__in=deciding)
    entries = entries.select_related("membership__person")
    rolls: dict[str, list[Membership]] = {side: [] for side in found.sides}
    for entry in entries.order_by("membership__person__search_name", "membership__number"):
        rolls[entry.side].append(entry.membership)
    return rolls
