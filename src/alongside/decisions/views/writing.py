"""Writing a proposal: begun, written one thing a page or all on one, looked over, put forward."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.proposals import PartForm, SeenForm, StartForm, WordsForm, question_of
from alongside.decisions.models import Draft, Proposal
from alongside.decisions.models.proposals import PARTS
from alongside.decisions.refusals.proposals import EXPECTED, explain, words_for
from alongside.decisions.views.finding import find_draft, find_proposal, may_write_for, speaker_of, writer_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.people.undoing import undo_url
from alongside.ui import flash


def names_of_steps() -> list[str]:
    """What the pages of a proposal are called, the title first and the look over it last."""
    return [_("Title"), _("Proposal"), _("Why"), _("Who"), _("What changes"), _("Plain words"), _("Look it over")]


@needs("decisions.propose")
def start(request: MemberRequest) -> HttpResponse:
    """The title; from there one thing a page, or everything on one."""
    form = StartForm(request.POST or None, people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        proposal = actions.begin(membership=speaker.membership, at=now(), **speaker.deed(), **told)
        if "all" in request.POST:
            return redirect("decisions:write", request.community.slug, proposal.pk)
        return redirect("decisions:write_part", request.community.slug, proposal.pk, PARTS[0])
    return render(request, "decisions/start.html", {"form": form, "steps": names_of_steps()})


@needs("decisions.propose")
def write(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """All parts on one page: for people who have done it before, and for later versions."""
    draft = find_draft(request, proposal_id)
    form = WordsForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid() and _saved(request, draft, form):
        if "later" in request.POST and draft.proposal.state != Proposal.State.SPLIT:
            flash.done(request, _("Your draft is kept. Nobody else reads it yet."))
            return redirect("decisions:home", request.community.slug)
        return redirect("decisions:check", request.community.slug, draft.proposal_id)
    context = {"form": form, "draft": draft, "proposal": draft.proposal, "room": _room(draft.proposal)}
    return render(request, "decisions/write.html", context)


def _room(proposal: Proposal) -> UUID | None:
    """The vote in whose conciliation a proposal is written now."""
    running = proposal.conciliations.running().values_list("decision_id", flat=True)
    return running.first() if proposal.state == Proposal.State.SPLIT else None


@needs("decisions.propose")
def write_part(request: MemberRequest, proposal_id: UUID, part: str) -> HttpResponse:
    """One thing a page; then the next one, or back to the look over it."""
    if part not in {"title", *PARTS}:
        raise Http404
    draft = find_draft(request, proposal_id)
    if part == "title" and draft.proposal.state != Proposal.State.DRAFT:
        raise Http404
    form = PartForm(request.POST or None, draft=draft, part=part)
    if request.method == "POST" and form.is_valid() and _saved(request, draft, form):
        if "later" in request.POST:
            flash.done(request, _("Your draft is kept. Nobody else reads it yet."))
            return redirect("decisions:home", request.community.slug)
        return redirect(_after(request, draft, part))
    place = 0 if part == "title" else 1 + PARTS.index(part)
    context = {
        "form": form,
        "draft": draft,
        "proposal": draft.proposal,
        "part": part,
        "steps": names_of_steps(),
        "place": place + 1,
        "back": _before(request, draft, place),
    }
    return render(request, "decisions/write_part.html", context)


def _saved(request: MemberRequest, draft: Draft, form: WordsForm) -> bool:
    """Keep what was typed; False, with the reason on the form, when another author was faster."""
    try:
        actions.save_draft(
            proposal=draft.proposal,
            words=form.words(),
            title=form.cleaned_data.get("title", ""),
            seen=form.cleaned_data["seen"],
            at=now(),
            **writer_of(request, draft.proposal).deed(),
        )
    except EXPECTED as refusal:
        explain(refusal, form)
        return False
    return True


def _after(request: MemberRequest, draft: Draft, part: str) -> str:
    """Where one goes from a part: back to the look over it when one came from there, else to the next part."""
    place = PARTS.index(part) + 1 if part in PARTS else 0
    where = [request.community.slug, draft.proposal_id]
    if "change" in request.GET or place == len(PARTS):
        return reverse("decisions:check", args=where)
    return reverse("decisions:write_part", args=[*where, PARTS[place]])


def _before(request: MemberRequest, draft: Draft, place: int) -> str:
    where = [request.community.slug, draft.proposal_id]
    if "change" in request.GET:
        return reverse("decisions:check", args=where)
    before = ("title", *PARTS)[place - 1] if place else ""
    if not before or (before == "title" and draft.proposal.state != Proposal.State.DRAFT):
        return reverse("decisions:home", args=[request.community.slug])
    return reverse("decisions:write_part", args=[*where, before])


@needs("decisions.propose")
def check(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """All answers once more, each with its way back; then it is put forward. In conciliation the room is for that."""
    draft = find_draft(request, proposal_id)
    proposal = draft.proposal
    if room := _room(proposal):
        return redirect("decisions:conciliation", request.community.slug, room)
    form = SeenForm(request.POST or None, initial={"seen": draft.changed_at})
    if request.method == "POST" and form.is_valid():
        writer = writer_of(request, proposal)
        try:
            version = actions.put_forward(
                proposal=proposal, membership=writer.membership, at=now(), **writer.deed(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            first, later = (
                _("Everybody can read it now, and speak about it."),
                _("Everybody reads version %(number)s now."),
            )
            flash.done(request, first if version.number == 1 else later % {"number": version.number})
            return redirect("decisions:proposal", request.community.slug, proposal.pk)
    context = {
        "form": form,
        "draft": draft,
        "proposal": proposal,
        "answers": _answers(request, draft),
        "steps": names_of_steps(),
        "is_first": proposal.state == Proposal.State.DRAFT,
        "consent_round": actions.open_round_on(proposal),
    }
    return render(request, "decisions/check.html", context)


def _answers(request: MemberRequest, draft: Draft) -> list[dict[str, Any]]:
    """Each part with its question, what was written, and where to change it."""
    where = [request.community.slug, draft.proposal_id]
    titled = [("title", _("What is it about?"), draft.proposal.title)]
    rows = [(part, question_of(part), getattr(draft, part) or _("Nothing yet.")) for part in PARTS]
    if draft.proposal.state != Proposal.State.DRAFT:
        titled = []
    return [
        {"label": label, "value": text, "url": f"{reverse('decisions:write_part', args=[*where, part])}?change"}
        for part, label, text in [*titled, *rows]
    ]


@require_POST
@needs("decisions.propose")
def discard(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Throw the draft away; Undo brings it back."""
    draft = find_draft(request, proposal_id)
    proposal, form = draft.proposal, SeenForm(request.POST)
    if form.is_valid():
        was_draft = proposal.state == Proposal.State.DRAFT
        try:
            actions.discard(proposal=proposal, at=now(), **writer_of(request, proposal).deed(), **form.cleaned_data)
        except EXPECTED as refusal:
            flash.sorry(request, words_for(refusal))
        else:
            told = _("“%(title)s” is thrown away.") if was_draft else _("The draft of the next version is thrown away.")
            flash.done(request, told % {"title": proposal.title}, undo_url=undo_url(proposal, by=request.user))
    return redirect("decisions:home", request.community.slug)


@require_POST
@needs("decisions.propose")
def begin_next(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Begin the next version with the present words, or go on with the draft that is there."""
    proposal = find_proposal(request, proposal_id, "decisions.write_proposal")
    try:
        actions.begin_next(proposal=proposal, at=now(), **writer_of(request, proposal).deed())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("decisions:proposal", request.community.slug, proposal.pk)
    return redirect("decisions:write", request.community.slug, proposal.pk)
