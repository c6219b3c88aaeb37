"""Sources beside a proposal: put there, opened, taken off."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions import actions
from alongside.decisions.forms.sources import SourceForm
from alongside.decisions.models import Source
from alongside.decisions.refusals.proposals import EXPECTED, explain, words_for
from alongside.decisions.views.finding import find_proposal, writer_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.people.undoing import undo_url
from alongside.ui import flash


@needs("decisions.propose")
def add_source(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """Put an address or a file beside the proposal."""
    proposal = find_proposal(request, proposal_id, "decisions.write_proposal")
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        writer = writer_of(request, proposal)
        try:
            source = actions.add_source(
                proposal=proposal, membership=writer.membership, at=now(), **writer.deed(), **form.told()
            )
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            told = _("“%(title)s” stands beside the proposal.") % {"title": source.title}
            flash.done(request, told, undo_url=undo_url(source, by=request.user))
            return redirect("decisions:proposal", request.community.slug, proposal.pk)
    return render(request, "decisions/add_source.html", {"form": form, "proposal": proposal})


@require_POST
@needs("decisions.propose")
def remove_source(request: MemberRequest, source_id: UUID) -> HttpResponse:
    """Take it off; Undo brings it back."""
    source = _find(request, source_id, "decisions.write_proposal")
    try:
        actions.remove_source(source=source, at=now(), **writer_of(request, source.proposal).deed())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        told = _("“%(title)s” is taken off.") % {"title": source.title}
        flash.done(request, told, undo_url=undo_url(source, by=request.user))
    return redirect("decisions:proposal", request.community.slug, source.proposal_id)


@needs("decisions.see_proposals")
def source_file(request: MemberRequest, source_id: UUID) -> HttpResponse:
    """The file, to be kept or opened elsewhere: never shown inside a page of ours."""
    source = _find(request, source_id, "decisions.see_proposal")
    if source.data is None:
        return redirect("decisions:proposal", request.community.slug, source.proposal_id)
    answer = HttpResponse(bytes(source.data), content_type=source.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=source.file_name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _find(request: MemberRequest, source_id: UUID, permission: str) -> Source:
    """A source of a proposal that one has `permission` for, or 404 (403 without it)."""
    rows = Source.objects.of(request.community).filter(removed_at=None)
    source: Source = get_object_or_404(rows, pk=source_id)
    source.proposal, source.community = find_proposal(request, source.proposal_id, permission), request.community
    return source
