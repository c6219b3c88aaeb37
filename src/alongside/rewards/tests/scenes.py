"""Scenes of rewards: a program that thanks with a ticket, days on which people gave their time, and a catalogue."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Attendance, Gathering
from alongside.people.models import Community, Membership
from alongside.people.tests.factories import community, coordinator_in, person_in
from alongside.programs.models import Program
from alongside.programs.tests.scenes import NOON, in_it, program_of, running
from alongside.rewards import actions
from alongside.rewards.models import Entitlement, Reward
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer

__all__ = ["NOON"]

BLUEPRINT = "volunteer-day-for-a-ticket"
DAY = timedelta(days=1)


def ticket_program(**answers: Any) -> tuple[Program, dict[str, list[Membership]]]:
    """The program with six people of each side, and a time bank."""
    program, sides = running(BLUEPRINT, **answers)
    timebank.open_time_bank(community=program.community, by=None, at=NOON)
    return program, sides


def small_program(by: Membership | None = None, **answers: Any) -> tuple[Program, Membership]:
    """The program with a coordinator who started it."""
    cora = by or coordinator_in(community())
    timebank.open_time_bank(community=cora.community, by=None, at=NOON)
    return program_of(cora, BLUEPRINT, **answers), cora


def volunteers(program: Program, *names: str) -> list[Membership]:
    """People who belong to the program."""
    found = [person_in(program.community, name) for name in names]
    in_it(program, found)
    return found


def gave(
    program: Program, *given: tuple[Membership, int], at: datetime = NOON, by: Membership | None = None
) -> Gathering:
    """A day of the program on which each gave so many minutes, seen by somebody else, and its list closed."""
    seen_by = (by or program.made_by).person
    gathering = gatherings.make_gathering(
        community=program.community, told=gatherings.Told("A day together", 12 * 60, group=program.group),
        starts_at=at, by=seen_by, at=at - DAY, key=uuid4(),
    )  # fmt: skip
    until = at + timedelta(hours=13)
    for member, minutes in given:
        for said, moment in (("in", at), ("out", at + timedelta(minutes=minutes))):
            gatherings.mark(
                gathering=gathering, membership=member, said=said, moment=moment, by=seen_by, at=until, key=uuid4()
            )
    gatherings.close_attendance(gathering=gathering, by=seen_by, at=until)
    actions.issue_due(program=program, by=None, at=until)
    return gathering


def put_right(gathering: Gathering, member: Membership, minutes: int, *, by: Membership, at: datetime) -> None:
    """Paper says something else about when somebody left, and a coordinator settles it."""
    left = gathering.starts_at + timedelta(minutes=minutes)
    row = gatherings.mark(
        gathering=gathering, membership=member, said="out", moment=left, channel="paper", by=by.person, at=at,
        key=uuid4(),
    )  # fmt: skip
    row.gathering = gathering
    gatherings.settle(
        attendance=row, came=True, in_at=gathering.starts_at, out_at=left, by=by.person, at=at, key=uuid4()
    )
    assert Attendance.objects.get(pk=row.pk).minutes == minutes


def reward_of(program: Program, key: str = "ticket") -> Reward:
    reward: Reward = Reward.objects.select_related("program", "community").get(program=program, key=key)
    reward.program.community = reward.community
    return reward


def states(program: Program, key: str = "ticket") -> list[tuple[str, str]]:
    """Whose each is, and in which state, in the order in which they were earned."""
    rows = Entitlement.objects.filter(reward__program=program, reward__key=key).order_by("earned_at", "id")
    return list(rows.values_list("membership__person__name", "state"))


def only(member: Membership, key: str = "ticket") -> Entitlement:
    """The one that somebody has of a reward."""
    row: Entitlement = Entitlement.objects.select_related("reward__program", "community", "membership").get(
        membership=member, reward__key=key
    )
    row.reward.community = row.community
    return row


def follow(program: Program, at: datetime = NOON, **rewards: dict[str, Any]) -> None:
    """Let the program have these rewards, as a version of its design would."""
    told = {key: {"name": key.title(), "never_a_condition": True, **terms} for key, terms in rewards.items()}
    actions.follow_design(program=program, section=told, by=None, at=at)


def hours_for(member: Membership, minutes: int = 600) -> None:
    """Somebody has earned hours: another member thanks them."""
    town = member.community
    giver = person_in(town, f"Giver to {member.person}")
    timebank.pay(
        payer=timebank.account_of(community=town, person=giver.person, by=None, at=NOON),
        payee=timebank.account_of(community=town, person=member.person, by=None, at=NOON),
        minutes=minutes, category=None, helped_on=NOON.date(), by=giver.person, at=NOON, key=uuid4(),
        kind=Transfer.Kind.GIFT,
    )  # fmt: skip


def balance(member: Membership) -> int:
    return int(Account.objects.of(member.community).of_person(member.person).with_balance().get().exact_minutes)


def url(name: str, town: Community, *args: object) -> str:
    """An address of this room in a community."""
    return reverse(f"rewards:{name}", args=[town.slug, *args])
