"""What this room tells people about jobs: that they are asked, chosen, and that a term ends or is over."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Person
from alongside.programs.models import JobTerm
from alongside.ui import words

JOBS = kinds.register("programs.jobs", label=gettext_lazy("About jobs I am asked to do, or do"))


def asked(term: JobTerm, job: str, *, by: Person, at: datetime) -> None:
    def body() -> str:
        return _("Would you do this: %(job)s? Say yes or no on its page.") % {"job": job}

    _tell(term, gettext_lazy("You are asked whether you would take something on"), body, "asked", at=at, by=by)


def chosen(term: JobTerm, job: str, *, by: Person, at: datetime) -> None:
    def body() -> str:
        return _("You were chosen: %(job)s. Thank you for offering.") % {"job": job}

    _tell(term, gettext_lazy("You were chosen"), body, "chosen", at=at, by=by)


def ends_soon(term: JobTerm, job: str, *, at: datetime) -> None:
    """A while before a term ends; the seat stands on the list of those to fill."""

    def body() -> str:
        assert term.ends_on is not None
        told = {"job": job, "day": words.day_text(term.ends_on, form="date")}
        return _("%(job)s: your last day is %(day)s. The place is on the list, so that somebody can follow you.") % told

    _tell(term, gettext_lazy("Your term ends soon"), body, "ends", at=at)


def over(term: JobTerm, job: str, *, at: datetime) -> None:
    def body() -> str:
        return _("%(job)s: your term is over. Thank you for all you did.") % {"job": job}

    _tell(term, gettext_lazy("Your term is over"), body, "over", at=at)


def take_back(term: JobTerm, *, at: datetime) -> None:
    """They were never asked or chosen."""
    for what in ("asked", "chosen"):
        notices.take_back(community=term.community, key=f"job-{what}:{term.pk}", at=at)


def _tell(
    term: JobTerm, title: object, body: Callable[[], str], what: str, *, at: datetime, by: Person | None = None
) -> None:
    if by is not None and by.pk == term.membership.person_id:
        return
    notices.tell(
        person=term.membership.person,
        community=term.community,
        kind=JOBS.name,
        title=lambda: str(title),
        body=body,
        link=reverse("programs:job", args=[term.community.slug, term.program_id, term.job]),
        key=f"job-{what}:{term.pk}",
        after_seconds=undo.SECONDS if by else 0,
        by_id=by.pk if by else None,
        at=at,
    )
