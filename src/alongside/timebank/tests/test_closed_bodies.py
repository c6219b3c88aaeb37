"""A closed household, organisation or group pays no more; a coordinator moves what is left."""

import pytest

from alongside.people import actions as people
from alongside.people.models import Group, Household, Membership, Organisation, Role
from alongside.timebank import actions as timebank
from alongside.timebank.models import Transfer
from alongside.timebank.tests.factories import (
    NOON,
    balance,
    make_account,
    make_community,
    make_coordinator,
    make_member,
    pay,
    pot_of,
)
from alongside.timebank.tests.pages import browser, key, text_of, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [Household, Organisation, Group])
def test_nobody_pays_from_what_is_closed(kind: type[Household]):
    amina = make_account(make_community(), "Amina")
    assert amina.person
    town = amina.community
    pot = pot_of(town)
    member = Membership.objects.get(person=amina.person)
    home = people.make_body(kind=kind, community=town, name="Ours", leader=member, by=amina.person, at=NOON)
    account = timebank.open_account(community=town, holder=home, by=amina.person, at=NOON)
    pay(amina, account, 60, kind=Transfer.Kind.GIFT, category=None)
    people.close_body(body=home, by=amina.person, at=NOON)

    with pytest.raises(timebank.BodyClosed):
        pay(account, pot, 30, by=amina.person, kind=Transfer.Kind.GIFT, category=None)
    with pytest.raises(timebank.BodyClosed):
        timebank.hold(payer=account, payee=pot, minutes=30, category=None, by=amina.person, at=NOON, key=key())

    assert balance(account) == 60
    pay(account, pot, 30, by=make_coordinator(town), kind=Transfer.Kind.GIFT, category=None)
    assert balance(account) == 30


def test_who_pays_from_a_closed_household_reads_why():
    town = make_community()
    amina = make_member(town, "Amina", Role.PARTICIPANT)
    member = Membership.objects.get(person=amina)
    home = people.make_body(kind=Household, community=town, name="Ours", leader=member, by=amina, at=NOON)
    account = timebank.open_account(community=town, holder=home, by=amina, at=NOON)
    people.close_body(body=home, by=amina, at=NOON)
    typed = {"payer": account.pk, "payee": pot_of(town).pk, "minutes": "1", "key": key()}

    answer = browser(amina).post(url("give", town), typed)

    assert "What these hours belong to is closed." in text_of(answer)
    assert balance(account) == 0
