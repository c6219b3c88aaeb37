"""Who may do what with people: a person's standing in a community, and predicates over it.

Every predicate takes a `Standing` and, where it concerns one, a thing of the same community.
Other rooms write theirs in their own `permissions.py` with the helpers from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import rules

from alongside.kernel.clock import today
from alongside.people import abilities
from alongside.people.models import (
    Body,
    BodyMember,
    Community,
    ContactShare,
    DelegatedAbility,
    Delegation,
    Household,
    Membership,
    Person,
    Role,
    RoleHeld,
)
from alongside.people.rules.constituencies import Constituency, constituencies


@dataclass(frozen=True)
class Standing:
    """One person in one community, with the roles that hold today."""

    person: Person
    community: Community
    membership: Membership
    roles: frozenset[str]
    group_roles: Mapping[UUID, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def places(self) -> list[BodyMember]:
        """Where this person has a place, in households and other bodies: asked for once, if at all."""
        return list(BodyMember.objects.of(self.community).filter(membership=self.membership))

    def has(self, *roles: Role) -> bool:
        """True when at least one of `roles` holds in the whole community."""
        return not self.roles.isdisjoint(roles)

    def has_in(self, group_id: UUID, *roles: Role) -> bool:
        """True when at least one of `roles` holds in the group or in the whole community."""
        return self.has(*roles) or not self.group_roles.get(group_id, frozenset()).isdisjoint(roles)


def standing_of(person: Person, community: Community, *, on: date) -> Standing | None:
    """The person's standing in the community on a day; None when they do not belong."""
    membership = Membership.objects.of(community).current().filter(person=person).first()
    if membership is None:
        return None
    membership.person, membership.community = person, community
    held = RoleHeld.objects.of(community).filter(membership=membership).on(on).values_list("group_id", "role")
    in_groups: dict[UUID, set[str]] = {}
    for group_id, role in held:
        in_groups.setdefault(group_id, set()).add(role)
    community_wide = frozenset(in_groups.pop(None, set()))  # type: ignore[call-overload]
    return Standing(
        person=person,
        community=community,
        membership=membership,
        roles=community_wide,
        group_roles={group: frozenset(roles) for group, roles in in_groups.items()},
    )


def any_of(*roles: Role) -> rules.Predicate:
    """A predicate that holds for people with at least one of the roles in the whole community."""

    @rules.predicate(name=f"any_of:{','.join(sorted(roles))}")
    def holds_a_role(standing: Standing, thing: Any = None) -> bool:
        return standing.has(*roles)

    return holds_a_role


@rules.predicate
def belongs(standing: Standing, thing: Any = None) -> bool:
    """Anyone who belongs to the community."""
    return True


is_coordinator = any_of(Role.COORDINATOR)
is_commissioner = any_of(Role.COMMISSIONER)
keeps_the_books = any_of(Role.COORDINATOR, Role.STEWARD)
# Commissioners see figures, never persons.
sees_people = any_of(Role.PARTICIPANT, Role.PEER_LEADER, Role.PROFESSIONAL, Role.COORDINATOR, Role.STEWARD)


def share_a_household(one: Membership, other: Membership) -> bool:
    """True when both have a place in the same open household."""
    homes = BodyMember.objects.of(one.community).filter(membership=one, household__closed_at=None)
    shared = homes.exclude(household=None).values("household")
    return BodyMember.objects.of(one.community).filter(membership=other, household__in=shared).exists()


def is_adult_for(adult: Membership, child: Membership, *, on: date) -> bool:
    """True when `adult` is an adult of a household in which `child`, under 18, is a child."""
    if child.person.acts_alone(on) or not adult.person.acts_alone(on):
        return False
    homes = BodyMember.objects.of(adult.community).filter(
        membership=adult, part=BodyMember.Part.ADULT, household__closed_at=None
    )
    places = BodyMember.objects.of(adult.community).filter(membership=child, part=BodyMember.Part.CHILD)
    return places.filter(household__in=homes.values("household")).exists()


