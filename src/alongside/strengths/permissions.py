"""Who may do what with strengths, offers, requests and exchanges."""

from typing import Any

import rules

from alongside.kernel.clock import today
from alongside.people.models import Membership, Person
from alongside.people.permissions import Standing, abilities_for, is_coordinator, sees_people
from alongside.strengths.models import Exchange, Listing, StrengthsProfile
from alongside.strengths.models.parties import speakers_for
from alongside.strengths.rules.steps import Actor, Allowed, Side, Step, actors_of, steps_open_to
from alongside.timebank.own_case import acts_here_for


def sides_of(standing: Standing, exchange: Exchange) -> set[Side]:
    """The sides of the exchange on which this person stands, by the accounts they may act for."""
    sides = {Side.GIVER: exchange.giver, Side.RECEIVER: exchange.receiver}
    return {side for side, account in sides.items() if acts_here_for(standing, account)}


def actors_for(standing: Standing, exchange: Exchange) -> set[Actor]:
    """Everything this person is to the exchange, in the words of the table of steps."""
    actors = actors_of(sides_of(standing, exchange), waits_for=exchange.waits_for)
    if exchange.mediator_id == standing.person.pk:
        actors.add(Actor.MEDIATOR)
    if is_coordinator(standing):
        actors.add(Actor.COORDINATOR)
    return actors


def answers_for(standing: Standing, exchange: Exchange, row: Allowed) -> dict[Side, Person]:
    """For whom this person may take a step on somebody's behalf; empty when it is theirs to take.

    A coordinator answers for any member, a carer for whom has let them; never for the other side
    of an exchange of one's own.
    """
    if row.who in actors_for(standing, exchange) or sides_of(standing, exchange):
        return {}
    return _whom_it_lets(row, exchange, _may_speak_for(standing, exchange))


def open_steps(standing: Standing, exchange: Exchange) -> dict[Step, bool]:
    """The steps this person may take now; True for those taken on somebody's behalf."""
    mine = actors_for(standing, exchange)
    own = {row.step for row in steps_open_to(exchange.state, mine)}
    rows = steps_open_to(exchange.state, [Actor.EITHER, Actor.WAITED_FOR, Actor.SPOKE_LAST])
    rest = [row for row in rows if row.step not in own and row.who not in mine]
    whom = _may_speak_for(standing, exchange) if rest and not sides_of(standing, exchange) else {}
    others = {row.step for row in rest if _whom_it_lets(row, exchange, whom)}
    return {**dict.fromkeys(own, False), **dict.fromkeys(others, True)}


def _may_speak_for(standing: Standing, exchange: Exchange) -> dict[Side, Person]:
    """Of each side the first who answers for it, where this person may do so for them."""
    accounts = {Side.GIVER: exchange.giver, Side.RECEIVER: exchange.receiver}
    return {
        side: person
        for side, account in accounts.items()
        for person in speakers_for(account)[:1]
        if _may_exchange_for(standing, person)
    }


def _whom_it_lets(row: Allowed, exchange: Exchange, whom: dict[Side, Person]) -> dict[Side, Person]:
    """Of these, those by whom a step may be taken."""
    return {side: one for side, one in whom.items() if row.who in actors_of([side], waits_for=exchange.waits_for)}


def _may_exchange_for(standing: Standing, person: Person) -> bool:
    if is_coordinator(standing):
        return True
    return _lets(standing, person, "strengths.exchange")


def _lets(standing: Standing, person: Person, ability: str) -> bool:
    membership = Membership.objects.of(standing.community).current().of_person(person).first()
    return membership is not None and ability in abilities_for(standing, membership, on=today())


def _is_let(ability: str) -> rules.Predicate:
    """A carer or advocate whom the member of a listing or profile has let do what `ability` names."""

    @rules.predicate(name=f"is_let:{ability}")
    def is_let(standing: Standing, thing: Any = None) -> bool:
        if thing is None or thing.membership_id == standing.membership.pk:
            return True
        membership = Membership.objects.of(standing.community).current().filter(pk=thing.membership_id).first()
        return membership is not None and ability in abilities_for(standing, membership, on=today())

    return is_let


is_let_describe = _is_let("strengths.describe")
is_let_exchange = _is_let("strengths.exchange")


@rules.predicate
def answers_for_a_side(standing: Standing, exchange: Exchange | None = None) -> bool:
    """A carer or advocate of the giver or the receiver, with their leave."""
    if exchange is None:
        return True
    people = [exchange.giver.person, exchange.receiver.person]
    return any(person is not None and _lets(standing, person, "strengths.exchange") for person in people)


@rules.predicate
def is_their_own(standing: Standing, thing: Any = None) -> bool:
    """The listing or the profile of this very membership; True when no thing is asked about."""
    return thing is None or thing.membership_id == standing.membership.pk


@rules.predicate
def is_shown_to_members(standing: Standing, profile: StrengthsProfile | None = None) -> bool:
    return profile is None or profile.shown_to == StrengthsProfile.ShownTo.MEMBERS


@rules.predicate
def is_open_listing(standing: Standing, listing: Listing | None = None) -> bool:
    """Anybody may look at a listing that is up; only its owner and coordinators at one that is not."""
    return listing is None or (listing.closed_at is None and listing.paused_at is None)


@rules.predicate
def takes_part(standing: Standing, exchange: Exchange | None = None) -> bool:
    """The giver, the receiver, or the mediator of the exchange."""
    return exchange is None or bool(actors_for(standing, exchange) - {Actor.COORDINATOR})


rules.add_perm("strengths.see_listings", sees_people)
rules.add_perm("strengths.see_listing", is_their_own | is_coordinator | is_open_listing)
rules.add_perm("strengths.post_listing", sees_people)
rules.add_perm("strengths.change_listing", is_their_own | is_coordinator | is_let_describe)
rules.add_perm("strengths.see_exchanges_of_listing", is_their_own | is_coordinator | is_let_exchange)
rules.add_perm("strengths.see_profile", is_their_own | is_coordinator | is_shown_to_members)
rules.add_perm("strengths.change_profile", is_their_own | is_coordinator | is_let_describe)
rules.add_perm("strengths.see_exchange", takes_part | is_coordinator | answers_for_a_side)
rules.add_perm("strengths.arrange_exchange", sees_people)
rules.add_perm("strengths.use_desk", is_coordinator)
rules.add_perm("strengths.see_queue", is_coordinator)
