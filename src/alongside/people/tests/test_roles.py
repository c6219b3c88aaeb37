"""Roles are given for a time, end at once, and never leave a community without its last keeper."""

from datetime import date, timedelta

import pytest

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions as people
from alongside.people.models import Membership, Role, RoleHeld
from alongside.people.tests.factories import NOON, TODAY, community, coordinator_in, person_in, standing_for

pytestmark = pytest.mark.django_db


def test_a_name_is_enough_to_belong():
    town = community()

    amina = people.add_person(community=town, name="  Amina  ", by=None, at=NOON)

    assert (amina.person.name, amina.number, amina.joined_on) == ("Amina", 1, TODAY)
    assert standing_for(amina).roles == {Role.PARTICIPANT}


def test_the_founder_keeps_the_community():
    amina = person_in(community("Elsewhere"), "Amina").person

    town = people.create_community(name="Élan Street!", by=amina, at=NOON)

    membership = Membership.objects.of(town).get()
    assert town.slug == "elan-street"
    assert standing_for(membership).roles == {Role.PARTICIPANT, Role.COORDINATOR, Role.STEWARD}


def test_two_communities_of_one_name_get_two_addresses():
    assert [community("Hope").slug, community("Hope").slug, community("!!!").slug] == ["hope", "hope-2", "community"]


def test_several_roles_hold_at_once():
    ben = person_in(community(), "Ben")

    people.give_role(membership=ben, role=Role.PEER_LEADER, by=None, at=NOON)

    assert standing_for(ben).roles == {Role.PARTICIPANT, Role.PEER_LEADER}


def test_a_role_holds_from_its_first_to_its_last_day():
    ben = person_in(community(), "Ben")
    people.give_role(
        membership=ben,
        role=Role.STEWARD,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=2),
        by=None,
        at=NOON,
    )

    days = [standing_for(ben, on=TODAY + timedelta(days=ahead)).has(Role.STEWARD) for ahead in range(-1, 4)]

    assert days == [False, True, True, True, False]


def test_a_role_ended_by_hand_stops_at_once():
    ben = person_in(community(), "Ben")
    held = people.give_role(membership=ben, role=Role.PROFESSIONAL, by=None, at=NOON)

    people.end_role(role_held=held, by=None, at=NOON)

    assert standing_for(ben).roles == {Role.PARTICIPANT}


def test_a_role_can_be_given_again_on_the_day_it_ended():
    ben = person_in(community(), "Ben")
    held = people.give_role(membership=ben, role=Role.PROFESSIONAL, by=None, at=NOON)
    people.end_role(role_held=held, by=None, at=NOON)

    people.give_role(membership=ben, role=Role.PROFESSIONAL, by=None, at=NOON)

    assert standing_for(ben).has(Role.PROFESSIONAL)


def test_the_same_role_is_not_held_twice_at_once():
    ben = person_in(community(), "Ben")
    people.give_role(membership=ben, role=Role.STEWARD, by=None, at=NOON)

    with pytest.raises(people.RoleHeldAlready):
        people.give_role(membership=ben, role=Role.STEWARD, starts_on=date(2030, 1, 1), by=None, at=NOON)


def test_a_role_cannot_end_before_it_starts():
    ben = person_in(community(), "Ben")

    with pytest.raises(people.EndsBeforeItStarts):
        people.give_role(membership=ben, role=Role.STEWARD, ends_on=date(2020, 1, 1), by=None, at=NOON)


def test_the_last_coordinator_stays_unless_it_is_meant():
    cora = coordinator_in(community())
    held = RoleHeld.objects.get(membership=cora, role=Role.COORDINATOR)

    with pytest.raises(people.LastOfTheirKind) as refusal:
        people.end_role(role_held=held, by=cora.person, at=NOON)
    assert refusal.value.role == Role.COORDINATOR

    people.end_role(role_held=held, by=cora.person, at=NOON, even_the_last=True)
    assert not standing_for(cora).has(Role.COORDINATOR)


def test_one_of_two_coordinators_may_stop():
    town = community()
    coordinator_in(town, "Ben")
    cora = coordinator_in(town)
    held = RoleHeld.objects.get(membership=cora, role=Role.COORDINATOR)

    people.end_role(role_held=held, by=cora.person, at=NOON)

    assert standing_for(cora).roles == {Role.PARTICIPANT}


def test_an_e_mail_of_someone_in_another_community_is_kept_without_a_word():
    person_in(community("Elsewhere"), "Zoë", email="zoe@example.org")
    town = community()

    same, fresh = (
        person_in(town, "Zoe", email="ZOE@example.org"),
        person_in(town, "Ben", email="ben@example.org"),
    )

    assert (same.person.email, same.person.contact_email) == (None, "ZOE@example.org")
    assert (fresh.person.email, fresh.person.contact_email) == ("ben@example.org", "ben@example.org")


def test_an_e_mail_of_someone_here_is_refused():
    town = community()
    zoe = person_in(town, "Zoë", email="zoe@example.org")

    with pytest.raises(people.EmailKnownHere) as refusal:
        person_in(town, "Zoe", email="zoe@Example.org")

    assert refusal.value.membership == zoe


def test_somebody_who_has_left_is_given_no_role():
    town = community()
    coordinator_in(town)
    ben = person_in(town, "Ben")
    people.leave_community(membership=ben, by=ben.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        people.give_role(membership=ben, role=Role.STEWARD, by=None, at=NOON)

    assert not RoleHeld.objects.filter(membership=ben, role=Role.STEWARD).exists()
