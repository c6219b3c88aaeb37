"""Who stands for a proposal, and taking it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.proposals import AuthorForm, WithdrawForm
from alongside.decisions.models import Author, Proposal
from alongside.decisions.refusals.proposals import EXPECTED, explain, words_for
from alongside.decisions.views.finding import find_proposal, writer_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.people.listing import seen_members
from alongside.people.undoing import undo_url
from alongside.ui import flash


@needs("decisions.propose")
def authors(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Who writes it; name another."""
    proposal = find_proposal(request, proposal_id, "decisions.write_proposal")
    form = AuthorForm(request.POST or None, people=seen_members(request.standing))
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        author = actions.add_author(proposal=proposal, membership=who, at=now(), **writer_of(request, proposal).deed())
        told = _("%(name)s is an author too, and is told so.") % {"name": who.person}
        flash.done(request, told, undo_url=undo_url(author, by=request.user))
        return redirect("decisions:authors", request.community.slug, proposal.pk)
    rows = Author.objects.of(request.community).filter(proposal=proposal).with_people().in_order()
    return render(request, "decisions/authors.html", {"form": form, "proposal": proposal, "rows": rows})


@require_POST
@needs("decisions.propose")
def step_down(request: MemberRequest, proposal_id: UUID, author_id: UUID) -> HttpResponse:
    """An author steps down, or is taken off by another one."""
    proposal = find_proposal(request, proposal_id, "decisions.write_proposal")
    rows = Author.objects.of(request.community).filter(proposal=proposal).with_people()
    author: Author = get_object_or_404(rows, pk=author_id)
    author.proposal, author.community = proposal, request.community
    try:
        actions.step_down(author=author, at=now(), **writer_of(request, proposal).deed())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
        return redirect("decisions:authors", request.community.slug, proposal.pk)
    told = _("%(name)s is no author any more.") % {"name": author}
    flash.done(request, told, undo_url=undo_url(proposal, by=request.user))
    if proposal.state == Proposal.State.DRAFT:
        return redirect("decisions:home", request.community.slug)
    return redirect("decisions:proposal", request.community.slug, proposal.pk)


@needs("decisions.propose")
def withdraw(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Take a proposal back, and say why."""
    proposal = find_proposal(request, proposal_id, "decisions.write_proposal")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(proposal=proposal, at=now(), **writer_of(request, proposal).deed(), **form.cleaned_data)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            told = _("“%(title)s” is taken back.") % {"title": proposal.title}
            flash.done(request, told, undo_url=undo_url(proposal, by=request.user))
            return redirect("decisions:proposal", request.community.slug, proposal.pk)
    return render(request, "decisions/withdraw.html", {"form": form, "proposal": proposal})
