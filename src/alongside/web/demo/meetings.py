"""Meetings of Millbrook: one whose minutes both sides approved, with what people took on; one that is coming."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.decisions import actions as decisions
from alongside.decisions.models import AgendaItem, Decision, Meeting, Proposal, Undertaking
from alongside.decisions.permissions.proposals import sides_of
from alongside.web.demo.history import Town

THERE = (
    ("Amina Yusuf", "uses"), ("Ben Okafor", "uses"), ("Walter Finch", "uses"), ("Hanna Weiss", "uses"),
    ("Grace Osei", "uses"), ("Cora Lindqvist", "provides"), ("Daniel Brody", "provides"), ("Priya Nair", "provides"),
)  # fmt: skip
# Who brought it, what, minutes, what was said, what was agreed.
TALKED_ABOUT = (
    (
        "Walter Finch", "The hall is cold before lunch", 15,
        "The heating starts at eleven. People who come early to lay the tables sit in their coats."
        " The library says the clock of the heating can be set by us.",
        "The heating starts at nine on Fridays. We look at the bill after two months.",
    ),
    (
        "Grace Osei", "Who greets people at the door?", 10,
        "New people stand about and do not know where to sit. Three would take a turn. Hanna offers to show how.",
        "Somebody greets at the door from half past eleven to twelve, in turns.",
    ),
)  # fmt: skip


def hold(town: Town, *, at: datetime) -> None:
    """The lunch meeting was twelve days ago; the spring meeting is in nine days.

    A town so young that some of them were not here yet has held no meeting.
    """
    before = town.community.day_of(at - timedelta(days=25))
    if not all(sides_of(town.by_name[name], on=before) for name in (*dict(THERE), "Joon Park")):
        return
    following = _coming(town, at=at)
    _over(town, following, at=at)


def _start(town: Town, day: datetime) -> datetime:
    return datetime.combine(day.date(), time(14, 0), tzinfo=ZoneInfo(town.community.time_zone))


def _called(town: Town, title: str, purpose: str, starts_at: datetime, *, at: datetime) -> Meeting:
    stella = town.by_name["Stella Marsh"]
    return decisions.call_meeting(
        membership=stella,
        told=decisions.MeetingTold(
            title=title,
            purpose=purpose,
            starts_at=starts_at,
            minutes=60,
            place="Library, the room with the long table",
            phone="01632 960998",
            access="No steps. There is a hearing loop. Say when you need a lift there.",
        ),
        by=stella.person,
        at=at,
        key=town.key("meeting", title),
    )


def _brought(town: Town, meeting: Meeting, name: str, told: decisions.ItemTold, *, at: datetime) -> AgendaItem:
    member = town.by_name[name]
    return decisions.bring_item(
        meeting=meeting, membership=member, told=told, by=member.person, at=at, key=town.key("item", told.title)
    )


def _coming(town: Town, *, at: datetime) -> Meeting:
    meeting = _called(
        town, "Spring meeting", "What we do more of this spring, and who does it. Tea and cake after.",
        _start(town, at + timedelta(days=9)), at=at - timedelta(days=6),
    )  # fmt: skip
    lunch = Proposal.objects.of(town.community).get(title="The lunch club on two days")
    garden = Decision.objects.of(town.community).get(proposal__title="The garden is open on Sunday mornings")
    brought = at - timedelta(days=4)
    _brought(
        town, meeting, "Amina Yusuf",
        decisions.ItemTold(
            "The lunch club on two days", 25, "It was talked over for two weeks. Let us see how both sides feel.", lunch
        ),
        at=brought,
    )  # fmt: skip
    _brought(
        town, meeting, "Walter Finch",
        decisions.ItemTold("How are the Sunday mornings in the garden?", 15, decision=garden), at=brought,
    )  # fmt: skip
    _brought(
        town, meeting, "Joon Park",
        decisions.ItemTold("Lending tools at the weekend", 30, "The shed is locked when people have time."), at=brought,
    )  # fmt: skip
    for name, needs in (("Amina Yusuf", ""), ("Hanna Weiss", "A lift there"), ("Joon Park", "")):
        member = town.by_name[name]
        decisions.say_coming(
            meeting=meeting, membership=member, comes=True, needs=needs, by=member.person, at=at - timedelta(days=2)
        )
    return meeting


def _over(town: Town, following: Meeting, *, at: datetime) -> None:
    start = _start(town, at - timedelta(days=12))
    meeting = _called(
        town, "Lunch meeting", "How Friday lunch goes, and what would make it better.", start,
        at=start - timedelta(days=10),
    )  # fmt: skip
    early, stella = start - timedelta(days=8), town.by_name["Stella Marsh"]
    items = [
        _brought(town, meeting, name, decisions.ItemTold(title, minutes), at=early)
        for name, title, minutes, _said, _agreed in TALKED_ABOUT
    ]
    left = _brought(town, meeting, "Ben Okafor", decisions.ItemTold("Music on Fridays?", 20), at=early)
    came = {town.by_name[name]: decisions.Seat(side) for name, side in THERE}
    decisions.keep_attendance(meeting=meeting, came=came, visitors=2, by=stella.person, at=start)
    for number, (item, told) in enumerate(zip(items, TALKED_ABOUT, strict=True)):
        moment = start + timedelta(minutes=4 + 24 * number)
        decisions.take_item(item=item, by=stella.person, at=moment)
        writer = town.by_name["Priya Nair"]
        decisions.write_passage(
            item=item, membership=writer, said=told[3], agreed=told[4], number=0, by=writer.person, at=moment
        )
    end = start + timedelta(minutes=62)
    meeting = decisions.end_meeting(meeting=meeting, by=stella.person, at=end)
    decisions.carry_item(item=left, to=following, by=stella.person, at=at - timedelta(days=5))
    _took_on(town, meeting, items, at=end)
    decisions.put_minutes_forward(meeting=meeting, by=stella.person, at=end + timedelta(days=1))
    for name, _side in THERE:
        member = town.by_name[name]
        decisions.approve_minutes(
            meeting=meeting, membership=member, revision=1, by=member.person, at=end + timedelta(days=2)
        )


def _took_on(town: Town, meeting: Meeting, items: list[AgendaItem], *, at: datetime) -> None:
    """One thing is done, one is due, and somebody who was not there is asked."""
    writer = town.by_name["Priya Nair"]
    made: list[Undertaking] = [
        decisions.undertake(
            meeting=meeting,
            membership=writer,
            what=what,
            owner=town.by_name[name],
            due_on=town.community.day_of(at + timedelta(days=days)),
            item=items[number],
            by=writer.person,
            at=at,
            key=town.key("undertaking", what),
        )
        for what, name, days, number in (
            ("Set the clock of the heating", "Daniel Brody", 5, 0),
            ("Make a list of turns at the door", "Hanna Weiss", 19, 1),
            ("Look at the heating bill", "Tomás Herrera", 60, 0),
        )
    ]
    daniel = town.by_name["Daniel Brody"]
    decisions.end_undertaking(
        undertaking=made[0],
        done=True,
        word="It starts at nine now. The tables are laid by ten.",
        by=daniel.person,
        at=at + timedelta(days=4),
    )
