"""What the noticeboard says of somebody's way through programs: steps that wait for their answer."""

from collections.abc import Iterable

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.programs.models import PathStep, Program
from alongside.web.noticeboard.lines import Line
from alongside.web.noticeboard.reader import SHOWN, Reader


def offered(reader: Reader) -> Iterable[Line]:
    """Steps that are offered to them, the newest first. Two questions."""
    if not rules.has_perm("programs.join", reader, None):
        return
    mine = PathStep.objects.of(reader.community).offered().filter(membership=reader.membership)
    rows = list(mine.filter(program__ended_at=None).order_by("-offered_at", "id")[:SHOWN])
    here = Program.objects.of(reader.community).filter(pk__in=[row.program_id for row in rows])
    programs = {one.pk: one for one in here.with_design()} if rows else {}
    for row in rows:
        program = programs[row.program_id]
        name = program.design.get("pathway", {}).get(row.step, {}).get("name")
        if name:
            yield Line(
                title=_("Would you like to be: %(name)s?") % {"name": name},
                url=reverse("programs:pathway", args=[reader.community.slug, program.pk]),
                text=program.title,
                when=row.offered_at,
                icon="footprints",
                action=_("Answer"),
            )
