"""The section `rota` of a design: drafts follow a change at once; what is published stays as people were told."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.clock import today
from alongside.programs import figures, links, serving
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.programs.serving import Effect, Served, Turn
from alongside.rota.actions.holding import changed, held
from alongside.rota.actions.making import changes_of, follow_section
from alongside.rota.models import Assignment, Rota
from alongside.rota.rules.section import NAME, SECTION
from alongside.ui.words import day_text


def register() -> None:
    """Let blueprints have rotas, and let a program's page lead to them and say in one figure what came of them."""
    serving.register(Served(SECTION, preview=preview, carry_out=carry_out))
    figures.register("rota", done_so_far)
    links.register("rota", pages)


def pages(program: Program) -> list[links.Link]:
    """Where the duties of a program that shares some out are: its published rota of these days, else all duties."""
    if NAME not in design_of(program):
        return []
    slug, rows = program.community.slug, Rota.objects.on(program).published()
    rota = rows.filter(last_day__gte=today()).order_by("first_day", "id").first()
    if rota is None:
        return [links.Link(_("Duties"), reverse("rota:home", args=[slug]), "calendar-check", "rota.see")]
    days = f"{day_text(rota.first_day)} – {day_text(rota.last_day)}"
    address = reverse("rota:rota", args=[slug, rota.pk])
    return [links.Link(_("Duties of this program"), address, "calendar-check", "rota.see", days)]


def done_so_far(program: Program, on: date) -> list[str]:
    """How many duties were done until a day, by nobody's name."""
    rows = Assignment.objects.of(program.community).filter(duty__program=program, outcome=Assignment.Outcome.DONE)
    count = rows.filter(duty__day__lte=on).count()
    if not count:
        return []
    words = ngettext("%(count)s duty was done so far.", "%(count)s duties were done so far.", count)
    return [words % {"count": count}]


def preview(turn: Turn) -> list[Effect]:
    """How many duties of drafts a change would touch."""
    count = 0
    for rota in _drafts(turn):
        rota.section = turn.after.get(NAME, {})
        count += changes_of(rota)
    return [*_told(count), *_stays(turn)]


def carry_out(turn: Turn) -> list[Effect]:
    """Let drafts ask for what is agreed on now. A part of other actions."""
    count = 0
    for rota in _drafts(turn):
        stands = held(rota)
        stands.section = turn.after.get(NAME, {})
        count += follow_section(stands)
        changed(stands, section=stands.section)
    return _told(count)


def _drafts(turn: Turn) -> Iterator[Rota]:
    if not turn.before:
        return
    for rota in Rota.objects.on(turn.program).drafts().order_by("pk"):
        rota.community, rota.program = turn.program.community, turn.program
        yield rota


def _told(count: int) -> list[Effect]:
    if not count:
        return []
    words = ngettext("%(count)s duty of a draft changes.", "%(count)s duties of drafts change.", count)
    return [Effect(words % {"count": count}, count)]


def _stays(turn: Turn) -> list[Effect]:
    if not turn.before or not Rota.objects.on(turn.program).published().exists():
        return []
    return [Effect(_("Rotas that are published stay as they are. The next one follows the new design."))]
