"""The people behind an account, and the accounts behind a person."""

from django.db.models import Q

from alongside.people.models import BodyMember, Membership, Person
from alongside.people.reaching import have_no_screen
from alongside.timebank.models import Account


def speakers_for(account: Account) -> list[Person]:
    """People who answer for an account: its holder, a household's adults, those who speak for a body."""
    members = Membership.objects.filter(community=account.community_id).current()
    if account.person_id:
        mine = members.filter(person=account.person_id)
    else:
        bodies = {"household": account.household_id, "organisation": account.organisation_id, "group": account.group_id}
        held_by = Q(**{name: body_id for name, body_id in bodies.items() if body_id})
        places = BodyMember.objects.filter(
            held_by, community=account.community_id, part__in=[BodyMember.Part.ADULT, BodyMember.Part.SPEAKS_FOR]
        )
        mine = members.filter(pk__in=places.values("membership")) if any(bodies.values()) else members.none()
    return [membership.person for membership in mine.select_related("person").order_by("number")]


def is_asked_by_phone(account: Account) -> bool:
    """True when nobody who answers for an account can be asked on a screen, so that silence says nothing."""
    return have_no_screen(speakers_for(account))
