"""Signing up: bundles whole or not at all, the waiting list in order, confirming, standing by."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.gatherings import actions, hooks, signals
from alongside.gatherings.models import Booking, Part, PartKind, Seat, SignUp, Visibility
from alongside.gatherings.tests.gatherings import (
    CLASS_AND_CHILDCARE,
    END,
    NOON,
    books,
    group_of,
    leaves,
    line,
    made,
    parts_of,
    states,
    taken,
)
from alongside.kernel.channels import Channel
from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.tests.factories import community, coordinator_in, people_in, person_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def town():
    return community()


def test_whoever_signs_up_has_a_place_at_once_and_the_same_again_changes_nothing(town):
    (amina,) = people_in(town, "Amina")
    one = made(town, 5)

    first, again = books(one, amina), books(one, amina, at=LATER)

    assert first.pk == again.pk
    assert (first.state, first.confirmed_at) == ("booked", NOON)
    assert taken(one) == {"Table 1": 1}
    assert Activity.objects.filter(did="gatherings.booked").count() == 1


def test_who_comes_too_late_waits_in_order_and_the_first_moves_up_when_a_place_is_given_up(town):
    amina, ben, chris = people_in(town, "Amina", "Ben", "Chris")
    one = made(town, 1)
    for member in (amina, ben, chris):
        books(one, member)
    assert line(one) == ["Ben", "Chris"]

    leaves(one, amina, at=LATER)

    assert states(one) == {"Amina": "called_off", "Ben": "booked", "Chris": "waiting"}
    assert Booking.objects.get(membership=ben).must_confirm
    told = Notice.objects.get(person=ben.person)
    assert told.title == "There is a place for you"
    assert "Soup kitchen" in told.body
    assert taken(one) == {"Table 1": 1}


def test_a_bundle_fails_whole_when_childcare_is_full(town):
    amina, ben = people_in(town, "Amina", "Ben")
    one = made(town, parts=CLASS_AND_CHILDCARE)
    books(one, amina, parts=parts_of(one, Class=1, Childcare=1))

    with pytest.raises(actions.NoRoom) as refused:
        books(one, ben, parts=parts_of(one, Class=1, Childcare=1), or_wait=False)

    assert refused.value.parts == ["Childcare"]
    assert taken(one) == {"Class": 1, "Childcare": 1, "Cook": 0}
    assert not Booking.objects.filter(membership=ben).exists()


def test_who_waits_for_a_bundle_takes_up_no_room_until_all_of_it_is_free(town):
    amina, ben, chris = people_in(town, "Amina", "Ben", "Chris")
    one = made(town, parts=CLASS_AND_CHILDCARE)
    books(one, amina, parts=parts_of(one, Class=1, Childcare=1))
    books(one, ben, parts=parts_of(one, Class=9, Childcare=1))
    assert taken(one) == {"Class": 1, "Childcare": 1, "Cook": 0}

    books(one, chris, parts=parts_of(one, Class=1))
    leaves(one, amina)

    assert states(one)["Ben"] == "booked"
    assert taken(one) == {"Class": 10, "Childcare": 1, "Cook": 0}


def test_the_first_whose_whole_bundle_fits_moves_up_and_the_order_of_the_others_stays(town):
    amina, ben, chris, dana = people_in(town, "Amina", "Ben", "Chris", "Dana")
    one = made(town, 2)
    both = next(iter(parts_of(one, **{"Table 1": 2})))
    books(one, amina)
    books(one, ben)
    books(one, chris, parts={both: 2})
    books(one, dana)

    leaves(one, amina)

    assert line(one) == ["Chris"]
    assert states(one)["Dana"] == "booked"


def test_asking_for_more_than_fits_leaves_what_one_has(town):
    amina, ben = people_in(town, "Amina", "Ben")
    one = made(town, parts=CLASS_AND_CHILDCARE)
    books(one, amina, parts=parts_of(one, Class=1, Childcare=1))
    books(one, ben, parts=parts_of(one, Class=2))

    with pytest.raises(actions.NoRoom):
        books(one, ben, parts=parts_of(one, Class=2, Childcare=1))
    books(one, ben, parts=parts_of(one, Class=3, Cook=1))

    assert states(one)["Ben"] == "booked"
    assert taken(one) == {"Class": 4, "Childcare": 1, "Cook": 1}


def test_giving_up_a_part_lets_the_next_in_line_have_it(town):
    amina, ben = people_in(town, "Amina", "Ben")
    one = made(town, parts=CLASS_AND_CHILDCARE)
    books(one, amina, parts=parts_of(one, Class=1, Childcare=1))
    books(one, ben, parts=parts_of(one, Class=1, Childcare=1))

    books(one, amina, parts=parts_of(one, Class=1))

    assert states(one) == {"Amina": "booked", "Ben": "booked"}


def test_nobody_waits_for_what_will_never_fit(town):
    (amina,) = people_in(town, "Amina")
    one = made(town, 2)

    with pytest.raises(actions.NeverFits):
        books(one, amina, parts=parts_of(one, **{"Table 1": 3}))


@pytest.mark.parametrize("count", [-1, 21, 0], ids=["less than none", "a coach party", "nothing"])
def test_a_booking_takes_one_or_some(town, count):
    (amina,) = people_in(town, "Amina")
    one = made(town, None)

    with pytest.raises(actions.NothingWanted):
        books(one, amina, parts=parts_of(one, **{"Table 1": count}))


def test_nobody_takes_a_part_of_another_gathering(town):
    (amina,) = people_in(town, "Amina")
    one, other = made(town, 2), made(town, 2)

    with pytest.raises(actions.NothingWanted):
        books(one, amina, parts=parts_of(other, **{"Table 1": 1}))


def test_a_group_s_gathering_is_for_its_people_and_another_community_s_for_nobody_here(town):
    amina, ben = people_in(town, "Amina", "Ben")
    (zoe,) = people_in(community("River Bend"), "Zoe")
    gardeners = group_of(town, amina)
    one = made(town, about={"group": gardeners, "visibility": Visibility.GROUP})

    assert books(one, amina).is_booked
    for stranger in (ben, zoe):
        with pytest.raises(actions.NotForThem):
            books(one, stranger)


def test_commissioners_take_no_place_and_neither_does_who_has_left(town):
    one = made(town, 5)
    payer = person_in(town, "Cora", roles=[Role.COMMISSIONER])
    (amina,) = people_in(town, "Amina")
    people.leave_community(membership=amina, by=amina.person, at=NOON)

    for member in (payer, amina):
        with pytest.raises(actions.NotForThem):
            books(one, member)


def test_where_a_coordinator_signs_up_nobody_does_so_alone(town):
    (amina,), cora = people_in(town, "Amina"), coordinator_in(town)
    one = made(town, 5, about={"sign_up": SignUp.COORDINATOR})

    with pytest.raises(actions.AskACoordinator):
        books(one, amina)
    booked = books(one, amina, by=cora.person, on_behalf_of=amina.person, channel=Channel.PHONE)

    assert (booked.confirmed_at, booked.channel, booked.keyed_by) == (NOON, "phone", cora.person)
    assert Notice.objects.get(person=amina.person).title == "You are signed up"


def test_who_is_signed_up_without_being_asked_is_asked_to_confirm(town):
    (amina,), cora = people_in(town, "Amina"), coordinator_in(town)
    one = made(town, 5)
    assert books(one, amina, by=cora.person).must_confirm

    confirmed = actions.confirm(gathering=one, membership=amina, by=amina.person, at=LATER)
    actions.confirm(gathering=one, membership=amina, by=amina.person, at=LATER)

    assert confirmed.confirmed_at == LATER
    assert Activity.objects.filter(did="gatherings.confirmed").count() == 1


def test_saying_no_before_ever_saying_yes_is_declining(town):
    amina, ben = people_in(town, "Amina", "Ben")
    one = made(town, 5)
    books(one, amina, by=coordinator_in(town).person)

    leaves(one, amina)
    leaves(one, ben)

    assert states(one) == {"Amina": "declined", "Ben": "declined"}
    with pytest.raises(actions.NotBooked):
        actions.confirm(gathering=one, membership=ben, by=ben.person, at=NOON)


def test_where_people_just_come_there_is_nothing_to_sign_up_for(town):
    (amina,) = people_in(town, "Amina")

    with pytest.raises(actions.NoSignUp):
        books(made(town, about={"sign_up": SignUp.NONE}), amina)


def test_nothing_is_booked_or_given_up_once_it_is_over_or_called_off(town):
    (amina,) = people_in(town, "Amina")
    one, off = made(town, 5), made(town, 5)
    books(one, amina)
    actions.call_off(gathering=off, why="Snow.", by=None, at=NOON)

    for deed in (lambda: books(off, amina), lambda: leaves(one, amina, at=END), lambda: books(one, amina, at=END)):
        with pytest.raises(actions.GatheringIsOver):
            deed()


def test_a_room_above_can_refuse_a_part_with_a_sentence_also_to_who_would_move_up(town):
    amina, ben, chris = people_in(town, "Amina", "Ben", "Chris")
    one = made(town, 1)
    for member in (amina, ben, chris):
        books(one, member)
    hooks.register_may_take("tests", lambda member, part, at: "No check." if member == ben else "")
    try:
        with pytest.raises(actions.MayNotTake, match=r"No check\."):
            books(made(town, 1), ben)
        leaves(one, amina)
    finally:
        hooks.forget_may_take("tests")

    assert states(one) == {"Amina": "called_off", "Ben": "waiting", "Chris": "booked"}


def test_who_stands_by_hears_of_a_free_place_where_nobody_waits(town):
    amina, ben = people_in(town, "Amina", "Ben")
    one = made(town, 1)
    books(one, amina)
    actions.stand_by(gathering=one, membership=ben, by=ben.person, at=NOON)
    assert taken(one) == {"Table 1": 1}
    with pytest.raises(actions.HasAPlace):
        actions.stand_by(gathering=one, membership=amina, by=amina.person, at=NOON)

    leaves(one, amina)

    assert Notice.objects.get(person=ben.person).title == "A place has come free"
    assert books(one, ben).is_booked


def test_rooms_above_hear_who_has_a_place_and_who_left(town, django_capture_on_commit_callbacks):
    amina, ben = people_in(town, "Amina", "Ben")
    one, heard = made(town, 1), []

    def note(sender, booking, signal, **_):
        heard.append((booking.membership.person.name, signal is signals.booked))

    for signal in (signals.booked, signals.left):
        signal.connect(note)
    with django_capture_on_commit_callbacks(execute=True):
        books(one, amina)
        books(one, ben)
        leaves(one, amina)

    assert heard == [("Amina", True), ("Amina", False), ("Ben", True)]


def test_who_leaves_the_community_gives_up_their_places_and_what_they_need_goes_with_them(town):
    amina, ben = people_in(town, "Amina", "Ben")
    one = made(town, 1)
    books(one, amina, needs="A lift")
    books(one, ben)

    people.leave_community(membership=amina, by=amina.person, at=LATER)
    assert states(one) == {"Amina": "called_off", "Ben": "booked"}
    people.erase_person(person=amina.person, by=amina.person, at=LATER)

    assert set(Booking.objects.values_list("needs", flat=True)) == {""}


def test_one_who_signed_up_under_two_records_holds_one_place_once_they_are_one(town):
    amina, twin, ben = people_in(town, "Amina", "Amina B", "Ben")
    cora = coordinator_in(town)
    one = made(town, 2)
    for member in (amina, twin, ben):
        books(one, member, by=cora.person)

    people.merge_members(one=amina, other=twin, by=cora.person, at=LATER)

    assert {name: state for name, state in states(one).items() if state == "booked"} == {
        "Amina": "booked", "Ben": "booked",
    }  # fmt: skip


def at_once(*acts):
    together = threading.Barrier(len(acts))
    faults = []

    def run(act):
        try:
            together.wait()
            act()
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_of_fifty_people_who_want_the_last_place_at_once_one_gets_it_and_the_others_wait_in_order(committed_db):
    town = community()
    crowd = people_in(town, *(f"Neighbor {n}" for n in range(50)))
    one = made(town, 1)

    faults = at_once(*[lambda member=member: books(one, member) for member in crowd])

    assert faults == []
    assert taken(one) == {"Table 1": 1}
    assert sorted(states(one).values()) == ["booked"] + ["waiting"] * 49
    places = Booking.objects.filter(gathering=one).in_line().values_list("place_in_line", flat=True)
    assert list(places) == list(range(1, 50))


def test_ten_who_leave_while_ten_wait_make_room_for_all_of_them(committed_db):
    town = community()
    first, second = (people_in(town, *(f"{word} {n}" for n in range(10))) for word in ("First", "Second"))
    one = made(town, 10)
    for member in (*first, *second):
        books(one, member)

    faults = at_once(*[lambda member=member: leaves(one, member) for member in first])

    assert faults == []
    assert taken(one) == {"Table 1": 10}
    assert {name for name, state in states(one).items() if state == "booked"} == {f"Second {n}" for n in range(10)}


steps = st.lists(
    st.tuples(st.sampled_from(["book", "leave"]), st.integers(0, 4), st.integers(0, 2), st.integers(0, 2)),
    max_size=14,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_people_do_what_is_taken_is_what_is_held_and_nobody_who_fits_is_left_waiting(town, steps):
    members = people_in(town, *(f"Neighbor {n}" for n in range(5)))
    one = made(town, parts=[actions.PartTold("a", 3), actions.PartTold("b", 2, PartKind.EXTRA)])
    for deed, who, a, b in steps:
        try:
            if deed == "book":
                books(one, members[who], parts=parts_of(one, a=a, b=b))
            else:
                leaves(one, members[who])
        except (actions.NoRoom, actions.NothingWanted):
            continue

    held = {name: 0 for name in "ab"}
    for seat in Seat.objects.filter(booking__gathering=one, booking__state="booked").select_related("part"):
        held[seat.part.name] += seat.count
    assert taken(one) == held
    free = {part.pk: part.free for part in Part.objects.filter(gathering=one)}
    for booking in Booking.objects.filter(gathering=one).in_line().with_seats():
        assert any(seat.count > free[seat.part_id] for seat in booking.seats.all())
