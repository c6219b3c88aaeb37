"""The advice process up to its plan: opened, people asked by name, advice given, and its use told.

When it may be decided is the rule's word: see `rules.advice`. What follows stands in `advice_deciding`.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.following_up import check_seen_to
from alongside.decisions.actions.opening import ClosesTooSoon, check_may_open, check_rolls, freeze
from alongside.decisions.actions.rolls import Rolls, rolls_for
from alongside.decisions.letters import advice as letters
from alongside.decisions.models import (
    Advice,
    AdviceAsked,
    AdvicePlan,
    Decider,
    Decision,
    Proposal,
    RollEntry,
    Scrutineer,
    Version,
)
from alongside.decisions.permissions.proposals import sides_of
from alongside.decisions.rules.advice import Advice as Given
from alongside.decisions.rules.advice import Ready, may_decide
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person

RULE = "advice"


class DecidersDoNotFit(Refusal):
    """One person on a roll decides, or two: one of each side. Who facilitates a side does not decide."""


class NotADecider(Refusal):
    """Only those who decide tell how advice was used, publish their plan, and decide."""


class DecidersAsk(Refusal):
    """Those who decide ask for advice; theirs would be their own."""


class AdviceIsOver(Refusal):
    """The plan is published, or it is decided or called off: no more advice is taken, and its use stays as told."""


class SayHowItConcernsYou(Refusal):
    """Advice comes from people whom it affects, or who know about it."""


@transaction.atomic
def open_advice(
    *,
    proposal: Proposal,
    version: Version,
    sides: Sequence[str],
    deciders: Sequence[Membership],
    facilitators: Mapping[str, Membership],
    wait_days: int,
    closes_at: datetime,
    by: Person,
    at: datetime,
    key: UUID,
    due_on: date | None = None,
    review_on: date | None = None,
    leave_out_unsaid: bool = False,
) -> Decision:
    """One person, or two from two sides, will decide after asking; everybody on the rolls is told.

    `wait_days`: so long everybody can object once the plan is published. `facilitators`: for each side one person on
    its roll, should somebody object. The first who decides sees to it. The same `key` again returns the first. Raises
    DecidersDoNotFit, and what `open_vote` raises.
    """
    community = proposal.community
    stands = Proposal.objects.of(community).select_for_update(no_key=True).get(pk=proposal.pk)
    stands.community = community
    if made := Decision.objects.of(community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    check_may_open(stands, version, sides, rule=RULE, opens_at=at + timedelta(days=wait_days), closes_at=closes_at)
    if wait_days < 1:
        raise ClosesTooSoon
    rolls = rolls_for(stands, sides, on=community.day_of(at))
    check_rolls(rolls, facilitators, leave_out_unsaid=leave_out_unsaid)
    seated = _seats(rolls, deciders, facilitators)
    today = community.day_of(closes_at)
    check_seen_to(deciders[0], rolls.of, due_on=due_on, review_on=review_on, today=today)
    decision = Decision.objects.create(
        community=community,
        proposal=stands,
        version=version,
        rule=RULE,
        settings={"deciders": len(deciders), "wait_days": wait_days},
        is_secret=False,
        sides=list(sides),
        opens_at=at,
        closes_at=closes_at,
        lot_seed=secrets.token_hex(16),
        owner=deciders[0],
        due_on=due_on,
        review_on=review_on,
        made_by=by,
        key=key,
    )
    freeze(decision, rolls, facilitators, ())
    AdvicePlan.objects.create(community=community, decision=decision)
    for side, member in seated:
        Decider.objects.create(community=community, decision=decision, membership=member, side=side)
    Proposal.objects.of(community).filter(pk=stands.pk).update(state=Proposal.State.VOTING, changed_at=at)
    activity.log(did="decisions.advice_opened", about_what=decision, by_id=by.pk, at=at)
    letters.opened(decision, at=at, by=by)
    return decision


def _seats(
    rolls: Rolls, deciders: Sequence[Membership], facilitators: Mapping[str, Membership]
) -> list[tuple[str, Membership]]:
    """Each who decides with the side on whose roll they are."""
    side_of = {member: side for side, members in rolls.of.items() for member in members}
    seated = [(side_of.get(member, ""), member) for member in deciders]
    sides = {side for side, _member in seated}
    fits = len(deciders) in {1, 2} and "" not in sides and len(sides) == len(deciders)
    if not fits or set(deciders) & set(facilitators.values()):
        raise DecidersDoNotFit
    return seated


def held(decision: Decision) -> tuple[Decision, AdvicePlan]:
    """The process and its plan, held until the transaction ends. Raises AdviceIsOver once it has ended."""
    rows = Decision.objects.of(decision.community).filter(rule=RULE).select_related("proposal", "version", "community")
    stands: Decision = rows.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    if not stands.is_open:
        raise AdviceIsOver
    stands.proposal.community = stands.community
    plan: AdvicePlan = AdvicePlan.objects.on(stands).get()
    plan.decision = stands
    return stands, plan


def check_decides(decision: Decision, membership: Membership) -> Decider:
    """The seat of somebody who decides. Raises NotADecider."""
    seat: Decider | None = Decider.objects.on(decision).seated().filter(membership=membership).first()
    if seat is None:
        raise NotADecider
    return seat


def readiness(decision: Decision, plan: AdvicePlan, *, at: datetime) -> Ready:
    """May it be decided now, and what is missing: the rule's word on the rows as they are."""
    said = [
        Given(by=str(one.membership_id), side=one.side, affected=one.affected, expert=one.expert, used=one.used)
        for one in Advice.objects.on(decision)
    ]
    deciders = Decider.objects.on(decision).values_list("membership_id", flat=True)
    return may_decide(
        said,
        deciders={str(one) for one in deciders},
        sides=decision.sides,
        published_at=plan.published_at,
        now=at,
        wait=timedelta(days=decision.settings["wait_days"]),
    )


