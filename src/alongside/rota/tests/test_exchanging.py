"""A swap both ways: two duties change hands together, or neither does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import actions as people
from alongside.people.tests.factories import browser_of
from alongside.rota import actions, eligible
from alongside.rota.models import Assignment, Duty, Swap
from alongside.rota.permissions import DO_DUTIES
from alongside.rota.tests.exchanges import FREELY, Scene, shared_out
from alongside.rota.tests.scenes import INDUCTION, NOON, TODAY, Nursery, duty_in, duty_of, held_in, stands, url
from alongside.rota.tests.times import later
from alongside.safeguarding.models import PutTogether

pytestmark = pytest.mark.django_db


def test_both_duties_change_hands_once_who_asked_says_yes():
    it = Scene()
    PutTogether.objects.all().delete()
    offered = it.offers(it.asks())
    assert (it.who_is_on(it.hers), it.who_is_on(it.his)) == (it.ana.pk, it.ben.pk)
    assert it.here.told(it.ana, "You are offered a duty in exchange")

    it.agrees(offered)

    swap = Swap.objects.get()
    assert (it.who_is_on(it.hers), it.who_is_on(it.his)) == (it.ben.pk, it.ana.pk)
    assert (swap.state, swap.taken.membership_id, swap.came_back.membership_id) == ("taken", it.ben.pk, it.ana.pk)
    assert {Assignment.objects.get(pk=one.pk).ended_why for one in (it.hers, it.his)} == {"swapped"}
    assert set(PutTogether.objects.values_list("day", flat=True)) == {it.hers.duty.day, it.his.duty.day}
    assert it.here.told(it.here.cora, "A duty has changed hands")


def test_who_asked_says_no_and_somebody_is_looked_for_again():
    it = Scene()
    offered = it.offers(it.asks())

    actions.decline_exchange(swap=offered, given=it.his, by=it.ana.person, at=NOON)

    swap = Swap.objects.get()
    assert (swap.state, swap.given, swap.offered_at) == ("asked", None, None)
    assert it.here.told(it.ben, "About the exchange you offered")
    it.offers(swap)
    assert Swap.objects.get().state == "offered"


def test_who_offered_keeps_theirs_after_all():
    it = Scene()
    offered = it.offers(it.asks())

    actions.take_offer_back(swap=offered, given=it.his, by=it.ben.person, at=NOON)

    assert Swap.objects.get().state == "asked"
    with pytest.raises(SomeoneElseWasFaster):
        it.agrees(offered)


def test_nothing_is_given_where_nothing_is_wanted_back():
    it = Scene()

    with pytest.raises(actions.NothingBackWanted):
        it.offers(it.asks(takes_back=False))


def test_who_was_not_asked_offers_nothing_and_nobody_gives_what_is_not_theirs_to_give():
    it = Scene()
    swap = it.asks(of=it.cem)

    with pytest.raises(actions.NotTheirs):
        it.offers(swap)
    with pytest.raises(actions.NotTheirs):
        it.offers(swap, given=it.hers)


def test_a_duty_of_another_program_is_not_given():
    it = Scene()
    other = Nursery(town=it.here.town, says=FREELY)
    other.enrols(it.ben)
    first = it.rota.last_day + timedelta(days=30)
    draft = other.rota(first, first + timedelta(days=7))
    actions.place(duty=duty_in(draft), membership=it.ben, by=it.here.cora.person, at=NOON)
    actions.publish(rota=stands(draft), by=it.here.cora.person, at=NOON)

    with pytest.raises(actions.NotTheirs):
        it.offers(it.asks(), given=duty_of(stands(draft), it.ben))


def test_two_rotas_of_one_program_exchange_too():
    it = Scene()
    first = it.rota.last_day + timedelta(days=3)
    second = shared_out(it.here, it.here.rota(first, first + timedelta(days=4)))
    theirs = duty_of(second, it.ben)
    before = stands(it.rota).revision, stands(second).revision

    it.agrees(it.offers(it.asks(), given=theirs), given=theirs)

    assert (it.who_is_on(it.hers), it.who_is_on(theirs)) == (it.ben.pk, it.ana.pk)
    assert (stands(it.rota).revision, stands(second).revision) == (before[0] + 1, before[1] + 1)


def test_the_pair_after_the_exchange_breaks_no_rule_where_taking_alone_would():
    it = Scene(families=20, most_a_week=1)
    same_week = next(
        one for one in held_in(it.rota)
        if one.membership_id != it.ana.pk and one.duty.day.isocalendar()[1] == it.hers.duty.day.isocalendar()[1]
    )  # fmt: skip
    swap = it.asks()

    with pytest.raises(eligible.BreaksRules):
        actions.take_swap(swap=swap, membership=same_week.membership, by=same_week.membership.person, at=NOON)
    assert it.here.told(same_week.membership, "Somebody is looked for to take a duty")
    actions.offer_exchange(swap=swap, given=same_week, by=same_week.membership.person, at=NOON)
    it.agrees(swap, given=same_week)

    assert it.who_is_on(same_week) == it.ana.pk


def test_who_may_not_take_the_other_duty_learns_it_when_they_say_yes_and_who_offered_never():
    it = Scene(families=4)
    Duty.objects.filter(pk=it.his.duty_id).update(everybody=["First aid"])
    offered = it.offers(it.asks())

    with pytest.raises(eligible.MustNotBe) as mine:
        it.agrees(offered)

    assert [one.who for one in mine.value.broken] == [(str(it.ana.pk),)]
    assert Swap.objects.get().state == "offered"


def test_of_what_stands_in_the_other_s_way_who_asked_learns_nothing():
    it = Scene()
    offered = it.offers(it.asks())
    it.here.withdraws_quietly(it.here.seen_of(it.ben, INDUCTION))

    with pytest.raises(actions.CannotExchange):
        it.agrees(offered)

    assert (it.who_is_on(it.hers), it.who_is_on(it.his)) == (it.ana.pk, it.ben.pk)


def test_what_is_offered_goes_when_its_day_is_closed_and_somebody_is_looked_for_again():
    it = Scene()
    it.offers(it.asks())

    actions.close_day(program=it.here.program, day=it.his.duty.day, why="", by=it.here.cora.person, at=NOON)

    assert (Swap.objects.get().state, Swap.objects.get().given) == ("asked", None)


def test_what_is_offered_goes_when_it_is_swapped_away_meanwhile():
    it = Scene()
    it.offers(it.asks())
    other = actions.ask_swap(assignment=it.his, by=it.ben.person, at=NOON, key=uuid4())

    actions.take_swap(swap=other, membership=it.cem, by=it.cem.person, at=NOON)

    mine = Swap.objects.get(assignment=it.hers)
    assert (mine.state, mine.given) == ("asked", None)


def test_what_was_asked_for_the_given_duty_ends_with_the_exchange():
    it = Scene()
    other = actions.ask_swap(assignment=it.his, by=it.ben.person, at=NOON, key=uuid4())

    it.agrees(it.offers(it.asks()))

    assert Swap.objects.get(pk=other.pk).state == "withdrawn"


@pytest.mark.parametrize("leaver", ["ana", "ben"])
def test_nothing_changes_hands_when_one_of_the_two_has_left(leaver: str):
    it = Scene()
    offered = it.offers(it.asks())

    it.here.leaves(getattr(it, leaver))

    with pytest.raises(SomeoneElseWasFaster):
        it.agrees(offered)
    assert Swap.objects.get().state == ("withdrawn" if leaver == "ana" else "asked")


def test_a_duty_that_begins_meanwhile_is_not_exchanged():
    it = Scene()
    offered = it.offers(it.asks())
    begun = max(it.hers.duty.starts_at, it.his.duty.starts_at)

    with pytest.raises(actions.DutyIsOver):
        it.agrees(offered, at=begun)


def test_a_duty_is_offered_in_one_place_at_a_time():
    it = Scene()
    it.offers(it.asks())
    other = actions.ask_swap(
        assignment=duty_of(it.rota, it.cem), by=it.cem.person, at=NOON, key=uuid4(), takes_back=True
    )

    with pytest.raises(SomeoneElseWasFaster):
        it.offers(other)


def test_what_is_agreed_to_is_what_was_shown():
    it = Scene()
    two = [one for one in held_in(it.rota) if one.membership_id == it.ben.pk][:2]
    offered = it.offers(it.asks(), given=two[0])
    actions.take_offer_back(swap=offered, given=two[0], by=it.ben.person, at=NOON)
    it.offers(Swap.objects.get(), given=two[1])

    with pytest.raises(actions.OfferHasChanged):
        it.agrees(offered, given=two[0])


def test_who_says_no_on_an_old_page_refuses_no_offer_that_they_have_not_seen():
    it = Scene()
    offered = it.offers(it.asks())
    actions.take_offer_back(swap=offered, given=it.his, by=it.ben.person, at=NOON)
    cems = duty_of(it.rota, it.cem)
    actions.offer_exchange(swap=Swap.objects.get(), given=cems, by=it.cem.person, at=NOON)

    with later(NOON):
        ana, page = browser_of(it.ana), url("end_offer", it.here.town, offered.pk)
        old = ana.post(page, {"given": str(it.his.pk)}, follow=True).content.decode()
        stood = Swap.objects.get().given_id
        ana.post(page, {"given": str(cems.pk)})

    assert "What is offered has changed since." in old
    assert (stood, Swap.objects.get().state) == (cems.pk, "asked")


def test_somebody_who_has_answered_is_in_nobody_s_way_but_their_own():
    it = Scene()
    swap = it.asks()
    it.offers(swap)

    with pytest.raises(SomeoneElseWasFaster):
        actions.take_swap(swap=swap, membership=it.cem, by=it.cem.person, at=NOON)
    actions.withdraw_swap(swap=swap, by=it.ana.person, at=NOON)

    assert it.here.told(it.ben, "About the exchange you offered")


def test_on_the_web_one_offers_and_the_other_says_yes_with_one_button():
    it = Scene()
    page = url("ask_swap", it.here.town, it.hers.pk)
    with later(NOON):
        ana, ben = browser_of(it.ana), browser_of(it.ben)
        assert "checked" in ana.get(page).content.decode()
        ana.post(page, {"key": str(uuid4()), "takes_back": "on"})
        swap = Swap.objects.get()
        answer = ben.get(url("swap", it.here.town, swap.pk)).content.decode()
        ben.post(url("offer_exchange", it.here.town, swap.pk), {"given_duty": str(it.his.pk)})
        waiting = ana.get(url("home", it.here.town)).content.decode()
        shown = ana.get(url("swap", it.here.town, swap.pk)).content.decode()
        ana.post(url("agree_to_exchange", it.here.town, swap.pk), {"given": str(it.his.pk)})

    assert "I take it, and give one of mine" in answer
    assert "Waiting for your answer" in waiting
    assert "Yes, exchange them" in shown
    assert it.who_is_on(it.his) == it.ana.pk


def test_a_coordinator_writes_down_who_takes_it_and_what_is_given_for_it():
    it = Scene()
    swap = it.asks()
    told = {"membership": str(it.ben.pk), "given_duty": str(it.his.pk), "channel": "phone"}
    page = url("give_swap", it.here.town, swap.pk)

    with later(NOON):
        cora = browser_of(it.here.cora)
        wrong = cora.post(page, {**told, "membership": str(it.cem.pk)}).content.decode()
        cora.post(page, told)
        offered = Swap.objects.get().state
        cora.post(url("end_offer", it.here.town, swap.pk), {"given": str(it.his.pk)})
        cora.post(page, {**told, "is_agreed": "on"})

    assert "This duty is somebody else" in wrong
    assert offered == "offered"
    assert (Swap.objects.get().state, it.who_is_on(it.his)) == ("taken", it.ana.pk)


def test_an_advocate_says_yes_for_who_asked_them_to_and_for_nobody_else():
    it = Scene()
    offered = it.offers(it.asks())
    people.let_act(
        membership=it.ana, helper=it.cem, abilities=[DO_DUTIES], expires_on=TODAY + timedelta(days=300),
        consent_how="phone", consent_on=TODAY, consent_words="", by=it.ana.person, at=NOON,
    )  # fmt: skip
    page = url("agree_to_exchange", it.here.town, offered.pk)

    with later(NOON):
        browser = browser_of(it.cem)
        refused = browser.post(page, {"given": str(it.his.pk)}).status_code
        acting = reverse("people:acting", args=[it.here.town.slug])
        browser.post(acting, {"membership": it.ana.pk, "channel": "phone"})
        browser.post(page, {"given": str(it.his.pk)})

    assert refused == 403
    assert it.who_is_on(it.his) == it.ana.pk
