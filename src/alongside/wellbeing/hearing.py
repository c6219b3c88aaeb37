"""What this room hears: a check of somebody does not hold any more."""

from typing import Any

from alongside.kernel.clock import now
from alongside.people.models import Person
from alongside.safeguarding.models import CheckKind
from alongside.safeguarding.signals import out_of_pool
from alongside.wellbeing import actions
from alongside.wellbeing.models import VisitSeries


def listen() -> None:
    """Hear of it from now on."""
    out_of_pool.connect(free_visits, dispatch_uid="wellbeing")


def free_visits(sender: object, person: Person, kind: CheckKind, **kwargs: Any) -> None:
    """A check ran out or was withdrawn: where it is asked of who visits, somebody else is looked for."""
    rows = VisitSeries.objects.of(kind.community).running().filter(visitor__person=person)
    for series in rows.select_related("program__group", "visitor", "membership").order_by("pk"):
        series.community = series.program.community = kind.community
        actions.free_unchecked(series=series, by=None, at=now())
