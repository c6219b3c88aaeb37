"""A person's own notices: reading changes nothing, marking as read is a button."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.kernel.clock import now
from alongside.notices import actions, kinds
from alongside.notices.forms import ChoicesForm
from alongside.notices.models import ALL, Choice, Notice
from alongside.people.access import MemberRequest, needs
from alongside.ui import flash

PAGE_SIZE = 30


@require_GET
@needs("notices.read_mine")
def notices(request: MemberRequest) -> HttpResponse:
    """The newest notices, with a way to older ones."""
    mine = Notice.objects.of(request.community).to(request.user).shown_by(now())
    some = mine.newest_first()
    before = _uuid(request.GET.get("before", ""))
    if before:
        some = some.older_than(before)
    page = list(some[: PAGE_SIZE + 1])
    words = {
        "notices": page[:PAGE_SIZE],
        "unread_count": mine.unread().count(),
        "older_url": f"?before={page[PAGE_SIZE - 1].pk}" if len(page) > PAGE_SIZE else "",
        "newer_url": "?" if before else "",
    }
    return render(request, "notices/list.html", words)


@require_POST
@needs("notices.read_mine")
def read_all(request: MemberRequest) -> HttpResponse:
    actions.mark_read(person=request.user, community=request.community, at=now())
    return redirect("notices:list", request.community.slug)


@require_POST
@needs("notices.read_mine")
def open_notice(request: MemberRequest, notice_id: UUID) -> HttpResponse:
    """Mark one as read, and go where it points."""
    mine = Notice.objects.of(request.community).to(request.user).shown_by(now())
    notice = get_object_or_404(mine, pk=notice_id)
    actions.mark_read(person=request.user, community=request.community, at=now(), notice=notice)
    if notice.link:
        return redirect(notice.link)
    return redirect("notices:list", request.community.slug)


@require_http_methods(["GET", "POST"])
@needs("notices.choose_mine")
def choices(request: MemberRequest) -> HttpResponse:
    """Which notices, and how often."""
    mine = Choice.objects.of(request.community).filter(person=request.user)
    now_chosen = dict(mine.values_list("kind", "when"))
    form = ChoicesForm(request.POST or None, now_chosen=now_chosen)
    if form.is_valid():
        actions.choose(
            person=request.user, community=request.community, choices=form.choices, by=request.user, at=now()
        )
        flash.done(request, _("Your choices are kept."))
        return redirect("notices:choices", request.community.slug)
    words = {
        "form": form,
        "essential": kinds.essential(),
        "all_stopped": now_chosen.get(ALL) == Choice.When.NEVER,
        "person": request.user,
    }
    return render(request, "notices/choices.html", words)


@require_POST
@needs("notices.choose_mine")
def stop_all(request: MemberRequest) -> HttpResponse:
    actions.stop(person=request.user, community=request.community, by=request.user, at=now())
    flash.done(request, _("We send you nothing any more, except about safety and signing in."))
    return redirect("notices:choices", request.community.slug)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
