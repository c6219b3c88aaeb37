"""Classes that come of topics: hosting one, planning it, and booking it together with what goes with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.decisions.views.finding import SPEAK, allowed, may_write_for, speaker_of
from alongside.gatherings.models import Booking
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, actor, may, needs, require, subject
from alongside.people.listing import seen_members
from alongside.programs import actions
from alongside.programs.forms.topics import AskHostForm, BookForm, PlanForm
from alongside.programs.models import Session, TopicClass
from alongside.programs.models.program import design_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.showing_topics import extras_of, seats_of
from alongside.programs.views.finding import find_program, reader_of, said_of_another, said_to
from alongside.ui import flash


@needs("programs.see_topics")
def one(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """A class: who hosts it, when it is, and what the reader can do."""
    klass, me = _find(request, program_id, class_id), subject(request)
    program, design = klass.topic.program, design_of(klass.topic.program)
    session = klass.session
    may_act = allowed(request, "programs.ask_for_topics") and program.ended_at is None
    lies_ahead = session is not None and session.held_at is None and session.gathering.is_open(now())
    context = {
        "program": program,
        "klass": klass,
        "wanted": klass.topic.wishes.count(),
        "host_role": design.get("roles", {}).get(design.get("topics", {}).get("host", ""), {}).get("name", ""),
        "is_host": klass.host_id == me.pk,
        "is_asked": klass.asked_id == me.pk,
        "lies_ahead": lies_ahead,
        "opens": session is not None and may(request, "gatherings.see", session.gathering),
        "has_booked": bool(session and seats_of(klass, me)),
        "may_act": may_act,
        "may_host": may_act and reader_of(request) and klass.host is None and actions.may_host(klass, me, at=now()),
        "may_plan": may(request, "programs.plan_classes", klass) and program.ended_at is None,
    }
    return render(request, "programs/class.html", context)


@needs("programs.ask_for_topics")
@require_POST
def host(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """I host it."""
    return _act(request, program_id, class_id, actions.host_class, _("Thank you: you host it now."))


@needs("programs.ask_for_topics")
@require_POST
def accept(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """Say yes to hosting."""
    get_object_or_404(TopicClass.objects.of(request.community), pk=class_id, asked=subject(request))
    return _act(request, program_id, class_id, actions.host_class, _("Thank you: you host it now."))


@needs("programs.ask_for_topics")
@require_POST
def decline(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """Say no to hosting."""
    get_object_or_404(TopicClass.objects.of(request.community), pk=class_id, asked=subject(request))
    return _act(request, program_id, class_id, actions.decline_to_host, _("You said no. That is all right."))


@needs("programs.ask_for_topics")
@require_POST
def host_no_more(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """Give hosting back."""
    get_object_or_404(TopicClass.objects.of(request.community), pk=class_id, host=subject(request))
    told = _("You do not host it any more. Somebody else can.")
    return _act(request, program_id, class_id, actions.host_no_more, told)


def _act(
    request: MemberRequest, program_id: UUID, class_id: UUID, action: Callable[..., Any], told: str
) -> HttpResponse:
    klass = _find(request, program_id, class_id)
    try:
        action(klass=klass, membership=subject(request), at=now(), **actor(request, SPEAK)._asdict())
    except EXPECTED as refusal:
        flash.sorry(request, said_to(request, refusal))
    else:
        flash.done(request, told)
    return redirect("programs:class", request.community.slug, klass.topic.program_id, klass.pk)


@needs("programs.ask_for_topics")
def ask(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """Ask somebody to host it."""
    klass = _find(request, program_id, class_id)
    form = AskHostForm(request.POST or None, seen=seen_members(request.standing))
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        who.community = request.community
        try:
            actions.ask_host(klass=klass, membership=who, asked_by=request.membership, by=request.user, at=now())
        except EXPECTED as refusal:
            form.add_error("who", said_of_another(request, refusal))
        else:
            flash.done(request, _("%(name)s is asked, and says yes or no.") % {"name": who.person})
            return redirect("programs:class", request.community.slug, program_id, klass.pk)
    return render(request, "programs/ask_host.html", {"program": klass.topic.program, "klass": klass, "form": form})


@needs("programs.see_topics")
def plan(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """Put it on a session, with so many places."""
    klass = _find(request, program_id, class_id)
    require(request, "programs.plan_classes", klass)
    rows = Session.objects.on(klass.topic.program).to_come(now()).select_related("gathering")
    most, may_exceed = actions.most_places_at(klass.topic.program), may(request, "programs.run")
    form = PlanForm(request.POST or None, sessions=rows.order_by("gathering__starts_at"), most=most)
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_class(klass=klass, by=request.user, at=now(), may_exceed=may_exceed, **form.cleaned_data)
        except actions.TooManyPlaces as refusal:
            form.add_error("places", words_for(refusal))
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _("It stands at the session. People can book it now."))
            return redirect("programs:class", request.community.slug, program_id, klass.pk)
    return render(request, "programs/plan_class.html", {"program": klass.topic.program, "klass": klass, "form": form})


@needs("programs.see_topics")
@require_POST
def take_off(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """Take it off its session while nobody has booked it."""
    klass = _find(request, program_id, class_id)
    require(request, "programs.plan_classes", klass)
    try:
        actions.take_class_off(klass=klass, by=request.user, at=now())
    except EXPECTED as refusal:
        flash.sorry(request, words_for(refusal))
    else:
        flash.done(request, _("It stands at no session any more."))
    return redirect("programs:class", request.community.slug, program_id, klass.pk)


@needs("programs.ask_for_topics")
def book(request: MemberRequest, program_id: UUID, class_id: UUID) -> HttpResponse:
    """Book the class with childcare and a ride: all of it, or nothing."""
    klass = _find(request, program_id, class_id)
    if klass.session is None:
        raise Http404
    has = seats_of(klass, subject(request))
    form = BookForm(request.POST or None, extras=extras_of(klass), has=has, people=may_write_for(request))
    if request.method == "POST" and form.is_valid():
        speaker = speaker_of(request, form.cleaned_data)
        try:
            made = actions.book_class(
                klass=klass, membership=speaker.membership, extras=form.wanted(),
                or_wait=form.cleaned_data["or_wait"], at=now(), **speaker.deed(),
            )  # fmt: skip
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
        else:
            flash.done(request, _booked(made))
            return redirect("programs:class", request.community.slug, program_id, klass.pk)
    return render(request, "programs/book_class.html", {"program": klass.topic.program, "klass": klass, "form": form})


def _booked(made: Booking) -> str:
    if made.is_booked:
        return _("It is all booked together.")
    return _("You wait in line for all of it, and hear from us when there is room.")


def _find(request: MemberRequest, program_id: UUID, class_id: UUID) -> TopicClass:
    program = find_program(request, program_id)
    klass: TopicClass = get_object_or_404(TopicClass.objects.on(program).with_people(), pk=class_id)
    klass.community = klass.topic.community = request.community
    klass.topic.program = program
    if klass.session is not None:
        klass.session.gathering.community = request.community
    return klass
