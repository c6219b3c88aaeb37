"""Blueprints: those that come with the house, those brought along; read, brought in, taken out."""

import json
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs, public
from alongside.programs import actions
from alongside.programs.exporting import as_blueprint
from alongside.programs.forms.asking import BlueprintForm
from alongside.programs.models import BlueprintFile
from alongside.programs.models.program import design_of
from alongside.programs.rules.blueprint import Blueprint, fill, read
from alongside.programs.rules.faults import DoesNotFit
from alongside.programs.rules.schema import json_schema
from alongside.programs.rules.words import PRINCIPLES
from alongside.programs.serving import sections
from alongside.programs.shipped import shipped, shipped_called
from alongside.programs.showing import design_shown
from alongside.programs.views.finding import find_program
from alongside.programs.words import fault_sentence, translated
from alongside.ui import flash


@needs("programs.see")
def blueprints(request: MemberRequest) -> HttpResponse:
    """All of them."""
    files = BlueprintFile.objects.of(request.community).newest_first()
    return render(
        request, "programs/blueprints.html",
        {"shipped": shipped(), "files": files, "may_start": may(request, "programs.start")},
    )  # fmt: skip


def _blueprint(request: MemberRequest, kind: str, name: str) -> Blueprint:
    if kind == "house":
        found = shipped_called(name)
    else:
        try:
            row = get_object_or_404(BlueprintFile.objects.of(request.community), pk=UUID(name))
        except ValueError:
            raise Http404 from None
        found = read(row.text, sections())
    if found is None:
        raise Http404
    return found


@needs("programs.see")
def blueprint(request: MemberRequest, kind: str, name: str) -> HttpResponse:
    """One of them, as a program would begin with the usual answers."""
    found = _blueprint(request, kind, name)
    usual = {ask.key: ask.usual for ask in found.asks}
    context = {
        "blueprint": found,
        "kind": kind,
        "name": name,
        "principles": [translated(PRINCIPLES[each]) for each in found.about["principles"]],
        "sections": [each for each in design_shown(fill(found, usual, sections())) if not each.is_empty],
    }
    return render(request, "programs/blueprint.html", context)


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return response


@needs("programs.see")
def blueprint_file(request: MemberRequest, kind: str, name: str) -> HttpResponse:
    """The file itself."""
    found = _blueprint(request, kind, name)
    return _file(found.text, found.id)


@needs("programs.see")
def export(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """The design of a program as a blueprint, for others to begin with."""
    program = find_program(request, program_id)
    return _file(as_blueprint(program, design_of(program)), "blueprint")


@needs("programs.start")
def bring_in(request: MemberRequest) -> HttpResponse:
    """Bring a blueprint in: a file or its words. What is wrong is told line by line, and nothing is kept then."""
    form = BlueprintForm(request.POST or None, request.FILES or None)
    faults: list[tuple[int | None, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.import_blueprint(
                community=request.community, text=form.cleaned_data["text"], by=request.user, at=now()
            )
        except DoesNotFit as refusal:
            faults = [(fault.line, fault_sentence(fault)) for fault in refusal.faults]
        else:
            flash.done(request, _("The blueprint is here. You can start a program from it."))
            return redirect("programs:blueprint", request.community.slug, "file", made.pk)
    return render(request, "programs/bring_in.html", {"form": form, "faults": faults})


@public
def schema(request: MemberRequest) -> HttpResponse:
    """The JSON Schema of blueprints, for editors."""
    text = json.dumps(json_schema(sections()), ensure_ascii=False, indent=2)
    return HttpResponse(text, content_type="application/schema+json; charset=utf-8")
