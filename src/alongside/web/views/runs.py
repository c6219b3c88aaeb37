"""What the house did by itself lately: each periodic job, when it ran and how that went."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.kernel.models import JobRun, PeriodicJob
from alongside.people.access import MemberRequest, needs

RUNS_SHOWN = 50


@needs("web.see_runs")
def runs(request: MemberRequest) -> HttpResponse:
    context = {
        "jobs": PeriodicJob.objects.order_by("name"),
        "runs": JobRun.objects.order_by("-started_at").select_related("job")[:RUNS_SHOWN],
    }
    return render(request, "web/runs.html", context)
