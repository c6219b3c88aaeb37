"""Who acts for whom, gathered for pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.kernel.clock import today
from alongside.people import abilities
from alongside.people.models import BodyMember, DelegatedAbility, Delegation, Membership, Role
from alongside.people.permissions import Standing

MOST_SHOWN = 50


@dataclass(frozen=True)
class Agreement:
    """One agreement in words: who may do what, and whether it holds today."""

    delegation: Delegation
    may: list[str]
    live: bool


@dataclass(frozen=True)
class Helped:
    """Somebody one may act for today, and what one may do."""

    membership: Membership
    may: list[str]


def agreements_of(membership: Membership) -> list[Agreement]:
    """All agreements a member ever made, those that hold first, then the latest."""
    made = Delegation.objects.of(membership.community).filter(membership=membership)
    made = made.select_related("helper__person", "recorded_by").prefetch_related("abilities").order_by("-made_at")
    found = [_in_words(delegation, on=today()) for delegation in made]
    return sorted(found, key=lambda agreement: not agreement.live)


def _in_words(delegation: Delegation, *, on: date) -> Agreement:
    live = delegation.ended_at is None and delegation.expires_on >= on
    return Agreement(delegation, labels(each.ability for each in delegation.abilities.all()), live)


def labels(names: Iterable[str]) -> list[str]:
    """The words for abilities, in the order of the alphabet."""
    return sorted(str(abilities.label_of(name)) for name in names)


def people_i_may_act_for(standing: Standing, *, text: str = "") -> list[Helped]:
    """At most fifty people: those who agreed, and the children of one's household. It asks three times, not by person.

    For each of them the same as `permissions.abilities_for`.
    """
    if not standing.person.acts_alone(today()):
        return []
    agreed = Delegation.objects.of(standing.community).live(on=today())
    agreed = agreed.for_helper(standing.membership, coordinates=standing.has(Role.COORDINATOR))
    homes = BodyMember.objects.of(standing.community).filter(
        membership=standing.membership, part=BodyMember.Part.ADULT, household__closed_at=None
    )
    children = BodyMember.objects.of(standing.community).filter(
        part=BodyMember.Part.CHILD, household__in=homes.values("household")
    )
    members = Membership.objects.of(standing.community).current().matching(text).select_related("person", "community")
    members = members.filter(pk__in=agreed.values("membership")) | members.filter(pk__in=children.values("membership"))
    shown = list(members.exclude(pk=standing.membership.pk).distinct().by_name()[:MOST_SHOWN])
    at_home = set(children.filter(membership__in=shown).values_list("membership", flat=True))
    named: defaultdict[UUID, set[str]] = defaultdict(set)
    by_consent = DelegatedAbility.objects.of(standing.community).filter(delegation__in=agreed)
    for helped_id, ability in by_consent.values_list("delegation__membership", "ability"):
        named[helped_id].add(ability)
    found = []
    for membership in shown:
        is_child = membership.pk in at_home and not membership.person.acts_alone(today())
        if may := set(abilities.every()) if is_child else named[membership.pk]:
            found.append(Helped(membership, labels(may)))
    return found
