"""What recognised work comes to: a person's own, and everybody's together."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from alongside.people.models import Community, Person
from alongside.timebank.models import RecognisedWork
from alongside.timebank.rules import hidden_places

LATEST = 10


@dataclass(frozen=True)
class KindTotal:
    """One kind in a year: minutes of the person and of all; all is hidden while fewer than five noted it."""

    name: str
    own_minutes: int
    all_minutes: int
    hidden: bool


def totals(community: Community, person: Person, *, year: int, small_numbers: bool) -> list[KindTotal]:
    """By kind, in the order of their names. `small_numbers`: show also what fewer than five people noted."""
    noted = RecognisedWork.objects.of(community).filter(done_on__range=(date(year, 1, 1), date(year, 12, 31)))
    rows = list(
        noted.values("kind__name")
        .annotate(
            everybody=Sum("minutes"),
            own=Sum("minutes", filter=Q(person=person)),
            people=Count("person", distinct=True),
        )
        .order_by("kind__name")
    )
    hidden = set() if small_numbers else hidden_places([row["people"] for row in rows])
    return [
        KindTotal(row["kind__name"], row["own"] or 0, row["everybody"], place in hidden)
        for place, row in enumerate(rows)
    ]


def latest_of(community: Community, person: Person) -> list[RecognisedWork]:
    """What a person noted last."""
    noted = RecognisedWork.objects.of(community).filter(person=person).select_related("kind")
    return list(noted.order_by("-done_on", "-noted_at")[:LATEST])
