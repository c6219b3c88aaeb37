"""What several pages look up."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.decisions.views.finding import SPEAK, may_write_for
from alongside.kernel.clock import now
from alongside.kernel.errors import Refusal
from alongside.people.access import MemberRequest, may, subject
from alongside.people.models import Membership
from alongside.programs import actions
from alongside.programs.models import Beginning, Program
from alongside.programs.refusals import words_for

LONGEST_PAGE_NUMBER = 6
_OF_THE_PERSON = (actions.JobNeedsChecks, actions.LeaderNotReady, actions.MayNotHold, actions.MayNotHost)


def find_program(request: MemberRequest, program_id: UUID) -> Program:
    """A program of this community, or 404."""
    found: Program = get_object_or_404(
        Program.objects.of(request.community).select_related("group", "copied_from"), pk=program_id
    )
    found.community = request.community
    return found


def find_beginning(request: MemberRequest, beginning_id: UUID) -> Beginning:
    """A beginning of this community, or 404: another who may start programs goes on with it."""
    rows = Beginning.objects.of(request.community).select_related("file", "program", "membership")
    found: Beginning = get_object_or_404(rows, pk=beginning_id)
    found.community = found.membership.community = request.community
    if found.program is not None:
        found.program.community = request.community
    return found


def is_of_it(request: MemberRequest, program: Program) -> bool:
    """Does the reader belong to the program's people, or write things down for those who do?

    Whoever does not is led to the way in, not to a button that would say no.
    """
    return may_write_for(request) is not None or bool(actions.sides_in(program, subject(request), at=now()))


def reader_of(request: MemberRequest) -> Membership | None:
    """Whose own matters a page shows; nobody's to a helper who was not asked to speak for them."""
    if request.acting_for is not None and SPEAK not in request.acting_for.abilities:
        return None
    reader = subject(request)
    reader.community = request.community
    return reader


def said_of_another(request: MemberRequest, refusal: Refusal) -> str:
    """Why it cannot be somebody else: what they lack is told to who runs the program, and to nobody else."""
    if isinstance(refusal, _OF_THE_PERSON) and not may(request, "programs.run"):
        return _("It cannot be this person. Ask somebody else.")
    return words_for(refusal)


def said_to(request: MemberRequest, refusal: Refusal) -> str:
    """Why somebody may not: they read what they lack, and whoever acts for them does not."""
    return words_for(refusal) if request.acting_for is None else said_of_another(request, refusal)


def page_asked_for(text: str) -> int:
    """The number of a page, counted from 1; the first one where something else is asked for."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER else 1
    return max(1, number)
