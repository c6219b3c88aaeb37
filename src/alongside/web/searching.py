"""One search over the rooms: each is asked through its own QuerySets, within what the person may see."""

from collections.abc import Iterable
from dataclasses import dataclass

import rules
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import Proposal
from alongside.gatherings.models import Gathering
from alongside.gatherings.permissions import seen_gatherings
from alongside.kernel.clock import now
from alongside.people.listing import seen_members
from alongside.people.models import Membership, Person
from alongside.people.permissions import Standing
from alongside.strengths.models import Listing
from alongside.ui.words import day_text
from alongside.web import handbook

LONGEST_WORDS = 100
MOST_HITS = 10
# A series is shown once, however many of its turns are found.
MOST_TURNS = 200


@dataclass(frozen=True)
class Hit:
    """One thing found: a person (drawn with their picture) or a title with an icon."""

    url: str
    title: str = ""
    icon: str = ""
    note: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class Shelf:
    """What one room found."""

    title: str | Promise
    hits: list[Hit]


def search_everything(words: str, *, standing: Standing) -> list[Shelf]:
    """What every room found for the words, rooms without a hit left out. A fixed number of queries."""
    shelves = [
        Shelf(_("People"), _people(words, standing)),
        Shelf(_("Offers and requests"), _listings(words, standing)),
        Shelf(_("What is on"), _gatherings(words, standing)),
        Shelf(_("Proposals"), _proposals(words, standing)),
        Shelf(_("Help"), _help(words)),
    ]
    return [shelf for shelf in shelves if shelf.hits]


def _people(words: str, standing: Standing) -> list[Hit]:
    if not rules.has_perm("people.see_members", standing, None):
        return []
    found = seen_members(standing).matching(words).select_related("person")
    return [_person_hit(membership, standing) for membership in found[:MOST_HITS]]


def _person_hit(membership: Membership, standing: Standing) -> Hit:
    url = reverse("people:member", args=[standing.community.slug, membership.pk])
    return Hit(url=url, person=membership.person, note=membership.area)


def _listings(words: str, standing: Standing) -> list[Hit]:
    if not rules.has_perm("strengths.see_listings", standing, None):
        return []
    community = standing.community
    found = Listing.objects.of(community).open_on(community.day_of(now())).matching(words).with_people()
    return [
        Hit(
            url=reverse("strengths:listing", args=[community.slug, listing.pk]),
            title=listing.title,
            icon="gift" if listing.kind == Listing.Kind.OFFER else "hand-helping",
            note=str(listing.person),
        )
        for listing in found.newest_first()[:MOST_HITS]
    ]


def _gatherings(words: str, standing: Standing) -> list[Hit]:
    """The next of each series whose title has the words."""
    if not rules.has_perm("gatherings.see", standing, None):
        return []
    found = seen_gatherings(standing).coming(now()).planned().matching(words)
    first: dict[object, Gathering] = {}
    for one in found[:MOST_TURNS]:
        first.setdefault(one.series_id or one.pk, one)
    return [
        Hit(
            url=reverse("gatherings:gathering", args=[standing.community.slug, one.pk]),
            title=one.title,
            icon="calendar-days",
            note=day_text(one.starts_at),
        )
        for one in list(first.values())[:MOST_HITS]
    ]


def _proposals(words: str, standing: Standing) -> list[Hit]:
    if not rules.has_perm("decisions.see_proposals", standing, None):
        return []
    found = Proposal.objects.of(standing.community).put_forward().matching(words).latest_first()
    return [
        Hit(
            url=reverse("decisions:proposal", args=[standing.community.slug, proposal.pk]),
            title=proposal.title,
            icon="message-square-text",
            note=proposal.get_state_display(),
        )
        for proposal in found[:MOST_HITS]
    ]


def _help(words: str) -> list[Hit]:
    language = (get_language() or "en").partition("-")[0]
    hits: Iterable[handbook.Hit] = handbook.search(settings.DOCS_FOLDER, words, language=language, at_most=MOST_HITS)
    return [
        Hit(
            url=reverse("web:help_page", args=[hit.page.path]),
            title=hit.page.title,
            icon="circle-help",
            note=hit.excerpt,
        )
        for hit in hits
    ]
