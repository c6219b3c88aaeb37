"""Moving in and taking back as long work: watched on a page that may be left."""

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from alongside.interop import actions
from alongside.interop.models import Import
from alongside.kernel import clock
from alongside.kernel.jobs import periodic
from alongside.kernel.progress import Reporter, Result, WorkStopped, long_work
from alongside.people.models import Person
from alongside.timebank.actions import AccountClosed


@long_work("interop.move_in")
def move_in(report: Reporter, *, import_id: str, person_id: str, without_errors: bool) -> Result:
    """Move a read import in."""
    waiting, by = _import(import_id), Person.objects.get(pk=UUID(person_id))
    try:
        actions.move_in(waiting=waiting, by=by, at=clock.now(), without_errors=without_errors, report=report)
    except actions.NotWaiting:
        raise WorkStopped(words=gettext("These files were moved in, or dropped, by somebody else.")) from None
    except actions.ImportHasErrors as refusal:
        words = ngettext(
            "%(count)s row cannot be read, so nothing was moved in.",
            "%(count)s rows cannot be read, so nothing was moved in.",
            refusal.count,
        )
        raise WorkStopped(words=words % {"count": refusal.count}) from None
    return Result(words=gettext("Everything has moved in."), link=_page(waiting))


@long_work("interop.undo_import")
def undo_import(report: Reporter, *, import_id: str, person_id: str) -> Result:
    """Take an import back."""
    moved, by = _import(import_id), Person.objects.get(pk=UUID(person_id))
    try:
        actions.undo_import(moved=moved, by=by, at=clock.now(), report=report)
    except actions.NotMovedIn:
        raise WorkStopped(words=gettext("This was taken back already.")) from None
    except AccountClosed:
        words = gettext("Somebody's account was closed since. Open it again, then try once more.")
        raise WorkStopped(words=words) from None
    return Result(words=gettext("Everything was taken back."), link=_page(moved))


@periodic("interop.files", every=timedelta(days=1))
def forget_files(at: datetime) -> str:
    """Forget files that wait for a yes nobody gives."""
    return f"{actions.drop_forgotten(at=at)} dropped"


def _import(import_id: str) -> Import:
    made: Import = Import.objects.select_related("community").get(pk=UUID(import_id))
    return made


def _page(made: Import) -> str:
    return reverse("interop:import", args=[made.community.slug, made.pk])
