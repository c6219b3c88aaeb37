"""A nursery's month from the blueprint to the last fee line, with the numbers of real nurseries."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.rota import actions, eligible
from alongside.rota.actions.settling import settle_fees
from alongside.rota.models import Assignment, FeeLine, Swap
from alongside.rota.sums import sums_of
from alongside.rota.tests.scenes import (
    BACKGROUND,
    FIRST,
    INDUCTION,
    LAST,
    NOON,
    OVER,
    Nursery,
    counts_of,
    duty_in,
    duty_of,
    held_in,
    on_day,
    stands,
)

pytestmark = pytest.mark.django_db


def test_twenty_days_and_twenty_families_are_one_day_each():
    here = Nursery(20)

    version = here.searched(rota := here.rota())

    assert version.result == "best"
    assert len(held_in(rota)) == 20
    assert set(counts_of(rota).values()) == {1}
    assert len({one.duty.day for one in held_in(rota)}) == 20


def test_every_family_is_within_one_of_its_equal_share_and_nobody_is_asked_for_days_away():
    here = Nursery(7, full_time=0, apart=1)
    first = here.parents[0]
    away = (FIRST, FIRST + timedelta(days=13))
    actions.add_away(membership=first, first_day=away[0], last_day=away[1], by=first.person, at=NOON, key=uuid4())

    here.searched(rota := here.rota())

    assert set(counts_of(rota).values()) <= {2, 3}
    assert sum(counts_of(rota).values()) == 20
    assert [one for one in held_in(rota) if one.membership_id == first.pk and away[0] <= one.duty.day <= away[1]] == []


def test_a_rota_with_too_few_checked_adults_is_never_published():
    here = Nursery(20, says={"ratio": {"adults": 2, "staff": 1, "counts_with": [BACKGROUND]}})
    unchecked = here.family("Una", checks=(INDUCTION,))
    here.searched(rota := here.rota())
    first = held_in(rota)[0]

    with pytest.raises(eligible.MustNotBe) as refusal:
        actions.place(
            duty=first.duty, membership=unchecked, instead_of=first, despite_rules=True, by=here.cora.person, at=NOON
        )
    assert [one.kind for one in refusal.value.broken] == ["checked"]

    actions.take_off(assignment=first, by=here.cora.person, at=NOON)
    with pytest.raises(actions.TooFewCheckedAdults) as few:
        actions.publish(rota=stands(rota), by=here.cora.person, at=NOON)
    assert few.value.days == [FIRST]


def test_a_check_that_runs_out_takes_somebody_out_and_opens_their_duties_to_others():
    here = Nursery(20)
    rota = here.published()
    one = duty_of(rota, here.parents[3])
    check = here.seen_of(here.parents[3], BACKGROUND)

    here.withdraws(check)

    gone = Assignment.objects.get(pk=one.pk)
    assert gone.ended_why == "check"
    assert one.membership_id not in {each.membership_id for each in held_in(rota)}
    assert here.told(here.parents[5], "Somebody is looked for to take a duty")
    assert not here.told(here.parents[3], "Somebody is looked for to take a duty")
    with pytest.raises(eligible.MustNotBe):
        actions.take(duty=duty_of_row(one), membership=here.parents[3], by=here.parents[3].person, at=NOON)
    taken = actions.take(duty=duty_of_row(one), membership=here.parents[5], by=here.parents[5].person, at=NOON)
    assert taken.place == 1


def duty_of_row(one: Assignment):
    return one.duty


def test_a_swap_is_taken_only_by_somebody_who_may():
    here = Nursery(20)
    outsider = here.family("Ona", checks=())
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    swap = actions.ask_swap(assignment=mine, by=here.parents[0].person, at=NOON, key=uuid4())

    with pytest.raises(eligible.MustNotBe):
        actions.take_swap(swap=swap, membership=outsider, by=outsider.person, at=NOON)
    same_week = next(
        one.membership for one in held_in(rota)
        if one.pk != mine.pk and one.duty.day.isocalendar()[1] == mine.duty.day.isocalendar()[1]
    )  # fmt: skip
    with pytest.raises(eligible.BreaksRules):
        actions.take_swap(swap=swap, membership=same_week, by=same_week.person, at=NOON)

    far = max(held_in(rota), key=lambda one: abs(one.duty.day - mine.duty.day)).membership
    made = actions.take_swap(
        swap=swap, membership=far, by=here.cora.person, at=NOON, on_behalf_of=far.person, channel="phone"
    )
    assert made.membership_id == far.pk
    assert Swap.objects.get(pk=swap.pk).state == "taken"
    assert here.told(here.cora, "A duty has changed hands")


def test_what_was_owed_and_not_done_is_a_fee_or_free_for_a_reason():
    here = Nursery(20, says={"owed_each": "rota"})
    missing, free = here.parents[0], here.parents[1]
    rota = here.published()
    here.all_done(rota, but={missing.pk: "not_done", free.pk: "not_done"})
    actions.exempt(
        program=here.program, family_key=here.key(free), first_day=FIRST, last_day=LAST, reason="A new baby",
        by=here.cora.person, at=OVER, key=uuid4(),
    )  # fmt: skip

    lines = settle_fees(rota=stands(rota), by=here.cora.person, at=OVER)

    told = {line.family.household.name: (line.missing, line.minor, line.exemption_id is not None) for line in lines}
    assert told == {"Parent 00's home": (1, 1500, False), "Parent 01's home": (1, None, True)}
    assert FeeLine.objects.count() == 2
    done = next(row for row in sums_of(stands(rota), at=OVER) if row.home.name == "Parent 02's home")
    assert (done.sum.done, done.sum.minutes, done.saved) == (1, 240, "15.00 GBP")


def test_hours_of_duties_that_were_done_are_posted_all_together_and_once():
    here = Nursery(20)
    here.fills_the_pot(5000)
    rota = here.published()
    here.all_done(rota, but={here.parents[0].pk: "not_done"})

    transfers = actions.credit(rota=stands(rota), by=here.cora.person, at=OVER)

    assert len(transfers) == 19
    assert {transfer.minutes for transfer in transfers} == {240}
    with pytest.raises(actions.NothingEarned):
        actions.credit(rota=stands(rota), by=here.cora.person, at=OVER)


def test_a_search_again_keeps_what_was_set_by_hand_and_moves_as_little_as_it_can():
    here = Nursery(20)
    rota = here.published()
    before = {(one.membership_id, one.duty_id) for one in held_in(rota)}
    sick = duty_of(rota, here.parents[4])
    actions.add_away(
        membership=here.parents[4], first_day=sick.duty.day, last_day=sick.duty.day, by=here.cora.person, at=NOON,
        key=uuid4(),
    )  # fmt: skip

    version = here.searched(rota)

    after = {(one.membership_id, one.duty_id) for one in held_in(rota)}
    assert version.moves == len(before - after) <= 2
    assert version.fewest_moves
    assert (sick.membership_id, sick.duty_id) not in after


def test_who_leaves_the_program_gives_back_what_lies_ahead():
    here = Nursery(20)
    rota = here.published()
    mine = duty_of(rota, here.parents[2])

    here.leaves(here.parents[2])

    assert Assignment.objects.get(pk=mine.pk).ended_why == "left"
    assert here.told(here.parents[5], "Somebody is looked for to take a duty")


def test_a_clash_is_told_in_rules_that_people_know():
    here = Nursery(3, full_time=5)

    version = here.searched(here.rota(FIRST, date(2026, 4, 30)))

    assert version.result == "impossible"
    assert any(each["code"].startswith("rule.") for each in version.told)
    assert not any(each["code"].startswith("rule.apart") for each in version.told)


def test_nobody_has_two_duties_at_once_not_even_by_two_rotas():
    here = Nursery(20)
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    other = Nursery(town=here.town)
    other.enrols(here.parents[0])
    second = duty_in(other.rota(), [one.day for one in other_days(other)].index(mine.duty.day))

    with pytest.raises(actions.AlreadyBusy):
        actions.place(
            duty=second, membership=here.parents[0], by=other.cora.person, at=on_day(date(2026, 3, 20)),
            despite_rules=True,
        )  # fmt: skip


def other_days(place: Nursery):
    from alongside.rota.models import Duty

    return list(Duty.objects.filter(program=place.program).order_by("starts_at"))
