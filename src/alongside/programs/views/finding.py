"""What several pages look up."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.decisions.views.finding import may_write_for
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, subject
from alongside.programs.actions import sides_in
from alongside.programs.models import Beginning, Program

LONGEST_PAGE_NUMBER = 6


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
    return may_write_for(request) is not None or bool(sides_in(program, subject(request), at=now()))


def page_asked_for(text: str) -> int:
    """The number of a page, counted from 1; the first one where something else is asked for."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER else 1
    return max(1, number)
