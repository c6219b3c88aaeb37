"""How a change of the sections `jobs` and `topics` reaches people: seats of jobs that are no more, and new classes."""

from functools import partial

from django.utils.translation import ngettext

from alongside.programs import actions, letters_jobs
from alongside.programs.actions.seats import end_seats_without_a_job
from alongside.programs.models import JobTerm
from alongside.programs.rules.jobs import jobs_in
from alongside.programs.rules.sections import FRAME
from alongside.programs.serving import Effect, Served, Turn, register


def serve() -> None:
    """Let a change of jobs reach those who hold them: a seat of a job that is no more is over, and they are told."""
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
        _end(turn)
    if not count:
        return []
    words = ngettext("%(count)s person no longer has a job.", "%(count)s people no longer have a job.", count)
    return [Effect(words % {"count": count}, count)]


def _end(turn: Turn) -> None:
    before = jobs_in(turn.before)
    for term in end_seats_without_a_job(turn.program, list(jobs_in(turn.after)), turn.by, turn.at):
        name = str(before[term.job]["name"]) if term.job in before else term.job
        letters_jobs.over(term, name, at=turn.at)
