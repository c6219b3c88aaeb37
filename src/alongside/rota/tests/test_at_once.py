"""Several people do the same thing to one rota at once, on real connections."""

from typing import Any

import pytest

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.people.tests.factories import NOON
from alongside.people.tests.test_races import CROWD, at_once
from alongside.rota import actions
from alongside.rota.actions.searching import planned
from alongside.rota.eligible import AlreadyOnIt
from alongside.rota.models import Assignment, Duty, Rota, Swap, Version
from alongside.rota.rules.discreet import find
from alongside.rota.tests.exchanges import Scene
from alongside.rota.tests.scenes import FIRST, LAST, OVER, Nursery, duty_in, duty_of, held_in, stands
from alongside.rota.tests.test_hours_once import Evening
from alongside.timebank.models import Transfer

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.both_databases]
FREELY = {"most_a_week": None, "owed": None, "fair_within": None, "spacing": None}


def count(got: list[Any], kind: type) -> int:
    return sum(isinstance(each, kind) for each in got)


def test_two_keepers_who_make_a_rota_of_the_same_days_make_one():
    here = Nursery(2)

    got = at_once(
        lambda number: actions.make_rota(
            program=here.program, first_day=FIRST, last_day=LAST, by=here.cora.person, at=NOON, key=new_id()
        )
    )

    assert (count(got, Rota), count(got, actions.PeriodIsTaken)) == (1, CROWD - 1)
    assert Duty.objects.count() == 20


def test_of_several_searches_that_began_together_one_is_taken_over():
    here = Nursery(5, says=FREELY)
    rota = stands(here.rota())
    plan = planned(rota, at=NOON)
    assert plan.problem is not None
    found = find(plan.problem, seconds=5)

    got = at_once(lambda number: actions.take_over(plan=plan, found=found, by=here.cora.person, at=NOON))

    assert (count(got, Version), count(got, SomeoneElseWasFaster)) == (1, CROWD - 1)
    assert Assignment.objects.count() == 20


def test_a_rota_is_published_by_one_of_several():
    here = Nursery(5, says=FREELY)
    here.searched(rota := here.rota())

    got = at_once(lambda number: actions.publish(rota=stands(rota), by=here.cora.person, at=NOON))

    assert (count(got, Rota), count(got, actions.RotaIsPublished)) == (1, CROWD - 1)


def test_the_last_open_place_is_taken_by_one_of_many():
    here = Nursery(CROWD + 1, says=FREELY)
    rota = here.published()
    open_one = held_in(rota)[0]
    actions.take_off(assignment=open_one, by=here.cora.person, at=NOON)
    others = [parent for parent in here.parents if parent.pk != open_one.membership_id]

    got = at_once(
        lambda number: actions.take(duty=duty_in(rota), membership=others[number], by=others[number].person, at=NOON)
    )

    assert (count(got, Assignment), count(got, SomeoneElseWasFaster)) == (1, CROWD - 1)


def test_a_swap_is_taken_by_one_of_many():
    here = Nursery(CROWD + 1, says=FREELY)
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    swap = actions.ask_swap(assignment=mine, by=here.parents[0].person, at=NOON, key=new_id())
    others = here.parents[1:]

    got = at_once(
        lambda number: actions.take_swap(swap=swap, membership=others[number], by=others[number].person, at=NOON)
    )

    assert (count(got, Assignment), count(got, SomeoneElseWasFaster)) == (1, CROWD - 1)
    assert Swap.objects.get().state == "taken"
    assert Assignment.objects.filter(duty=mine.duty, ended_at=None).count() == 1


def test_nobody_gets_two_duties_at_once_from_two_rotas():
    here = Nursery(1, says=FREELY)
    other = Nursery(town=here.town, says=FREELY)
    parent = here.parents[0]
    other.enrols(parent)
    rotas = [here.rota(), other.rota()]

    got = at_once(
        lambda number: actions.place(
            duty=duty_in(rotas[number % 2]), membership=parent, by=here.cora.person, at=NOON, despite_rules=True
        )
    )

    assert count(got, Assignment) == 1
    assert count(got, actions.AlreadyBusy) + count(got, AlreadyOnIt) + count(got, SomeoneElseWasFaster) == CROWD - 1


