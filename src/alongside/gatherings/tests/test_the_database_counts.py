"""The guards of migration 0002, each tried from a shell."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.gatherings.models import Attendance, Booking, Mark, Part, Seat
from alongside.gatherings.tests.gatherings import END, START, books, made, marks, presence, taken
from alongside.people.tests.factories import community, coordinator_in, people_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def scene():
    town = community()
    amina, ben = people_in(town, "Amina", "Ben")
    one = made(town, 1)
    books(one, amina)
    books(one, ben)
    return one, amina, ben


def refused(deed):
    with pytest.raises(IntegrityError), transaction.atomic():
        deed()


def test_what_is_taken_cannot_be_written_by_hand(scene):
    one, _amina, _ben = scene

    for number in (0, 2, 5):
        refused(lambda number=number: Part.objects.filter(gathering=one).update(taken=number))
    refused(
        lambda: Part.objects.create(
            community=one.community, gathering=one, name="Late", size=5, taken=1, position=3
        )
    )  # fmt: skip
    assert taken(one) == {"Table 1": 1}


def test_a_place_too_many_is_refused_by_the_database_itself(scene):
    one, _amina, ben = scene
    waiting = Booking.objects.filter(membership=ben)

    refused(lambda: waiting.update(state="booked", place_in_line=None))
    refused(lambda: Booking.objects.filter(gathering=one).update(state="booked", place_in_line=None))
    assert taken(one) == {"Table 1": 1}


def test_states_and_seats_that_go_many_at_once_are_counted(scene):
    one, _amina, _ben = scene

    Booking.objects.filter(gathering=one).update(state="called_off", place_in_line=None, confirmed_at=None)
    assert taken(one) == {"Table 1": 0}
    Booking.objects.filter(gathering=one, membership=_amina).update(state="booked")
    assert taken(one) == {"Table 1": 1}
    Seat.objects.filter(booking__gathering=one).delete()
    assert taken(one) == {"Table 1": 0}


def test_a_seat_is_of_the_gathering_that_is_booked_and_stays(scene):
    one, amina, _ben = scene
    other = made(one.community, 5)
    elsewhere = Part.objects.get(gathering=other)
    booking = Booking.objects.get(membership=amina)

    refused(lambda: Seat.objects.create(community=one.community, booking=booking, part=elsewhere, count=1))
    refused(lambda: Seat.objects.filter(booking=booking).update(count=2))
    refused(lambda: Part.objects.filter(pk=elsewhere.pk).update(gathering=one))
    refused(lambda: Booking.objects.filter(pk=booking.pk).update(gathering=other))


def test_a_mark_is_neither_changed_nor_deleted(scene):
    one, amina, _ben = scene
    marks(one, amina, "came", coordinator_in(one.community))

    refused(lambda: Mark.objects.update(said="did_not"))
    refused(lambda: Mark.objects.update(at=START))
    refused(lambda: Mark.objects.update(key=uuid4()))
    refused(lambda: Mark.objects.all()._raw_delete("default"))
    assert Mark.objects.get().said == "came"


def test_nobody_attests_their_own_time(scene):
    one, amina, _ben = scene
    marks(one, amina, "in", amina, moment=START)
    marks(one, amina, "out", amina, moment=START + timedelta(minutes=30))
    mine = Attendance.objects.filter(pk=presence(one, amina).pk)

    refused(lambda: mine.update(attested_by=amina.person, minutes=30))
    refused(lambda: mine.update(minutes=30))
    refused(
        lambda: Attendance.objects.create(
            community=one.community, gathering=made(one.community, 3), membership=amina, state="came", changed_at=END,
            attested_by=amina.person,
        )
    )  # fmt: skip


@pytest.mark.sqlite_only
@pytest.mark.parametrize("table", ["gatherings_booking", "gatherings_part", "gatherings_mark"])
def test_no_row_is_put_in_the_place_of_another(scene, table):
    one, amina, _ben = scene
    marks(one, amina, "came", coordinator_in(one.community))

    def replace():
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")

    refused(replace)
