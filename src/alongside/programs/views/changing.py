"""A change of the design: one part chosen, other values given, and a proposal made of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions.models import Draft
from alongside.decisions.views.finding import find_draft, may_write_for, speaker_of, writer_of
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, needs
from alongside.programs import actions, words
from alongside.programs.actions.changing import program_of
from alongside.programs.forms.parts import PartForm
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.programs.places import NoSuchPlace, place_of
from alongside.programs.refusals import EXPECTED, words_for
from alongside.programs.rules.design import applied, difference, stale
from alongside.programs.rules.section import Design
from alongside.programs.serving import Turn, preview
from alongside.programs.showing import section_shown
from alongside.programs.views.finding import find_program
from alongside.ui import flash

Keep = Callable[[PartForm, dict[str, Any]], HttpResponse]


def _part_page(
    request: MemberRequest, program: Program, place: str, *, design: Design, keep: Keep, told: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Ask for the values at one place; `keep` does something with the change."""
    try:
        found = place_of(place, design)
    except NoSuchPlace:
        raise Http404 from None
    form = PartForm(request.POST or None, design=design, place=found, **told)
    if request.method == "POST" and (form.is_valid() or form.leaves_it_out):
        form.is_valid()
        try:
            return keep(form, dict(difference(design_of(program), form.told())))
        except EXPECTED as refusal:
            form.add_error(None, words_for(refusal))
    page = {"program": program, "form": form, "place": found, "title": _title(found, design)}
    return render(request, "programs/part.html", {**page, **context})


def _title(place: Any, design: Design) -> str:
    if place.is_new:
        return _("Something new: %(what)s") % {"what": words.label_of(place.name)}
    if place.is_in_list:
        return words.path_label((*place.name.split("."), int(place.entry)))
    return words.label_of(f"{place.name}.{place.entry}" if place.entry else place.name)


@needs("programs.propose")
def propose(request: MemberRequest, program_id: UUID, place: str) -> HttpResponse:
    """Other values for a part of the design; they become a proposal, in the words of whoever makes it."""
    program = find_program(request, program_id)
    if program.ended_at:
        raise Http404
    design = design_of(program)

    def keep(form: PartForm, change: dict[str, Any]) -> HttpResponse:
        speaker = speaker_of(request, form.cleaned_data)
        title = words.title_of(change) if change else ""
        made = actions.propose(
            program=program,
            membership=speaker.membership,
            title=title,
            words={"text": words.text_of(change)},
            change=change,
            at=now(),
            key=form.cleaned_data.get("key") or form.initial["key"],
            **speaker.deed(),
        )
        flash.done(request, _("The change is kept. Now say why, in your own words."))
        return redirect("decisions:write", request.community.slug, made.pk)

    context = {
        "back": reverse("programs:design", args=[request.community.slug, program.pk]),
        "deed": _("Propose a change"),
        "submit": _("Go on to the words"),
        "note": _("Nothing changes yet. Both sides of the program decide about it."),
    }
    told = {"people": may_write_for(request)}
    return _part_page(request, program, place, design=design, keep=keep, told=told, context=context)


def _draft_about(request: MemberRequest, proposal_id: UUID) -> tuple[Draft, Program]:
    draft = find_draft(request, proposal_id)
    if draft.proposal.subject != actions.SUBJECT:
        raise Http404
    return draft, program_of(draft.proposal)


@needs("programs.propose")
def values(request: MemberRequest, proposal_id: UUID) -> HttpResponse:
    """What the draft of a proposal would change, what that would do, and the way to each part."""
    draft, program = _draft_about(request, proposal_id)
    design = design_of(program)
    after = applied(design, draft.change)
    context = {
        "draft": draft,
        "proposal": draft.proposal,
        "program": program,
        "effects": preview(Turn(program, design, after, None, now())),
        "sections": [section_shown(name, after) for name in after],
    }
    return render(request, "programs/values.html", context)


@needs("programs.propose")
def change_values(request: MemberRequest, proposal_id: UUID, place: str) -> HttpResponse:
    """Other values for a part, in the draft of a proposal about a design."""
    draft, program = _draft_about(request, proposal_id)
    before = design_of(program)
    # What has become something else since begins from what holds now.
    fresh = {name: each for name, each in draft.change.items() if name not in stale(before, draft.change)}

    def keep(form: PartForm, change: dict[str, Any]) -> HttpResponse:
        writer = writer_of(request, draft.proposal)
        actions.change_values(
            proposal=draft.proposal, change=change, seen=form.cleaned_data.get("seen") or draft.changed_at, at=now(),
            **writer.deed(),
        )  # fmt: skip
        flash.done(request, _("The change is kept."))
        return redirect("programs:values", request.community.slug, draft.proposal.pk)

    context = {
        "back": reverse("programs:values", args=[request.community.slug, draft.proposal.pk]),
        "deed": _("Change another part"),
        "submit": _("Keep this change"),
        "note": _("The words of the proposal stay as they are: change them too, where they tell the values."),
    }
    design = applied(before, fresh)
    told = {"seen": draft.changed_at}
    return _part_page(request, program, place, design=design, keep=keep, told=told, context=context)
