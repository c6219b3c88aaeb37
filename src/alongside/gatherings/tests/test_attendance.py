"""Who came: marks once each, minutes that somebody else saw, contradictions that wait, and the closing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.gatherings import actions, signals
from alongside.gatherings.models import Attendance, Mark
from alongside.gatherings.tests.gatherings import END, NOON, START, books, made, marks, presence
from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.models import UndoOffer
from alongside.people.tests.factories import community, coordinator_in, people_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def scene():
    """A gathering with two who have a place, and who looks after it."""
    town = community()
    amina, ben = people_in(town, "Amina", "Ben")
    cora = coordinator_in(town)
    one = made(town, 5)
    books(one, amina)
    books(one, ben)
    return one, amina, ben, cora


def count():
    return Mark.objects.count()


def paper(one, member, said, cora, **terms):
    return marks(one, member, said, cora, channel=Channel.PAPER, **terms)


def test_the_same_mark_twice_has_one_effect_by_its_key_and_by_its_word(scene):
    one, amina, _ben, cora = scene
    key = uuid4()

    for _again in range(2):
        marks(one, amina, "came", cora, key=key)
    marks(one, amina, "came", cora)

    assert count() == 1
    assert presence(one, amina).state == "came"
    assert list(Attendance.objects.came().values_list("membership", flat=True)) == [amina.pk]


def test_who_had_no_place_is_a_walk_in(scene):
    one, amina, _ben, cora = scene
    (dana,) = people_in(one.community, "Dana")

    assert [marks(one, who, "came", cora).is_walk_in for who in (amina, dana)] == [False, True]


def test_the_last_word_on_the_screen_counts(scene):
    one, amina, _ben, cora = scene
    marks(one, amina, "came", cora)

    row = marks(one, amina, "did_not", cora)

    assert (row.state, row.is_disputed, count()) == ("did_not", False, 2)


def test_minutes_lie_between_in_and_out_as_somebody_else_saw_them(scene):
    one, amina, ben, cora = scene
    for member, by in ((amina, cora), (ben, ben)):
        marks(one, member, "in", by, moment=START)
        marks(one, member, "out", by, moment=START + timedelta(minutes=45))

    assert presence(one, amina).minutes == 45
    assert presence(one, ben).minutes is None
    marks(one, ben, "out", cora, moment=START + timedelta(minutes=45))
    assert (presence(one, ben).minutes, presence(one, ben).attested_by) == (45, cora.person)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        pytest.param("in", START - timedelta(hours=4), id="before the doors open"),
        pytest.param("in", END + timedelta(hours=1), id="in the future"),
        pytest.param("out", START, id="out when coming in"),
        pytest.param("in", None, id="no time at all"),
        pytest.param("came", START, id="a time nobody asked for"),
    ],
)
def test_a_time_that_cannot_be_is_refused(scene, said, moment):
    one, amina, _ben, cora = scene
    marks(one, amina, "in", cora, moment=START)

    with pytest.raises(actions.TimeDoesNotFit):
        marks(one, amina, said, cora, moment=moment)


def test_nobody_is_ticked_before_the_doors_open_or_where_it_is_called_off(scene):
    one, amina, _ben, cora = scene
    with pytest.raises(actions.NotYetBegun):
        marks(one, amina, "came", cora, at=NOON)
    actions.call_off(gathering=one, why="Snow.", by=cora.person, at=NOON)

    with pytest.raises(actions.GatheringIsOver):
        marks(one, amina, "came", cora)


def test_paper_that_contradicts_the_screen_is_shown_and_swallowed_by_nobody(scene):
    one, amina, ben, cora = scene
    marks(one, amina, "did_not", cora)
    marks(one, ben, "in", cora, moment=START)

    paper(one, amina, "came", cora)
    paper(one, ben, "in", cora, moment=START + timedelta(minutes=20))

    assert set(Attendance.objects.disputed()) == {presence(one, amina), presence(one, ben)}
    assert presence(one, amina).state == "did_not"
    assert not Attendance.objects.came().exists()
    assert presence(one, amina).contradicted_by.said == "came"


def test_paper_that_agrees_or_adds_a_time_contradicts_nothing(scene):
    one, amina, _ben, cora = scene
    marks(one, amina, "in", cora, moment=START)

    paper(one, amina, "came", cora)
    row = paper(one, amina, "out", cora, moment=END)

    assert (row.is_disputed, row.minutes) == (False, 60)


def test_a_coordinator_settles_it_but_not_about_themself(scene):
    one, amina, _ben, cora = scene
    books(one, cora)
    for member in (amina, cora):
        marks(one, member, "did_not", cora)
        paper(one, member, "came", cora)

    given = {"came": True, "by": cora.person, "at": END}
    with pytest.raises(actions.OwnCase):
        actions.settle(attendance=presence(one, cora), key=uuid4(), **given)
    actions.settle(attendance=presence(one, amina), key=uuid4(), **given)

    row = presence(one, amina)
    assert (row.state, row.is_disputed) == ("came", False)
    with pytest.raises(actions.NothingToSettle):
        actions.settle(attendance=row, key=uuid4(), **given)


def test_closing_counts_who_was_not_marked_as_not_there_and_is_told_once(scene, django_capture_on_commit_callbacks):
    one, amina, ben, cora = scene
    heard = []

    def note(sender, gathering, **_):
        heard.append(gathering.pk)

    signals.attendance_closed.connect(note)
    marks(one, amina, "came", cora)
    with pytest.raises(actions.NotYetBegun):
        actions.close_attendance(gathering=one, by=cora.person, at=START - timedelta(minutes=1))

    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(2):
            actions.close_attendance(gathering=one, by=cora.person, at=END)

    assert heard == [one.pk]
    assert presence(one, ben).state == "did_not"
    assert Attendance.objects.came().get() == presence(one, amina)


def test_a_mark_after_the_closing_waits_to_be_settled_and_then_rooms_above_hear(
    scene, django_capture_on_commit_callbacks
):
    one, _amina, ben, cora = scene
    (dana,) = people_in(one.community, "Dana")
    heard = []

    def note(sender, attendance, **_):
        heard.append(attendance.membership.person.name)

    signals.attendance_settled.connect(note)
    actions.close_attendance(gathering=one, by=cora.person, at=END)

    for member in (ben, dana):
        marks(one, member, "came", cora, at=END + timedelta(days=1))

    assert set(Attendance.objects.disputed()) == {presence(one, ben), presence(one, dana)}
    assert not Attendance.objects.came().exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.settle(attendance=presence(one, dana), came=True, by=cora.person, at=END, key=uuid4())
    assert heard == ["Dana"]


def test_a_mark_can_be_taken_back_for_ten_seconds_and_both_entries_stay(scene):
    one, amina, _ben, cora = scene
    marks(one, amina, "in", cora, moment=START)
    marks(one, amina, "did_not", cora, at=END + timedelta(minutes=1))

    offer = UndoOffer.objects.latest("made_at")
    undo.perform(id=offer.pk, by=cora.person_id, at=END + timedelta(minutes=1, seconds=5))

    row = presence(one, amina)
    assert (row.state, row.in_at, row.attested_by) == ("came", START, cora.person)
    assert list(Mark.objects.order_by("id").values_list("said", flat=True)) == ["in", "did_not", "taken_back"]


def test_a_sheet_finds_people_by_the_numbers_it_was_printed_with(scene):
    one, amina, _ben, cora = scene
    sheet = actions.print_sheet(gathering=one, by=cora.person, at=START)
    (zoe,) = people_in(one.community, "Aaron")
    books(one, zoe)
    given = {"sheet": sheet, "by": cora.person, "at": END, "key": uuid4()}

    for _again in range(2):
        actions.enter_sheet(signed=[2], walk_ins=[zoe], **given)

    assert {one.membership.person.name for one in Attendance.objects.came().with_people()} == {"Ben", "Aaron"}
    assert count() == 2
    assert not Attendance.objects.filter(membership=amina).exists()
    with pytest.raises(actions.NotOnTheSheet) as refused:
        actions.enter_sheet(signed=[1, 9], **{**given, "key": uuid4()})
    assert refused.value.numbers == [9]
    assert count() == 2


def test_where_all_who_came_have_signed_the_others_did_not_come(scene):
    one, amina, ben, cora = scene
    sheet = actions.print_sheet(gathering=one, by=cora.person, at=START)
    marks(one, amina, "came", cora)

    actions.enter_sheet(sheet=sheet, signed=[2], all_signed=True, by=cora.person, at=END, key=uuid4())

    assert presence(one, ben).state == "came"
    assert presence(one, amina).is_disputed


def test_hours_on_a_sheet_are_those_that_who_keys_it_in_has_read(scene):
    one, amina, _ben, cora = scene
    sheet = actions.print_sheet(gathering=one, by=cora.person, at=START)
    times = {1: actions.Times(START, START + timedelta(minutes=50))}

    actions.enter_sheet(sheet=sheet, signed=[], times=times, by=cora.person, at=END, key=uuid4())

    row = presence(one, amina)
    assert (row.state, row.minutes, row.attested_by) == ("came", 50, cora.person)


def test_nobody_of_another_community_is_marked(scene):
    one, _amina, _ben, cora = scene
    (zoe,) = people_in(community("River Bend"), "Zoe")

    with pytest.raises(actions.NotForThem):
        marks(one, zoe, "came", cora)
    assert not Attendance.objects.exists()
