"""Speaking about a proposal: where one stands, comments and questions, and answers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.talk import AnswerForm, ReactForm, ReplyForm, SidedForm, SpeakForm
from alongside.decisions.models import Contribution, Proposal, Version
from alongside.decisions.permissions.proposals import sides_of
from alongside.decisions.refusals.proposals import EXPECTED, explain, words_for
from alongside.decisions.rules.paragraphs import paragraphs
from alongside.decisions.views.finding import (
    Speaker,
    answerer_of,
    find_contribution,
    find_proposal,
    find_said,
    find_version,
    may_write_for,
    sides_here,
    speaker_of,
    usual_side,
)
from alongside.decisions.views.showing import with_quotes
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs, subject
from alongside.people.undoing import undo_url
from alongside.ui import flash


@needs("decisions.speak")
def speak(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Say something about the whole proposal, or with `?paragraph=` about one of its paragraphs."""
    found = find_proposal(request, proposal_id, "decisions.see_proposal")
    present = find_version(found)
    sides = sides_here(request)
    initial = {
        "number": present.number,
        "paragraph": _paragraph(request, present),
        "kind": request.GET.get("kind", Contribution.Kind.COMMENT),
        "side": usual_side(found, subject(request)),
    }
    form = SpeakForm(request.POST or None, sides=sides, people=may_write_for(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        said = _said(request, found, form, told)
        if said is not None:
            is_question = said.kind == Contribution.Kind.QUESTION
            text = _("Your question is asked. The authors are told.") if is_question else _("It is said. Thank you.")
            flash.done(request, text, undo_url=undo_url(said, by=request.user))
            page = reverse("decisions:proposal", args=[request.community.slug, found.pk])
            return redirect(f"{page}#said-{said.pk}")
    chosen = form["paragraph"].value() or ""
    return render(
        request,
        "decisions/speak.html",
        {"form": form, "proposal": found, "version": present, "quote": _quote(present, str(chosen)), "chosen": chosen},
    )


@needs("decisions.speak")
def reply(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Reply to a comment or a question; the reply stands below it."""
    first = find_said(request, contribution_id)
    found = find_proposal(request, first.proposal_id, "decisions.see_proposal")
    with_quotes([first])
    initial = {"number": first.version.number, "side": usual_side(found, subject(request))}
    form = ReplyForm(request.POST or None, sides=sides_here(request), people=may_write_for(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "reply_to": first, "kind": Contribution.Kind.COMMENT}
        said = _said(request, found, form, told)
        if said is not None:
            flash.done(request, _("It is said. Thank you."), undo_url=undo_url(said, by=request.user))
            page = reverse("decisions:proposal", args=[request.community.slug, found.pk])
            return redirect(f"{page}#said-{said.pk}")
    return render(request, "decisions/reply.html", {"form": form, "said": first, "proposal": found})


def _paragraph(request: MemberRequest, version: Version) -> int | None:
    """The paragraph named in the address, when there is such a one."""
    text = request.GET.get("paragraph", "")
    return int(text) if _quote(version, text) else None


def _quote(version: Version, number: str) -> str:
    parts = paragraphs(version.text)
    known = number.isascii() and number.isdigit() and len(number) < 6 and 1 <= int(number) <= len(parts)
    return parts[int(number) - 1] if known else ""


def _said(request: MemberRequest, found: Proposal, form: SidedForm, told: dict[str, Any]) -> Contribution | None:
    """Keep the words; None, with the reason on the form, when they are refused."""
    speaker = speaker_of(request, told)
    version = find_version(found, told.pop("number"))
    side = _side(found, speaker, told.pop("side", ""), form)
    if side is None:
        return None
    try:
        return actions.speak(
            version=version, membership=speaker.membership, side=side, at=now(), **speaker.deed(), **told
        )
    except EXPECTED as refusal:
        explain(refusal, form)
        return None


def _side(found: Proposal, speaker: Speaker, chosen: str, form: SidedForm) -> str | None:
    """The side somebody speaks for: the one they chose, or their only one; None when they have to say which."""
    sides = sides_of(speaker.membership, on=today())
    if chosen or len(sides) < 2:
        return chosen or (sides[0] if sides else "")
    usual = usual_side(found, speaker.membership)
    if usual in sides:
        return usual
    form.add_error(
        "side" if "side" in form.fields else None, _("Say for which side: there are several to choose from.")
    )
    return None


@require_POST
@needs("decisions.speak")
def react(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Helps me, worries me, not sure; or my word taken back."""
    found = find_proposal(request, proposal_id, "decisions.see_proposal")
    page = redirect("decisions:proposal", request.community.slug, found.pk)
    try:
        if "back" in request.POST:
            speaker = speaker_of(request, {})
            actions.unreact(proposal=found, membership=speaker.membership, at=now(), **speaker.deed())
            flash.done(request, _("Your word is taken back."))
            return page
        form = ReactForm(request.POST, sides=sides_here(request), people=may_write_for(request))
        if form.is_valid():
            _reacted(request, found, form)
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return page
    for errors in form.errors.values():
        flash.sorry(request, " ".join(map(str, errors)))
    return page


def _reacted(request: MemberRequest, found: Proposal, form: ReactForm) -> None:
    told = {**form.cleaned_data}
    speaker = speaker_of(request, told)
    version = find_version(found, told.pop("number"))
    side = _side(found, speaker, told.pop("side", ""), form)
    if side is not None:
        actions.react(version=version, membership=speaker.membership, side=side, at=now(), **speaker.deed(), **told)
        flash.done(request, _("Thank you. Your word counts on your side, and you can change it at any time."))


@needs("decisions.speak")
def answer(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Answer a question or a comment: you said, we did or did not, because."""
    said = find_contribution(request, contribution_id)
    form = AnswerForm(request.POST or None, contribution=said)
    if request.method == "POST" and form.is_valid():
        writer = answerer_of(request)
        try:
            actions.answer(
                contribution=said, membership=writer.membership, at=now(), **writer.deed(), **form.cleaned_data
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            told = _("Answered. %(name)s is told, and everybody can read it.") % {"name": said.membership.person}
            flash.done(request, told, undo_url=undo_url(said, by=request.user))
            page = reverse("decisions:proposal", args=[request.community.slug, said.proposal_id])
            return redirect(f"{page}#said-{said.pk}")
    with_quotes([said])
    return render(request, "decisions/answer.html", {"form": form, "said": said, "proposal": said.proposal})
