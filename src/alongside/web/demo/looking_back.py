"""How Millbrook's programs go: answers of both sides, words, what is in the way, time given, what was agreed."""

from datetime import datetime, timedelta

from alongside.decisions.actions.rolls import sides_of_members
from alongside.people.models import Membership
from alongside.programs import actions as programs
from alongside.programs.models import Program
from alongside.programs.rules.self_check import KEYS
from alongside.web.demo.history import Town

ANSWERED = 5
# The mean answer of a side, and how far single people are from it.
SEEN = {"uses": (3, (0, 1, 0, -1, 1)), "provides": (4, (0, 0, 1, 0, -1))}


def run(town: Town, *, at: datetime) -> None:
    """A few rows for each running program."""
    for program in Program.objects.of(town.community).running().by_title():
        program.community = town.community
        sides = _sides(program, at=at)
        if all(sides.values()):
            _checked(program, sides, at=at - timedelta(days=6))
            _gave(town, program, sides, at=at - timedelta(days=4))
            _in_the_way(town, program, sides, at=at - timedelta(days=9))
            _agreed(town, program, sides, at=at - timedelta(days=12))


def _sides(program: Program, *, at: datetime) -> dict[str, list[Membership]]:
    of: dict[str, list[Membership]] = {"uses": [], "provides": []}
    for member, theirs in sides_of_members(program, on=program.community.day_of(at)).items():
        side = "provides" if "provides" in theirs else theirs[0]
        if side in of:
            of[side].append(member)
    return of


def _checked(program: Program, sides: dict[str, list[Membership]], *, at: datetime) -> None:
    for side, members in sides.items():
        usual, apart = SEEN[side]
        for place, member in enumerate(members[:ANSWERED]):
            answers = {key: usual + apart[(place + number // 4) % 5] for number, key in enumerate(KEYS)}
            programs.answer_self_check(
                program=program, round=program.round, membership=member, side=side, answers=answers,
                by=member.person, at=at,
            )  # fmt: skip
    said = (
        ("uses", "Nobody was left behind, not even the slow ones.", "The stairs.", "A handrail by the river door."),
        ("provides", "I learned more than I taught.", "Too many forms before the soup.", "One form, on one page."),
    )
    for side, well, badly, further in said:
        who = sides[side][0]
        programs.look_back(
            program=program, round=program.round, membership=who, side=side, went_well=well, went_badly=badly,
            next=further, by=who.person, at=at,
        )  # fmt: skip


def _gave(town: Town, program: Program, sides: dict[str, list[Membership]], *, at: datetime) -> None:
    kinds = (("uses", "adding", 90, False), ("uses", "supported", 60, False), ("provides", "supported", 120, True))
    for side, kind, minutes, is_paid in kinds:
        for who in sides[side][:ANSWERED]:
            programs.record_input(
                program=program, membership=who, side=side, kind=kind, minutes=minutes, is_paid=is_paid,
                day=town.community.day_of(at), what="", by=who.person, at=at,
                key=town.key("given", f"{program.pk}{side}{kind}{who.pk}"),
            )  # fmt: skip


def _in_the_way(town: Town, program: Program, sides: dict[str, list[Membership]], *, at: datetime) -> None:
    first, second = sides["uses"][0], sides["provides"][0]
    barrier = programs.raise_barrier(
        program=program, membership=first, side="uses", kind="no trust", is_named=False,
        words="We were asked before, and then nothing happened.", by=first.person, at=at,
        key=town.key("barrier", str(program.pk)),
    )  # fmt: skip
    barrier.program = program
    programs.own(barrier=barrier, membership=second, by=second.person, at=at)
    programs.answer_barrier(
        barrier=barrier, membership=second, words="What was decided hangs in the hall now, with the day it is done.",
        review_on=town.community.day_of(at) + timedelta(days=30), by=second.person, at=at + timedelta(days=1),
        key=town.key("answer", str(program.pk)),
    )  # fmt: skip
    programs.raise_barrier(
        program=program, membership=second, side="provides", kind="job", is_named=True,
        words="If neighbors do what I do, is my post still safe?", by=second.person, at=at,
        key=town.key("barrier", f"{program.pk} job"),
    )  # fmt: skip


def _agreed(town: Town, program: Program, sides: dict[str, list[Membership]], *, at: datetime) -> None:
    first, second = sides["uses"][0], sides["provides"][0]
    made = programs.write_commitment(
        program=program, membership=first, side="uses", by=first.person, at=at,
        words="People who use it bring two hours a week each. Those who provide it bring the room.",
        key=town.key("commitment", str(program.pk)),
    )  # fmt: skip
    made.program = program
    programs.agree_to(commitment=made, membership=second, side="provides", by=second.person, at=at)
    for what_for, amount, minutes in (("Food and materials", 30_000, 0), ("Leaders' time", 0, 3600)):
        programs.add_budget_line(
            program=program, aim=program.aim, what_for=what_for, amount_minor=amount, currency="GBP",
            minutes=minutes, stage="co-commission", by=second.person, at=at,
            key=town.key("budget", f"{program.pk}{what_for}"),
        )  # fmt: skip
