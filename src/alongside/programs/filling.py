"""How a change of the sections `jobs` and `topics` reaches people: seats of jobs that are no more, and new classes."""

from functools import partial

from django.utils.translation import ngettext

from alongside.programs import actions
from alongside.programs.models import JobTerm
from alongside.programs.rules.jobs import jobs_in
from alongside.programs.rules.sections import FRAME
from alongside.programs.serving import Effect, Served, Turn, register


def serve() -> None:
    """Let a change of jobs reach those who hold them. Seats that are held stay until their term is over."""
    section = {each.name: each for each in FRAME}
    register(Served(section["jobs"], preview=partial(_effects, False), carry_out=partial(_effects, True)))
    register(Served(section["topics"], carry_out=_new_classes))


def _new_classes(turn: Turn) -> list[Effect]:
    """Where fewer people are enough now, topics become drafts of classes."""
    if turn.before:
        actions.become_classes(turn.program, at=turn.at)
    return []


def _effects(does: bool, turn: Turn) -> list[Effect]:
    if not turn.before:
        return []
    gone = JobTerm.objects.on(turn.program).held().exclude(job__in=jobs_in(turn.after))
    count = gone.count()
    if does:
        day = turn.program.community.day_of(turn.at)
        actions.end_seats_without_a_job(turn.program, list(jobs_in(turn.after)), on=day)
    if not count:
        return []
    words = ngettext("%(count)s person no longer has a job.", "%(count)s people no longer have a job.", count)
    return [Effect(words % {"count": count}, count)]
