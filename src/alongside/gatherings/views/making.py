"""Making gatherings, changing them, and calling them off."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.gatherings import actions
from alongside.gatherings.forms.telling import ChangeForm, ChangeSeriesForm, MakeForm, PlaceForm, WhyForm
from alongside.gatherings.models import Gathering
from alongside.gatherings.refusals import EXPECTED, explain
from alongside.gatherings.views.finding import find_gathering, open_groups, parts_of
from alongside.gatherings.words import answers
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, may, needs
from alongside.ui import flash


@needs("gatherings.make")
def make(request: MemberRequest) -> HttpResponse:
    """A form on one page, then the answers to check."""
    form = MakeForm(request.POST or None, community=request.community, groups=open_groups(request), today=today())
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        if "sure" not in request.POST:
            return render(request, "gatherings/check.html", {"form": form, "answers": answers(form)})
        try:
            made = _make(request, form)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("It stands in the calendar."))
            return redirect("gatherings:gathering", request.community.slug, made.pk)
    return render(request, "gatherings/make.html", {"form": form})


def _make(request: MemberRequest, form: MakeForm) -> Gathering:
    """One gathering, or the first of a series."""
    repeats, at = form.repeat(), now()
    if repeats is None:
        return actions.make_gathering(
            community=request.community, told=form.told(), starts_at=form.starts_at(), parts=form.parts(),
            by=request.user, at=at, key=form.cleaned_data["key"],
        )  # fmt: skip
    series = actions.make_series(
        community=request.community, told=form.told(), repeats=repeats, parts=form.parts(), by=request.user, at=at,
        key=form.cleaned_data["key"],
    )  # fmt: skip
    turns = Gathering.objects.of(request.community).filter(series=series).order_by("starts_at")
    return turns[0]  # type: ignore[no-any-return]


@needs("gatherings.make")
def make_place(request: MemberRequest) -> HttpResponse:
    """Write down a place once; every gathering there says how one gets in."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.make_place(community=request.community, by=request.user, at=now(), **form.cleaned_data)
        flash.done(request, _("The place can be chosen now."))
        return redirect("gatherings:make", request.community.slug)
    return render(request, "gatherings/make_place.html", {"form": form})


@needs("gatherings.look_after")
def change(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """Another time, other words, more places: of this one alone."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    form = ChangeForm(
        request.POST or None, gathering=found, parts=parts_of(found), groups=open_groups(request), today=today()
    )
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, found, form)
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Changed. People are told."))
            return redirect("gatherings:gathering", request.community.slug, found.pk)
    return render(request, "gatherings/change.html", {"gathering": found, "form": form})


def _change(request: MemberRequest, found: Gathering, form: ChangeForm) -> None:
    """What is different is told once: words and time in one letter."""
    given = form.cleaned_data
    actions.change_gathering(
        gathering=found, told=form.told(), starts_at=form.starts_at(), parts=form.parts(), why=given["why"],
        seen=given["seen"], by=request.user, at=now(),
    )  # fmt: skip


@needs("gatherings.make")
def change_series(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """All from this one on."""
    found = find_gathering(request, gathering_id, "gatherings.make")
    if found.series is None:
        raise Http404
    found.series.community = request.community
    form = ChangeSeriesForm(
        request.POST or None, series=found.series, since=found, groups=open_groups(request), today=today()
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_series(
                series=found.series, since=found, told=form.told(), repeats=form.repeat(), parts=form.parts(),
                why=given["why"], seen=given["seen"], by=request.user, at=now(),
            )  # fmt: skip
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Changed from this one on. People whose time is another are asked again."))
            return redirect("gatherings:home", request.community.slug)
    return render(request, "gatherings/change_series.html", {"gathering": found, "form": form})


@needs("gatherings.look_after")
def call_off(request: MemberRequest, gathering_id: UUID) -> HttpResponse:
    """It does not take place, for a reason that people read."""
    found = find_gathering(request, gathering_id, "gatherings.look_after")
    form: forms.Form = WhyForm(
        request.POST or None, in_series=found.series is not None and may(request, "gatherings.make")
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_off(
                gathering=found, why=form.cleaned_data["why"], by=request.user, at=now(),
                and_after=form.cleaned_data.get("and_after", False),
            )  # fmt: skip
        except EXPECTED as refusal:
            explain(refusal, form)
        else:
            flash.done(request, _("Called off. People are told."))
            return redirect("gatherings:gathering", request.community.slug, found.pk)
    return render(request, "gatherings/call_off.html", {"gathering": found, "form": form})
