"""Setting up a community: seven questions, one a page, then a look at all answers."""

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now
from alongside.people.access import SignedInRequest, signed_in
from alongside.ui import flash
from alongside.web import actions, founding
from alongside.web.forms.founding import start_values


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """What setting up asks for, before it asks."""
    return render(request, "web/founding_start.html", {"questions": founding.QUESTIONS})


@signed_in
def question(request: SignedInRequest, name: str) -> HttpResponse:
    """One question; the answer is kept and the next one shown."""
    asked = founding.BY_NAME.get(name)
    if asked is None:
        raise Http404
    if request.method == "POST":
        form = asked.form(request.POST)
        if form.is_valid():
            founding.keep(request, asked, form)
            return redirect(_next_page(request, asked))
    else:
        form = founding.form_for(asked, founding.answers_of(request), start=start_values())
    return render(request, "web/founding_question.html", {"form": form, **_place_on_the_way(asked)})


@signed_in
def check(request: SignedInRequest) -> HttpResponse:
    """All answers on one page, each with a way back to change it."""
    answers = founding.answers_of(request)
    if missing := founding.first_unanswered(answers):
        return redirect("web:founding_question", missing.name)
    context = {"answers": founding.spoken(answers), "steps": _steps(), "current": len(_steps())}
    return render(request, "web/founding_check.html", context)


@require_POST
@signed_in
def found(request: SignedInRequest) -> HttpResponse:
    """Make the community, with the asker as its first coordinator and steward."""
    answers = founding.answers_of(request)
    if missing := founding.first_unanswered(answers):
        return redirect("web:founding_question", missing.name)
    if not ratelimit.consume(request, action="found_community"):
        flash.sorry(
            request, _("Several communities were set up from here today. Your answers are kept: go on tomorrow.")
        )
        return redirect("web:founding_check")
    community = actions.found_community(by=request.user, at=now(), **founding.cleaned(answers))
    founding.forget(request)
    flash.done(request, _("%(name)s is ready. Now invite the first people.") % {"name": community.name})
    return redirect("web:home", community.slug)


def _next_page(request: SignedInRequest, asked: founding.Question) -> str:
    """Back to the overview when the person came from there, else on to the next question."""
    following = founding.next_after(asked)
    if following is None or "check" in request.GET:
        return reverse("web:founding_check")
    return reverse("web:founding_question", args=[following.name])


def _place_on_the_way(asked: founding.Question) -> dict[str, object]:
    earlier = founding.before(asked)
    back = reverse("web:founding_question", args=[earlier.name]) if earlier else reverse("web:founding_start")
    current = founding.QUESTIONS.index(asked) + 1
    return {"question": asked, "steps": _steps(), "current": current, "back_url": back}


def _steps() -> list[str]:
    return [*(str(question.step) for question in founding.QUESTIONS), _("Check")]
