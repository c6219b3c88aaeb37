"""The agenda: a matter is brought, ordered, moved or taken off; and the agenda on paper."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alongside.decisions import actions
from alongside.decisions.forms.meetings import ArrangeForm, ItemForm, SettleForm
from alongside.decisions.models import AgendaItem, Decision, Meeting, Proposal
from alongside.decisions.permissions.meetings import seen_meetings
from alongside.decisions.refusals.meetings import EXPECTED, explain
from alongside.decisions.rules.minutes import planned
from alongside.decisions.rules.sides import Outcome
from alongside.decisions.saying import name_of
from alongside.decisions.views.finding import may_write_for, speaker_of, viewpoint
from alongside.decisions.views.meetings import find_meeting
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs
from alongside.people.undoing import undo_url
from alongside.ui import flash
from alongside.ui.words import day_text

MOST_OFFERED = 100


def find_item(request: MemberRequest, item_id: UUID) -> AgendaItem:
    """An item of a meeting one may read about, or 404 (403)."""
    item: AgendaItem = get_object_or_404(AgendaItem.objects.of(request.community).with_words(), pk=item_id)
    item.meeting = find_meeting(request, item.meeting_id)
    item.community = request.community
    return item


@needs("decisions.bring_item")
def bring_item(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Bring a matter, one's own or one that somebody phoned in; `?proposal=` begins with that one."""
    found = find_meeting(request, meeting_id, "decisions.bring_item")
    form = ItemForm(
        request.POST or None,
        proposals=_proposals_for(found),
        decisions=_decisions_for(found),
        people=may_write_for(request),
        initial={"about": f"p{request.GET.get('proposal', '')}"},
    )
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data}
        speaker = speaker_of(request, given)
        try:
            item = actions.bring_item(
                meeting=found,
                membership=speaker.membership,
                told=form.told(),
                key=given["key"],
                at=now(),
                **speaker.deed(),
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("It is on the agenda."), undo_url=undo_url(item, by=request.user))
            return redirect("decisions:meeting", request.community.slug, found.pk)
    return render(request, "decisions/bring_item.html", {"meeting": found, "form": form})


def _proposals_for(meeting: Meeting) -> Iterable[Proposal]:
    """Open proposals that concern those who meet."""
    rows = Proposal.objects.of(meeting.community).open().latest_first()
    if meeting.group_id is not None:
        rows = rows.filter(group=meeting.group_id)
    return list(rows[:MOST_OFFERED])


def _decisions_for(meeting: Meeting) -> Iterable[Decision]:
    rows = Decision.objects.of(meeting.community).closed().filter(outcome=Outcome.PASSED)
    if meeting.group_id is not None:
        rows = rows.filter(proposal__group=meeting.group_id)
    return list(rows.with_words().newest_first()[:MOST_OFFERED])


@needs("decisions.run_meetings")
def arrange_agenda(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Order the items by numbers, and give each its minutes."""
    found = find_meeting(request, meeting_id)
    items = list(AgendaItem.objects.on(found).to_deal_with().in_order().with_words())
    form = ArrangeForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            actions.arrange(meeting=found, places=form.places(), by=request.user, at=now())
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("The agenda is in order."))
            return redirect("decisions:meeting", request.community.slug, found.pk)
    context = {
        "meeting": found,
        "form": form,
        "planned": planned((one.minutes for one in items), length=found.minutes),
    }
    return render(request, "decisions/arrange_agenda.html", context)


@needs("decisions.run_meetings")
def settle_item(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Move a matter to another meeting, or take it off with a word to whoever brought it."""
    item = find_item(request, item_id)
    if item.state != AgendaItem.State.STANDS:
        raise Http404
    to_come = seen_meetings(viewpoint(request)).coming(now()).filter(starts_at__gt=now(), group=item.meeting.group)
    others = list(to_come.exclude(pk=item.meeting_id)[:MOST_OFFERED])
    shown = {str(one.pk): f"{one.title}, {day_text(one.starts_at, form='date')}" for one in others}
    form = SettleForm(request.POST or None, meetings=others, shown=shown)
    if request.method == "POST" and form.is_valid():
        try:
            if form.chosen is not None:
                form.chosen.community = request.community
                actions.carry_item(item=item, to=form.chosen, by=request.user, at=now())
            else:
                actions.drop_item(item=item, why=form.cleaned_data["why"], by=request.user, at=now())
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Done. Whoever brought it is told."))
            return redirect("decisions:meeting", request.community.slug, item.meeting_id)
    return render(request, "decisions/settle_item.html", {"item": item, "meeting": item.meeting, "form": form})


@needs("decisions.see_meetings")
def agenda_on_paper(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda in large print, with room to write."""
    found = find_meeting(request, meeting_id)
    items = list(AgendaItem.objects.on(found).to_deal_with().in_order().with_words())
    context = {
        "meeting": found,
        "items": items,
        "planned": planned((one.minutes for one in items), length=found.minutes),
        "sides": [name_of(side) for side in found.sides],
        "shows_people": may(request, "people.see_members"),
        "large_print": True,
        "at": now(),
    }
    return render(request, "decisions/agenda_on_paper.html", context)
