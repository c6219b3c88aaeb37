"""Calendar addresses: made, shown once, ended at once; and what a calendar reads there."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.gatherings import actions, ical
from alongside.gatherings.forms.taking_part import FeedForm
from alongside.gatherings.limits import AN_HOUR, Limit
from alongside.gatherings.models import Feed
from alongside.gatherings.refusals import EXPECTED, explain
from alongside.gatherings.views.reading import calendar_tabs
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, may, needs, public, require
from alongside.people.backends import client_address
from alongside.ui import flash

# So often an hour one address may be read, and one visitor may guess in vain.
reads, guesses = Limit(60), Limit(30)


@never_cache
@needs("gatherings.keep_feed")
def feeds(request: MemberRequest) -> HttpResponse:
    """My own calendar addresses, and for coordinators those of everybody."""
    actor(request, "gatherings.sign_up")
    may_public = may(request, "gatherings.make_public_feed")
    form = FeedForm(request.POST or None, may_make_public=may_public)
    fresh = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            fresh = actions.make_feed(
                community=request.community, membership=None if given.get("is_public") else request.membership,
                name=given["name"], shows_titles=given["shows_titles"], by=request.user, at=now(),
            )  # fmt: skip
        except EXPECTED as refusal:
            explain(refusal, form)
    rows = Feed.objects.of(request.community).live().order_by("made_at", "id")
    context = {
        "form": FeedForm(may_make_public=may_public) if fresh else form,
        "address": _address(fresh.secret) if fresh else "",
        "mine": rows.filter(membership=request.membership),
        "everybody_s": rows.filter(membership=None) if may_public else [],
        "tabs": calendar_tabs(request, "feeds"),
    }
    return render(request, "gatherings/feeds.html", context)


def _address(secret: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('gatherings:feed', args=[secret])}"


@require_POST
@needs("gatherings.keep_feed")
def end_feed(request: MemberRequest, feed_id: UUID) -> HttpResponse:
    """From now on nobody reads anything there."""
    found: Feed = get_object_or_404(Feed.objects.of(request.community), pk=feed_id)
    found.community = request.community
    permission = "gatherings.make_public_feed" if found.membership_id is None else "gatherings.keep_feed"
    require(request, permission, found)
    actions.end_feed(feed=found, by=request.user, at=now())
    flash.done(request, _("The address is ended. Nobody reads anything there any more."))
    return redirect("gatherings:feeds", request.community.slug)


@public
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar reads. A wrong or ended address says the same as one that never was."""
    visitor = client_address(request)
    if guesses.is_reached(visitor):
        return _too_often()
    found = Feed.objects.live().filter(secret_hash=actions.hashed(secret)).select_related("community", "membership")
    one: Feed | None = found.exclude(membership__left_at__isnull=False).first()
    if one is None:
        guesses.count(visitor)
        raise Http404
    if reads.is_reached(str(one.pk)):
        return _too_often()
    reads.count(str(one.pk))
    write = ical.personal if one.membership_id else ical.public
    file = write(one, at=now(), address=settings.PUBLIC_ADDRESS)
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_often() -> HttpResponse:
    headers = {"Retry-After": str(int(AN_HOUR))}
    return HttpResponse(_("Too often. Try again in an hour."), status=429, headers=headers)
