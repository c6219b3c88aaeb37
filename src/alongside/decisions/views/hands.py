"""A show of hands: a facilitator enters it, and somebody of each side who was there confirms it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.meetings import WhyForm
from alongside.decisions.forms.minutes import HandsForm
from alongside.decisions.models import AgendaItem, HandConfirmation, HandVote, RollEntry, Version
from alongside.decisions.permissions.meetings import was_there
from alongside.decisions.refusals.meetings import EXPECTED, explain, words_for
from alongside.decisions.rules.sides import Tally, double_majority
from alongside.decisions.saying import name_of, sentences
from alongside.decisions.views.agenda import find_item
from alongside.decisions.views.meetings import find_meeting
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require
from alongside.ui import flash


def find_hands(request: MemberRequest, hands_id: UUID) -> HandVote:
    """A count of hands in a meeting one may read about, or 404 (403)."""
    rows = HandVote.objects.of(request.community).with_words()
    found: HandVote = get_object_or_404(rows, pk=hands_id)
    found.community = found.proposal.community = request.community
    found.meeting = find_meeting(request, found.meeting_id)
    return found


@needs("decisions.run_meetings")
def enter_hands(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Write down how many of each side raised a hand."""
    item = find_item(request, item_id)
    if item.kind != AgendaItem.Kind.DECIDE or item.proposal is None:
        raise Http404
    item.proposal.community = request.community
    rolls = actions.rolls_there(item.meeting, item.proposal, at=now())
    form = HandsForm(request.POST or None, there={side: len(people) for side, people in rolls.items()})
    form.offer([one.membership for people in rolls.values() for one in people], today=today())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_hands(
                item=item,
                membership=request.membership,
                counts=form.counts(),
                by=request.user,
                at=now(),
                key=form.cleaned_data["key"],
                **form.seen_to(),
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Written down. Somebody of each side is asked to confirm it."))
            return redirect("decisions:hands", request.community.slug, made.pk)
    version = Version.objects.of(request.community).filter(proposal=item.proposal).newest_first().first()
    context = {"item": item, "meeting": item.meeting, "version": version, "form": form}
    return render(request, "decisions/enter_hands.html", context)


@needs("decisions.see_meetings")
def hands(request: MemberRequest, hands_id: UUID) -> HttpResponse:
    """What was counted, who was there, who has confirmed it, and what follows."""
    found = find_hands(request, hands_id)
    place = was_there(found.meeting, request.membership)
    given = HandConfirmation.objects.of(request.community).filter(hands=found).select_related("membership__person")
    confirmed = {one.side: one for one in given}
    saw_it = place is not None and place.side in found.counts and request.acting_for is None
    waits = found.state == HandVote.State.WAITS
    context: dict[str, Any] = {
        "hands": found,
        "meeting": found.meeting,
        "halves": [_half(found, side, confirmed.get(side)) for side in found.meeting.sides],
        "may_confirm": waits
        and saw_it
        and place is not None
        and place.side not in confirmed
        and request.user.pk != found.keyed_by_id
        and request.membership.pk != found.entered_by_id,
        "may_refuse": waits and saw_it,
        "names": _could_raise(found) if place is not None else [],
        "shows_people": may(request, "people.see_members"),
        "form": WhyForm(),
    }
    context["left"], context["right"] = context["halves"]
    return render(request, "decisions/hands.html", context)


def _could_raise(found: HandVote) -> list[dict[str, Any]]:
    """Who was there and could raise a hand, by side: the roll of the decision once it stands, as it was then."""
    if found.decision is None:
        there: Mapping[str, Sequence[Any]] = actions.rolls_there(found.meeting, found.proposal, at=now())
    else:
        roll = RollEntry.objects.on(found.decision).select_related("membership__person")
        rows = list(roll.order_by("membership__person__search_name", "pk"))
        there = {side: [one for one in rows if one.side == side] for side in found.meeting.sides}
    return [{"side": name_of(side), "people": people} for side, people in there.items()]


def _half(found: HandVote, side: str, confirmed: HandConfirmation | None) -> dict[str, Any]:
    said = found.counts[side]
    tally = Tally(sum(said.values()), **said)
    counted = double_majority({side: tally})
    return {
        "name": name_of(side),
        "why": sentences([one.as_data() for one in counted.steps if one.side == side], side),
        "confirmed": confirmed,
    }


@require_POST
@needs("decisions.confirm_hands")
def confirm_hands(request: MemberRequest, hands_id: UUID) -> HttpResponse:
    """Say for one's side that it was so."""
    found = find_hands(request, hands_id)
    require(request, "decisions.confirm_hands", found)
    try:
        stands = actions.confirm_hands(hands=found, membership=request.membership, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("decisions:hands", request.community.slug, found.pk)
    if stands.decision_id:
        flash.done(request, _("Both sides have confirmed it. It is decided."))
        return redirect("decisions:decision", request.community.slug, stands.decision_id)
    flash.done(request, _("Confirmed for your side. Now somebody of the other side is needed."))
    return redirect("decisions:hands", request.community.slug, found.pk)


@require_POST
@needs("decisions.confirm_hands")
def refuse_hands(request: MemberRequest, hands_id: UUID) -> HttpResponse:
    """Say that it was not so, and why."""
    found = find_hands(request, hands_id)
    require(request, "decisions.confirm_hands", found)
    form = WhyForm(request.POST)
    try:
        why = form.cleaned_data["why"] if form.is_valid() else ""
        actions.refuse_hands(hands=found, membership=request.membership, why=why, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("Written down. The count does not stand, and those who were there are told."))
    return redirect("decisions:hands", request.community.slug, found.pk)