def test_hours_are_posted_once_however_many_press():
    here = Nursery(5, says=FREELY)
    here.fills_the_pot(6000)
    rota = here.published()
    here.all_done(rota)
    before = Transfer.objects.count()

    got = at_once(lambda number: actions.credit(rota=stands(rota), by=here.cora.person, at=OVER))

    assert (count(got, list), count(got, actions.NothingEarned)) == (1, CROWD - 1)
    assert Transfer.objects.count() == before + 20


def test_of_many_who_offer_a_duty_in_exchange_one_is_heard():
    it = Scene(CROWD + 1)
    swap = it.asks()
    theirs = [(one, duty_of(it.rota, one)) for one in it.here.parents[1:]]

    got = at_once(
        lambda number: actions.offer_exchange(swap=swap, given=theirs[number][1], by=theirs[number][0].person, at=NOON)
    )

    assert (count(got, Swap), count(got, SomeoneElseWasFaster)) == (1, CROWD - 1)
    assert Swap.objects.get().state == "offered"


def test_an_exchange_is_made_once_however_often_yes_is_pressed():
    it = Scene(3)
    offered = it.offers(it.asks())

    got = at_once(lambda number: it.agrees(offered))

    assert (count(got, tuple), count(got, SomeoneElseWasFaster)) == (1, CROWD - 1)
    assert (it.who_is_on(it.hers), it.who_is_on(it.his)) == (it.ben.pk, it.ana.pk)
    assert Assignment.objects.filter(duty__in=[it.hers.duty_id, it.his.duty_id], ended_at=None).count() == 2


def test_what_is_given_is_either_exchanged_or_swapped_away_never_both():
    it = Scene(3)
    offered = it.offers(it.asks())
    other = actions.ask_swap(assignment=it.his, by=it.ben.person, at=NOON, key=new_id())

    got = at_once(
        lambda number: (
            it.agrees(offered)
            if number % 2
            else actions.take_swap(swap=other, membership=it.cem, by=it.cem.person, at=NOON)
        )
    )

    assert count(got, tuple) + count(got, Assignment) == 1
    assert count(got, SomeoneElseWasFaster) == CROWD - 1
    assert Assignment.objects.filter(duty=it.his.duty_id, ended_at=None).count() == 1


def test_two_who_give_each_other_the_same_two_duties_exchange_them_once():
    it = Scene(3)
    mine = it.offers(it.asks())
    theirs = actions.ask_swap(assignment=it.his, by=it.ben.person, at=NOON, key=new_id(), takes_back=True)
    actions.offer_exchange(swap=theirs, given=it.hers, by=it.ana.person, at=NOON)

    got = at_once(
        lambda number: (
            it.agrees(mine)
            if number % 2
            else actions.agree_to_exchange(swap=theirs, given=it.hers, by=it.ben.person, at=NOON)
        )
    )

    assert (count(got, tuple), count(got, SomeoneElseWasFaster)) == (1, CROWD - 1)
    assert (it.who_is_on(it.hers), it.who_is_on(it.his)) == (it.ben.pk, it.ana.pk)


def test_the_same_time_is_posted_once_when_the_session_and_the_duty_are_posted_together():
    it = Evening()

    got = at_once(lambda number: it.posts_the_session() if number % 2 else it.posts_the_duty())

    granted = Transfer.objects.filter(kind=Transfer.Kind.GRANT, payee__person=it.lena.person)
    assert sum(granted.values_list("minutes", flat=True)) == 300
    assert [each for each in got if isinstance(each, Exception) and not isinstance(each, actions.NothingEarned)] == []
