"""What belongs to the house itself: undo, language, look, health, robots, "not found"."""

from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.defaults import page_not_found

from alongside.kernel import undo as kernel_undo
from alongside.kernel.clock import now
from alongside.kernel.errors import Refusal
from alongside.people.access import SignedInRequest, public, signed_in
from alongside.ui import flash
from alongside.web import theme


@require_POST
@signed_in
def undo(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Take back what was just done, and say how that went."""
    try:
        kernel_undo.perform(id=offer_id, by=request.user.pk, at=now())
    except kernel_undo.TooLateToUndo as refusal:
        flash.sorry(
            request,
            ngettext(
                "It is too late to undo this. The button works for %(seconds)d second.",
                "It is too late to undo this. The button works for %(seconds)d seconds.",
                refusal.seconds,
            )
            % {"seconds": refusal.seconds},
        )
    except kernel_undo.AlreadyUndone:
        flash.note(request, _("This was undone already."))
    except kernel_undo.NotYoursToUndo:
        flash.sorry(request, _("Only the person who did this can undo it."))
    except Refusal:
        flash.sorry(request, _("This cannot be undone any more: something else has happened since."))
    else:
        flash.done(request, _("Undone. Everything is as it was before."))
    return HttpResponseRedirect(came_from(request))


@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    """Show pages in another language on this device."""
    response = HttpResponseRedirect(came_from(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=theme.A_YEAR_IN_SECONDS, samesite="Lax", httponly=True
        )
    return response


@require_POST
@public
def look(request: HttpRequest) -> HttpResponse:
    """Light or dark, usual or large text, on this device."""
    response = HttpResponseRedirect(came_from(request))
    theme.choose(response, theme=request.POST.get("theme", ""), text_size=request.POST.get("text_size", ""))
    return response


@require_GET
@never_cache
@public
def health(request: HttpRequest) -> HttpResponse:
    """For machines that watch the house: 200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    return JsonResponse({"database": "answers"})


@require_GET
@public
def robots(request: HttpRequest) -> HttpResponse:
    """Communities are not for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page whether a place is missing or closed to this person: it must not tell which."""
    if getattr(request, "standing", None) is None:
        request.community = None  # type: ignore[attr-defined]
        vars(request).pop("house", None)
    return page_not_found(request, exception)


def came_from(request: HttpRequest) -> str:
    """Where to go back to: the address the form named, or the page it stood on, if it is ours."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return "/"
