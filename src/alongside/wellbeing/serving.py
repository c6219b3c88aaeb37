"""The section `visits` of a design: this room plans them when it begins and when it changes."""

from collections.abc import Iterator

from django.utils.translation import ngettext

from alongside.programs import serving
from alongside.programs.serving import Effect, Served, Turn
from alongside.wellbeing.models import VisitSeries
from alongside.wellbeing.planning import NAME, held, moves_of, replan
from alongside.wellbeing.rules.section import SECTION


def register() -> None:
    """Let blueprints have visits."""
    serving.register(Served(SECTION, preview=preview, carry_out=carry_out))


def preview(turn: Turn) -> list[Effect]:
    """How many planned visits a change would move, add or take away; none that took place."""
    section = turn.after.get(NAME, {})
    return _told(sum(moves_of(series, section).count for series in _running(turn)))


def carry_out(turn: Turn) -> list[Effect]:
    """Plan anew what has not taken place. A part of other actions."""
    section = turn.after.get(NAME, {})
    return _told(sum(replan(held(series), section).count for series in _running(turn)))


def _running(turn: Turn) -> Iterator[VisitSeries]:
    for series in VisitSeries.objects.of(turn.program.community).running().filter(program=turn.program).order_by("pk"):
        series.community, series.program = turn.program.community, turn.program
        yield series


def _told(count: int) -> list[Effect]:
    if not count:
        return []
    words = ngettext("%(count)s planned visit changes.", "%(count)s planned visits change.", count)
    return [Effect(words % {"count": count}, count)]