@transaction.atomic
def ask_advice(
    *, decision: Decision, membership: Membership, asked: Membership, by: Person, at: datetime
) -> AdviceAsked:
    """Ask somebody by name, on the roll or not; they are told, once ten seconds of undo are over.

    `membership`: who decides, and asks. Raises AdviceIsOver, NotADecider, and DecidersAsk for one who decides too.
    """
    stands, plan = held(decision)
    _refuse_once_published(stands, plan, at)
    check_decides(stands, membership)
    if Decider.objects.on(stands).seated().filter(membership=asked).exists():
        raise DecidersAsk
    made: AdviceAsked
    made, is_new = AdviceAsked.objects.get_or_create(
        community=stands.community, decision=stands, membership=asked, defaults={"asked_by": membership, "at": at}
    )
    if is_new:
        activity.log(did="decisions.advice_asked", about_what=made, by_id=by.pk, at=at)
        letters.asked(made, at=at, by=by)
        undoing.offer("decisions.ask_advice", made, by=by, at=at)
    return made


@undo.inverse("decisions.ask_advice")
@transaction.atomic
def take_asking_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """They were never asked. Raises SomeoneElseWasFaster when they have advised since."""
    made = AdviceAsked.objects.filter(pk=args["row"]).select_related("decision__community").first()
    if made is None or Advice.objects.on(made.decision).filter(membership=made.membership_id).exists():
        raise SomeoneElseWasFaster
    decision, key = made.decision, letters.asked_key(made)
    made.delete()
    letters.take_back(decision.community, key=key, by=by, at=at)
    undoing.log("decisions.advice_not_asked", decision, by=by, at=at)


