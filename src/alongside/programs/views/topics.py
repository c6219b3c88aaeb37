"""Topics: asked for, wanted by others, and taken back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK, allowed, may_write_for, speaker_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, needs, subject
from alongside.people.undoing import undo_url
from alongside.programs import actions
from alongside.programs.forms.topics import TopicForm
from alongside.programs.models import Program, Topic
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.showing_topics import classes_shown, topics_shown
from alongside.programs.views.finding import find_program, is_of_it
from alongside.ui import flash


@needs("programs.see_topics")
def topics(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What people ask for, with how many want it, and the classes that came of it."""
    program = find_program(request, program_id)
    told = design_of(program).get("topics")
    asks = allowed(request, "programs.ask_for_topics") and program.ended_at is None and told is not None
    of_it = is_of_it(request, program)
    context = {
        "program": program,
        "enough": told["enough"] if told else None,
        "topics": topics_shown(program, subject(request)),
        "classes": classes_shown(program, at=now()),
        "me": subject(request),
        "may_ask": asks and of_it,
        "may_want": asks and bool(actions.sides_in(program, subject(request), at=now())),
        "joins_first": asks and not of_it,
    }
    return render(request, "programs/topics.html", context)


@needs("programs.ask_for_topics")
def propose(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Ask for a topic in one's own words."""
    program = find_program(request, program_id)
    if "topics" not in design_of(program):
        raise Http404
    form = TopicForm(request.POST or None, people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data}
        speaker = speaker_of(request, told)
        try:
            actions.propose_topic(program=program, membership=speaker.membership, at=now(), **told, **speaker.deed())
        except EXPECTED as refusal:
            form.add_error("words", words_for(refusal))
        else:
            flash.done(request, _("Written down. Others can say that they want it too."))
            return redirect("programs:topics", request.community.slug, program.pk)
    return render(request, "programs/propose_topic.html", {"program": program, "form": form})


@needs("programs.ask_for_topics")
@require_POST
def want(request: MemberRequest, program_id: UUID, topic_id: UUID) -> HttpResponse:
    """I want this too."""
    return _act(request, program_id, topic_id, actions.want_topic, _("You want it too."))


@needs("programs.ask_for_topics")
@require_POST
def want_no_more(request: MemberRequest, program_id: UUID, topic_id: UUID) -> HttpResponse:
    """I do not want it any more."""
    return _act(request, program_id, topic_id, actions.want_no_more, _("Your wish is taken back."))


@needs("programs.ask_for_topics")
@require_POST
def take_back(request: MemberRequest, program_id: UUID, topic_id: UUID) -> HttpResponse:
    """Delete a topic that one proposed."""
    get_object_or_404(Topic.objects.of(request.community), pk=topic_id, proposed_by=subject(request))
    return _act(request, program_id, topic_id, actions.take_topic_back, _("The topic is deleted."))


def _act(
    request: MemberRequest, program_id: UUID, topic_id: UUID, action: Callable[..., Any], told: str
) -> HttpResponse:
    program: Program = find_program(request, program_id)
    topic: Topic = get_object_or_404(Topic.objects.on(program), pk=topic_id)
    topic.program, topic.community = program, request.community
    try:
        made = action(topic=topic, membership=subject(request), at=now(), **actor(request, SPEAK)._asdict())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, told, undo_url=undo_url(made, by=request.user) if made else "")
    return redirect("programs:topics", request.community.slug, program.pk)
