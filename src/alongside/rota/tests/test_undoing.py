"""Ten seconds of Undo for what keepers do by hand, while nothing else has changed since."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of
from alongside.rota import actions
from alongside.rota.models import Assignment, ClosedDay, Duty, Swap
from alongside.rota.tests.exchanges import FREELY, Scene, shared_out
from alongside.rota.tests.scenes import FIRST, INDUCTION, NOON, OVER, Nursery, duty_in, duty_of, held_in, stands, url
from alongside.rota.tests.times import later

pytestmark = pytest.mark.django_db


def last_offer(by: Any) -> UndoOffer:
    return UndoOffer.objects.filter(by_id=by.person_id, act__startswith="rota.").latest("made_at", "pk")


def taken_back(by: Any, at: Any = NOON) -> None:
    undo.perform(id=last_offer(by).pk, by=by.person_id, at=at + timedelta(seconds=5))


def rows(it: Scene) -> list[Any]:
    """Everything that a rota is, but its revision and the ids of rows."""
    duties = Duty.objects.filter(rota=it.rota).order_by("starts_at")
    held = Assignment.objects.filter(duty__rota=it.rota, ended_at=None).order_by("duty__starts_at", "place")
    swaps = Swap.objects.order_by("asked_at", "pk")
    return [
        list(duties.values_list("name", "starts_at", "called_off_at")),
        list(held.values_list("duty__starts_at", "membership", "place", "is_fixed", "outcome", "settled_at")),
        list(swaps.values_list("state", "given", "offered_at", "settled_at")),
        list(ClosedDay.objects.values_list("day", "why")),
    ]


def puts_another_there(it: Scene) -> None:
    actions.place(
        duty=it.hers.duty, membership=it.cem, instead_of=it.hers, by=it.here.cora.person, at=NOON, despite_rules=True
    )


def takes_off(it: Scene) -> None:
    actions.take_off(assignment=it.hers, by=it.here.cora.person, at=NOON)


def takes_off_who_gives(it: Scene) -> None:
    actions.take_off(assignment=it.his, by=it.here.cora.person, at=NOON)


def closes(it: Scene) -> None:
    actions.close_day(program=it.here.program, day=it.hers.duty.day, why="x", by=it.here.cora.person, at=NOON)


ACTS = [pytest.param(act, id=act.__name__) for act in (puts_another_there, takes_off, takes_off_who_gives, closes)]


@pytest.mark.parametrize("act", ACTS)
def test_everything_is_as_it_was_and_nobody_is_told(act: Callable[[Scene], None]):
    it = Scene()
    it.offers(it.asks())
    before, told = rows(it), Notice.objects.count()

    act(it)
    assert rows(it) != before
    taken_back(it.here.cora)

    assert rows(it) == before
    assert Notice.objects.count() == told


@pytest.mark.parametrize("act", ACTS)
def test_what_has_changed_since_stays(act: Callable[[Scene], None]):
    it = Scene()
    act(it)
    actions.take_off(assignment=held_in(it.rota)[-1], by=it.here.stella.person, at=NOON)
    before = rows(it)
    offer = last_offer(it.here.cora)

    with pytest.raises(SomeoneElseWasFaster):
        undo.perform(id=offer.pk, by=it.here.cora.person_id, at=NOON)

    assert rows(it) == before


def another_offers(it: Scene, swap: Swap) -> None:
    given = duty_of(it.rota, it.cem)
    actions.offer_exchange(swap=swap, given=given, by=it.cem.person, at=NOON)


def nobody_is_needed(it: Scene, swap: Swap) -> None:
    actions.withdraw_swap(swap=swap, by=it.ana.person, at=NOON)


@pytest.mark.parametrize("since", [another_offers, nobody_is_needed], ids=lambda since: since.__name__)
def test_what_somebody_has_answered_or_asked_no_more_since_stays(since: Callable[[Scene, Swap], None]):
    it = Scene()
    swap = it.offers(it.asks())
    takes_off_who_gives(it)
    since(it, Swap.objects.get())
    before = rows(it)

    with pytest.raises(SomeoneElseWasFaster):
        taken_back(it.here.cora)

    assert rows(it) == before
    assert Swap.objects.get().pk == swap.pk


def test_what_was_offered_comes_back_only_while_who_offered_has_it_still():
    it = Scene()
    first = it.rota.last_day + timedelta(days=3)
    second = shared_out(it.here, it.here.rota(first, first + timedelta(days=4)))
    theirs = duty_of(second, it.ben)
    it.offers(it.asks(), given=theirs)
    takes_off(it)
    actions.take_off(assignment=theirs, by=it.here.stella.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        taken_back(it.here.cora)

    assert Swap.objects.get().state == "withdrawn"


def test_an_undo_takes_back_no_more_letters_than_the_act_has_written():
    it = Scene()
    closes(it)

    taken_back(it.here.cora)

    assert Activity.objects.filter(did="notices.taken_back").count() == 1


def loses_a_check(it: Scene) -> None:
    it.here.withdraws(it.here.seen_of(it.ana, INDUCTION))


def leaves(it: Scene) -> None:
    it.here.leaves(it.ana)


@pytest.mark.parametrize("loss", [pytest.param(loss, id=loss.__name__) for loss in (loses_a_check, leaves)])
@pytest.mark.parametrize("act", [pytest.param(act, id=act.__name__) for act in (takes_off, puts_another_there, closes)])
def test_nobody_is_put_back_who_has_lost_a_check_or_has_left_since(
    act: Callable[[Scene], None], loss: Callable[[Scene], None]
):
    it = Scene()
    Assignment.objects.filter(membership=it.ana).exclude(pk=it.hers.pk).delete()
    act(it)
    loss(it)

    with pytest.raises(SomeoneElseWasFaster):
        taken_back(it.here.cora)

    hers = Assignment.objects.filter(membership=it.ana, ended_at=None, duty__called_off_at=None)
    assert not hers.exists()


def test_a_draft_gets_nobody_back_who_has_left_since():
    here = Nursery(2, says=FREELY)
    rota = here.rota()
    actions.place(duty=duty_in(rota), membership=here.parents[0], by=here.cora.person, at=NOON)
    actions.close_day(program=here.program, day=FIRST, why="", by=here.cora.person, at=NOON)
    here.leaves(here.parents[0])

    with pytest.raises(SomeoneElseWasFaster):
        taken_back(here.cora)

    assert held_in(stands(rota)) == []


def test_what_became_of_a_duty_is_as_it_was_said_before():
    it = Scene()
    by = it.here.stella
    actions.settle_duty(assignment=it.hers, outcome="done", by=by.person, at=OVER)
    before = rows(it)
    actions.settle_duty(assignment=it.hers, outcome="not_done", by=by.person, at=OVER + timedelta(seconds=60))

    taken_back(by, OVER + timedelta(seconds=60))

    assert rows(it) == before


def test_a_draft_gets_its_duties_of_a_closed_day_back_with_who_was_on_them():
    here = Nursery(2, says=FREELY)
    rota = here.rota()
    actions.place(duty=duty_in(rota), membership=here.parents[0], by=here.cora.person, at=NOON)
    before = [(one.duty.starts_at, one.membership_id, one.place, one.is_fixed) for one in held_in(stands(rota))]
    actions.close_day(program=here.program, day=FIRST, why="", by=here.cora.person, at=NOON)
    assert held_in(stands(rota)) == []

    taken_back(here.cora)

    assert [(one.duty.starts_at, one.membership_id, one.place, one.is_fixed) for one in held_in(stands(rota))] == before
    assert Duty.objects.on(rota).standing().count() == 20


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_day_that_was_opened_is_closed_again(is_draft: bool):
    here = Nursery(2, says=FREELY)
    it = None if is_draft else Scene()
    here = it.here if it else here
    rota = it.rota if it else here.rota()
    closed = actions.close_day(program=here.program, day=FIRST, why="Holiday", by=here.stella.person, at=NOON)
    actions.open_day(closed=closed, by=here.cora.person, at=NOON + timedelta(minutes=1))
    assert Duty.objects.on(rota).standing().filter(day=FIRST).count() == 1

    taken_back(here.cora, NOON + timedelta(minutes=1))

    again = ClosedDay.objects.get()
    assert (again.pk, again.why) == (closed.pk, "Holiday")
    assert not Duty.objects.on(rota).standing().filter(day=FIRST).exists()


def test_a_day_is_not_opened_again_where_somebody_has_another_duty_at_that_time_by_now():
    it = Scene()
    closes(it)
    other = Nursery(town=it.here.town, says=FREELY)
    other.enrols(it.ana)
    actions.place(duty=duty_in(other.rota()), membership=it.ana, by=it.here.stella.person, at=NOON, despite_rules=True)

    offer = UndoOffer.objects.get(act="rota.close_day")

    with pytest.raises(SomeoneElseWasFaster):
        undo.perform(id=offer.pk, by=it.here.cora.person_id, at=NOON)

    assert ClosedDay.objects.filter(program=it.here.program).exists()


def test_nobody_is_asked_for_whoever_was_put_on_a_duty_by_mistake():
    it = Scene()
    puts_another_there(it)
    made = Assignment.objects.get(duty=it.hers.duty_id, ended_at=None)
    actions.ask_swap(
        assignment=held_in(it.rota)[0], by=it.cem.person, at=NOON, key=uuid4()
    )  # somebody is looked for already

    with pytest.raises(SomeoneElseWasFaster):
        taken_back(it.here.cora)
    assert Assignment.objects.get(pk=made.pk).ended_at is None


def test_the_page_says_undo():
    it = Scene()

    with later(NOON):
        page = browser_of(it.here.cora).post(url("take_off", it.here.town, it.hers.pk), follow=True).content.decode()

    assert str(last_offer(it.here.cora).pk) in page
