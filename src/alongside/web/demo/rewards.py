"""How Millbrook says thank you: a day at the youth club, tickets for those who stayed, and a draw that is open."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alongside.gatherings import actions as gatherings
from alongside.people.models import Membership
from alongside.programs import shipped
from alongside.programs.models import Program
from alongside.rewards import actions as rewards
from alongside.rewards.models import Entitlement, Reward
from alongside.web.demo import programs
from alongside.web.demo.history import Town

# Who stayed for how many minutes; four hours earn a ticket.
STAYED = {
    "Walter Finch": 250, "Amina Yusuf": 245, "Grace Osei": 300, "Hanna Weiss": 285, "Priya Nair": 240,
    "Joon Park": 260, "Ruth Hollis": 180, "Ben Okafor": 239,
}  # fmt: skip
ANSWERS = {
    "project": "Paint the youth club and plant its garden",
    "ticket": "A ticket for the summer concert",
    "tickets": 40,
    "place": "The youth club",
}
DAYS_AGO, DAYS_OPEN = 12, 9


def thank(town: Town, *, at: datetime) -> None:
    """One day was held, one ticket was handed over, one note is on paper; in a town too young for it nothing was."""
    if not all(name in town.by_name for name in STAYED):
        return
    blueprint = next(each for each in shipped.shipped() if "rewards" in each.sections)
    program = programs.started(
        town, blueprint.id, "A day for the youth club", ANSWERS, by="Daniel Brody", at=at - timedelta(days=60)
    )
    people = {name: town.by_name[name] for name in STAYED}
    programs.join(town, program, list(people.values()), at=at - timedelta(days=50))
    _day(town, program, people, at=at)
    _use(town, program, at=at)
    _draw(town, program, people, at=at)


def _day(town: Town, program: Program, people: dict[str, Membership], *, at: datetime) -> None:
    """Cora saw everybody come and go, and closed the list."""
    zone, cora = ZoneInfo(town.community.time_zone), town.by_name["Cora Lindqvist"].person
    day = town.community.day_of(at) - timedelta(days=DAYS_AGO)
    starts_at = datetime.combine(day, time(10), zone)
    told = gatherings.Told("A day for the youth club", 330, group=program.group)
    held = gatherings.make_gathering(
        community=town.community, told=told, starts_at=starts_at, by=cora, at=starts_at - timedelta(days=20),
        key=town.key("gathering", told.title),
    )  # fmt: skip
    until = starts_at + timedelta(hours=7)
    for name, minutes in STAYED.items():
        for said, moment in (("in", starts_at), ("out", starts_at + timedelta(minutes=minutes))):
            gatherings.mark(
                gathering=held, membership=people[name], said=said, moment=moment, by=cora, at=until,
                key=town.key("there", told.title, name, said),
            )  # fmt: skip
    gatherings.close_attendance(gathering=held, by=cora, at=until)
    rewards.issue_due(program=program, by=None, at=at)


def _use(town: Town, program: Program, *, at: datetime) -> None:
    """Hanna has hers already; Walter has a note on paper."""
    cora = town.by_name["Cora Lindqvist"].person
    ready = Entitlement.objects.in_program(program).in_hand().with_rewards().select_related("membership")
    by_name: dict[str, Any] = {row.membership.person.name: row for row in ready}
    for row in by_name.values():
        row.community = row.reward.community = row.membership.community = town.community
    rewards.redeem(entitlement=by_name["Hanna Weiss"], by=cora, at=at)
    rewards.print_note(entitlement=by_name["Walter Finch"], by=cora, at=at)


def _draw(town: Town, program: Program, people: dict[str, Membership], *, at: datetime) -> None:
    """It is open for nine days yet, and three are in."""
    zone, today = ZoneInfo(town.community.time_zone), town.community.day_of(at)
    drawn = Reward.objects.on(program).got_by(Reward.Way.DRAWN).select_related("program").first()
    if drawn is None:
        return
    drawn.community = drawn.program.community = town.community
    closes_on = today + timedelta(days=DAYS_OPEN)
    draw = rewards.announce_draw(
        reward=drawn, prizes=2, from_day=today - timedelta(days=DAYS_AGO), until_day=today,
        closes_at=datetime.combine(closes_on, time(), zone), number_at=datetime.combine(closes_on, time(12), zone),
        by=town.by_name["Cora Lindqvist"].person, at=at, key=town.key("draw", program.title),
    )  # fmt: skip
    for name in ("Amina Yusuf", "Grace Osei", "Ruth Hollis"):
        rewards.enter_draw(draw=draw, membership=people[name], by=people[name].person, at=at)