@transaction.atomic
def advise(
    *,
    decision: Decision,
    membership: Membership,
    affected: bool,
    expert: bool,
    text: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Advice:
    """Keep what somebody advises: it affects them, or they know about it, or both. Who decides is told.

    Who decides writes down nobody's advice, neither their own nor that of others.

    The same `key` again returns the first. Raises AdviceIsOver, DecidersAsk, SayHowItConcernsYou.
    """
    stands, plan = held(decision)
    if made := Advice.objects.of(stands.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    _refuse_once_published(stands, plan, at)
    deciding = Decider.objects.on(stands).seated()
    if deciding.filter(membership=membership).exists() or deciding.filter(membership__person=by).exists():
        raise DecidersAsk
    if not (affected or expert):
        raise SayHowItConcernsYou
    deed = Deed(by, at, on_behalf_of, channel)
    given: Advice = Advice.objects.create(
        community=stands.community,
        decision=stands,
        membership=membership,
        side=_side_of(stands, membership, at),
        affected=affected,
        expert=expert,
        text=text.strip(),
        at=at,
        key=key,
        **deed.keyed(),
    )
    took_part(stands, membership, deed.channel)
    deed.log("decisions.advised", given)
    letters.advised(given, at=at, by=deed.speaker)
    undoing.offer("decisions.advise", given, by=by, at=at)
    return given


def _side_of(decision: Decision, membership: Membership, at: datetime) -> str:
    """The side on whose roll somebody is; else the one of those that decide they belong to, if it is one."""
    mine = RollEntry.objects.on(decision).filter(membership=membership).values_list("side", flat=True).first()
    if mine is not None:
        return str(mine)
    theirs = [side for side in sides_of(membership, on=decision.community.day_of(at)) if side in decision.sides]
    return theirs[0] if len(theirs) == 1 else ""


def took_part(decision: Decision, membership: Membership, channel: str) -> None:
    """Somebody on a roll has had a say."""
    RollEntry.objects.on(decision).filter(membership=membership).update(took_part=True, channel=channel)


@undo.inverse("decisions.advise")
@transaction.atomic
def take_advice_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It was never said. Raises SomeoneElseWasFaster once its use is told, or the plan is published."""
    given = Advice.objects.filter(pk=args["row"]).select_related("decision__community").first()
    if given is None:
        raise SomeoneElseWasFaster
    try:
        stands, plan = held(given.decision)
        _refuse_once_published(stands, plan, at)
    except AdviceIsOver as over:
        raise SomeoneElseWasFaster from over
    if not Advice.objects.on(stands).unanswered().filter(pk=given.pk).exists():
        raise SomeoneElseWasFaster
    key, member = letters.advised_key(given), given.membership_id
    given.delete()
    if not Advice.objects.on(stands).filter(membership=member).exists():
        RollEntry.objects.on(stands).filter(membership=member).update(took_part=False, channel="")
    letters.take_back(stands.community, key=key, by=by, at=at)
    undoing.log("decisions.advice_taken_back", stands, by=by, at=at)


@transaction.atomic
def tell_use(*, advice: Advice, membership: Membership, used: str, why: str, by: Person, at: datetime) -> Advice:
    """Say how advice was used, and why; until the plan is published, a later word takes the place of an earlier.

    Whoever advised is told when the plan is published. Raises AdviceIsOver, NotADecider, and SomeoneElseWasFaster for
    advice that was taken back.
    """
    stands, plan = held(advice.decision)
    _refuse_once_published(stands, plan, at)
    check_decides(stands, membership)
    row: Advice | None = Advice.objects.on(stands).filter(pk=advice.pk).first()
    if row is None:
        raise SomeoneElseWasFaster
    row.used, row.why, row.used_by, row.used_at = used, why.strip(), membership, at
    row.save(update_fields=["used", "why", "used_by", "used_at"])
    activity.log(did="decisions.advice_used", about_what=row, by_id=by.pk, at=at)
    return row


def _refuse_once_published(decision: Decision, plan: AdvicePlan, at: datetime) -> None:
    if plan.published_at is not None or at >= decision.closes_at:
        raise AdviceIsOver


def facilitator_here(decision: Decision, side: str) -> Membership | None:
    """Who facilitates for a side, as long as they belong."""
    here = Membership.objects.of(decision.community).current()
    named = Scrutineer.objects.of(decision.community).filter(decision=decision, side=side, membership__in=here)
    found: Scrutineer | None = named.select_related("membership__person").first()
    return found.membership if found else None