def abilities_for(standing: Standing, membership: Membership, *, on: date) -> frozenset[str]:
    """What this person may do for that member on a day: by the member's consent, or as a child's adult.

    Nobody needs an ability for themself, and somebody under 18 acts for nobody.
    """
    helper = standing.membership
    if helper == membership or membership.community_id != standing.community.pk:
        return frozenset()
    if not standing.person.acts_alone(on) or membership.left_at is not None:
        return frozenset()
    if is_adult_for(helper, membership, on=on):
        return frozenset(abilities.every())
    agreed = Delegation.objects.of(standing.community).live(on=on).filter(membership=membership)
    mine = agreed.for_helper(helper, coordinates=standing.has(Role.COORDINATOR))
    named = DelegatedAbility.objects.of(standing.community).filter(delegation__in=mine)
    return frozenset(named.values_list("ability", flat=True))


def constituencies_of(standing: Standing, *, on: date) -> tuple[Constituency, ...]:
    """The sides this person may speak for on a day. More than one: they say which, and whoever asks keeps it."""
    return constituencies(standing.roles, is_kin=is_kin(standing.membership, on=on))


def is_kin(membership: Membership, *, on: date) -> bool:
    """Family and neighbors: adults of a household with a child, and helpers a person has named."""
    homes = BodyMember.objects.of(membership.community).filter(
        membership=membership, part=BodyMember.Part.ADULT, household__closed_at=None
    )
    children = BodyMember.objects.of(membership.community).filter(
        part=BodyMember.Part.CHILD, household__in=homes.values("household")
    )
    helps = Delegation.objects.of(membership.community).live(on=on).filter(helper=membership)
    return children.exists() or helps.exists()


def kin_in(community: Community, *, on: date) -> set[UUID]:
    """The memberships for which `is_kin` holds, in two queries however many there are."""
    places = BodyMember.objects.of(community).filter(household__closed_at=None)
    with_children = places.filter(part=BodyMember.Part.CHILD).values("household")
    adults = places.filter(part=BodyMember.Part.ADULT, household__in=with_children)
    helpers = Delegation.objects.of(community).live(on=on).exclude(helper=None)
    return {*adults.values_list("membership_id", flat=True), *helpers.values_list("helper_id", flat=True)}


def _is_self(standing: Standing, membership: Membership) -> bool:
    return membership.pk == standing.membership.pk


@rules.predicate
def sees_this_person(standing: Standing, membership: Membership | None = None) -> bool:
    """Grown members are seen by all who see people; a child by coordinators and their household alone."""
    if membership is None or _is_self(standing, membership) or standing.has(Role.COORDINATOR):
        return True
    if membership.left_at is not None:
        return False
    return membership.person.acts_alone(today()) or share_a_household(standing.membership, membership)


@rules.predicate
def sees_contact(standing: Standing, membership: Membership | None = None) -> bool:
    """How to reach a person: themself, coordinators, a child's household, or by the person's own choice."""
    if membership is None or _is_self(standing, membership) or standing.has(Role.COORDINATOR):
        return True
    if not membership.person.acts_alone(today()):
        return is_adult_for(standing.membership, membership, on=today())
    if membership.contact_shown == Membership.ContactShown.MEMBERS:
        return True
    shares = ContactShare.objects.of(standing.community).agreed()
    return shares.between(standing.membership, membership).exists()


@rules.predicate
def is_grown(standing: Standing, thing: Any = None) -> bool:
    """Somebody of 18 or more, who needs nobody to act for them."""
    return standing.person.acts_alone(today())


@rules.predicate
def may_act_for(standing: Standing, membership: Membership | None = None) -> bool:
    """There is at least one thing this person may do for that member today."""
    return membership is not None and bool(abilities_for(standing, membership, on=today()))


