"""What is checked here, and which role or duty asks for it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.safeguarding import actions, showing
from alongside.safeguarding.forms import KindForm, RequireForm
from alongside.safeguarding.models import CheckKind, Requirement
from alongside.safeguarding.refusals import EXPECTED, words_for
from alongside.safeguarding.usual import USUAL
from alongside.ui import flash


@needs("safeguarding.keep_kinds")
def kinds(request: MemberRequest) -> HttpResponse:
    context = {"rows": showing.kinds_shown(request.community), "usual": [each["name"] for each in USUAL]}
    return render(request, "safeguarding/kinds.html", context)


@require_POST
@needs("safeguarding.keep_kinds")
def usual(request: MemberRequest) -> HttpResponse:
    """Begin with the usual kinds; where there are any already, nothing is added."""
    if actions.add_usual_kinds(community=request.community, by=request.user, at=now()):
        flash.done(request, _("The usual kinds are here. Change them as you need."))
    return redirect("safeguarding:kinds", request.community.slug)


@needs("safeguarding.keep_kinds")
def add(request: MemberRequest) -> HttpResponse:
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_kind(community=request.community, by=request.user, at=now(), **form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error("name", words_for(refusal))
        else:
            flash.done(request, _("%(kind)s can be written down now. Say who needs it.") % {"kind": made})
            return redirect("safeguarding:kind", request.community.slug, made.pk)
    return render(request, "safeguarding/add_kind.html", {"form": form})


def _find(request: MemberRequest, kind_id: UUID) -> CheckKind:
    rows = CheckKind.objects.of(request.community).in_use().select_related("community")
    found: CheckKind = get_object_or_404(rows, pk=kind_id)
    return found


def _page(request: MemberRequest, kind: CheckKind, *, form: KindForm, require_form: RequireForm) -> HttpResponse:
    asked = Requirement.objects.of(request.community).filter(kind=kind).select_related("group")
    needed = [(each, showing.needed_by(each)) for each in asked.order_by("role", "duty", "pk")]
    context = {"kind": kind, "form": form, "require_form": require_form, "needed": needed}
    return render(request, "safeguarding/kind.html", context)


@needs("safeguarding.keep_kinds")
def kind(request: MemberRequest, kind_id: UUID) -> HttpResponse:
    """A kind, to be changed, and who needs it."""
    found = _find(request, kind_id)
    known = {"name": found.name, "months": found.months, "needed": found.needed}
    form = KindForm(request.POST or None, initial=known, changes=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_kind(kind=found, by=request.user, at=now(), **form.cleaned_data)
        except EXPECTED as refusal:
            form.add_error("name", words_for(refusal))
            found = _find(request, kind_id)
        else:
            flash.done(request, _("%(kind)s is changed.") % {"kind": found})
            return redirect("safeguarding:kinds", request.community.slug)
    return _page(request, found, form=form, require_form=RequireForm(community=request.community))


@require_POST
@needs("safeguarding.keep_kinds")
def require(request: MemberRequest, kind_id: UUID) -> HttpResponse:
    found = _find(request, kind_id)
    form = RequireForm(request.POST, community=request.community)
    if form.is_valid():
        asked = actions.require(kind=found, by=request.user, at=now(), **form.told())
        flash.done(request, _("%(who)s: %(kind)s is asked for.") % {"who": showing.needed_by(asked), "kind": found})
        return redirect("safeguarding:kind", request.community.slug, found.pk)
    known = {"name": found.name, "months": found.months, "needed": found.needed}
    return _page(request, found, form=KindForm(initial=known, changes=True), require_form=form)


@require_POST
@needs("safeguarding.keep_kinds")
def archive(request: MemberRequest, kind_id: UUID) -> HttpResponse:
    try:
        gone = actions.archive_kind(kind=_find(request, kind_id), by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("%(kind)s is asked for no more. What is written down stays.") % {"kind": gone})
    return redirect("safeguarding:kinds", request.community.slug)


@require_POST
@needs("safeguarding.keep_kinds")
def no_longer_require(request: MemberRequest, requirement_id: UUID) -> HttpResponse:
    rows = Requirement.objects.of(request.community).select_related("community", "group", "kind")
    asked = get_object_or_404(rows, pk=requirement_id)
    try:
        actions.no_longer_require(requirement=asked, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("%(who)s: it is asked for no more.") % {"who": showing.needed_by(asked)})
    return redirect("safeguarding:kind", request.community.slug, asked.kind_id)
