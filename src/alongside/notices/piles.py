"""Deliveries carried by hand, sorted into piles: by way, then one bundle a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.notices.models import Delivery, DeliveryQuerySet, Way
from alongside.people.models import Person

# Whoever calls works through a list from its top, and a page of hundreds opens slowly: so many people, and no more
# of them once there are so many messages.
SHOWN, MESSAGES = 10, 100


@dataclass(frozen=True)
class Bundle:
    """What one person is to hear by one way."""

    person: Person
    deliveries: list[Delivery]

    @property
    def reach(self) -> str:
        """The number or address to reach them at; empty when a word in person is all there is."""
        match self.deliveries[0].way:
            case Way.LETTER:
                return self.person.address
            case Way.IN_PERSON:
                return ""
        return self.person.phone or self.person.other_phone

    @property
    def is_letter(self) -> bool:
        return self.deliveries[0].way == Way.LETTER


@dataclass(frozen=True)
class Pile:
    """What goes one way. `bundles`: of the first people by name, those that the page shows; `waiting`: of how many.

    `ids`: of all that waits, so that a whole pile can be marked as done.
    """

    way: Way
    bundles: list[Bundle]
    waiting: int
    ids: list[UUID]

    @property
    def is_cut(self) -> bool:
        return len(self.bundles) < self.waiting

    @property
    def heading(self) -> str | Promise:
        return _HEADINGS[self.way]


# In the order a coordinator works.
_HEADINGS = {
    Way.PHONE: _("Phone calls"),
    Way.TEXT: _("Text messages"),
    Way.LETTER: _("Letters"),
    Way.IN_PERSON: _("To say in person"),
}


def piles_of(deliveries: DeliveryQuerySet, *, whole: str = "") -> list[Pile]:
    """Piles in the order a coordinator works: calls, texts, letters, and words when they meet.

    Of each the first bundles are loaded, and all of the way `whole`: three questions.
    """
    by_way: dict[str, dict[tuple[str, UUID], list[UUID]]] = {}
    rows = deliveries.values_list("way", "notice__person__name", "notice__person", "pk")
    for way, name, person, pk in rows:
        by_way.setdefault(way, {}).setdefault((name.casefold(), person), []).append(pk)
    shown = {way: sorted(people) if way == whole else _first(people) for way, people in by_way.items()}
    wanted = [pk for way, people in shown.items() for one in people for pk in by_way[way][one]]
    person_of = Person.objects.in_bulk({person for people in shown.values() for _name, person in people})
    loaded: dict[str, list[Delivery]] = {}
    for delivery in deliveries.filter(pk__in=wanted).select_related("notice") if wanted else ():
        delivery.notice.person = person_of[delivery.notice.person_id]
        loaded.setdefault(delivery.way, []).append(delivery)
    return [
        Pile(way, bundles_of(loaded.get(way, ())), len(people), [pk for ids in people.values() for pk in ids])
        for way in _HEADINGS
        if (people := by_way.get(way))
    ]


def _first(people: Mapping[tuple[str, UUID], list[UUID]]) -> list[tuple[str, UUID]]:
    """By name: `SHOWN` people at most, and at least one; none is begun once there are `MESSAGES`."""
    found: list[tuple[str, UUID]] = []
    messages = 0
    for one in sorted(people)[:SHOWN]:
        if messages >= MESSAGES:
            break
        found.append(one)
        messages += len(people[one])
    return found


def bundles_of(deliveries: Iterable[Delivery]) -> list[Bundle]:
    """One bundle a person, by name."""
    ordered = sorted(
        deliveries, key=lambda delivery: (delivery.notice.person.name.casefold(), delivery.notice.person_id)
    )
    return [
        Bundle(person=some[0].notice.person, deliveries=some)
        for _person_id, group in groupby(ordered, key=lambda delivery: delivery.notice.person_id)
        if (some := list(group))
    ]