@rules.predicate
def is_themself_or_coordinator(standing: Standing, membership: Membership | None = None) -> bool:
    return membership is None or _is_self(standing, membership) or standing.has(Role.COORDINATOR)


@rules.predicate
def is_adult_at_home(standing: Standing, membership: Membership | None = None) -> bool:
    """An adult of the household in which that member, under 18, is a child."""
    return membership is not None and is_adult_for(standing.membership, membership, on=today())


@rules.predicate
def has_part_in_delegation(standing: Standing, delegation: Delegation | None = None) -> bool:
    """The person helped, the helper, and coordinators, who write down what people say by telephone."""
    if delegation is None or standing.has(Role.COORDINATOR):
        return True
    return standing.membership.pk in {delegation.membership_id, delegation.helper_id}


@rules.predicate
def was_asked(standing: Standing, share: ContactShare | None = None) -> bool:
    return share is None or share.asked_id == standing.membership.pk


@rules.predicate
def has_part_in_share(standing: Standing, share: ContactShare | None = None) -> bool:
    return share is None or standing.membership.pk in {share.asked_id, share.asker_id}


@rules.predicate
def stands_for_body(standing: Standing, body: Body | None = None) -> bool:
    """An adult of the household, a speaker of the organisation or group, or a coordinator."""
    if body is None or standing.has(Role.COORDINATOR):
        return True
    leading = [BodyMember.Part.ADULT, BodyMember.Part.SPEAKS_FOR]
    places = BodyMember.objects.of(standing.community).filter(membership=standing.membership, part__in=leading)
    return places.filter(**{str(body._meta.model_name): body}).exists()


@rules.predicate
def is_in_body(standing: Standing, body: Body | None = None) -> bool:
    """Households are seen by those who live there and by coordinators; other bodies by all who see people."""
    if body is None or standing.has(Role.COORDINATOR) or not isinstance(body, Household):
        return True
    return BodyMember.objects.of(standing.community).filter(membership=standing.membership, household=body).exists()


rules.add_perm("people.see_noticeboard", belongs)
rules.add_perm("people.see_members", sees_people)
rules.add_perm("people.see_member", sees_people & sees_this_person)
rules.add_perm("people.see_contact", sees_people & sees_this_person & sees_contact)
rules.add_perm("people.ask_for_contact", sees_people & is_grown)
rules.add_perm("people.answer_contact", sees_people & was_asked)
rules.add_perm("people.end_contact", sees_people & has_part_in_share)
rules.add_perm("people.add_person", is_coordinator)
rules.add_perm("people.change_details", is_coordinator)
rules.add_perm("people.merge", is_coordinator)
rules.add_perm("people.invite", is_coordinator)
rules.add_perm("people.answer_requests", is_coordinator)
rules.add_perm("people.end_membership", is_coordinator)
rules.add_perm("people.hand_over_everything", is_coordinator)
rules.add_perm("people.erase_kept_person", is_coordinator)
rules.add_perm("people.give_roles", keeps_the_books)
rules.add_perm("people.see_helpers", is_themself_or_coordinator)
# Naming somebody finds people by name.
rules.add_perm("people.name_helper", sees_people & is_grown & is_themself_or_coordinator)
rules.add_perm("people.end_helper", has_part_in_delegation)
rules.add_perm("people.act_for", sees_people & is_grown)
rules.add_perm("people.act_for_member", sees_people & is_grown & may_act_for)
rules.add_perm("people.say_on_purpose", is_themself_or_coordinator | is_adult_at_home)
rules.add_perm("people.answer_at_home", is_adult_at_home)
rules.add_perm("people.leave", belongs)
rules.add_perm("people.see_bodies", sees_people)
rules.add_perm("people.see_body", sees_people & is_in_body)
rules.add_perm("people.make_body", sees_people & is_grown)
rules.add_perm("people.change_body", sees_people & is_grown & stands_for_body)
rules.add_perm("people.issue_card", is_coordinator)
