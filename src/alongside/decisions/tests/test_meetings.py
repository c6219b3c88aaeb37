"""Meetings: called, changed, called off; their agendas, and who was there."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.decisions import actions, calendar_entries
from alongside.decisions.models import AgendaItem, Attendance, Coming, Meeting
from alongside.decisions.tests.meetings import END, NOON, START, brought, called, scene, seated
from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.notices.models import Notice
from alongside.people.models import BodyMember, Group
from alongside.people.tests.factories import TODAY, child_in, community, coordinator_in, person_in, standing_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=4, provides=2)


@pytest.fixture
def cora(place):
    return coordinator_in(place.town)


def told(**changes):
    return actions.MeetingTold(**{"title": "Kitchen", "starts_at": START, "minutes": 60, "place": "Hall", **changes})


def notices(kind="decisions.meeting"):
    return Notice.objects.filter(kind=kind)


def group_of(place, *members):
    group = Group.objects.create(community=place.town, name="Gardeners", made_at=NOON)
    for member in members:
        BodyMember.objects.create(
            community=place.town, membership=member, group=group, part=BodyMember.Part.BELONGS, since=TODAY
        )
    return group


def test_everybody_hears_of_a_meeting_but_who_called_it_and_it_is_called_once_a_form(place, cora):
    key = uuid4()
    first = called(cora, key=key)
    again = called(cora, key=key)

    assert first == again
    assert set(notices().values_list("person", flat=True)) == {one.person_id for one in place.everybody}
    assert Activity.objects.filter(did="decisions.meeting_called").count() == 1


def test_a_meeting_of_a_group_is_told_to_its_people_alone(place, cora):
    ana, ben = place.everybody[:2]
    called(cora, group=group_of(place, ana, ben))

    assert set(notices().values_list("person", flat=True)) == {ana.person_id, ben.person_id}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"starts_at": NOON}, actions.StartsTooSoon), ({"place": ""}, actions.NoWayThere)],
    ids=["in the past", "nowhere"],
)
def test_a_meeting_is_still_to_come_and_somewhere(cora, changes, refusal):
    with pytest.raises(refusal):
        actions.call_meeting(membership=cora, told=told(**changes), by=cora.person, at=NOON, key=uuid4())


def test_a_change_is_told_with_its_reason_to_all_but_those_who_cannot_come(place, cora):
    meeting, (ana, ben) = called(cora), place.everybody[:2]
    for member, comes in ((ana, True), (ben, False)):
        actions.say_coming(meeting=meeting, membership=member, comes=comes, by=member.person, at=NOON)
    Notice.objects.all().delete()

    actions.change_meeting(
        meeting=meeting, told=told(place="Garden"), why="The hall is cold.", seen=NOON, by=cora.person, at=NOON
    )

    texts = {one.person_id: one.body for one in notices()}
    assert "The hall is cold." in texts[ana.person_id]
    assert "Garden" in texts[ana.person_id]
    assert ben.person_id not in texts


def test_of_two_who_change_a_meeting_at_once_one_is_faster(cora):
    meeting = called(cora)
    changed = {"told": told(), "why": "x", "seen": NOON, "by": cora.person}
    actions.change_meeting(meeting=meeting, at=NOON + timedelta(minutes=1), **changed)

    with pytest.raises(SomeoneElseWasFaster):
        actions.change_meeting(meeting=meeting, at=NOON + timedelta(minutes=2), **changed)


def test_a_meeting_is_called_off_for_a_reason_once_and_not_after_it_began(place, cora):
    meeting = called(cora)
    with pytest.raises(actions.ReasonMissing):
        actions.call_off_meeting(meeting=meeting, why=" ", by=cora.person, at=NOON)

    actions.call_off_meeting(meeting=meeting, why="Snow.", by=cora.person, at=NOON)

    assert "Snow." in notices().order_by("-made_at", "-id").first().body
    with pytest.raises(actions.MeetingIsOver):
        actions.call_off_meeting(meeting=meeting, why="Rain.", by=cora.person, at=NOON)
    with pytest.raises(actions.MeetingIsOver):
        brought(meeting, place.everybody[0])
    begun = called(cora)
    actions.take_item(item=brought(begun, place.everybody[0]), by=cora.person, at=START)
    with pytest.raises(actions.MeetingIsOver):
        actions.call_off_meeting(meeting=begun, why="Rain.", by=cora.person, at=START)


def test_what_somebody_says_last_about_coming_counts_and_how_it_came_is_kept(place, cora):
    meeting, ana = called(cora), place.everybody[0]
    actions.say_coming(meeting=meeting, membership=ana, comes=False, by=ana.person, at=NOON)
    actions.say_coming(
        meeting=meeting, membership=ana, comes=True, needs="A lift", by=cora.person, at=NOON, on_behalf_of=ana.person,
        channel="phone",
    )  # fmt: skip

    said = Coming.objects.get()
    assert (said.comes, said.needs, said.channel, said.keyed_by) == (True, "A lift", "phone", cora.person)


def test_nobody_from_elsewhere_or_outside_the_group_comes_or_brings_anything(place, cora):
    stranger = person_in(community("Elsewhere"), "Eve")
    ana, ben = place.everybody[:2]
    of_group = called(cora, group=group_of(place, ana))

    for member in (stranger, ben):
        with pytest.raises(actions.NotInvited):
            actions.say_coming(meeting=of_group, membership=member, comes=True, by=member.person, at=NOON)
        with pytest.raises(actions.NotInvited):
            brought(of_group, member)


def test_a_matter_stands_last_is_told_to_who_called_and_can_be_taken_back_for_ten_seconds(place, cora):
    meeting, ana = called(cora), place.everybody[0]
    first, second = brought(meeting, ana, "One"), brought(meeting, ana, "Two")

    assert list(AgendaItem.objects.on(meeting).in_order()) == [first, second]
    assert notices("decisions.agenda").filter(person=cora.person).count() == 2
    offer = UndoOffer.objects.get(args__row=str(second.pk))
    undo.perform(id=offer.pk, by=ana.person_id, at=NOON + timedelta(seconds=5))
    assert list(AgendaItem.objects.on(meeting)) == [first]
    assert notices("decisions.agenda").count() == 1


def test_what_is_to_be_decided_is_told_to_everybody(place, cora):
    meeting = called(cora)
    brought(meeting, place.everybody[0], told={"proposal": place.proposal, "decides": True})

    people = set(notices("decisions.agenda").values_list("person", flat=True))
    assert people == {one.person_id for one in [*place.everybody, cora]} - {place.everybody[0].person_id}


def test_a_group_deals_with_its_own_proposals_and_nobody_with_closed_ones(place, cora):
    ana = place.everybody[0]
    of_group, of_all = called(cora, group=group_of(place, ana)), called(cora)
    with pytest.raises(actions.NotForThisMeeting):
        brought(of_group, ana, told={"proposal": place.proposal})

    type(place.proposal).objects.filter(pk=place.proposal.pk).update(state="decided")

    with pytest.raises(actions.NotForThisMeeting):
        brought(of_all, ana, told={"proposal": place.proposal})


def test_a_facilitator_orders_the_agenda_and_what_was_brought_meanwhile_keeps_its_place(place, cora):
    meeting, ana = called(cora), place.everybody[0]
    one, two = brought(meeting, ana, "One"), brought(meeting, ana, "Two")
    later = brought(meeting, ana, "Three")

    actions.arrange(
        meeting=meeting, places={one: actions.Place(2, 5), two: actions.Place(1, 15)}, by=cora.person, at=NOON
    )

    rows = AgendaItem.objects.on(meeting).in_order()
    assert [(row.title, row.minutes) for row in rows] == [("Two", 15), ("One", 5), ("Three", 20)]
    assert later.place == 3


def test_what_was_not_reached_is_moved_once_or_dropped_with_a_word_to_who_brought_it(place, cora):
    meeting, following = called(cora), called(cora, starts_at=START + timedelta(days=7))
    ana = place.everybody[0]
    one, two = brought(meeting, ana, "One"), brought(meeting, ana, "Two")

    moved = actions.carry_item(item=one, to=following, by=cora.person, at=END)
    actions.drop_item(item=two, why="The landlord does it.", by=cora.person, at=END)

    assert (moved.meeting, moved.carried_from, moved.brought_by) == (following, one, ana)
    bodies = " ".join(notices("decisions.agenda").filter(person=ana.person).values_list("body", flat=True))
    assert "The landlord does it." in bodies
    with pytest.raises(SomeoneElseWasFaster):
        actions.carry_item(item=one, to=following, by=cora.person, at=END)
    with pytest.raises(actions.NowhereToCarry):
        actions.carry_item(item=moved, to=following, by=cora.person, at=END)


def test_attendance_is_ticked_from_an_hour_before_by_side_and_two_may_tick_at_once(place, cora):
    meeting = called(cora)
    with pytest.raises(actions.NotYetBegun):
        seated(meeting, place, at=START - timedelta(hours=2))

    seated(meeting, place, at=START - timedelta(minutes=30))
    third = place.sides["uses"][2]
    actions.keep_attendance(meeting=meeting, came={third: actions.Seat("uses", "phone")}, by=cora.person, at=START)
    actions.keep_attendance(
        meeting=meeting, came={}, gone=[place.sides["uses"][0]], visitors=3, by=cora.person, at=START
    )

    assert Attendance.objects.count() == 4
    assert Attendance.objects.get(membership=third).way == "phone"
    assert Meeting.objects.get().visitors == 3


def test_a_tick_that_stays_is_still_the_word_of_whoever_made_it(place, cora):
    meeting, carl = called(cora), coordinator_in(place.town, "Carl")
    ana, ben = place.everybody[:2]
    in_the_room = actions.Seat("uses")
    actions.keep_attendance(meeting=meeting, came={ana: in_the_room}, by=cora.person, at=START)

    later = START + timedelta(minutes=5)
    actions.keep_attendance(meeting=meeting, came={ana: in_the_room, ben: in_the_room}, by=carl.person, at=later)

    kept = Attendance.objects.order_by("at").values_list("membership", "keyed_by", "at")
    assert list(kept) == [(ana.pk, cora.person_id, START), (ben.pk, carl.person_id, later)]


def test_nobody_is_there_for_a_side_that_is_not_theirs_nor_a_child_nor_somebody_from_elsewhere(place, cora):
    meeting = called(cora)
    with pytest.raises(actions.NotASideOfTheirs):
        actions.keep_attendance(
            meeting=meeting, came={place.sides["uses"][0]: actions.Seat("provides")}, by=cora.person, at=START
        )
    for member in (child_in(place.town, "Kim"), person_in(community("Elsewhere"), "Eve")):
        with pytest.raises(actions.NotInvited):
            actions.keep_attendance(meeting=meeting, came={member: actions.Seat("uses")}, by=cora.person, at=START)


def test_one_matter_is_talked_about_at_a_time_and_its_minutes_are_counted(place, cora):
    meeting, ana = called(cora), place.everybody[0]
    one, two = brought(meeting, ana, "One", wanted=10), brought(meeting, ana, "Two")

    actions.take_item(item=one, by=cora.person, at=START)
    actions.take_item(item=two, by=cora.person, at=START + timedelta(minutes=12))

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, one.seconds_spent(END), one.began_at) == ("dealt_with", 12 * 60, None)
    assert two.seconds_spent(START + timedelta(minutes=20)) == 8 * 60
    meeting.refresh_from_db()
    assert meeting.begun_at == START
    ended = actions.end_meeting(meeting=meeting, by=cora.person, at=END)
    assert ended.is_over
    with pytest.raises(actions.MeetingIsOver):
        actions.take_item(item=one, by=cora.person, at=END)


def test_a_meeting_cannot_begin_days_before_its_time(place, cora):
    item = brought(called(cora), place.everybody[0])
    with pytest.raises(actions.NotYetBegun):
        actions.take_item(item=item, by=cora.person, at=NOON)


def test_what_somebody_undertakes_is_due_on_a_day_still_to_come(place, cora):
    meeting, ana = seated(called(cora), place), place.everybody[0]
    with pytest.raises(actions.DueTooSoon):
        actions.undertake(
            meeting=meeting, membership=cora, what="Buy lamps", owner=ana, due_on=date(2026, 3, 1), by=cora.person,
            at=START, key=uuid4(),
        )  # fmt: skip


def test_a_meeting_stands_in_the_calendar_of_those_it_is_for(place, cora):
    ana, ben = place.everybody[:2]
    meeting = called(cora, group=group_of(place, ana))
    actions.say_coming(meeting=meeting, membership=ana, comes=True, by=ana.person, at=NOON)

    def seen(member):
        found = calendar_entries.meetings(standing_for(member), START, START + timedelta(days=1))
        return [(entry.title, entry.is_mine) for entry in found]

    assert (seen(ana), seen(cora), seen(ben)) == ([("Kitchen meeting", True)], [("Kitchen meeting", False)], [])
