"""The short session on what co-production is: its sheet, and planning one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs, require
from alongside.people.listing import seen_members
from alongside.programs import actions
from alongside.programs.forms.pathway import IntroductionForm
from alongside.programs.introduction import plan
from alongside.programs.models import Introduction
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules.words import SIDES
from alongside.programs.views.finding import find_program
from alongside.ui import flash


@needs("programs.see")
def introduction(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """The sheet to lead it from, and when it is next."""
    program = find_program(request, program_id)
    rows = Introduction.objects.on(program).filter(gathering__ends_at__gt=now(), gathering__state="planned")
    context = {
        "program": program,
        "plan": plan(get_language() or ""),
        "planned": rows.select_related("gathering", "led_by__person").order_by("gathering__starts_at", "id"),
        "shows_people": may(request, "programs.see_people"),
        "may_plan": may(request, "programs.guide", program) and program.ended_at is None,
    }
    return render(request, "programs/introduction.html", context)


@needs("programs.guide")
def plan_introduction(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Plan one."""
    program = find_program(request, program_id)
    require(request, "programs.guide", program)
    form = IntroductionForm(
        request.POST or None, community=request.community, people=seen_members(request.standing),
        sides=tuple(SIDES[side] for side in design_of(program).get("sides", SIDES)), today=today(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_introduction(program=program, by=request.user, at=now(), **form.told())
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("Planned. Everybody here can come, and whoever comes has done it."))
            return redirect("gatherings:gathering", request.community.slug, made.gathering_id)
    return render(request, "programs/plan_introduction.html", {"program": program, "form": form})
