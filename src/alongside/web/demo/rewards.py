"""How Millbrook says thank you: a day at the youth club, tickets for those who stayed, and a draw that is open.

So many people stayed that sums can be shown: numbers from 1 to 4 are hidden.
"""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.gatherings import actions as gatherings
from alongside.people.models import Membership, Role
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
OTHERS, HANDED_OVER, FOUR_HOURS = 9, 6, 240


def thank(town: Town, *, at: datetime) -> None:
    """One day was held, some tickets are handed over, one note is on paper; in a town too young for it nothing was."""
    if not all(name in town.by_name for name in STAYED):
        return
    blueprint = next(each for each in shipped.shipped() if "rewards" in each.sections)
    program = programs.started(
        town, blueprint.id, "A day for the youth club", ANSWERS, by="Daniel Brody", at=at - timedelta(days=60)
    )
    people = {name: town.by_name[name] for name in STAYED}
    others = _others(town, at=at)
    programs.join(town, program, [*people.values(), *others], at=at - timedelta(days=50))
    stayed = {people[name].pk: minutes for name, minutes in STAYED.items()}
    _day(town, program, {**dict.fromkeys([one.pk for one in others], FOUR_HOURS), **stayed}, at=at)
    _use(town, program, at=at)
    _draw(town, program, people, at=at)


def _others(town: Town, *, at: datetime) -> list[Membership]:
    """The first grown people by number who are not named here, without Cora, who sees who comes and goes."""
    today = town.community.day_of(at)
    grown = Membership.objects.of(town.community).current().grown(on=today).holding(Role.PARTICIPANT, on=today)
    found = list(
        grown.exclude(person__name__in=[*STAYED, "Cora Lindqvist"]).select_related("person").order_by("number")
    )
    for member in found:
        member.community = town.community
    return found[:OTHERS]


def _day(town: Town, program: Program, stayed: dict[UUID, int], *, at: datetime) -> None:
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
    for member in Membership.objects.of(town.community).filter(pk__in=stayed).select_related("person").order_by("pk"):
        member.community = town.community
        for said, minutes in (("in", 0), ("out", stayed[member.pk])):
            gatherings.mark(
                gathering=held, membership=member, said=said, moment=starts_at + timedelta(minutes=minutes), by=cora,
                at=until, key=town.key("there", told.title, member.number, said),
            )  # fmt: skip
    gatherings.close_attendance(gathering=held, by=cora, at=until)
    rewards.issue_due(program=program, by=None, at=at)


def _use(town: Town, program: Program, *, at: datetime) -> None:
    """Some have theirs already; Walter has a note on paper."""
    cora = town.by_name["Cora Lindqvist"].person
    ready = Entitlement.objects.in_program(program).in_hand().with_rewards().select_related("membership__person")
    rows = list(ready.order_by("membership__number"))
    for row in rows:
        row.community = row.reward.community = row.membership.community = town.community
    walter = next(row for row in rows if row.membership_id == town.by_name["Walter Finch"].pk)
    rewards.print_note(entitlement=walter, by=cora, at=at)
    for row in [one for one in rows if one is not walter][:HANDED_OVER]:
        rewards.redeem(entitlement=row, by=cora, at=at)


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
