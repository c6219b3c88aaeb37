"""This week: one step, asked one thing a page; and how the last one went, which comes first."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.people.asking import done
from alongside.wellbeing import actions
from alongside.wellbeing.forms import LookBackForm, PartForm
from alongside.wellbeing.models import ActionStep, Goal
from alongside.wellbeing.rules.steps import EASIER, PARTS, is_unsure, next_part
from alongside.wellbeing.views.asking import ask, press
from alongside.wellbeing.whose import Speaker, speaker_of


def _week_url(request: MemberRequest) -> str:
    return reverse("wellbeing:week", args=[request.community.slug])


def _step(speaker: Speaker) -> ActionStep | None:
    step: ActionStep | None = ActionStep.objects.of_member(speaker.membership).open().select_related("goal").first()
    if step is not None:
        step.community = speaker.membership.community
    return step


def _next_url(request: MemberRequest, step: ActionStep) -> str:
    """Where to go on: the first thing without an answer, or the page where the step is kept."""
    part = next_part({name: getattr(step, name) for name in (*PARTS, EASIER)})
    return reverse("wellbeing:step_part", args=[request.community.slug, part]) if part else _week_url(request)


@needs("wellbeing.keep_plan")
def week(request: MemberRequest) -> HttpResponse:
    """The step as it stands: none, begun, to be kept, or kept."""
    speaker = speaker_of(request)
    step = _step(speaker)
    context = {
        "speaker": speaker,
        "step": step,
        "goals": Goal.objects.of_member(speaker.membership).open().in_order(),
        "missing": next_part({name: getattr(step, name) for name in (*PARTS, EASIER)}) if step else "",
        "is_unsure": step is not None and is_unsure(step.confidence),
        "last": ActionStep.objects.of_member(speaker.membership).past().first(),
    }
    return render(request, "wellbeing/week.html", context)


@needs("wellbeing.keep_plan")
@require_POST
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a step, perhaps towards one of one's goals, and ask the first thing."""
    speaker = speaker_of(request)
    goals = Goal.objects.of_member(speaker.membership).open()
    goal = next((each for each in goals if str(each.pk) == request.POST.get("goal")), None)
    try:
        step = actions.begin_step(membership=speaker.membership, goal=goal, at=now(), **speaker.deed())
    except actions.LookBackFirst:
        return redirect("wellbeing:look_back", request.community.slug)
    return redirect(_next_url(request, step))


@needs("wellbeing.keep_plan")
def part(request: MemberRequest, part: str) -> HttpResponse:
    """One question about the step that is begun."""
    if part not in (*PARTS, EASIER):
        raise Http404
    speaker = speaker_of(request)
    step = _step(speaker)
    if step is None or step.kept_at is not None:
        return redirect(_week_url(request))
    form = PartForm(request.POST or None, part=part, value=getattr(step, part))
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        return press(
            request,
            lambda: _answered(step, part, answer, speaker),
            to=reverse("wellbeing:next_part", args=[request.community.slug]),
        )
    names = [_("What"), _("How much"), _("When"), _("How often"), _("How sure")]
    steps = {"names": names, "place": PARTS.index(part) + 1 if part in PARTS else len(PARTS)}
    return render(request, "wellbeing/part.html", {"form": form, "step": step, "part": part, "steps": steps})


def _answered(step: ActionStep, part: str, answer: Any, speaker: Speaker) -> str:
    actions.answer_step(step=step, part=part, value=answer, at=now(), **speaker.deed())
    return ""


@needs("wellbeing.keep_plan")
def go_on(request: MemberRequest) -> HttpResponse:
    """On to whatever has no answer yet."""
    step = _step(speaker_of(request))
    return redirect(_next_url(request, step) if step and step.kept_at is None else _week_url(request))


@needs("wellbeing.keep_plan")
@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    """Keep the step for this week; whoever is unsure is asked what would make it easier."""
    speaker = speaker_of(request)
    step = _step(speaker)
    if step is None:
        return redirect(_week_url(request))
    try:
        actions.keep_step(step=step, at=now(), **speaker.deed())
    except actions.StillMissing as refusal:
        return redirect("wellbeing:step_part", request.community.slug, refusal.part)
    return press(request, lambda: done(request, step, _("That is your step for this week.")), to=_week_url(request))


@needs("wellbeing.keep_plan")
@require_POST
def let_go(request: MemberRequest) -> HttpResponse:
    """Throw the step away that is not kept yet."""
    speaker = speaker_of(request)
    step = _step(speaker)

    def do() -> str:
        if step is not None:
            actions.let_step_go(step=step, at=now(), **speaker.deed())
            return done(request, step, _("It is gone. Begin another whenever you like."))
        return _("It is gone. Begin another whenever you like.")

    return press(request, do, to=_week_url(request))


@needs("wellbeing.keep_plan")
def look_back(request: MemberRequest) -> HttpResponse:
    """How the step went, before the next one."""
    speaker = speaker_of(request)
    step = _step(speaker)
    if step is None or step.kept_at is None:
        return redirect(_week_url(request))

    def keep(told: dict[str, Any]) -> str:
        actions.look_back(step=step, outcome=told["outcome"], words=told["words"], at=now(), **speaker.deed())
        return done(request, step, _("Written down. Now you can plan the next step, if you like."))

    return ask(
        request, LookBackForm(request.POST or None), keep, title=_("How did it go?"), back=_week_url(request),
        back_label=_("This week"), submit=_("Keep it"), quote=step.what,
    )  # fmt: skip
