"""After a vote: the answers that wait, who sees to it, how far it is, and what people say came of it."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.follow_up import ProgressForm, RateForm, SeenToForm
from alongside.decisions.models import Contribution, Decision, ProgressNote, Rating, Reaction, RollEntry
from alongside.decisions.refusals.follow_up import EXPECTED, explain, words_for
from alongside.decisions.rules.ballots import Style
from alongside.decisions.rules.leanings import Leaning, common_ground
from alongside.decisions.rules.publishing import gives_away
from alongside.decisions.rules.sides import Outcome
from alongside.decisions.saying import name_of
from alongside.decisions.views.finding import SPEAK, allowed
from alongside.decisions.views.showing import VOICES, Voice, with_quotes
from alongside.decisions.views.voting import find_any_decision
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, actor, may, needs, require, subject
from alongside.people.models import Membership
from alongside.ui import flash

ICONS = {"begun": "circle-play", "half_way": "circle-dot", "done": "circle-check", "looked_at": "eye"}


def follow_up(request: MemberRequest, found: Decision) -> dict[str, Any]:
    """What the page of a decision says of what follows it."""
    if found.state == Decision.State.CALLED_OFF:
        return {}
    adopted = found.outcome == Outcome.PASSED
    notes = list(
        ProgressNote.objects.on(found).select_related("membership__person").order_by("at", "id") if adopted else []
    )
    me, is_time = subject(request), found.review_on is not None and today() >= found.review_on
    mine = Rating.objects.of(request.community).filter(decision=found, membership=me).first()
    shows_people = may(request, "people.see_members")
    return {
        "adopted": adopted,
        "shows_people": shows_people,
        "notes": [_shown(note, shows_people=shows_people) for note in notes],
        "is_done": any(note.step == ProgressNote.Step.DONE for note in notes),
        "words_wait": actions.unanswered(found.proposal).count() if found.state == Decision.State.CLOSED else 0,
        "may_name_owner": may(request, "decisions.run_votes") and (found.is_open or adopted),
        "may_note": adopted and found.owner_id == me.pk,
        "is_time": adopted and is_time,
        "my_rating": mine,
        "voices": VOICES,
        "may_rate": adopted and is_time and RollEntry.objects.on(found).filter(membership=me).exists(),
        **(_ratings(found) if adopted and is_time else {}),
    }


def _shown(note: ProgressNote, *, shows_people: bool) -> dict[str, Any]:
    return {
        "when": note.at,
        "who": note.membership.person if shows_people else "",
        "title": capfirst(note.get_step_display()),
        "text": note.text or _("The words of a former member are no longer here."),
        "icon": ICONS[note.step],
    }


def _ratings(found: Decision) -> dict[str, Any]:
    """What each side says came of it; numbers that would give single people away are not told."""
    said = Counter(Rating.objects.of(found.community).filter(decision=found).values_list("side", "kind"))
    rolls: dict[str, int] = found.result["rolls"]
    leanings = {side: Leaning(*(said[side, kind] for kind in ("helps", "worries", "unsure"))) for side in found.sides}
    halves = [_half(side, leanings[side], rolls[side]) for side in found.sides]
    told = all(half["voices"] for half in halves)
    common = common_ground(*(leanings[side] for side in found.sides[:2])) if told else None
    words = {
        "helps": _("On both sides, more people say it helps than that it worries them."),
        "worries": _("On both sides there are as many worries as help, or more."),
        "apart": _("The sides see it differently. Talk about it."),
    }
    return {"rated_left": halves[0], "rated_right": halves[1], "rated_common": words.get(str(common), "")}


def _half(side: str, leaning: Leaning, roll: int) -> dict[str, Any]:
    counts = {"helps": leaning.helps, "worries": leaning.worries, "unsure": leaning.unsure}
    said = [kind for kind, many in counts.items() for _one in range(many)]
    hidden = leaning.total > roll or gives_away(Style.WORD, roll, said)
    shown = [Voice(one.kind, one.label, one.icon, counts[one.kind]) for one in VOICES]
    return {"name": name_of(side), "voices": [] if hidden or not leaning.total else shown, "any": bool(leaning.total)}


def _closed(request: MemberRequest, decision_id: UUID) -> Decision:
    found = find_any_decision(request, decision_id)
    if found.state != Decision.State.CLOSED:
        raise Http404
    return found


@needs("decisions.see_votes")
def unanswered(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """What people said about it and what has no answer yet: you said, we did or did not, because."""
    found = _closed(request, decision_id)
    rows: list[Contribution] = list(actions.unanswered(found.proposal).with_people().oldest_first())
    for one in rows:
        one.proposal, one.community = found.proposal, request.community
    with_quotes(rows)
    context = {
        "decision": found,
        "rows": rows,
        "shows_people": may(request, "people.see_members"),
        "may_answer": bool(rows) and allowed(request, "decisions.answer", rows[0]),
    }
    return render(request, "decisions/unanswered.html", context)


@needs("decisions.run_votes")
def name_owner(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Say who sees to it, until when, and when people look at it again."""
    found = find_any_decision(request, decision_id)
    first = {"owner": str(found.owner_id or ""), "due_on": found.due_on, "review_on": found.review_on}
    form = SeenToForm(request.POST or None, initial=first)
    form.offer(_on_the_rolls(found), today=today())
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_owner(decision=found, by=request.user, at=now(), **form.seen_to())
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Written down. Whoever sees to it is told."))
            return redirect("decisions:decision", request.community.slug, found.pk)
    return render(request, "decisions/name_owner.html", {"decision": found, "form": form})


def _on_the_rolls(found: Decision) -> list[Membership]:
    on_roll = RollEntry.objects.on(found).values("membership")
    members = Membership.objects.of(found.community).current().filter(pk__in=on_roll)
    return list(members.select_related("person").by_name())


@needs("decisions.note_progress")
def note_progress(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """The owner writes how far it is."""
    found, me = find_any_decision(request, decision_id), subject(request)
    if found.owner_id != me.pk:
        require(request, "decisions.note_progress", found)
    is_done = ProgressNote.objects.on(found).done().exists()
    steps = [] if is_done else [ProgressNote.Step.BEGUN, ProgressNote.Step.HALF_WAY, ProgressNote.Step.DONE]
    if found.review_on is not None and today() >= found.review_on:
        steps = [*steps, ProgressNote.Step.LOOKED_AT]
    form = ProgressForm(request.POST or None, steps=steps)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_progress(
                decision=found, membership=me, at=now(), **form.cleaned_data, **actor(request, SPEAK)._asdict()
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Written down. Everybody can read it on the page of the decision."))
            return redirect("decisions:decision", request.community.slug, found.pk)
    context = {
        "decision": found,
        "form": form if steps and found.outcome == Outcome.PASSED else None,
        "words_wait": actions.unanswered(found.proposal).count(),
    }
    return render(request, "decisions/note_progress.html", context)


@require_POST
@needs("decisions.see_votes")
def rate(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Helps me, worries me, not sure: what came of it."""
    found, form = find_any_decision(request, decision_id), RateForm(request.POST)
    if form.is_valid():
        kind: str = Reaction.Kind(form.cleaned_data["kind"])
        try:
            actions.rate(
                decision=found, membership=subject(request), kind=kind, at=now(), **actor(request, SPEAK)._asdict()
            )
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            flash.done(request, _("Thank you. You can change your word at any time."))
    else:
        flash.sorry(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("decisions:decision", request.community.slug, found.pk)
