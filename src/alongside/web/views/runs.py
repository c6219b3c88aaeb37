"""What the house does by itself: each periodic job in words, when it last ran, how that went, and what is next."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import JobRun, PeriodicJob
from alongside.people.access import MemberRequest, needs

TROUBLES_SHOWN = 10

IN_WORDS: dict[str, Promise] = {
    "notices.deliver": _("Notices are sent"),
    "notices.summaries": _("Daily summaries are sent"),
    "notices.forget_read": _("Notices read long ago are deleted"),
    "notices.clear_traces": _("Traces of old letters are cleared"),
    "people.sweep_sign_ins": _("Old sign-ins are forgotten"),
    "safeguarding.compare": _("What leads should know is looked for"),
    "safeguarding.endings": _("People hear before a check of theirs runs out"),
    "strengths.exchanges": _("People are reminded of exchanges, and silence counts as a yes"),
    "strengths.listings": _("People hear before their offers and requests end"),
    "strengths.queue": _("Forgotten work goes back to the queue"),
    "timebank.fold": _("Sums in the books are brought up to date"),
    "timebank.release_expired_holds": _("Hours set aside for too long are freed"),
    "timebank.selfcheck": _("The books are checked"),
}


@dataclass(frozen=True)
class Row:
    """One job: what it does, and its last run."""

    what: str | Promise
    job: PeriodicJob
    last: JobRun | None


@needs("web.see_runs")
def runs(request: MemberRequest) -> HttpResponse:
    last_run = JobRun.objects.filter(job=OuterRef("pk")).latest_first().values("pk")[:1]
    jobs = list(PeriodicJob.objects.annotate(last_run=Subquery(last_run)).order_by("name"))
    lasts = JobRun.objects.in_bulk([job.last_run for job in jobs if job.last_run])
    troubles = JobRun.objects.in_trouble().latest_first()[:TROUBLES_SHOWN]
    context = {
        "rows": [Row(IN_WORDS.get(job.name, job.name), job, lasts.get(job.last_run)) for job in jobs],
        "troubles": [(IN_WORDS.get(run.job_id, run.job_id), run) for run in troubles],
    }
    return render(request, "web/runs.html", context)
