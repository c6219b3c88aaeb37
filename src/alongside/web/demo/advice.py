"""What Millbrook decides after asking: a stove that two people bought, and benches for which advice is still given."""

from datetime import datetime, timedelta
from uuid import uuid5

from alongside.decisions import actions as decisions
from alongside.decisions.actions.rolls import rolls_for
from alongside.decisions.models import Advice, Decider, Decision
from alongside.people.models import Membership
from alongside.web.demo.history import Town
from alongside.web.demo.votes import PROVIDING, SIDES, _put_forward, _roles


def hold(town: Town, *, at: datetime) -> None:
    """The stove was decided two weeks ago by a pair; about the benches one person still asks."""
    _decided(town, at=at - timedelta(days=33))
    _going_on(town, at=at - timedelta(days=5))


def _decided(town: Town, *, at: datetime) -> None:
    decision, sides = _begun(
        town, "Walter Finch", "A new stove for the lunch kitchen",
        "The old stove has two plates that work. We buy one with four plates, for at most 600.",
        "The lunch kitchen gets a stove with four plates.",
        at=at,
        is_pair=True,
    )  # fmt: skip
    uses, provides = sides["uses"], sides["provides"]
    first = _seat(decision, "uses")
    _ask(decision, first, [uses[3], uses[4], provides[2]], at=at)
    _use(_advise(decision, uses[3], "Knobs in front, please. I cannot reach over hot pots.", at=at), first,
         "used", "The knobs are in front.", at=at)  # fmt: skip
    _use(_advise(decision, uses[4], "Gas is quicker for eighty plates of soup.", at=at), first,
         "not_used", "There is no gas pipe, and laying one costs more than the stove.", at=at)  # fmt: skip
    _use(_advise(decision, provides[2], "The fuse bears one large plate, not two.", at=at, knows=True), first,
         "partly", "One large plate now. The second when the wiring is done.", at=at)  # fmt: skip
    decisions.publish_plan(
        decision=decision,
        membership=first,
        text="We buy a stove with three small plates and a large one, and knobs in front. It costs 540.",
        by=first.person,
        at=at + timedelta(days=9),
    )
    for side in ("uses", "provides"):
        seat = _seat(decision, side)
        decisions.decide(decision=decision, membership=seat, says="adopt", by=seat.person, at=at + timedelta(days=17))


def _going_on(town: Town, *, at: datetime) -> None:
    decision, sides = _begun(
        town, "Amina Yusuf", "Two benches on the way up to the garden",
        "The path to the garden is steep. We put two benches where people stop for breath.",
        "Two benches on the steep path to the garden.",
        at=at,
    )  # fmt: skip
    uses, provides = sides["uses"], sides["provides"]
    decider = _seat(decision, "uses")
    _ask(decision, decider, [uses[5], uses[6], provides[1]], at=at)
    _use(_advise(decision, uses[5], "One bench must have arms, or I do not get up again.", at=at), decider,
         "used", "Both get arms.", at=at)  # fmt: skip
    _advise(decision, uses[7], "Put one in the shade.", at=at + timedelta(days=1))


def _begun(
    town: Town, author: str, title: str, text: str, summary: str, *, at: datetime, is_pair: bool = False
) -> tuple[Decision, dict[str, list[Membership]]]:
    """The author decides, alone or with somebody of the other side. And the people of each side who do not decide.

    In a young town, where the author is on no roll yet, the first who is decides instead.
    """
    member = town.by_name[author]
    proposal, version = _put_forward(town, member, title, text, summary, at=at - timedelta(days=6))
    for one, may_be in rolls_for(proposal, SIDES, on=town.community.day_of(at)).unsaid.items():
        side = "provides" if PROVIDING & set(_roles(town, one)) else may_be[0]
        decisions.speak_for(proposal=proposal, membership=one, side=side, by=one.person, at=at)
    rolls = rolls_for(proposal, SIDES, on=town.community.day_of(at)).of
    decider = member if member in rolls["uses"] else rolls["uses"][0]
    deciders = [decider, rolls["provides"][0]] if is_pair else [decider]
    sides = {side: [one for one in members if one not in deciders] for side, members in rolls.items()}
    decision = decisions.open_advice(
        proposal=proposal,
        version=version,
        sides=SIDES,
        deciders=deciders,
        facilitators={side: members[-1] for side, members in sides.items()},
        wait_days=7,
        closes_at=at + timedelta(days=28),
        due_on=town.community.day_of(at + timedelta(days=60)),
        review_on=town.community.day_of(at + timedelta(days=200)),
        by=decider.person,
        at=at,
        key=town.key("advice", title),
    )
    return decision, sides


def _seat(decision: Decision, side: str) -> Membership:
    seat: Decider = Decider.objects.on(decision).seated().with_people().get(side=side)
    member: Membership = seat.membership
    return member


def _ask(decision: Decision, decider: Membership, people: list[Membership], *, at: datetime) -> None:
    for one in people:
        decisions.ask_advice(decision=decision, membership=decider, asked=one, by=decider.person, at=at)


def _advise(decision: Decision, member: Membership, text: str, *, at: datetime, knows: bool = False) -> Advice:
    return decisions.advise(
        decision=decision,
        membership=member,
        affected=not knows,
        expert=knows,
        text=text,
        by=member.person,
        at=at + timedelta(days=2),
        key=uuid5(decision.key, str(member.pk)),
    )


def _use(given: Advice, decider: Membership, used: str, why: str, *, at: datetime) -> None:
    decisions.tell_use(
        advice=given, membership=decider, used=used, why=why, by=decider.person, at=at + timedelta(days=4)
    )
