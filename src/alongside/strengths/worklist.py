"""The queue of things that need a person. Rooms above register sources of their own.

    worklist.register("rota.gaps", label=_("Shifts nobody has taken"), find=find_gaps)

A source finds its pieces of work afresh each time; what is dealt with is simply no longer found.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import DateField, DateTimeField, Exists, OuterRef, Q, QuerySet, UUIDField
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.db import Given, HowMany
from alongside.people.models import Community, CommunityQuerySet, Person
from alongside.strengths.models import Exchange, Listing, QueueClaim
from alongside.strengths.rules.steps import State
from alongside.ui.words import hours_text

# The longest pile, and the one that can wait: everything else stands before it.
_PATIENT = "strengths.requests"
# A source shows at most so many, the ones waiting longest.
MOST_OF_A_SOURCE = 50
REQUEST_WAITS = timedelta(days=3)
EXCHANGE_WAITS = timedelta(days=7)


@dataclass(frozen=True)
class Work:
    """One piece of work. `item` names it for claiming: "<source>:<id>", at most 80 characters."""

    item: str
    title: str
    since: datetime
    link: str
    person: Person | None = None


@dataclass(frozen=True)
class Where:
    """The community and the moment for which work is looked for; or what stands for them, where many are counted."""

    community: Any
    at: Any
    day: Any


Rows = Callable[[Where], QuerySet[Any, Any]]


@dataclass(frozen=True)
class Source:
    name: str
    label: str | Promise
    find: Callable[[Community, datetime], Iterable[Work]]
    rows: Rows | None = None


@dataclass(frozen=True)
class Listed:
    """A piece of work as it stands in the queue: with its source, and who has taken it."""

    work: Work
    label: str | Promise
    claim: QueueClaim | None


_sources: dict[str, Source] = {}


def register(
    name: str,
    *,
    label: str | Promise,
    find: Callable[[Community, datetime], Iterable[Work]],
    rows: Rows | None = None,
) -> None:
    """Add a source "room.what" to the queue of every community; the last word for a name counts.

    `rows`: the values of which each is a piece of work that `find` would find. Such sources are counted together.
    """
    _sources[name] = Source(name, label, find, rows)


def length_of_queue(community: Community, *, at: datetime) -> int:
    """How many pieces of work `queue_of` would list."""
    together = tuple((source.name, source.rows) for source in _sources.values() if source.rows)
    counted = _how_many(together).ask(community=community.pk, at=at, day=community.day_of(at))
    others = (source for source in _sources.values() if not source.rows)
    return sum(counted.values()) + sum(len(list(source.find(community, at))) for source in others)


@cache
def _how_many(sources: tuple[tuple[str, Rows], ...]) -> HowMany:
    anywhere = Where(Given("community", UUIDField()), Given("at", DateTimeField()), Given("day", DateField()))
    return HowMany({name: rows(anywhere) for name, rows in sources}, most=MOST_OF_A_SOURCE)


def queue_of(community: Community, *, at: datetime) -> list[Listed]:
    """Everything that needs a person now, and who has taken it: kind by kind as they were registered,
    waiting longest first.
    """
    claims = {claim.item: claim for claim in QueueClaim.objects.of(community).select_related("taken_by")}
    found = [
        Listed(work, source.label, claims.get(work.item))
        for source in _sources.values()
        for work in source.find(community, at)
    ]
    order = {source.label: (source.name == _PATIENT, place) for place, source in enumerate(_sources.values())}
    return sorted(found, key=lambda listed: (order[listed.label], listed.work.since, listed.work.item))


def register_own_sources() -> None:
    """The sources of this room, the most pressing first."""
    _own("strengths.disputes", gettext_lazy("Two people see it differently"), _disputes, _about_exchange)
    _own("strengths.by_phone", gettext_lazy("Ask by phone whether it was so"), _to_ask_by_phone, _about_asking)
    _own("strengths.waiting", gettext_lazy("An exchange waits long"), _long_waits, _about_exchange)
    _own("strengths.ending", gettext_lazy("Ends soon, and has nobody online"), _ending_for_offline, _about_listing)
    _own("strengths.requests", gettext_lazy("A request nobody has answered"), _unanswered_requests, _about_listing)


def _own(
    name: str,
    label: str | Promise,
    rows: Callable[[Where], CommunityQuerySet],
    about: Callable[[str, Community, Any], Work],
) -> None:
    """Register a source of rows, waiting longest first: they are fetched to be shown, and counted without."""

    def find(community: Community, at: datetime) -> list[Work]:
        waiting = rows(Where(community, at, community.day_of(at)))
        return [about(name, community, row) for row in waiting.first_few(MOST_OF_A_SOURCE)]

    register(name, label=label, find=find, rows=lambda where: rows(where).values("pk"))


def _disputes(where: Where) -> CommunityQuerySet:
    return Exchange.objects.of(where.community).filter(state=State.DISPUTED).with_title().order_by("changed_at")


def _to_ask_by_phone(where: Where) -> CommunityQuerySet:
    """Help that was given, says one side; the other side has no screen, and silence never counts for them."""
    return Exchange.objects.of(where.community).to_ask_by_phone().with_title().order_by("changed_at")


def _unanswered_requests(where: Where) -> CommunityQuerySet:
    """Requests without an exchange after three days; urgent ones at once."""
    answered = Exchange.objects.filter(listing=OuterRef("pk"), community=OuterRef("community"))
    return (
        Listing.objects.of(where.community)
        .requests()
        .open_on(where.day)
        .filter(Q(made_at__lte=where.at - REQUEST_WAITS) | Q(urgency=Listing.Urgency.URGENT))
        .filter(~Exists(answered))
        .with_title()
        .order_by("made_at")
    )


def _long_waits(where: Where) -> CommunityQuerySet:
    return (
        Exchange.objects.of(where.community)
        .filter(state__in=[State.PROPOSED, State.DONE], changed_at__lte=where.at - EXCHANGE_WAITS)
        .exclude(state=State.DONE, answer_by=None)
        .with_title()
        .order_by("changed_at")
    )


def _ending_for_offline(where: Where) -> CommunityQuerySet:
    """Listings that end within the week, of people who have never signed in: somebody has to ask them."""
    return (
        Listing.objects.of(where.community)
        .open_on(where.day)
        .filter(open_until__lte=where.day + timedelta(days=7), membership__person__last_login=None)
        .with_title()
        .order_by("open_until")
    )


def _about_asking(source: str, community: Community, exchange: Exchange) -> Work:
    return replace(_about_exchange(source, community, exchange), person=exchange.awaited.person)


def _about_exchange(source: str, community: Community, exchange: Exchange) -> Work:
    return Work(
        item=f"{source}:{exchange.pk}",
        title=_("%(giver)s and %(receiver)s, %(hours)s, %(category)s")
        % {
            "giver": exchange.giver,
            "receiver": exchange.receiver,
            "hours": hours_text(exchange.minutes),
            "category": exchange.category,
        },
        since=exchange.changed_at,
        link=reverse("strengths:exchange", args=[community.slug, exchange.pk]),
    )


def _about_listing(source: str, community: Community, listing: Listing) -> Work:
    return Work(
        item=f"{source}:{listing.pk}",
        title=listing.title,
        since=listing.made_at,
        link=reverse("strengths:listing", args=[community.slug, listing.pk]),
        person=listing.person,
    )
