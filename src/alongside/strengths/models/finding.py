"""Finding a member the way people say who they mean: by number, by name, by telephone number.

Households, organisations and groups with an account are found by their names.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Replace

from alongside.kernel.text import folded
from alongside.people.models import Community, Membership
from alongside.strengths.models.folding import Folded, digits_of, search_words
from alongside.timebank.models import Account

# As a suggestion puts it into the box: "12 Amina Yusuf".
_NUMBER_FIRST = re.compile(r"^\s*#?(\d{1,7})(?:\s+\D.*)?\s*$")
_FEWEST_PHONE_DIGITS = 5


def find_members(community: Community, text: str, *, by_phone: bool) -> QuerySet[Membership]:
    """Current members whom `text` may mean, in the order of their numbers; nobody for an empty text.

    `by_phone`: look at telephone numbers too, which only coordinators may.
    """
    members = Membership.objects.of(community).current().select_related("person").order_by("number")
    if number := _NUMBER_FIRST.match(text):
        exact = members.filter(number=int(number[1]))
        if exact.exists():
            return exact
    # The zeros in front stand for a country's code, without which the number may be written down.
    digits = digits_of(text).lstrip("0")
    if by_phone and len(digits) >= _FEWEST_PHONE_DIGITS:
        return _by_phone(members, digits)
    words = search_words(text)
    if not words:
        return members.none()
    for word in words:
        members = members.filter(person__search_name__contains=word)
    return members


def find_bodies(community: Community, text: str) -> QuerySet[Account]:
    """Open accounts of open households, organisations and groups that `text` may mean, by name; none for no text."""
    kinds = [Account.Kind.HOUSEHOLD, Account.Kind.ORGANISATION, Account.Kind.GROUP_POT]
    accounts: QuerySet[Account] = Account.objects.of(community).open().filter(kind__in=kinds).with_holders()
    accounts = accounts.filter(household__closed_at=None, organisation__closed_at=None, group__closed_at=None)
    words = search_words(text)
    if not words:
        return accounts.none()
    name = Folded(Coalesce("household__name", "organisation__name", "group__name"))
    accounts = accounts.annotate(folded_name=name).order_by("folded_name", "pk")
    for word in words:
        accounts = accounts.filter(folded_name__contains=word)
    return accounts


@dataclass(frozen=True)
class Meant:
    """Whom a text may mean, and the one it means for sure, if there is one."""

    members: list[Membership]
    bodies: list[Account]
    sure: Membership | Account | None


def who_is_meant(community: Community, text: str, *, at_most: int) -> Meant:
    """What a coordinator means by `text`: the body of just that name, else the one member, else the one body.

    `at_most`: how many of each to fetch; one more shows that there are more.
    """
    members = list(find_members(community, text, by_phone=True)[: at_most + 1])
    bodies = list(find_bodies(community, text)[: at_most + 1])
    named = [body for body in bodies if folded(str(body)) == folded(text.strip())]
    sure: Membership | Account | None = None
    if len(named) == 1:
        sure = named[0]
    elif len(members) == 1:
        sure = members[0]
    elif not members and len(bodies) == 1:
        sure = bodies[0]
    return Meant(members, bodies, sure)


def _by_phone(members: QuerySet[Membership], digits: str) -> QuerySet[Membership]:
    """Members whose telephone number holds these digits, however it is written."""
    found = members.annotate(plain_phone=_plain("person__phone"), plain_other=_plain("person__other_phone"))
    return found.filter(Q(plain_phone__contains=digits) | Q(plain_other__contains=digits))


def _plain(field: str) -> Replace:
    plain: F | Replace = F(field)
    for mark in " -()./+":
        plain = Replace(plain, Value(mark), Value(""))
    assert isinstance(plain, Replace)
    return plain


def accounts_of(memberships: list[Membership]) -> dict[UUID, Account]:
    """The open account of each member's person, by person id, in one query."""
    if not memberships:
        return {}
    people = [membership.person_id for membership in memberships]
    found = Account.objects.filter(community=memberships[0].community_id, person__in=people).open()
    return {account.person_id: account for account in found.select_related("person") if account.person_id}
