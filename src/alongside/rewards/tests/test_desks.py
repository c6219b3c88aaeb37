"""Handing over, handing on, giving back, paper and the catalogue: each once, by the rule, and by whom it is for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.kernel import undo
from alongside.kernel.models import UndoOffer
from alongside.people import actions as people
from alongside.people.models import BodyMember, Household, Role
from alongside.people.tests.factories import person_in
from alongside.rewards import actions, tasks
from alongside.rewards.models import Entitlement, PaperNote
from alongside.rewards.showing import notes_of
from alongside.rewards.tests.scenes import (
    DAY,
    NOON,
    balance,
    follow,
    gave,
    hours_for,
    only,
    reward_of,
    small_program,
    states,
    volunteers,
)
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LATER = NOON + 2 * DAY


def ticket_in_hand(**rule):
    """Ana has a ticket; a desk is kept by Cora."""
    program, cora = small_program()
    (ana,) = volunteers(program, "Ana")
    if rule:
        follow(program, ticket={"after": "4h", "stock": 9, **rule})
    gave(program, (ana, 240))
    return program, cora, ana


def test_what_is_handed_over_counts_once():
    _program, cora, ana = ticket_in_hand()
    actions.redeem(entitlement=only(ana), by=cora.person, at=LATER)

    with pytest.raises(actions.NotInHand) as refusal:
        actions.redeem(entitlement=only(ana), by=cora.person, at=LATER + timedelta(minutes=1))

    assert (refusal.value.state, refusal.value.settled_at) == ("redeemed", LATER)


def test_of_two_desks_at_once_one_hands_it_over(committed_db):
    _program, _cora, ana = ticket_in_hand()
    ticket = only(ana)
    desks = [person_in(ana.community, f"Desk {n}", roles=[Role.PROFESSIONAL]).person for n in range(4)]

    def hand_over(person):
        try:
            actions.redeem(entitlement=ticket, by=person, at=LATER)
            return "handed over"
        except actions.NotInHand:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        said = list(pool.map(hand_over, desks))

    assert sorted(said) == ["handed over", "refused", "refused", "refused"]


def test_nobody_hands_over_to_themself_nor_what_has_run_out():
    program, cora, ana = ticket_in_hand(expires_after="1 week")
    people.give_role(membership=ana, role=Role.PROFESSIONAL, by=cora.person, at=NOON, starts_on=NOON.date())

    with pytest.raises(actions.OwnReward):
        actions.redeem(entitlement=only(ana), by=ana.person, at=LATER)
    with pytest.raises(actions.HasRunOut):
        actions.redeem(entitlement=only(ana), by=cora.person, at=NOON + 9 * DAY)

    assert states(program) == [("Ana", "issued")]


def test_a_wrong_hand_at_the_desk_is_taken_back_within_ten_seconds():
    _program, cora, ana = ticket_in_hand()
    actions.print_note(entitlement=only(ana), by=cora.person, at=LATER)
    actions.redeem(entitlement=only(ana), by=cora.person, at=LATER)

    offer = UndoOffer.objects.get(act="rewards.redeem")
    undo.perform(id=offer.pk, by=cora.person.pk, at=LATER + timedelta(seconds=5))

    assert only(ana).state == "issued"
    assert PaperNote.objects.get().state == "out"


def test_it_is_theirs_alone_where_the_rule_says_so():
    program, _cora, ana = ticket_in_hand()
    (ben,) = volunteers(program, "Ben")

    with pytest.raises(actions.NotThatWay):
        actions.hand_on(entitlement=only(ana), to=ben, by=ana.person, at=LATER)


def test_it_goes_to_somebody_of_the_program_once_with_a_new_code():
    program, cora, ana = ticket_in_hand(transfer="program")
    (ben,) = volunteers(program, "Ben")
    nora = person_in(program.community, "Nora, who is not in it")
    before = only(ana).code
    with pytest.raises(actions.NotThatWay):
        actions.hand_on(entitlement=only(ana), to=nora, by=ana.person, at=LATER)

    actions.hand_on(entitlement=only(ana), to=ben, by=ana.person, at=LATER)

    assert states(program) == [("Ana", "transferred"), ("Ben", "issued")]
    assert only(ben).code != before
    assert reward_of(program).taken == 1
    with pytest.raises(actions.HandedOnBefore):
        actions.hand_on(entitlement=only(ben), to=ana, by=ben.person, at=LATER)
    with pytest.raises(actions.NotInHand):
        actions.redeem(entitlement=only(ana), by=cora.person, at=LATER)
    assert actions.issue_due(program=program, by=None, at=LATER) == []


def test_it_goes_to_somebody_of_the_household():
    program, _cora, ana = ticket_in_hand(transfer="household")
    ben, cem = volunteers(program, "Ben", "Cem")
    home = people.make_body(
        kind=Household, community=program.community, name="Mill Lane 3", leader=ana, by=ana.person, at=NOON
    )
    people.join_body(body=home, membership=ben, part=BodyMember.Part.ADULT, by=ana.person, at=NOON)
    with pytest.raises(actions.NotThatWay):
        actions.hand_on(entitlement=only(ana), to=cem, by=ana.person, at=LATER)

    actions.hand_on(entitlement=only(ana), to=ben, by=ana.person, at=LATER)

    assert states(program) == [("Ana", "transferred"), ("Ben", "issued")]


def test_printed_is_redeemed_and_out_and_void():
    program, cora = small_program()
    ana, ben, cem = volunteers(program, "Ana", "Ben", "Cem")
    gave(program, (ana, 240), (ben, 240), (cem, 240))
    for member in (ana, ana, ben, cem):
        actions.print_note(entitlement=only(member), by=cora.person, at=LATER)

    actions.redeem(entitlement=only(ana), by=cora.person, at=LATER)
    actions.give_back(entitlement=only(cem), by=cem.person, at=LATER)

    assert notes_of(reward_of(program)) == {"printed": 4, "redeemed": 1, "out": 1, "void": 2}
    assert list(PaperNote.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperNote.objects.filter(number=2).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperNote.objects.filter(number=2).update(number=9)


def test_numbers_of_notes_run_on_without_gaps_though_many_print_at_once(committed_db):
    program, cora = small_program()
    members = volunteers(program, *(f"Person {n}" for n in range(8)))
    gave(program, *((member, 240) for member in members))
    tickets = [only(member) for member in members]

    def print_one(ticket):
        try:
            return actions.print_note(entitlement=ticket, by=cora.person, at=LATER).number
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        numbers = list(pool.map(print_one, tickets))

    assert sorted(numbers) == list(range(1, 9))


def catalogue(**terms):
    """A class for two hours, of which there are so many; Ana has ten hours."""
    program, cora = small_program()
    (ana,) = volunteers(program, "Ana")
    follow(program, cooking={"price": "2h", **terms})
    hours_for(ana)
    return program, cora, ana, reward_of(program, "cooking")


def bought(reward, member, **told):
    return actions.buy(reward=reward, membership=member, by=member.person, at=NOON, **{"key": uuid4(), **told})


def in_pot(program):
    return Account.objects.filter(community=program.community, kind="community_pot").with_balance().get().exact_minutes


def test_hours_go_to_the_pot_and_one_is_taken_both_or_neither():
    program, _cora, ana, cooking = catalogue(stock=1)
    (ben,) = volunteers(program, "Ben")
    hours_for(ben)

    ticket = bought(cooking, ana)
    with pytest.raises(actions.NoneLeft):
        bought(cooking, ben)

    assert (balance(ana), in_pot(program)) == (480, 120)
    assert (balance(ben), ticket.state) == (600, "issued")


def test_the_same_form_twice_takes_one():
    _program, _cora, ana, cooking = catalogue(stock=5)
    key = uuid4()

    assert bought(cooking, ana, key=key) == bought(cooking, ana, key=key)
    assert balance(ana) == 480


def test_nothing_is_taken_without_the_hours():
    program, _cora, _ana, cooking = catalogue(stock=5)
    (ben,) = volunteers(program, "Ben")
    follow(program, cooking={"price": "20h", "stock": 5})

    with pytest.raises(timebank.OverLimit):
        bought(cooking, ben)

    assert not Entitlement.objects.filter(membership=ben).exists()
    assert reward_of(program, "cooking").taken == 0


def test_one_person_takes_no_more_than_the_rule_says():
    _program, _cora, ana, cooking = catalogue(stock=5, at_most=1)
    first = bought(cooking, ana)
    with pytest.raises(actions.EnoughForOne):
        bought(cooking, ana)

    first.reward.community = first.community
    actions.give_back(entitlement=first, by=ana.person, at=LATER)

    assert balance(ana) == 600
    assert bought(cooking, ana).state == "issued"


def test_hours_go_to_the_program_s_pot_where_it_says_so():
    program, _cora, ana, cooking = catalogue(paid_to="program pot")

    bought(cooking, ana)

    pot = Account.objects.filter(group=program.group).with_balance().get()
    assert pot.exact_minutes == 120


def test_many_at_once_for_the_last_one_take_one_and_pay_once(committed_db):
    program, _cora, _ana, cooking = catalogue(stock=1)
    members = volunteers(program, *(f"Person {n}" for n in range(4)))
    for member in members:
        hours_for(member)

    def try_one(member):
        try:
            bought(cooking, member)
            return "took"
        except actions.NoneLeft:
            return "none left"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        said = list(pool.map(try_one, members))

    assert sorted(said) == ["none left", "none left", "none left", "took"]
    assert Transfer.objects.filter(key__startswith="reward:").count() == 1


def test_what_is_not_in_the_design_any_more_is_not_offered():
    program, _cora, ana, cooking = catalogue()
    follow(program)

    with pytest.raises(actions.NotOffered):
        bought(cooking, ana)


def test_what_has_run_out_is_void_on_paper_too():
    program, cora, ana = ticket_in_hand(expires_after="1 week")
    actions.print_note(entitlement=only(ana), by=cora.person, at=LATER)

    tasks.run_out(NOON + 9 * DAY)

    assert states(program) == [("Ana", "expired")]
    assert PaperNote.objects.get().state == "void"
