"""A vote is opened: the terms are laid down, the rolls frozen, and people told. And: which side people speak for."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions import subjects
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.following_up import check_seen_to
from alongside.decisions.actions.rolls import Rolls, rolls_for, sides_of_members
from alongside.decisions.letters import votes as letters
from alongside.decisions.models import (
    BallotSecret,
    Decision,
    Option,
    Proposal,
    RollEntry,
    Scrutineer,
    SideChoice,
    Version,
)
from alongside.decisions.rules.ballots import MOST_OPTIONS, Style
from alongside.decisions.rules.exact import written
from alongside.decisions.rules.kinds import KINDS, Kind, usual_quorum
from alongside.decisions.rules.sides import HALF, QUARTER, Quorum
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person


class NotASideOfTheirs(Refusal):
    """Nobody may speak for a side to which no role of theirs belongs; `side` is its name."""

    def __init__(self, *, side: str) -> None:
        super().__init__(side)
        self.side = side


class NotReadyToVote(Refusal):
    """Only a proposal that is being talked over, in its present version, is voted on."""


class NeedsTwoSides(Refusal):
    """A joint decision is made by two sides or more."""


class EmptyRoll(Refusal):
    """Nobody is on the roll of a side; `side` is its name."""

    def __init__(self, *, side: str) -> None:
        super().__init__(side)
        self.side = side


class SidesNotSaid(Refusal):
    """Some people could vote on several sides and have not said which; `people` are they."""

    def __init__(self, *, people: Sequence[Membership]) -> None:
        super().__init__(f"{len(people)} have not said")
        self.people = tuple(people)


class LeftOutTooSoon(Refusal):
    """About rules of all, people with several sides are left out only once they had so many `days` to say theirs."""

    def __init__(self, *, days: int) -> None:
        super().__init__(f"{days} days")
        self.days = days


class NotAScrutineer(Refusal):
    """Each side names one person of its own roll; `side` is the one that lacks theirs."""

    def __init__(self, *, side: str) -> None:
        super().__init__(side)
        self.side = side


class NoChoices(Refusal):
    """There is too little to choose from. `why`: few (fewer than two), seats (fewer than are chosen), many (more than
    fit a ballot), budget (all together cost no more than there is, or one alone costs more).
    """

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class OptionTold:
    """Something, or (`member`, of `side`) somebody, to choose. `cost`: minutes, or whole units of money."""

    name: str = ""
    cost: int = 0
    member: Membership | None = None
    side: str = ""


@dataclass(frozen=True)
class Asked:
    """What a ballot asks: the rule by its name in `rules.kinds`, and for those that choose what there is to choose.

    `seats`: how many are chosen. `budget`: in `unit`, "hours" (counted in minutes) or "money".
    """

    rule: str = "double-majority"
    options: Sequence[OptionTold] = ()
    seats: int = 1
    budget: int = 0
    unit: str = ""

    @property
    def kind(self) -> Kind:
        return KINDS[self.rule]


YES_OR_NO = Asked()
# Where a vote would set something for all, so long people with several sides can say theirs before they are left out.
DAYS_TO_SAY_SIDES = 7


class ClosesTooSoon(Refusal):
    """Voting would close before it opens."""


@transaction.atomic
def speak_for(
    *,
    proposal: Proposal,
    membership: Membership,
    side: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> SideChoice:
    """Say for which side a member with several speaks on this proposal; the last word before opening counts.

    Raises NotASideOfTheirs, and NotReadyToVote once voting has opened or the matter is over.
    """
    stands = Proposal.objects.of(proposal.community).select_for_update(no_key=True).get(pk=proposal.pk)
    if stands.state != Proposal.State.TALKED_OVER:
        raise NotReadyToVote
    stands.community = proposal.community
    if side not in sides_of_members(stands, on=proposal.community.day_of(at), only=membership).get(membership, ()):
        raise NotASideOfTheirs(side=side)
    deed = Deed(by, at, on_behalf_of, channel)
    choice: SideChoice
    choice, _is_new = SideChoice.objects.update_or_create(
        community=proposal.community,
        proposal=proposal,
        membership=membership,
        defaults={"side": side, "at": at, **deed.keyed()},
    )
    deed.log("decisions.side_said", choice)
    return choice


@transaction.atomic
def open_vote(
    *,
    proposal: Proposal,
    version: Version,
    sides: Sequence[str],
    scrutineers: Mapping[str, Membership],
    closes_at: datetime,
    by: Person,
    at: datetime,
    key: UUID,
    is_secret: bool = True,
    asked: Asked = YES_OR_NO,
    quorum: Quorum | None = None,
    threshold: Fraction = HALF,
    leave_out_unsaid: bool = False,
    owner: Membership | None = None,
    due_on: date | None = None,
    review_on: date | None = None,
) -> Decision:
    """Open a vote on the present version of a proposal; its terms and rolls never change after.

    `scrutineers`: for each side one person on its roll. `leave_out_unsaid`: people who could vote on two sides and
    have not said which are on no roll; without it SidesNotSaid is raised for them. The same `key` again returns the
    first decision. `owner`: who sees to it if it is adopted, somebody on a roll. Raises NotReadyToVote, NeedsTwoSides,
    EmptyRoll, LeftOutTooSoon, NotAScrutineer, ClosesTooSoon, NoChoices, NotOnTheRoll, DaysDoNotFit.
    """
    community = proposal.community
    stands = Proposal.objects.of(community).select_for_update(no_key=True).get(pk=proposal.pk)
    stands.community = community
    if made := Decision.objects.of(community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    quorum = quorum or usual_quorum(asked.rule, QUARTER)
    check_may_open(stands, version, sides, rule=asked.rule, share=quorum.share, opens_at=at, closes_at=closes_at)
    rolls = rolls_for(stands, sides, on=community.day_of(at))
    check_rolls(rolls, scrutineers, leave_out_unsaid=leave_out_unsaid)
    check_left_out(stands, rolls, at=at)
    check_seen_to(owner, rolls.of, due_on=due_on, review_on=review_on, today=community.day_of(closes_at))
    _check_asked(asked, rolls)
    decision = Decision.objects.create(
        community=community,
        proposal=stands,
        version=version,
        rule=asked.rule,
        settings=_settings(asked, quorum, threshold),
        is_secret=is_secret,
        sides=list(sides),
        opens_at=at,
        closes_at=closes_at,
        lot_seed=secrets.token_hex(16),
        owner=owner,
        due_on=due_on,
        review_on=review_on,
        made_by=by,
        key=key,
    )
    freeze(decision, rolls, scrutineers, asked.options)
    _announce(decision, by=by, at=at)
    return decision


def _announce(decision: Decision, *, by: Person, at: datetime) -> None:
    voted_on = Proposal.objects.of(decision.community).filter(pk=decision.proposal_id)
    voted_on.update(state=Proposal.State.VOTING, changed_at=at)
    activity.log(did="decisions.vote_opened", about_what=decision, by_id=by.pk, at=at)
    letters.vote_opened(decision, at=at, by=by)


def _settings(asked: Asked, quorum: Quorum, threshold: Fraction) -> dict[str, Any]:
    kind = asked.kind
    return {
        "quorum": {"kind": str(quorum.kind), "share": str(written(quorum.share))},
        **({"threshold": str(written(threshold))} if kind.style is Style.WORD else {}),
        **({"seats": asked.seats} if kind.has_seats else {}),
        **({"budget": asked.budget, "unit": asked.unit} if kind.has_budget else {}),
    }


def check_may_open(
    proposal: Proposal,
    version: Version,
    sides: Sequence[str],
    *,
    rule: str,
    opens_at: datetime,
    closes_at: datetime,
    share: Fraction | None = None,
) -> None:
    """Raises NotReadyToVote, SomeoneElseWasFaster for older words, NeedsTwoSides or ClosesTooSoon.

    Where the proposal is about something of another room, also what `subjects.check_opening` raises.
    """
    present = Version.objects.of(proposal.community).filter(proposal=proposal).newest_first().first()
    if proposal.state != Proposal.State.TALKED_OVER or present is None:
        raise NotReadyToVote
    if present.pk != version.pk:
        raise SomeoneElseWasFaster
    if len(set(sides)) < 2 or len(set(sides)) != len(sides):
        raise NeedsTwoSides
    if closes_at <= opens_at:
        raise ClosesTooSoon
    subjects.check_opening(proposal, version, rule=rule, sides=sides, share=share)


def check_rolls(rolls: Rolls, scrutineers: Mapping[str, Membership], *, leave_out_unsaid: bool) -> None:
    """Raises SidesNotSaid, EmptyRoll or NotAScrutineer."""
    if rolls.unsaid and not leave_out_unsaid:
        raise SidesNotSaid(people=list(rolls.unsaid))
    for side, members in rolls.of.items():
        if not members:
            raise EmptyRoll(side=side)
        if scrutineers.get(side) not in members:
            raise NotAScrutineer(side=side)


def check_left_out(proposal: Proposal, rolls: Rolls, *, at: datetime) -> None:
    """Raises LeftOutTooSoon: nobody makes the rolls small by opening before people could say their side."""
    if not rolls.unsaid or not proposal.subject:
        return
    put_forward = Version.objects.of(proposal.community).filter(proposal=proposal).earliest("number").made_at
    if at < put_forward + timedelta(days=DAYS_TO_SAY_SIDES):
        raise LeftOutTooSoon(days=DAYS_TO_SAY_SIDES)


def _check_asked(asked: Asked, rolls: Rolls) -> None:
    kind, options, seats = asked.kind, asked.options, asked.seats
    if not kind.has_options:
        return
    if len(options) < 2:
        raise NoChoices(why="few")
    if len(options) > MOST_OPTIONS:
        raise NoChoices(why="many")
    if kind.by_side:
        running = {side: [one.member for one in options if one.side == side] for side in rolls.of}
        if any(len(those) < seats or not set(those) <= set(rolls.of[side]) for side, those in running.items()):
            raise NoChoices(why="seats")
    elif kind.has_seats and not 1 <= seats < len(options):
        raise NoChoices(why="seats")
    costs, budget = [one.cost for one in options], asked.budget
    if kind.has_budget and (min(costs) < 1 or max(costs) > budget or sum(costs) <= budget):
        raise NoChoices(why="budget")


def freeze(
    decision: Decision, rolls: Rolls, scrutineers: Mapping[str, Membership], options: Sequence[OptionTold]
) -> None:
    """Write down who may vote for which side, who looks over it, and what can be chosen."""
    community = decision.community
    BallotSecret.objects.create(community=community, decision=decision, secret=secrets.token_bytes(32))
    RollEntry.objects.bulk_create(
        RollEntry(community=community, decision=decision, membership=member, side=side)
        for side, members in rolls.of.items()
        for member in members
    )
    Scrutineer.objects.bulk_create(
        Scrutineer(community=community, decision=decision, side=side, membership=scrutineers[side]) for side in rolls.of
    )
    Option.objects.bulk_create(
        Option(
            community=community,
            decision=decision,
            number=number,
            name=one.name,
            membership=one.member,
            side=one.side,
            cost=one.cost,
        )
        for number, one in enumerate(options, 1)
    )
