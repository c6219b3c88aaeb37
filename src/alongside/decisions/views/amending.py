"""Changes to a proposal's words: offering one, looking at it word by word, and what comes of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.amendments import AmendForm, RefuseForm
from alongside.decisions.models import Amendment, Proposal, Version
from alongside.decisions.refusals.proposals import EXPECTED, explain, words_for
from alongside.decisions.rules.comparing import compare
from alongside.decisions.rules.paragraphs import paragraphs
from alongside.decisions.views.finding import (
    SPEAK,
    allowed,
    answerer_of,
    find_proposal,
    find_version,
    may_write_for,
    speaker_of,
    writer_of,
)
from alongside.decisions.views.showing import AMENDMENT_TONES
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, may, needs, note_refusal, subject
from alongside.people.undoing import undo_url
from alongside.ui import flash


@needs("decisions.speak")
def amend(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Offer other words for the whole, or with `?paragraph=` for one paragraph; `?from=` takes up an older change."""
    found = find_proposal(request, proposal_id, "decisions.see_proposal")
    present = find_version(found)
    form = AmendForm(request.POST or None, people=may_write_for(request), initial=_first_words(request, present))
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        version = find_version(found, told.pop("number"))
        try:
            made = actions.amend(version=version, membership=speaker.membership, at=now(), **speaker.deed(), **told)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(
                request, _("Your change is offered. The authors are told."), undo_url=undo_url(made, by=request.user)
            )
            return redirect("decisions:amendment", request.community.slug, made.pk)
    chosen = form["paragraph"].value() or ""
    return render(request, "decisions/amend.html", {"form": form, "proposal": found, "chosen": chosen})


def _first_words(request: MemberRequest, present: Version) -> dict[str, Any]:
    """What stands in the form at first: the present words, one paragraph of them, or those of an older change."""
    parts, asked = paragraphs(present.text), request.GET.get("paragraph", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 6 and 1 <= int(asked) <= len(parts):
        return {"number": present.number, "paragraph": int(asked), "text": parts[int(asked) - 1]}
    made = _older(request, present)
    return {
        "number": present.number,
        "text": made.text if made else present.text,
        "why": made.why if made else "",
    }


def _older(request: MemberRequest, present: Version) -> Amendment | None:
    """The change named in the address, when there is such a one."""
    try:
        named = UUID(request.GET.get("from", ""))
    except ValueError:
        return None
    found: Amendment | None = (
        Amendment.objects.of(request.community).filter(proposal=present.proposal, pk=named).first()
    )
    return found


@needs("decisions.see_proposals")
def amendment(request: MemberRequest, amendment_id: UUID) -> HttpResponse:
    """A change, word by word, and what came of it."""
    return _page(request, _find(request, amendment_id), RefuseForm())


@require_POST
@needs("decisions.propose")
def accept(request: MemberRequest, amendment_id: UUID) -> HttpResponse:
    """Let it become the next version."""
    made = _for_authors(request, amendment_id)
    writer = writer_of(request, made.proposal)
    try:
        version = actions.accept_amendment(amendment=made, membership=writer.membership, at=now(), **writer.deed())
    except EXPECTED as refusal:
        return _sorry(request, made, refusal)
    flash.done(request, _("Accepted. This is version %(number)s now.") % {"number": version.number})
    return redirect("decisions:proposal", request.community.slug, made.proposal_id)


@require_POST
@needs("decisions.propose")
def refuse(request: MemberRequest, amendment_id: UUID) -> HttpResponse:
    """Leave the words as they are, and say why."""
    made = _for_authors(request, amendment_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, made, form)
    answerer = answerer_of(request)
    try:
        actions.refuse_amendment(
            amendment=made, membership=answerer.membership, at=now(), **answerer.deed(), **form.cleaned_data
        )
    except EXPECTED as refusal:
        return _sorry(request, made, refusal)
    flash.done(request, _("The words stay as they are."), undo_url=undo_url(made, by=request.user))
    return redirect("decisions:amendment", request.community.slug, made.pk)


@require_POST
@needs("decisions.own_amendment")
def withdraw(request: MemberRequest, amendment_id: UUID) -> HttpResponse:
    """Take one's own change back."""
    made = _own(request, amendment_id)
    try:
        actions.withdraw_amendment(amendment=made, at=now(), **_whose(request, made))
    except EXPECTED as refusal:
        return _sorry(request, made, refusal)
    flash.done(request, _("The change is taken back."))
    return redirect("decisions:amendment", request.community.slug, made.pk)


@require_POST
@needs("decisions.own_amendment")
def live_on(request: MemberRequest, amendment_id: UUID) -> HttpResponse:
    """Let one's own change begin a proposal."""
    made = _own(request, amendment_id)
    try:
        begun = actions.live_on(amendment=made, at=now(), **_whose(request, made))
    except EXPECTED as refusal:
        return _sorry(request, made, refusal)
    flash.done(request, _("It is a draft of its own now. Nobody else reads it yet."))
    return redirect("decisions:write", request.community.slug, begun.pk)


def _find(request: MemberRequest, amendment_id: UUID) -> Amendment:
    rows = Amendment.objects.of(request.community).with_people()
    made: Amendment = get_object_or_404(rows, pk=amendment_id)
    made.community = made.proposal.community = made.version.community = request.community
    return made


def _for_authors(request: MemberRequest, amendment_id: UUID) -> Amendment:
    """A change that this person may answer, or 404 (403 when that is for others)."""
    made = _find(request, amendment_id)
    find_proposal(request, made.proposal_id, "decisions.write_proposal")
    return made


def _own(request: MemberRequest, amendment_id: UUID) -> Amendment:
    """A change that is this person's own, or that of somebody for whom they write."""
    made = _find(request, amendment_id)
    if not allowed(request, "decisions.own_amendment", made):
        note_refusal(request, "decisions.own_amendment")
        raise PermissionDenied
    return made


def _whose(request: MemberRequest, made: Amendment) -> dict[str, Any]:
    """Who does it: whoever offered it, or a coordinator who heard it from them."""
    if made.membership_id == subject(request).pk:
        return dict(zip(("by", "on_behalf_of", "channel"), actor(request, SPEAK), strict=True))
    return {"by": request.user, "on_behalf_of": made.membership.person, "channel": Channel.PHONE}


def _sorry(request: MemberRequest, made: Amendment, refusal: Any) -> HttpResponse:
    flash.sorry(request, words_for(refusal))
    return redirect("decisions:amendment", request.community.slug, made.pk)


def _page(request: MemberRequest, made: Amendment, form: RefuseForm) -> HttpResponse:
    found = made.proposal
    present = find_version(found)
    is_talked_over = found.state == Proposal.State.TALKED_OVER
    is_present = made.version_id == present.pk
    waits = made.state == Amendment.State.OPEN
    owns = allowed(request, "decisions.own_amendment", made)
    context = {
        "made": made,
        "tone": AMENDMENT_TONES[made.state],
        "proposal": found,
        "compared": compare(made.version.text, made.text) if made.text else [],
        "is_old": waits and is_talked_over and not is_present,
        "may_accept": waits and is_talked_over and is_present and allowed(request, "decisions.write_proposal", found),
        "may_refuse": waits and allowed(request, "decisions.write_proposal", found),
        "may_withdraw": waits and owns,
        "may_live_on": owns and made.text and made.state in {Amendment.State.OPEN, Amendment.State.REFUSED},
        "form": form,
        "shows_people": may(request, "people.see_members"),
    }
    return render(request, "decisions/amendment.html", context)
