"""Moving in: upload, look, say yes, watch, and take back. And lists to take out."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.interop import actions, lists
from alongside.interop.forms import FilesForm
from alongside.interop.models import Import
from alongside.interop.rules.tables import NotATable
from alongside.interop.words import TOO_MANY_WAITING, WHY_NOT_A_TABLE, error_rows
from alongside.kernel import clock, progress
from alongside.people.access import MemberRequest, may, needs, require
from alongside.timebank.models import Account
from alongside.ui import flash


@require_http_methods(["GET", "POST"])
@needs("interop.move_in")
def moving_in(request: MemberRequest) -> HttpResponse:
    """Upload another system's files; nothing moves yet."""
    sent = request.method == "POST"
    form = FilesForm(request.POST, request.FILES) if sent else FilesForm()
    if sent and form.is_valid():
        try:
            made = actions.read_files(
                community=request.community, files=form.files_as_bytes(), by=request.user, at=clock.now()
            )
            return redirect("interop:import", request.community.slug, made.pk)
        except NotATable as refusal:
            form.add_error(refusal.file, str(WHY_NOT_A_TABLE[refusal.why]))
        except actions.TooManyWaiting:
            form.add_error(None, str(TOO_MANY_WAITING))
    earlier = Import.objects.of(request.community).exclude(state=Import.State.DROPPED).order_by("-read_at")[:10]
    return render(request, "interop/moving_in.html", {"form": form, "earlier": earlier})


@require_GET
@needs("interop.move_in")
def one_import(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """What was read, with errors by row; or what became of it."""
    made = _import(request, import_id)
    beyond = Account.objects.of(request.community).filter(pk__in=made.report.get("beyond_limits", []))
    context = {"import": made, "errors": error_rows(made.report), "beyond": beyond.with_holders()}
    return render(request, "interop/import.html", context)


@require_POST
@needs("interop.move_in")
def move_in(request: MemberRequest, import_id: UUID) -> HttpResponse:
    made = _import(request, import_id)
    watched = progress.begin(
        work="interop.move_in",
        args={
            "import_id": str(made.pk),
            "person_id": str(request.user.pk),
            "without_errors": "without_errors" in request.POST,
        },
        title=_("Moving in"),
        person_id=request.user.pk,
        community_id=request.community.pk,
        at=clock.now(),
    )
    return redirect("notices:progress", watched.pk)


@require_POST
@needs("interop.move_in")
def undo_import(request: MemberRequest, import_id: UUID) -> HttpResponse:
    made = _import(request, import_id)
    watched = progress.begin(
        work="interop.undo_import",
        args={"import_id": str(made.pk), "person_id": str(request.user.pk)},
        title=_("Taking back what was moved in"),
        person_id=request.user.pk,
        community_id=request.community.pk,
        at=clock.now(),
    )
    return redirect("notices:progress", watched.pk)


@require_POST
@needs("interop.move_in")
def drop_import(request: MemberRequest, import_id: UUID) -> HttpResponse:
    try:
        actions.drop(waiting=_import(request, import_id), by=request.user, at=clock.now())
        flash.done(request, _("The files are forgotten. Nothing was moved in."))
    except actions.NotWaiting:
        flash.sorry(request, _("These files were moved in, or dropped, by somebody else."))
    return redirect("interop:moving_in", request.community.slug)


def _import(request: MemberRequest, import_id: UUID) -> Import:
    made: Import = get_object_or_404(Import.objects.of(request.community).select_related("community"), pk=import_id)
    return made


@require_GET
@needs("interop.take_lists")
def all_lists(request: MemberRequest) -> HttpResponse:
    """Every list this person may take out."""
    offered = [each for each in lists.LISTS.values() if may(request, each.permission)]
    return render(request, "interop/lists.html", {"lists": offered})


@require_POST
@needs("interop.take_lists")
def list_file(request: MemberRequest, name: str, form: str) -> HttpResponse:
    """One list as a file, CSV or XLSX; who takes it is written down, so it takes a button."""
    if name not in lists.LISTS:
        raise Http404
    wanted = lists.LISTS[name]
    require(request, wanted.permission)
    actions.note_list_taken(wanted=wanted, community=request.community, by=request.user, at=clock.now())
    return lists.FORMS[form](wanted, request.community)
