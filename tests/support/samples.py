"""Sample things for the addresses of every room: one of each, about the person called Thea.

A key is the name of a parameter ("offer_id"), or "room:name.parameter" where two addresses mean
different things by the same word. A room adds a function here for its own.
"""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.urls import reverse

from alongside.interop import actions as interop
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.kernel.models import Progress
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.notices.models import Delivery
from alongside.notices.stopping import stop_token
from alongside.people import abilities
from alongside.people import actions as people
from alongside.people.actions import cards
from alongside.people.invitation_codes import code_of
from alongside.people.models import BodyMember, Group, Person, Role
from alongside.people.tests.factories import person_in
from alongside.strengths import actions as strengths
from alongside.timebank import actions as timebank
from alongside.timebank.models import Category
from tests.support.cast import Town
from tests.support.decision_samples import (
    advice_things,
    charter_things,
    conciliation_things,
    follow_up_things,
    meetings_things,
    proposals_things,
    questions_things,
    rounds_things,
    votes_things,
)
from tests.support.gathering_samples import gatherings_things
from tests.support.job_samples import jobs_things
from tests.support.leader_samples import leaders_things
from tests.support.permission_table import Address
from tests.support.program_samples import programs_things
from tests.support.reward_samples import rewards_things
from tests.support.rota_samples import rota_things
from tests.support.run_samples import runs_things
from tests.support.safeguarding_samples import safeguarding_things
from tests.support.topic_samples import topics_things
from tests.support.wellbeing_samples import wellbeing_things

NOTICE_KIND = kinds.register("tests.word", label="When somebody writes").name
UNDO_ACT = "tests.nothing"
ABILITY = "tests.ability"
abilities.register(ABILITY, "do a test")


@undo.inverse(UNDO_ACT)
def _nothing(args: dict[str, Any], by: Any, at: Any) -> None:
    """Undoing nothing."""


def furnish(town: Town) -> None:
    """Put one thing of every kind into a town."""
    rooms = (
        web_things,
        people_things,
        belonging_things,
        notices_things,
        timebank_things,
        strengths_things,
        votes_things,
        charter_things,
        programs_things,
        jobs_things,
        topics_things,
        runs_things,
        leaders_things,
        wellbeing_things,
        rewards_things,
        conciliation_things,
        follow_up_things,
        advice_things,
        rounds_things,
        proposals_things,
        questions_things,
        meetings_things,
        gatherings_things,
        interop_things,
        safeguarding_things,
        rota_things,
    )
    for room in rooms:
        town.things |= room(town)


def web_things(town: Town) -> dict[str, Any]:
    return {
        "offer_id": new_id(),
        "web:help_page.path": "explanation/privacy",
        "web:founding_question.name": "name",
    }


def people_things(town: Town) -> dict[str, Any]:
    thea, coordinator = town.members["themself"], town.members["coordinator"].person
    printed = cards.issue(membership=thea, by=coordinator, at=now())
    return {
        "membership_id": thea.pk,
        "card_id": printed.card.pk,
        "passkey_id": 1,
        "people:demo_entry.token": "a-link-that-has-run-out",
    }


def belonging_things(town: Town) -> dict[str, Any]:
    """Thea stands for a group, has a helper, is asked for her contact; somebody asks to join."""
    thea, dana, cora = (town.members[word] for word in ("themself", "delegate", "coordinator"))
    at = now()
    group = people.make_body(kind=Group, community=town.community, name="Choir", leader=thea, by=thea.person, at=at)
    assert isinstance(group, Group)
    helper = people.let_act(
        membership=thea,
        helper=dana,
        abilities=[ABILITY],
        consent_how=Channel.WEB,
        expires_on=town.community.day_of(at) + timedelta(days=30),
        by=thea.person,
        at=at,
    )
    invitation = people.invite(
        community=town.community, by=cora.person, at=at, expires_at=at + timedelta(days=1), uses=99
    )
    asker = Person.objects.create_person(name="Asha")
    mine_too = person_in(town.community, "Thea twice")
    mine_too.person.unproved_email = thea.person.email or ""
    mine_too.person.save()
    EmailAddress.objects.create(user=thea.person, email=thea.person.email, verified=True, primary=True)
    return {
        "other_id": dana.pk,
        "role_id": people.give_role(membership=thea, role=Role.PEER_LEADER, by=None, at=at, group=group).pk,
        "delegation_id": helper.pk,
        "share_id": people.ask_for_contact(asker=dana, asked=thea, words="", at=at).pk,
        "request_id": people.ask_to_join(community=town.community, person=asker, words="", at=at).pk,
        "invitation_id": invitation.pk,
        "code": code_of(invitation.pk),
        "kind": "groups",
        "body_id": group.pk,
        "place_id": BodyMember.objects.get(group=group).pk,
        "people:claim.membership_id": mine_too.pk,
        # Nobody signs in with this one: what is done for people without a screen.
        "people:everything_of_member.membership_id": mine_too.pk,
        "people:erase_member.membership_id": mine_too.pk,
    }


