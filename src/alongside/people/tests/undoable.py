"""Scenes of common acts that can be taken back: who does what, and what may get in between."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from alongside.kernel.channels import Channel
from alongside.people import abilities
from alongside.people import actions as people
from alongside.people.models import (
    BodyMember,
    Community,
    CommunityModel,
    ContactShare,
    Delegation,
    Household,
    Invitation,
    JoinRequest,
    Membership,
    Person,
    Role,
    RoleHeld,
)
from alongside.people.tests.factories import NOON, community, coordinator_in, people_in

TABLES: tuple[type[CommunityModel], ...] = (RoleHeld, Delegation, ContactShare, Invitation, JoinRequest, BodyMember)
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Scene:
    """One act: who does it, and how; on which page; and something that makes going back impossible."""

    doer: Membership
    do: Callable[[datetime], CommunityModel]
    meanwhile: Callable[[datetime], Any]
    undone: str
    page: str
    form: dict[str, str]


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the tables these acts touch, whole."""
    return {table.__name__: [{**row} for row in table._default_manager.order_by("pk").values()] for table in TABLES}


@dataclass(frozen=True)
class Cast:
    town: Community
    cora: Membership
    ana: Membership
    ben: Membership

    def page(self, name: str, *args: object) -> str:
        return reverse(f"people:{name}", args=[self.town.slug, *args])


def cast(at: datetime = NOON) -> Cast:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    return Cast(town, coordinator_in(town), ana, ben)


def giving_a_role(on: Cast, at: datetime) -> Scene:
    def give(then: datetime) -> RoleHeld:
        return people.give_role(membership=on.ben, role=Role.PEER_LEADER, by=on.cora.person, at=then)

    def end(then: datetime) -> None:
        people.end_role(role_held=RoleHeld.objects.get(role=Role.PEER_LEADER), by=on.cora.person, at=then)

    form = {"role": Role.PEER_LEADER.value, "starts_on": on.town.day_of(at).isoformat()}
    return Scene(on.cora, give, end, "role_giving", on.page("roles", on.ben.pk), form)


def ending_a_role(on: Cast, at: datetime) -> Scene:
    until = on.town.day_of(at) + MONTH
    held = people.give_role(membership=on.ben, role=Role.PEER_LEADER, ends_on=until, by=None, at=at)

    def end(then: datetime) -> RoleHeld:
        return people.end_role(role_held=held, by=on.cora.person, at=then)

    def give_again(then: datetime) -> None:
        people.give_role(membership=on.ben, role=Role.PEER_LEADER, by=None, at=then)

    return Scene(on.cora, end, give_again, "role_ending", on.page("end_role", on.ben.pk, held.pk), {})


def ending_a_mandate(on: Cast, at: datetime) -> Scene:
    abilities.register("tests.act", "do something")

    def let() -> Delegation:
        return people.let_act(
            membership=on.ana,
            helper=on.ben,
            abilities=["tests.act"],
            consent_how=Channel.PHONE,
            expires_on=on.town.day_of(at) + MONTH,
            by=on.ana.person,
            at=at,
        )

    agreed = let()

    def end(then: datetime) -> Delegation:
        return people.end_delegation(delegation=agreed, by=on.ana.person, at=then)

    return Scene(on.ana, end, lambda then: let(), "helper_ending", on.page("end_helper", agreed.pk), {})


def _asked(on: Cast, at: datetime) -> ContactShare:
    return people.ask_for_contact(asker=on.ana, asked=on.ben, words="Hello", at=at)


def _answering(on: Cast, at: datetime, *, agreed: bool) -> Scene:
    share = _asked(on, at)

    def answer(then: datetime) -> ContactShare:
        return people.answer_contact(share=share, agreed=agreed, by=on.ben.person, at=then)

    def meanwhile(then: datetime) -> None:
        if agreed:
            people.end_contact(share=share, by=on.ana.person, at=then)
        else:
            people.ask_for_contact(asker=on.ben, asked=on.ana, words="", at=then)

    form = {"agreed": "yes" if agreed else "no"}
    return Scene(on.ben, answer, meanwhile, "contact_answer", on.page("answer_contact", share.pk), form)


def saying_yes_to_contact(on: Cast, at: datetime) -> Scene:
    return _answering(on, at, agreed=True)


def saying_no_to_contact(on: Cast, at: datetime) -> Scene:
    return _answering(on, at, agreed=False)


def ending_a_contact(on: Cast, at: datetime) -> Scene:
    share = people.answer_contact(share=_asked(on, at), agreed=True, by=on.ben.person, at=at)

    def end(then: datetime) -> ContactShare:
        return people.end_contact(share=share, by=on.ana.person, at=then)

    def ask_again(then: datetime) -> None:
        people.ask_for_contact(asker=on.ben, asked=on.ana, words="", at=then)

    return Scene(on.ana, end, ask_again, "contact_ending", on.page("end_contact", share.pk), {})


def revoking_an_invitation(on: Cast, at: datetime) -> Scene:
    card = people.invite(community=on.town, by=on.cora.person, at=at, expires_at=at + MONTH)

    def revoke(then: datetime) -> Invitation:
        return people.revoke_invitation(invitation=card, by=on.cora.person, at=then)

    def another_revokes(then: datetime) -> None:
        Invitation.objects.filter(pk=card.pk).update(revoked_at=then)

    return Scene(on.cora, revoke, another_revokes, "invitation_revoking", on.page("revoke_invitation", card.pk), {})


def declining_a_join_request(on: Cast, at: datetime) -> Scene:
    noor = Person.objects.create_person(name="Noor")
    asked = people.ask_to_join(community=on.town, person=noor, words="Hello", at=at)

    def decline(then: datetime) -> JoinRequest:
        return people.decline_request(request=asked, reason="We are full.", by=on.cora.person, at=then)

    def ask_again(then: datetime) -> None:
        people.ask_to_join(community=on.town, person=noor, words="Please", at=then)

    form = {"answer": "decline", "reason": "We are full."}
    return Scene(on.cora, decline, ask_again, "request_declining", on.page("answer_request", asked.pk), form)


def taking_somebody_out(on: Cast, at: datetime) -> Scene:
    home = people.make_body(kind=Household, community=on.town, name="Home", leader=on.ana, by=on.ana.person, at=at)
    place = people.join_body(body=home, membership=on.ben, part="adult", by=on.ana.person, at=at)

    def take_out(then: datetime) -> BodyMember:
        people.leave_body(place=place, by=on.ana.person, at=then)
        return place

    def close(then: datetime) -> None:
        people.close_body(body=home, by=on.ana.person, at=then)

    page = on.page("end_place", "households", home.pk, place.pk)
    return Scene(on.ana, take_out, close, "place_leaving", page, {})


SCENES: tuple[Callable[[Cast, datetime], Scene], ...] = (
    giving_a_role,
    ending_a_role,
    ending_a_mandate,
    saying_yes_to_contact,
    saying_no_to_contact,
    ending_a_contact,
    revoking_an_invitation,
    declining_a_join_request,
    taking_somebody_out,
)
