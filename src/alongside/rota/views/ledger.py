"""What families owe, do and save; free of it for a reason; hours posted. One's own family is read by oneself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.rota import actions
from alongside.rota.forms import ExemptForm, SureForm
from alongside.rota.models import Assignment, Exemption, Rota
from alongside.rota.pool import pool_of
from alongside.rota.refusals import EXPECTED, words_for
from alongside.rota.rules.section import NAME
from alongside.rota.sums import mine, sums_of
from alongside.rota.views.asking import ask, press
from alongside.rota.views.finding import find_exemption, find_program, find_rota, keeps, me
from alongside.ui import flash

SHOWN = 6


def _rotas(program: Program) -> list[Rota]:
    rotas = list(Rota.objects.on(program).published().newest_first()[:SHOWN])
    for rota in rotas:
        rota.community, rota.program = program.community, program
    return rotas


def _ledger_url(request: MemberRequest, program_id: UUID) -> str:
    return reverse("rota:ledger", args=[request.community.slug, program_id])


@needs("rota.keep")
def ledger(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Every family, rota by rota: owed, done, missing, a fee or why not."""
    program = find_program(request, program_id)
    at = now()
    context = {
        "program": program,
        "sheets": [(rota, sums_of(rota, at=at)) for rota in _rotas(program)],
        "pool": pool_of(program, on=today()).homes.values(),
        "patterns": design_of(program).get(NAME, {}).get("owed", []),
        "today": today(),
    }
    return render(request, "rota/ledger.html", context)


@needs("rota.take_part")
def my_family(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """What my own family owes, has done and saves."""
    program = find_program(request, program_id)
    return _family(request, program, me(request).pk, is_mine=True)


@needs("rota.keep")
def family(request: MemberRequest, program_id: UUID, membership_id: UUID) -> HttpResponse:
    """The same of another family, for who keeps rotas."""
    return _family(request, find_program(request, program_id), membership_id)


def _family(request: MemberRequest, program: Program, membership_id: UUID, *, is_mine: bool = False) -> HttpResponse:
    home = pool_of(program, on=today()).home_of(membership_id)
    if home is None:
        raise Http404
    at = now()
    rows = [row for rota in _rotas(program) if (row := mine(sums_of(rota, at=at, only=home.key), membership_id))]
    free = Exemption.objects.of(request.community).standing().filter(last_day__gte=today())
    context = {
        "program": program,
        "home": home,
        "is_mine": is_mine,
        "rows": rows,
        "pattern": home.pattern(design_of(program).get(NAME, {})),
        "exemptions": free.filter(family=home.row).order_by("first_day") if home.row else [],
        "keeps": keeps(request),
        "membership_id": membership_id,
    }
    return render(request, "rota/family.html", context)


@needs("rota.keep")
def exempt(request: MemberRequest, program_id: UUID, membership_id: UUID) -> HttpResponse:
    """A family owes nothing for a time, for a reason."""
    program = find_program(request, program_id)
    home = pool_of(program, on=today()).home_of(membership_id)
    if home is None:
        raise Http404
    section: dict[str, Any] = design_of(program).get(NAME, {})
    form = ExemptForm(request.POST or None, reasons=section.get("fee", {}).get("free_because", []))
    back = reverse("rota:family", args=[request.community.slug, program.pk, membership_id])

    def keep(told: dict[str, Any]) -> str:
        actions.exempt(program=program, family_key=home.key, by=request.user, at=now(), **told)
        return _("Written down. The family owes nothing in these days.")

    return ask(
        request, form, keep, title=_("Free of duties: %(family)s") % {"family": home.name}, back=back,
        back_label=home.name, submit=_("Keep it"),
    )  # fmt: skip


@needs("rota.keep")
@require_POST
def end_exemption(request: MemberRequest, exemption_id: UUID) -> HttpResponse:
    exemption = find_exemption(request, exemption_id)

    def do() -> str:
        actions.end_exemption(exemption=exemption, by=request.user, at=now())
        return _("From now on the family owes as others do.")

    return press(request, do, to=_ledger_url(request, exemption.family.program_id))


@needs("rota.keep")
def settle_fees(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    """What would be written for whom, shown before; written all together."""
    rota = find_rota(request, rota_id)
    rows = [row for row in sums_of(rota, at=now()) if row.sum.missing]

    def keep(told: dict[str, Any]) -> str:
        actions.settle_fees(rota=rota, by=request.user, at=now())
        return _("Written down. Each family reads its own line.")

    return ask(
        request, SureForm(request.POST or None), keep, title=_("What was not done"),
        back=_ledger_url(request, rota.program_id), back_label=_("What families owe"), submit=_("Write it down"),
        template="rota/settle_fees.html", rota=rota, rows=rows, words=rota.section.get("fee", {}).get("words", ""),
        is_over=request.community.day_of(now()) > rota.last_day,
    )  # fmt: skip


@needs("rota.keep")
def credit(request: MemberRequest, rota_id: UUID) -> HttpResponse:
    """What the duties that were done earned whom, shown before; posted all together."""
    rota = find_rota(request, rota_id)
    form = SureForm(request.POST or None)
    lines, trouble = actions.lines_of(rota), ""
    if request.method == "POST":
        try:
            actions.credit(rota=rota, by=request.user, at=now())
            flash.done(request, _("The hours are posted."))
            return redirect("rota:rota", request.community.slug, rota.pk)
        except EXPECTED as refusal:
            trouble = words_for(refusal)
    posted = Assignment.objects.on(rota).exclude(credited_at=None).count()
    context = {
        "rota": rota,
        "form": form,
        "lines": lines,
        "has_some": any(line.minutes for line in lines),
        "trouble": trouble,
        "posted": posted,
    }
    return render(request, "rota/credit.html", context)