def notices_things(town: Town) -> dict[str, Any]:
    """A notice to Thea that a coordinator has to phone through, and work that runs for her."""
    thea = town.members["themself"].person
    thea.preferred_channel = Person.PreferredChannel.PHONE
    thea.save()
    notice = notices.tell(person=thea, community=town.community, kind=NOTICE_KIND, title="A word", at=now())
    delivery = Delivery.objects.of(town.community).get(notice=notice)
    work = Progress.objects.create(
        person_id=thea.pk,
        community_id=town.community.pk,
        work="tests.work",
        title="Work",
        made_at=now(),
        heard_at=now(),
    )
    return {
        "notice_id": notice.pk if notice else None,
        "delivery_id": delivery.pk,
        "progress_id": work.pk,
        "notices:stop.token": stop_token(thea, town.community, NOTICE_KIND),
    }


def timebank_things(town: Town) -> dict[str, Any]:
    """Thea was helped by Dana, and speaks for the choir, which has a pot."""
    community, at = town.community, now()
    timebank.open_time_bank(community=community, by=None, at=at)
    thea, dana = (
        timebank.account_of(community=community, person=town.members[word].person, by=None, at=at)
        for word in ("themself", "delegate")
    )
    choir = timebank.open_account(
        community=community, holder=Group.objects.of(community).get(name="Choir"), by=None, at=at
    )
    category = Category.objects.of(community).earliest("position")
    helped = timebank.pay(
        payer=thea,
        payee=dana,
        minutes=30,
        category=category,
        helped_on=community.day_of(at),
        by=dana.person,
        at=at,
        key=new_id(),
    )
    return {
        "account_id": thea.pk,
        "timebank:grant.account_id": choir.pk,
        "transfer_id": helped.pk,
    }


def strengths_things(town: Town) -> dict[str, Any]:
    """Thea offers something, and asks a neighbor for an exchange."""
    thea, at = town.members["themself"], now()
    timebank.open_time_bank(community=town.community, by=None, at=at)
    neighbor = person_in(town.community, "Noor").person
    giver, receiver = (
        timebank.account_of(community=town.community, person=person, by=None, at=at)
        for person in (thea.person, neighbor)
    )
    category, today = Category.objects.of(town.community).earliest("position", "id"), town.community.day_of(at)
    offer = strengths.put_up(
        membership=thea,
        kind="offer",
        title="Reading aloud",
        category=category,
        open_until=today + timedelta(days=30),
        by=thea.person,
        at=at,
        key=new_id(),
    )
    asked = strengths.propose(
        giver=giver,
        receiver=receiver,
        minutes=60,
        category=category,
        helped_on=today,
        by=thea.person,
        at=at,
        key=new_id(),
    )
    return {
        "listing_id": offer.pk,
        "exchange_id": asked.exchange.pk,
        "strengths:edit_section.section": "skill",
        "strengths:mark_listing.mark": "pause",
        "strengths:step.step": "cancel",
    }


def interop_things(town: Town) -> dict[str, Any]:
    """Files that wait for a yes, and a list to take out."""
    files = {"members": b"7,2024-05-01,Ana,Ruiz,,1,,,,\n"}
    read = interop.read_files(community=town.community, files=files, by=town.members["coordinator"].person, at=now())
    return {"import_id": read.pk, "interop:list_file.name": "transfers", "interop:list_file.form": "csv"}


def filled_in(address: Address, town: Town, *, things_of: Town | None = None) -> str:
    """The address in a town; `things_of`: take its things from there instead."""
    things = (things_of or town).things
    kwargs: dict[str, Any] = {}
    for param in address.params:
        if param == "community_slug":
            kwargs[param] = town.community.slug
        else:
            kwargs[param] = things.get(f"{address.url_name}.{param}", things.get(param))
            assert kwargs[param] is not None, f"tests/support/samples.py has no {param} for {address.url_name}"
    return reverse(address.url_name, kwargs=kwargs)
