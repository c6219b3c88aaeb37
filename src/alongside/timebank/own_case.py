"""Nobody decides in their own case: hours that come to oneself are given back or granted by somebody else.

Another coordinator does it. Where there is only one, a steward stands in, for that one case.
"""

from datetime import date

from alongside.people.models import BodyMember, Community, Membership, Person, Role
from alongside.people.permissions import Standing
from alongside.timebank.ledger.refusals import NotStandingIn, OwnCase
from alongside.timebank.models import Account
from alongside.timebank.models.accounts import ACTING, acting_places


def acts_for(person: Person, account: Account) -> bool:
    """True for one's own account, one's household's as an adult, and that of a body one speaks for."""
    if account.person_id is not None:
        return account.person_id == person.pk
    holders = {"household": account.household_id, "organisation": account.organisation_id, "group": account.group_id}
    held_by = {name: pk for name, pk in holders.items() if pk is not None}
    return bool(held_by) and acting_places(person).filter(community=account.community_id, **held_by).exists()


def acts_here_for(standing: Standing, account: Account) -> bool:
    """The same of somebody's standing; about many accounts it asks no more than about one."""
    if account.person_id is not None:
        return account.person_id == standing.person.pk
    return any(place.part in ACTING and holds(place, account) for place in standing.places)


def holds(place: BodyMember, account: Account) -> bool:
    """Is the account that of the body in which this place is?"""
    bodies = [
        (place.household_id, account.household_id),
        (place.organisation_id, account.organisation_id),
        (place.group_id, account.group_id),
    ]
    return any(body is not None and body == holder for body, holder in bodies)


def who_else(person: Person, community: Community, *, on: date) -> str:
    """Who may decide in the case of `person`: "coordinator", "steward" while no other coordinates, or "nobody"."""
    others = Membership.objects.of(community).current().exclude(person=person)
    if others.holding(Role.COORDINATOR, on=on).exists():
        return "coordinator"
    return "steward" if others.holding(Role.STEWARD, on=on).exists() else "nobody"


def only_coordinator(community: Community, *, on: date) -> Person | None:
    """Whoever coordinates here alone; None while nobody does, or several do."""
    found = Membership.objects.of(community).current().holding(Role.COORDINATOR, on=on).select_related("person")[:2]
    return found[0].person if len(found) == 1 else None


def stands_in(standing: Standing, account: Account, *, on: date) -> bool:
    """A steward decides about hours for an account of the only coordinator, unless it is theirs as well."""
    if not standing.has(Role.STEWARD):
        return False
    only = only_coordinator(standing.community, on=on)
    return only is not None and only != standing.person and acts_for(only, account)


def refuse_in_own_case(by: Person, gaining: Account, *, on: date) -> None:
    """Raise OwnCase when the hours would come to `by`, or to those they stand for."""
    if acts_for(by, gaining):
        raise OwnCase(who=who_else(by, gaining.community, on=on))


def refuse_grant(standing: Standing | None, pot: Account, payee: Account, *, on: date) -> None:
    """Raise OwnCase, or NotStandingIn when a steward grants to somebody who is not the only coordinator."""
    if standing is None:
        return
    refuse_in_own_case(standing.person, payee, on=on)
    if standing.has(Role.COORDINATOR) or acts_for(standing.person, pot) or not standing.has(Role.STEWARD):
        return
    if not stands_in(standing, payee, on=on):
        raise NotStandingIn
