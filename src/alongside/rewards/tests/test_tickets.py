"""Volunteering for a ticket, from beginning to end: what four hours give, stock, waiting list, and the next version."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.people import actions as people_actions
from alongside.people.tests.factories import person_in
from alongside.programs import actions as programs
from alongside.programs.tests.scenes import decided, scene_about
from alongside.rewards import actions, tasks
from alongside.rewards.models import Entitlement, Reward
from alongside.rewards.tests.scenes import (
    DAY,
    NOON,
    gave,
    only,
    put_right,
    reward_of,
    small_program,
    states,
    ticket_program,
    volunteers,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_three_hours_fifty_nine_give_none_and_exactly_four_hours_give_one():
    program, _cora = small_program()
    ana, ben = volunteers(program, "Ana", "Ben")

    gave(program, (ana, 239), (ben, 240))

    assert states(program) == [("Ben", "issued")]


def test_the_missing_minute_gives_it_on_another_day():
    program, _cora = small_program()
    (ana,) = volunteers(program, "Ana")
    gave(program, (ana, 239))

    gave(program, (ana, 1), at=NOON + DAY)

    assert states(program) == [("Ana", "issued")]


def test_a_second_one_takes_another_four_hours_where_two_are_allowed():
    program, _cora = small_program(each=2)
    (ana,) = volunteers(program, "Ana")
    gave(program, (ana, 479))
    assert states(program) == [("Ana", "issued")]

    gave(program, (ana, 1), at=NOON + DAY)

    assert states(program) == [("Ana", "issued")] * 2
    gave(program, (ana, 700), at=NOON + 2 * DAY)
    assert len(states(program)) == 2


def test_time_that_nobody_else_saw_gives_nothing():
    program, cora = small_program()

    gave(program, (cora, 300))

    assert states(program) == []


def test_however_often_it_is_looked_at_each_threshold_gives_one():
    program, _cora = small_program()
    (ana,) = volunteers(program, "Ana")
    gave(program, (ana, 240))

    assert actions.issue_due(program=program, by=None, at=NOON + DAY) == []
    tasks.issue(NOON + DAY)
    tasks.issue_all(NOON + DAY)

    assert states(program) == [("Ana", "issued")]


def test_the_sweep_gives_what_the_signal_missed():
    program, _cora = small_program()
    (ana,) = volunteers(program, "Ana")
    gave(program, (ana, 240))
    Entitlement.objects.all().delete()

    assert tasks.issue(NOON + DAY) == "1 issued"

    assert states(program) == [("Ana", "issued")]
    assert reward_of(program).taken == 1


def test_who_earned_it_first_has_it_and_the_others_are_in_line():
    program, _cora = small_program(tickets=2)
    people = volunteers(program, "Ana", "Ben", "Cem", "Dora")
    for place, member in enumerate(people):
        gave(program, (member, 240), at=NOON + place * DAY)

    assert states(program) == [("Ana", "issued"), ("Ben", "issued"), ("Cem", "waiting"), ("Dora", "waiting")]
    assert reward_of(program).taken == 2
    actions.give_back(entitlement=only(people[0]), by=people[0].person, at=NOON + 9 * DAY)

    assert states(program) == [("Ana", "void"), ("Ben", "issued"), ("Cem", "issued"), ("Dora", "waiting")]


def test_what_has_run_out_goes_to_who_is_in_line():
    program, _cora = small_program(tickets=1)
    ana, ben = volunteers(program, "Ana", "Ben")
    gave(program, (ana, 240))
    gave(program, (ben, 240), at=NOON + DAY)
    last = only(ana).expires_on
    assert last is not None

    tasks.run_out(NOON.replace(year=last.year, month=last.month, day=last.day))
    assert states(program) == [("Ana", "issued"), ("Ben", "waiting")]
    tasks.run_out(NOON.replace(year=last.year, month=last.month, day=last.day) + DAY)

    assert states(program) == [("Ana", "expired"), ("Ben", "issued")]


def test_time_that_is_put_right_takes_back_what_was_not_used_and_gives_it_again():
    program, cora = small_program()
    (ana,) = volunteers(program, "Ana")
    day = gave(program, (ana, 240))
    put_right(day, ana, 230, by=cora, at=NOON + DAY)
    actions.issue_due(program=program, by=None, at=NOON + DAY)
    assert (only(ana).state, only(ana).why) == ("void", "corrected")

    put_right(day, ana, 250, by=cora, at=NOON + 2 * DAY)
    actions.issue_due(program=program, by=None, at=NOON + 2 * DAY)

    assert only(ana).state == "issued"
    assert Entitlement.objects.count() == 1


def test_what_was_used_stands_though_the_time_was_put_right():
    program, cora = small_program(each=2)
    (ana,) = volunteers(program, "Ana")
    day = gave(program, (ana, 240))
    actions.redeem(entitlement=only(ana), by=cora.person, at=NOON + DAY)

    put_right(day, ana, 100, by=cora, at=NOON + DAY)
    actions.issue_due(program=program, by=None, at=NOON + DAY)
    gave(program, (ana, 240), at=NOON + 2 * DAY)

    assert states(program) == [("Ana", "redeemed")]
    gave(program, (ana, 140), at=NOON + 3 * DAY)
    assert states(program) == [("Ana", "redeemed"), ("Ana", "issued")]


def test_both_sides_decide_on_more_tickets_and_who_is_in_line_has_one():
    program, sides = ticket_program(tickets=1)
    people = sides["uses"][:3]
    for place, member in enumerate(people):
        gave(program, (member, 240), at=NOON + place * DAY, by=sides["provides"][0])
    assert [state for _who, state in states(program)] == ["issued", "waiting", "waiting"]

    decision = decided(scene_about(program, sides, {"rewards.ticket.stock": 2}), at=NOON + 4 * DAY)
    version = programs.adopt(decision=decision, at=NOON + 12 * DAY)

    assert version is not None
    assert version.number == 2
    assert [state for _who, state in states(program)] == ["issued", "issued", "waiting"]
    assert (reward_of(program).stock, reward_of(program).taken) == (2, 2)


def test_a_threshold_that_both_sides_change_holds_from_then_on():
    program, sides = ticket_program(each=5)
    uma = sides["uses"][0]
    by = sides["provides"][0]
    gave(program, (uma, 300), by=by)
    decision = decided(scene_about(program, sides, {"rewards.ticket.after": "6h"}), at=NOON + DAY)
    programs.adopt(decision=decision, at=NOON + 9 * DAY)

    gave(program, (uma, 299), at=NOON + 10 * DAY, by=by)
    assert states(program) == [("Uma 0", "issued")]
    gave(program, (uma, 1), at=NOON + 11 * DAY, by=by)

    assert states(program) == [("Uma 0", "issued")] * 2


def test_what_one_side_alone_wants_changes_nothing():
    program, sides = ticket_program(tickets=1)

    decision = decided(scene_about(program, sides, {"rewards.ticket.stock": 9}), provides="nnnnnn")

    assert programs.adopt(decision=decision, at=NOON + 9 * DAY) is None
    assert reward_of(program).stock == 1


def test_fewer_than_are_taken_ends_where_that_is():
    program, sides = ticket_program(tickets=3)
    by = sides["provides"][0]
    gave(program, *((member, 240) for member in sides["uses"][:2]), by=by)

    decision = decided(scene_about(program, sides, {"rewards.ticket.stock": 1}), at=NOON + DAY)
    programs.adopt(decision=decision, at=NOON + 9 * DAY)
    gave(program, (sides["uses"][2], 240), at=NOON + 10 * DAY, by=by)

    assert [state for _who, state in states(program)] == ["issued", "issued", "waiting"]
    assert reward_of(program).stock == 2


def test_whoever_leaves_makes_room_and_has_theirs_again_should_they_come_back():
    program, _cora = small_program(tickets=1)
    ana, ben = volunteers(program, "Ana", "Ben")
    gave(program, (ana, 240))
    gave(program, (ben, 240), at=NOON + DAY)

    people_actions.leave_community(membership=ana, by=ana.person, at=NOON + 2 * DAY)

    assert states(program) == [("Ana", "void"), ("Ben", "issued")]


def test_the_database_gives_no_more_than_there_are_and_no_threshold_twice():
    program, _cora = small_program(tickets=1)
    ana, ben = volunteers(program, "Ana", "Ben")
    gave(program, (ana, 240))
    row = only(ana)
    about = {
        "community": row.community, "reward": row.reward, "origin": "earned", "state": "issued", "earned_at": NOON,
        "issued_at": NOON,
    }  # fmt: skip

    with pytest.raises(IntegrityError, match="taken_is_no_more"), transaction.atomic():
        Entitlement.objects.create(membership=ben, number=1, code="X", **about)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entitlement.objects.create(membership=ana, number=1, code="Y", **{**about, "state": "waiting"})
    with pytest.raises(IntegrityError, match="counted"), transaction.atomic():
        Reward.objects.filter(pk=row.reward_id).update(taken=0)


def test_two_workers_at_once_give_each_threshold_one_and_no_more_than_there_are(committed_db):
    program, _cora = small_program(tickets=3)
    people = volunteers(program, *(f"Person {n}" for n in range(6)))
    gave(program, *((member, 240) for member in people))
    Entitlement.objects.all().delete()

    def work(_n):
        try:
            return len(actions.issue_due(program=program, by=None, at=NOON + DAY))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        made = list(pool.map(work, range(4)))

    assert sum(made) == 6
    assert sorted(state for _who, state in states(program)) == ["issued"] * 3 + ["waiting"] * 3


def test_reading_everybody_s_time_asks_no_more_for_more_people(django_assert_max_num_queries):
    program, _cora = small_program()
    people = volunteers(program, *(f"Person {n}" for n in range(8)))
    gave(program, *((member, 100) for member in people))

    with django_assert_max_num_queries(10):
        actions.issue_due(program=program, by=None, at=NOON + timedelta(days=2))


def test_nobody_of_another_program_is_given_anything():
    program, cora = small_program()
    other, _cora = small_program(person_in(program.community, "Otto", roles=["coordinator"]))
    (ana,) = volunteers(program, "Ana")

    gave(other, (ana, 300), by=cora)

    assert states(program) == []
    assert states(other) == [("Ana", "issued")]
