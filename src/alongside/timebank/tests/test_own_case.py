"""Nobody decides in their own case: another coordinator does, or a steward where there is only one."""

from typing import Any

import pytest

from alongside.people import actions as people
from alongside.people.models import Community, Household, Membership, Person, Role
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer
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
from alongside.timebank.tests.pages import browser, key, look, text_of, url

pytestmark = pytest.mark.django_db


def account_of(person: Person, town: Community) -> Account:
    return timebank.account_of(community=town, person=person, by=person, at=NOON)


def filled_pot(town: Community) -> Account:
    pot = pot_of(town)
    pay(make_account(town, "Giver"), pot, 600, kind=Transfer.Kind.GIFT, category=None)
    return pot


def grant(who: Person, pot: Account, name: str) -> Any:
    typed = {"payee": name, "minutes": "1:00", "note": "After the hospital", "key": key()}
    return browser(who).post(url("grant", pot.community, pot.pk), typed)


def give_back(who: Person, transfer: Transfer) -> Any:
    typed = {"minutes": "1:00", "reason": "Written down twice", "key": key()}
    return browser(who).post(url("reverse", transfer.payer.community, transfer.pk), typed)


def helped(person: Person, town: Community) -> Transfer:
    return pay(account_of(person, town), make_account(town, "Helper"), 60, by=person)


def test_a_coordinator_gives_back_no_hours_to_themself_and_another_does():
    town = make_community()
    cora, dan = make_coordinator(town), make_coordinator(town, "Dan")
    transfer = helped(cora, town)

    page = look(cora, "transfer", town, transfer.pk)
    refused = text_of(give_back(cora, transfer))

    for text in (page, refused):
        assert "Another coordinator has to do this." in text
    assert "Give back" not in page
    assert balance(transfer.payer) == -60
    assert give_back(dan, transfer).status_code == 302
    assert balance(transfer.payer) == 0


def test_a_coordinator_gives_back_hours_that_go_to_others():
    town = make_community()
    cora = make_coordinator(town)
    transfer = pay(make_account(town, "Amina"), account_of(cora, town), 60, by=cora)

    assert give_back(cora, transfer).status_code == 302


def test_a_household_of_one_s_own_is_one_s_own_case_too():
    town = make_community()
    cora, pot = make_coordinator(town), filled_pot(town)
    make_coordinator(town, "Dan")
    member = Membership.objects.get(person=cora)
    people.make_body(kind=Household, community=town, name="Hers", leader=member, by=cora, at=NOON)

    assert "Another coordinator has to do this." in text_of(grant(cora, pot, "Hers"))
    assert balance(pot) == 600


def test_a_coordinator_grants_themself_nothing_from_the_pot_and_another_does():
    town = make_community()
    cora, dan, pot = make_coordinator(town), make_coordinator(town, "Dan"), filled_pot(town)

    assert "Another coordinator has to do this." in text_of(grant(cora, pot, "Cora"))
    assert balance(pot) == 600
    assert grant(dan, pot, "Cora").status_code == 302
    assert balance(pot) == 540


def test_where_there_is_one_coordinator_a_steward_stands_in():
    town = make_community()
    cora, sam, pot = make_coordinator(town), make_member(town, "Sam", Role.STEWARD), filled_pot(town)
    transfer = helped(cora, town)

    assert "A steward has to do this." in text_of(grant(cora, pot, "Cora"))
    assert "A steward has to do this." in text_of(give_back(cora, transfer))
    assert grant(sam, pot, "Cora").status_code == 302
    assert "Give back" in look(sam, "transfer", town, transfer.pk)
    assert give_back(sam, transfer).status_code == 302
    assert (balance(pot), balance(transfer.payer)) == (540, 60)


def test_a_steward_stands_in_for_the_only_coordinator_s_own_case_alone():
    town = make_community()
    sam, pot = make_member(town, "Sam", Role.STEWARD), filled_pot(town)
    cora, amina = make_coordinator(town), make_member(town, "Amina", Role.PARTICIPANT)
    others = helped(amina, town)

    assert "you grant hours to the only coordinator alone" in text_of(grant(sam, pot, "Amina"))
    assert "would come to you" in text_of(grant(sam, pot, "Sam"))
    assert give_back(sam, others).status_code == 403
    make_coordinator(town, "Dan")
    assert grant(sam, pot, "Cora").status_code == 403
    assert give_back(sam, helped(cora, town)).status_code == 403
    assert balance(pot) == 600


def test_where_nobody_else_may_the_sentence_says_what_to_do():
    town = make_community()
    cora = make_member(town, "Cora", Role.COORDINATOR, Role.STEWARD)

    answer = text_of(grant(cora, filled_pot(town), "Cora"))

    assert "Nobody else here may do this: name a second coordinator or a steward first." in answer


def test_neither_a_shell_nor_another_room_goes_round_it():
    town = make_community()
    cora, pot = make_coordinator(town), filled_pot(town)
    hers = account_of(cora, town)

    with pytest.raises(timebank.OwnCase):
        timebank.grant(pot=pot, payee=hers, minutes=60, note="For me", by=cora, at=NOON, key=key())
    with pytest.raises(timebank.OwnCase):
        timebank.reverse(transfer=helped(cora, town), reason="Twice", by=cora, at=NOON, key=key())
