"""Where one rota of a program ends and the next begins: days between duties and duties a week count across the edge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from alongside.rota.models import Assignment, Rota
from alongside.rota.pool import key_of
from alongside.rota.rules.section import OPENING_DAYS

WEEK = timedelta(days=7)


def crowded_days(rota: Rota, days: Sequence[date]) -> dict[str, set[date]]:
    """For each family, the days of a rota on which a duty would be too close to one of another rota, or one too many
    in a week. One question."""
    spacing, per_week = rota.section.get("spacing"), rota.section.get("most_a_week")
    if not days or not (spacing or per_week):
        return {}
    reach = max(WEEK, timedelta(days=2 * spacing["days"] + 7 if spacing else 0))
    rows = Assignment.objects.of(rota.community).standing().filter(duty__program=rota.program).exclude(duty__rota=rota)
    rows = rows.filter(duty__day__range=(rota.first_day - reach, rota.last_day + reach)).order_by()
    theirs: dict[str, list[date]] = defaultdict(list)
    for household, membership, day in rows.values_list("family__household", "family__membership", "duty__day"):
        theirs[key_of(household, membership)].append(day)
    around = sorted({day for each in theirs.values() for day in each} | set(days))
    place_of = {day: place for place, day in enumerate(around)}
    counts_opening = bool(spacing) and spacing.get("counted_in") == OPENING_DAYS

    def between(one: date, other: date) -> int:
        return abs(place_of[one] - place_of[other]) if counts_opening else abs((one - other).days)

    return {
        key: {
            day
            for day in days
            if (spacing and any(between(day, other) < spacing["days"] for other in others))
            or (per_week and _in_week(day, others) >= per_week)
        }
        for key, others in theirs.items()
    }


def _in_week(day: date, others: Iterable[date]) -> int:
    return sum(day.isocalendar()[:2] == other.isocalendar()[:2] for other in others)
