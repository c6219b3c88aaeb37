"""What Millbrook decides together: a vote that is over, one that is open, and one in which the sides differ."""

from datetime import datetime, timedelta
from typing import Any

from alongside.decisions import actions as decisions
from alongside.decisions.actions.rolls import rolls_for
from alongside.decisions.models import Decision, Proposal, RollEntry, Version
from alongside.people.models import Membership
from alongside.web.demo import loops
from alongside.web.demo.history import Town

SIDES = ("uses", "provides")
PROVIDING = {"coordinator", "peer_leader", "professional"}


def hold(town: Town, *, at: datetime) -> None:
    """The garden on Sundays was adopted three weeks ago; the vote on a lunch bus is open for another week."""
    over = opened(
        town,
        "Walter Finch",
        "The garden is open on Sunday mornings",
        "The garden on the hill is open every Sunday from nine to noon. Two people open and close it, in turn.",
        "We open the garden on Sunday mornings.",
        at=at - timedelta(days=35),
        days=14,
    )
    say(town, over, yes=0.8, part=0.55, at=at - timedelta(days=30))
    decisions.close(decision=over, by=None, at=over.closes_at)
    loops.see_to(town, over, at=at)
    still_open = opened(
        town,
        "Amina Yusuf",
        "A bus for the Friday lunch club",
        "Every Friday a driver takes the bus of the library round. It stops at Hill Estate, Station Road and Old Mill.",
        "A small bus brings people to lunch on Fridays.",
        at=at - timedelta(days=3),
        days=10,
    )
    say(town, still_open, yes=0.7, part=0.2, at=at - timedelta(days=1))
    differing = opened(
        town,
        "Amina Yusuf",
        "Quiet mornings in the library room",
        "The library room is for quiet work until noon. After that, music is welcome.",
        "The library room is quiet until noon.",
        at=at - timedelta(days=17),
        days=13,
    )
    loops.look_for_words(town, differing, at=at)


def opened(
    town: Town, author: str, title: str, text: str, summary: str, *, at: datetime, days: int, **asked: Any
) -> Decision:
    """A proposal put forward nine days before, and the vote on it.

    `asked`: as `Asked` takes it; `options` may be reckoned from the rolls.
    """
    proposed = _put_forward(town, town.by_name[author], title, text, summary, at=at - timedelta(days=9))
    return opened_on(town, proposed, at=at, days=days, **asked)


def opened_on(town: Town, proposed: tuple[Proposal, Version], *, at: datetime, days: int, **asked: Any) -> Decision:
    """The vote on a proposal that was put forward; whoever has two sides says first for which they speak."""
    proposal, version = proposed
    for one, sides in rolls_for(proposal, SIDES, on=town.community.day_of(at)).unsaid.items():
        side = "provides" if PROVIDING & set(_roles(town, one)) else sides[0]
        decisions.speak_for(proposal=proposal, membership=one, side=side, by=one.person, at=at)
    rolls = rolls_for(proposal, SIDES, on=town.community.day_of(at))
    if callable(asked.get("options")):
        asked["options"] = asked["options"](rolls)
    return decisions.open_vote(
        proposal=proposal,
        version=version,
        sides=SIDES,
        scrutineers={side: members[0] for side, members in rolls.of.items()},
        closes_at=at + timedelta(days=days),
        by=town.by_name["Stella Marsh"].person,
        at=at,
        key=town.key("vote", proposal.title),
        asked=decisions.Asked(**asked),
    )


def _roles(town: Town, member: Membership) -> tuple[str, ...]:
    return next(one.roles for one in town.characters if town.by_name[one.name] == member)


def _put_forward(
    town: Town, member: Membership, title: str, text: str, summary: str, *, at: datetime
) -> tuple[Proposal, Version]:
    proposal = decisions.begin(
        membership=member,
        title=title,
        words={"text": text, "summary": summary},
        by=member.person,
        at=at,
        key=town.key("proposal", title),
    )
    version = decisions.put_forward(proposal=proposal, membership=member, seen=at, by=member.person, at=at)
    return proposal, version


def say(town: Town, decision: Decision, *, yes: float, part: float, at: datetime) -> None:
    """A `part` of those who use it vote, a share `yes` of them so; those who provide it are few and mostly do.

    The dice of the town say who, never how many: what becomes of a vote must not hang on the hour of loading.
    """
    entries = RollEntry.objects.on(decision).select_related("membership__person", "membership__community")
    few = list(entries.filter(side="provides").order_by("membership__number"))
    words = ["yes", "yes", "no", "yes", "yes"] if part > 0.5 else ["yes", "no"]
    said = list(zip(few, words, strict=False))
    many = list(entries.filter(side="uses").order_by("membership__number"))
    voting = town.chance.sample(many, round(part * len(many)))
    agreeing = round(yes * len(voting))
    said += [(entry, "yes") for entry in voting[:agreeing]]
    said += [(entry, town.chance.choice(["no", "no", "abstain"])) for entry in voting[agreeing:]]
    for entry, word in said:
        person = entry.membership.person
        decisions.cast(decision=decision, membership=entry.membership, choice=word, by=person, at=at)
