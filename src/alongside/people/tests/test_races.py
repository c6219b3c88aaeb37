"""Several people do the same thing at once, on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.kernel.errors import Refusal
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.invitation_codes import code_of
from alongside.people.models import Group, Household, Invitation, Membership, Role, RoleHeld
from alongside.people.tests.factories import NOON, browser_of, child_in, community, coordinator_in, person_in

CROWD = 6


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What each of a crowd got who all do `act` at the same moment: its answer, or its refusal."""
    start = Barrier(CROWD)

    def one(number: int) -> Any:
        start.wait(timeout=20)
        try:
            return act(number)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


@pytest.mark.usefixtures("committed_db")
def test_people_added_at_once_all_get_numbers_of_their_own() -> None:
    town = community()

    at_once(lambda number: people.add_person(community=town, name=f"Person {number}", by=None, at=NOON))

    assert sorted(Membership.objects.of(town).values_list("number", flat=True)) == list(range(1, CROWD + 1))


@pytest.mark.usefixtures("committed_db")
def test_the_last_place_of_an_invitation_goes_to_one_person() -> None:
    town = community()
    cora = coordinator_in(town).person
    card = people.invite(community=town, by=cora, at=NOON, expires_at=NOON + timedelta(days=1), uses=2)
    code = code_of(card.pk)

    got = at_once(
        lambda number: people.accept_invitation_by_name(
            community=town, code=code, name=f"N{number}", at=NOON, key=new_id()
        )
    )

    assert sum(isinstance(each, Membership) for each in got) == 2
    assert sum(isinstance(each, people.InvitationOver) for each in got) == CROWD - 2
    assert Invitation.objects.get().uses_left == 0
    assert Membership.objects.of(town).count() == 3


@pytest.mark.usefixtures("committed_db")
def test_a_place_taken_by_the_same_person_at_once_is_taken_once() -> None:
    town = community()
    ana, ben = person_in(town, "Ana"), person_in(town, "Ben")
    choir = people.make_body(kind=Group, community=town, name="Choir", leader=ana, by=ana.person, at=NOON)

    got = at_once(lambda number: people.join_body(body=choir, membership=ben, part="belongs", by=ana.person, at=NOON))

    assert sum(isinstance(each, people.InItAlready) for each in got) == CROWD - 1
    assert ben.places.count() == 1


@pytest.mark.usefixtures("committed_db")
def test_an_invitation_pressed_twice_lets_one_in_once() -> None:
    town = community()
    cora = coordinator_in(town).person
    card = people.invite(community=town, by=cora, at=NOON, expires_at=now() + timedelta(days=1), uses=9)
    noor = person_in(community("Elsewhere"), "Noor")
    browsers = [browser_of(noor) for _number in range(CROWD)]
    address = reverse("people:invited", args=[town.slug, code_of(card.pk)])

    got = at_once(lambda number: browsers[number].post(address).status_code)

    assert got == [302] * CROWD
    assert Invitation.objects.get().uses_left == 8


@pytest.mark.usefixtures("committed_db")
def test_an_invited_form_sent_by_many_at_once_makes_one_person() -> None:
    town = community()
    cora = coordinator_in(town).person
    card = people.invite(community=town, by=cora, at=NOON, expires_at=NOON + timedelta(days=1), uses=9)
    code, key = code_of(card.pk), new_id()

    got = at_once(
        lambda number: people.accept_invitation_by_name(community=town, code=code, name="Noor", at=NOON, key=key)
    )

    assert len({each.pk for each in got}) == 1
    assert Invitation.objects.get().uses_left == 8


@pytest.mark.usefixtures("committed_db")
def test_coordinators_who_all_stop_at_once_leave_one_behind() -> None:
    town = community()
    crowd = [person_in(town, f"Cora {number}", roles=[Role.COORDINATOR]) for number in range(CROWD)]
    roles = [RoleHeld.objects.select_related("membership", "community").get(membership=each) for each in crowd]

    got = at_once(lambda number: people.end_role(role_held=roles[number], by=crowd[number].person, at=NOON))

    assert sum(isinstance(each, people.LastOfTheirKind) for each in got) == 1
    assert Membership.objects.of(town).current().holding(Role.COORDINATOR, on=NOON.date()).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_a_request_answered_by_many_at_once_is_answered_once() -> None:
    town = community()
    cora = coordinator_in(town).person
    asker = person_in(community("Elsewhere"), "Noor").person
    asked = people.ask_to_join(community=town, person=asker, words="", at=NOON)

    def answer(number: int) -> Any:
        fresh = type(asked).objects.select_related("person", "community").get(pk=asked.pk)
        if number % 2:
            return people.decline_request(request=fresh, reason="Full", by=cora, at=NOON)
        return people.approve_request(request=fresh, by=cora, at=NOON)

    got = at_once(answer)

    assert sum(isinstance(each, people.SomeoneElseWasFaster) for each in got) == CROWD - 1


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("way", ["community", "either"])
def test_adults_who_all_leave_at_once_leave_one_with_the_children(way: str) -> None:
    town = community()
    crowd = [person_in(town, f"Adult {number}") for number in range(CROWD)]
    home = people.make_body(kind=Household, community=town, name="Home", leader=crowd[0], by=crowd[0].person, at=NOON)
    for adult in crowd[1:]:
        people.join_body(body=home, membership=adult, part="adult", by=adult.person, at=NOON)
    people.join_body(body=home, membership=child_in(town, "Kim"), part="child", by=crowd[0].person, at=NOON)

    def leave(number: int) -> Any:
        if way == "either" and number % 2:
            return people.leave_body(place=crowd[number].places.get(), by=crowd[number].person, at=NOON)
        return people.leave_community(membership=crowd[number], by=crowd[number].person, at=NOON)

    got = at_once(leave)

    assert sum(isinstance(each, people.LastAdult | people.LastWhoLeads) for each in got) == 1
    assert home.members.filter(part="adult").count() == 1
