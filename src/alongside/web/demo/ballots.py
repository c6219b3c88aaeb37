"""Votes of Millbrook that choose among several: one of each kind, some open and some over."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from alongside.decisions import actions as decisions
from alongside.decisions.actions import OptionTold
from alongside.decisions.models import Decision, Option, RollEntry
from alongside.kernel.channels import Channel
from alongside.web.demo.history import Town
from alongside.web.demo.votes import SIDES, opened

Ballot = Callable[[RollEntry], str]

DISHES = ("Lentil soup", "Vegetable stew", "Baked potatoes", "Noodles with cheese")
DAYS = ("Tuesday morning", "Wednesday afternoon", "Saturday morning")
PROJECTS = (
    ("A ramp for the hall", 90 * 60),
    ("A bench on every second corner", 60 * 60),
    ("Cooking for new parents", 80 * 60),
    ("A walk for people who live alone", 50 * 60),
    ("Repairing bicycles with young people", 70 * 60),
)
GARDEN = (
    ("Raised beds", 380),
    ("A water butt with a pump", 260),
    ("Seats with arms", 240),
    ("A shed with a lock", 450),
)


def hold(town: Town, *, at: datetime) -> None:
    """Co-chairs elected, a dish chosen, a plan weighed; a budget, a day and an outing are still open."""
    _over(town, at=at)
    _still_open(town, at=at)


def _over(town: Town, *, at: datetime) -> None:
    chairs = _election(town, at=at - timedelta(days=60))
    papers = {"Olive Trent", "Walter Finch"}
    _cast(town, chairs, _ranked(town, chairs), part=0.33, at=at - timedelta(days=55), on_paper=papers)
    decisions.close(decision=chairs, by=None, at=chairs.closes_at)
    dish = opened(
        town, "Grace Osei", "What we cook for the winter feast",
        "One dish for the winter feast in the hall. The cooks of the Friday lunch club make it for eighty people.",
        "Which dish do we cook for the winter feast?",
        at=at - timedelta(days=45), days=10, rule="approval", options=[OptionTold(name) for name in DISHES],
    )  # fmt: skip
    _cast(town, dish, _marked(town, len(DISHES)), part=0.33, at=at - timedelta(days=40))
    decisions.close(decision=dish, by=None, at=dish.closes_at)
    plan = opened(
        town, "Walter Finch", "Everybody who helps takes turns at the door",
        "Whoever takes part in the lunch club stands at the door once in two months, and welcomes people.",
        "We take turns at the door of the lunch club.",
        at=at - timedelta(days=30), days=14, rule="gradients",
    )  # fmt: skip
    _cast(town, plan, lambda _entry: town.chance.choice("8776665"), part=0.33, at=at - timedelta(days=25))
    decisions.close(decision=plan, by=None, at=plan.closes_at)
    _garden_money(town, at=at - timedelta(days=24))


def _garden_money(town: Town, *, at: datetime) -> None:
    """Nine hundred for the garden; whoever voted can look up what their share paid for."""
    garden = opened(
        town, "Amina Yusuf", "What the money for the garden is for",
        "A neighbor left nine hundred to the garden. It pays for what most shares can reach.",
        "Nine hundred for the garden: what shall it pay for?",
        at=at, days=12, rule="equal-power-mes", budget=900, unit="money",
        options=[OptionTold(name, cost) for name, cost in GARDEN],
    )  # fmt: skip
    wishes = {"uses": ("1,3", "1", "2,3", "1,2", "3,4"), "provides": ("2", "2,4", "1", "4", "2,3")}
    said = {side: cycle(ballots) for side, ballots in wishes.items()}
    _cast(town, garden, lambda entry: next(said[entry.side]), part=0.3, at=at + timedelta(days=3))
    decisions.close(decision=garden, by=None, at=garden.closes_at)


def _still_open(town: Town, *, at: datetime) -> None:
    budget = opened(
        town, "Amina Yusuf", "What the hours of the community pot are for",
        "The community pot holds two hundred hours for this year. They thank people who give time to these projects.",
        "Two hundred hours: what shall they be for?",
        at=at - timedelta(days=4), days=14, rule="equal-power-mes", budget=200 * 60, unit="hours",
        options=[OptionTold(name, cost) for name, cost in PROJECTS],
    )  # fmt: skip
    _cast(town, budget, _marked(town, len(PROJECTS)), part=0.1, at=at - timedelta(days=1))
    day = opened(
        town, "Grace Osei", "When the repair morning is held",
        "The repair morning moves to another time, because the hall is taken on Mondays.",
        "On which day do we repair things together?",
        at=at - timedelta(days=2), days=12, rule="schulze", options=[OptionTold(name) for name in DAYS],
    )  # fmt: skip
    _cast(town, day, _ordered(town, len(DAYS)), part=0.1, at=at - timedelta(days=1))
    outing = opened(
        town, "Walter Finch", "Where the summer outing goes",
        "In July a bus takes forty people for a day. It goes to one place only.",
        "Where shall the summer outing go?",
        at=at - timedelta(days=1), days=20, rule="score",
        options=[OptionTold(name) for name in ("The sea", "The castle", "The botanical garden")],
    )  # fmt: skip
    _cast(town, outing, lambda _entry: f"1={town.chance.randint(1, 5)},3={town.chance.randint(1, 5)}", part=0.05, at=at)


def _election(town: Town, *, at: datetime) -> Decision:
    def standing(rolls: Any) -> Sequence[OptionTold]:
        return [OptionTold(member=member, side=side) for side in SIDES for member in rolls.of[side][:3]]

    return opened(
        town, "Amina Yusuf", "Two co-chairs for the council of Millbrook",
        "The council has two co-chairs for a year. One uses what we do, the other one provides it.",
        "Each side elects one of two co-chairs.",
        at=at, days=14, rule="scottish-stv", seats=1, options=standing,
    )  # fmt: skip


def _ranked(town: Town, decision: Decision) -> Ballot:
    running = {side: [one.number for one in Option.objects.on(decision) if one.side == side] for side in SIDES}

    def ballot(entry: RollEntry) -> str:
        order = list(running[entry.side])
        town.chance.shuffle(order)
        return ">".join(map(str, order[: town.chance.randint(1, len(order))]))

    return ballot


def _ordered(town: Town, many: int) -> Ballot:
    def ballot(_entry: RollEntry) -> str:
        order = list(range(1, many + 1))
        town.chance.shuffle(order)
        return ">".join(map(str, order))

    return ballot


def _marked(town: Town, many: int) -> Ballot:
    def ballot(_entry: RollEntry) -> str:
        ticked = sorted(town.chance.sample(range(1, many + 1), town.chance.randint(1, min(3, many))))
        return ",".join(map(str, ticked))

    return ballot


def _cast(
    town: Town, decision: Decision, ballot: Ballot, *, part: float, at: datetime, on_paper: set[str] | None = None
) -> None:
    """Some vote, by the dice of the town; of a small side nearly all do. `on_paper`: names of who sends a ballot in."""
    entries = RollEntry.objects.on(decision).select_related("membership__person", "membership__community")
    for entry in entries.order_by("membership__number"):
        person = entry.membership.person
        if entry.side != "provides" and str(person) not in (on_paper or ()) and town.chance.random() > part:
            continue
        channel = Channel.PAPER if on_paper and str(person) in on_paper else Channel.WEB
        said = ballot(entry)
        decisions.cast(decision=decision, membership=entry.membership, choice=said, by=person, at=at, channel=channel)
