"""What a community does together: all programs, one of them, its design and how it came about."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from alongside.decisions.models import Proposal
from alongside.decisions.views.finding import allowed
from alongside.kernel.clock import today
from alongside.people.access import MemberRequest, may, needs, subject
from alongside.people.models import BodyMember
from alongside.programs import figures
from alongside.programs.actions import SUBJECT
from alongside.programs.doors import doors_of
from alongside.programs.models import Barrier, Beginning, DesignVersion, Program
from alongside.programs.rules.words import PRINCIPLES
from alongside.programs.showing import design_shown, is_late, stage_shown, versions_shown
from alongside.programs.showing_sessions import taking_part
from alongside.programs.views.finding import find_program
from alongside.programs.words import translated


@needs("programs.see")
def home(request: MemberRequest) -> HttpResponse:
    """All programs, with where each stands."""
    rows = Program.objects.of(request.community).by_title()
    begun = Beginning.objects.of(request.community).order_by("-changed_at")
    may_start = may(request, "programs.start")
    context = {
        "running": rows.running(),
        "ended": rows.ended(),
        "may_start": may_start,
        "begun": begun if may_start else [],
    }
    return render(request, "programs/home.html", context)


@needs("programs.see")
def program(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What it is for, where it stands, who leads, what is proposed about it."""
    found = find_program(request, program_id)
    newest = DesignVersion.objects.on(found).newest_first()[0]
    stage = stage_shown(found, newest.design, subject(request))
    about = Proposal.objects.of(request.community).open().filter(subject=SUBJECT, subject_id=found.pk)
    part = taking_part(found, newest.design, subject(request))
    following = part["next_session"]
    context = {
        "program": found,
        "version": newest,
        "purpose": newest.design["purpose"],
        "principles": [translated(PRINCIPLES.get(each, each)) for each in found.principles],
        "stage": stage,
        "is_late": stage is not None and is_late(stage.run, request.community, today()),
        "proposals": about.latest_first(),
        "people": BodyMember.objects.of(request.community).filter(group=found.group).count(),
        **part,
        "opens_next": following is not None and may(request, "gatherings.see", following.gathering),
        "may_propose": allowed(request, "programs.propose") and found.ended_at is None,
        "may_lead": allowed(request, "programs.lead"),
        "shows_people": may(request, "people.see_members"),
        "figures": figures.told(found, on=today()),
        "doors": [door for door in doors_of(found, newest.design) if not door.needs or may(request, door.needs)],
        "shows_sums": may(request, "programs.see_sums"),
        "barriers": Barrier.objects.on(found).open().soonest_first()[:3] if may(request, "programs.read_words") else [],
    }
    return render(request, "programs/program.html", context)


@needs("programs.see")
def design(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """All that is agreed, section by section, each with the way to propose something else."""
    found = find_program(request, program_id)
    newest = DesignVersion.objects.on(found).newest_first()[0]
    context = {
        "program": found,
        "version": newest,
        "sections": design_shown(newest.design),
        "may_propose": allowed(request, "programs.propose") and found.ended_at is None,
    }
    return render(request, "programs/design.html", context)


@needs("programs.see")
def versions(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Every version, the newest first: what it changed, who decided it, and since when it holds."""
    found = find_program(request, program_id)
    return render(request, "programs/versions.html", {"program": found, "rows": versions_shown(found)})
