"""Deliveries carried by hand, sorted into piles: by way, then one bundle a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.notices.models import Delivery, Way
from alongside.people.models import Person

# Whoever calls works through a list from its top, and a page of hundreds opens slowly.
SHOWN = 10


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
    """What goes one way. `shown`: the bundles that the page has at first; the rest come when these are done."""

    way: Way
    bundles: list[Bundle]
    most: int | None = None

    @property
    def shown(self) -> list[Bundle]:
        return self.bundles[: self.most]

    @property
    def is_cut(self) -> bool:
        return len(self.shown) < len(self.bundles)

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


def piles_of(deliveries: Iterable[Delivery], *, whole: str = "") -> list[Pile]:
    """Piles in the order a coordinator works: calls, texts, letters, and words when they meet.

    Of each the first `SHOWN` bundles are to be shown, and all of the way `whole`.
    """
    by_way: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        by_way.setdefault(delivery.way, []).append(delivery)
    return [
        Pile(way=way, bundles=bundles_of(by_way[way]), most=None if way == whole else SHOWN)
        for way in _HEADINGS
        if way in by_way
    ]


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
