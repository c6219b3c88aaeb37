"""The directory of members: who is seen, page by page, and who looks like somebody we know."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Prefetch, Q

from alongside.kernel.clock import today
from alongside.people.models import Community, Membership, Role, RoleHeld
from alongside.people.models.membership import MembershipQuerySet
from alongside.people.permissions import Standing
from alongside.people.rules.likeness import Traits, likeness

PAGE_SIZE = 30
MOST_ALIKE = 5


@dataclass(frozen=True)
class MembersPage:
    """One page of the directory; the two queries lead to its neighbors, "" where there is none."""

    members: list[Membership]
    total: int
    newer_query: str
    older_query: str


def seen_members(standing: Standing) -> MembershipQuerySet:
    """The current members this person may find: children are found by coordinators alone."""
    members: MembershipQuerySet = Membership.objects.of(standing.community).current()
    return members if standing.has(Role.COORDINATOR) else members.grown(on=today())


def members_page(standing: Standing, *, text: str, role: str, after: str, before: str) -> MembersPage:
    """Members in the order of their names; `after` and `before` are ids at the edge of a page."""
    found = seen_members(standing).matching(text)
    if role:
        found = found.holding(role, on=today())
    roles_now = RoleHeld.objects.of(standing.community).filter(group=None).on(today())
    rows = found.select_related("person").prefetch_related(Prefetch("roles", roles_now, to_attr="roles_now"))
    wanted = {key: value for key, value in (("q", text), ("role", role)) if value}
    if edge := _edge(found, before):
        page = list(rows.filter(_beyond(edge, "lt")).order_by("-person__search_name", "-number")[: PAGE_SIZE + 1])
        more_before, more_after = len(page) > PAGE_SIZE, True
        page = page[:PAGE_SIZE][::-1]
    else:
        edge = _edge(found, after)
        rows = rows.filter(_beyond(edge, "gt")) if edge else rows
        page = list(rows.by_name()[: PAGE_SIZE + 1])
        more_before, more_after = edge is not None, len(page) > PAGE_SIZE
        page = page[:PAGE_SIZE]
    return MembersPage(
        members=page,
        total=found.count(),
        newer_query="?" + urlencode({**wanted, "before": page[0].pk}) if page and more_before else "",
        older_query="?" + urlencode({**wanted, "after": page[-1].pk}) if page and more_after else "",
    )


def _edge(found: MembershipQuerySet, text: str) -> Membership | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    edge: Membership | None = found.filter(pk=key).select_related("person").first()
    return edge


def _beyond(edge: Membership, side: str) -> Q:
    name = edge.person.search_name
    return Q(**{f"person__search_name__{side}": name}) | Q(
        **{"person__search_name": name, f"number__{side}": edge.number}
    )


def likely_same(community: Community, traits: Traits, *, but: Membership | None = None) -> list[Membership]:
    """Members of this community who may be the same human being, the likeliest first, at most five."""
    members = Membership.objects.of(community).current().select_related("person")
    if but is not None:
        members = members.exclude(pk=but.pk)
    alike = [(len(likeness(traits, traits_of(each))), each) for each in members.iterator()]
    alike = sorted((pair for pair in alike if pair[0]), key=lambda pair: (-pair[0], pair[1].number))
    return [each for _count, each in alike[:MOST_ALIKE]]


def traits_of(membership: Membership) -> Traits:
    person = membership.person
    return Traits(
        name=person.name,
        email=person.contact_email,
        phones=(person.phone, person.other_phone),
        born_on=person.born_on,
    )
