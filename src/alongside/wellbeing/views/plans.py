"""My plan: goals in one's own words, this week's step, and who reads it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.people.asking import done
from alongside.wellbeing import actions
from alongside.wellbeing.forms import EndGoalForm, GoalForm
from alongside.wellbeing.models import ActionStep, Goal, PlanShare, VisitSeries
from alongside.wellbeing.views.asking import ask
from alongside.wellbeing.views.finding import my_goal, programs_of
from alongside.wellbeing.whose import Speaker, speaker_of

SHOWN_AT_ONCE = 12


@needs("wellbeing.keep_plan")
def plan(request: MemberRequest) -> HttpResponse:
    """All that is mine here, this week's step first."""
    speaker = speaker_of(request)
    shares = PlanShare.objects.of(request.community)
    is_me = speaker.on_behalf_of is None
    context = {
        **plan_of(speaker),
        "speaker": speaker,
        "shown_to": shares.of_member(speaker.membership).select_related("reader__person").order_by("since"),
        "shown_to_me": shares.with_reader(request.membership).select_related("membership__person") if is_me else [],
        "visits": VisitSeries.objects.of(request.community).running().filter(membership=speaker.membership).exists(),
        "is_me": is_me,
    }
    return render(request, "wellbeing/plan.html", context)


def plan_of(speaker: Speaker) -> dict[str, Any]:
    """Goals and steps of one person, in a fixed number of questions."""
    goals = Goal.objects.of_member(speaker.membership)
    steps = ActionStep.objects.of_member(speaker.membership)
    return {
        "goals": goals.open().in_order(),
        "ended_goals": goals.ended().order_by("-ended_at")[:SHOWN_AT_ONCE],
        "step": steps.open().select_related("goal").first(),
        "past": steps.past()[:SHOWN_AT_ONCE],
    }


@needs("wellbeing.keep_plan")
def on_paper(request: MemberRequest) -> HttpResponse:
    """My plan on paper, in large print unless small is asked for."""
    speaker = speaker_of(request)
    context = {
        **plan_of(speaker),
        "speaker": speaker,
        "large_print": "small" not in request.GET,
        "back_url": _home(request),
        "at": now(),
    }
    return render(request, "wellbeing/plan_on_paper.html", context)


def _home(request: MemberRequest) -> str:
    return reverse("wellbeing:plan", args=[request.community.slug])


@needs("wellbeing.keep_plan")
def add_goal(request: MemberRequest) -> HttpResponse:
    """Write down what one wants."""
    speaker = speaker_of(request)
    form = GoalForm(request.POST or None, programs=programs_of(speaker.membership))

    def keep(told: dict[str, Any]) -> str:
        actions.add_goal(
            membership=speaker.membership, words=told["words"], program=told.get("program"), key=told["key"], at=now(),
            **speaker.deed(),
        )  # fmt: skip
        return _("Your goal is written down. Nobody else reads it.")

    return _ask(request, form, keep, _("A goal of mine"), _("Keep it"))


@needs("wellbeing.keep_plan")
def reword_goal(request: MemberRequest, goal_id: UUID) -> HttpResponse:
    """Say a goal otherwise."""
    speaker = speaker_of(request)
    goal = my_goal(request, speaker, goal_id)
    begins = {"words": goal.words, "program": goal.program_id}
    form = GoalForm(request.POST or None, programs=programs_of(speaker.membership), initial=begins)

    def keep(told: dict[str, Any]) -> str:
        program = told["program"] if "program" in form.fields else goal.program
        actions.reword_goal(goal=goal, words=told["words"], program=program, at=now(), **speaker.deed())
        return _("Kept in these words.")

    return _ask(request, form, keep, _("Say it otherwise"), _("Keep it"))


@needs("wellbeing.keep_plan")
def end_goal(request: MemberRequest, goal_id: UUID) -> HttpResponse:
    """Call a goal reached, or let it go."""
    speaker = speaker_of(request)
    goal = my_goal(request, speaker, goal_id)

    def keep(told: dict[str, Any]) -> str:
        actions.end_goal(goal=goal, ending=told["ending"], words=told["words"], at=now(), **speaker.deed())
        return done(request, goal, _("Written down."))

    form = EndGoalForm(request.POST or None)
    return _ask(request, form, keep, _("What became of it"), _("Keep it"), quote=goal.words)


def _ask(request: MemberRequest, form: Any, keep: Any, title: str, submit: str, **more: Any) -> HttpResponse:
    return ask(request, form, keep, title=title, back=_home(request), back_label=_("My plan"), submit=submit, **more)
