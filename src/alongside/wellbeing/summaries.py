"""The one door through which figures leave this room: of a month that is over, and where five people stand behind.

Months do not overlap, so that no figure can be taken from another one to learn what one person said.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.programs import figures
from alongside.programs.models import Program
from alongside.wellbeing.models import ActionStep, Visit
from alongside.wellbeing.rules.figures import FEWEST, Figure, counted, share_told


@dataclass(frozen=True)
class MonthTold:
    """One month of a program: visits that took place, how much was about what people wanted, steps looked back on."""

    begins: date
    visits: Figure
    about_mine: Figure
    steps: Figure


def register() -> None:
    """Let programs show it."""
    figures.register("wellbeing", sentences)


def last_month(program: Program, *, on: date) -> MonthTold:
    """The last whole month before a day, in three queries however many people there are."""
    ends = on.replace(day=1)
    begins = (ends - timedelta(days=1)).replace(day=1)
    zone = ZoneInfo(program.community.time_zone)
    moments = tuple(datetime.combine(day, time(), zone) for day in (begins, ends))
    visits = Visit.objects.of(program.community).took_place().filter(series__program=program)
    # When it was written down and told, not when it was held: a month that is over does not change any more.
    written = visits.filter(settled_at__gte=moments[0], settled_at__lt=moments[1])
    told = visits.filter(told_at__gte=moments[0], told_at__lt=moments[1])
    steps = ActionStep.objects.of(program.community).filter(
        goal__program=program, looked_back_at__gte=moments[0], looked_back_at__lt=moments[1]
    )
    return MonthTold(
        begins,
        counted(list(written.values_list("series__membership", flat=True))),
        share_told(told.values_list("series__membership", "about_mine")),
        counted(list(steps.values_list("membership", flat=True))),
    )


def sentences(program: Program, on: date) -> list[str]:
    """The last month in words; nothing where nothing can be told."""
    month = last_month(program, on=on)
    found = []
    if month.visits.count is not None:
        text = ngettext("%(count)s visit took place.", "%(count)s visits took place.", month.visits.count)
        found.append(text % {"count": month.visits.count})
    if month.about_mine.share is not None:
        tenths = int(month.about_mine.share * 10)
        found.append(_("People say: %(tenths)s tenths of it was about what they wanted.") % {"tenths": tenths})
    if month.steps.count is not None:
        text = ngettext(
            "%(count)s step of people's own was looked back on.",
            "%(count)s steps of people's own were looked back on.",
            month.steps.count,
        )
        found.append(text % {"count": month.steps.count})
    if found:
        found.append(_("Last month, only where %(fewest)s people or more stand behind it.") % {"fewest": FEWEST})
    return found
