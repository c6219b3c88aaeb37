"""Pages without a community in their address: STOP from an e-mail, and long work to watch."""

from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from alongside.kernel.clock import now
from alongside.kernel.models import Progress
from alongside.kernel.progress import has_gone_silent
from alongside.notices import actions, kinds
from alongside.notices.stopping import read_stop_token
from alongside.people.access import SignedInRequest, public, signed_in
from alongside.people.models import Community, Person


# A mail program posts here for its reader, without a cookie; the signed token says for whom.
@csrf_exempt
@require_http_methods(["GET", "POST"])
@public
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop e-mails of a kind, or all (`everything=yes`), without signing in. A GET only asks."""
    try:
        asked = read_stop_token(token)
    except signing.BadSignature:
        raise Http404 from None
    person = get_object_or_404(Person.objects.select_related("merged_into"), pk=asked.person_id, erased_at=None)
    person = person.merged_into or person
    community = get_object_or_404(Community, pk=asked.community_id)
    kind = "" if request.POST.get("everything") else asked.kind
    if request.method == "POST":
        actions.stop(person=person, community=community, kind=kind, by=None, at=now())
    with translation.override(person.language):
        words = {
            "from_community": community,
            "label": kinds.of(asked.kind).label if asked.kind else "",
            "stopped": request.method == "POST",
            "stopped_all": not kind,
        }
        return render(request, "notices/stop.html", words)


@require_GET
@signed_in
def progress(request: SignedInRequest, progress_id: UUID) -> HttpResponse:
    """How far long work is. The page asks again by itself, with and without script; it may be left."""
    watched = get_object_or_404(Progress, pk=progress_id, person_id=request.user.pk)
    words = {"progress": watched, "silent": has_gone_silent(watched, at=now())}
    template = "notices/progress.html#state" if request.headers.get("HX-Request") else "notices/progress.html"
    response = render(request, template, words)
    if watched.is_over and request.headers.get("HX-Request"):
        # Once it is over the whole page is drawn anew, without asking again.
        response["HX-Refresh"] = "true"
    return response
