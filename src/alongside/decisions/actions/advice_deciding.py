"""The advice process from its plan on: published, objected to or decided; who decides gives it up; reminders."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.decisions import signals
from alongside.decisions.actions import closing, consenting
from alongside.decisions.actions.advising import (
    RULE,
    AdviceIsOver,
    DecidersDoNotFit,
    check_decides,
    facilitator_here,
    held,
    readiness,
    took_part,
)
from alongside.decisions.actions.casting import NotOnTheRoll
from alongside.decisions.actions.opening import ClosesTooSoon, EmptyRoll
from alongside.decisions.actions.rolls import Rolls
from alongside.decisions.letters import advice as letters
from alongside.decisions.models import (
    AdvicePlan,
    Decider,
    Decision,
    Objection,
    Proposal,
    RollEntry,
    Scrutineer,
    Version,
)
from alongside.decisions.rules.explaining import Step, step
from alongside.decisions.rules.sides import Outcome
from alongside.decisions.terms import rolls_of
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.people import undoing
from alongside.people.models import Membership, Person

# A consent round that follows an objection is open so long, and looked at again after half a year.
ROUND, REVIEW, REMIND_BEFORE = timedelta(days=14), timedelta(days=182), timedelta(days=2)


class NotReadyToDecide(Refusal):
    """The rule says that something is missing; `steps` say what."""

    def __init__(self, *, steps: tuple[Step, ...]) -> None:
        super().__init__(", ".join(one.code for one in steps))
        self.steps = steps


class NotPublishedYet(Refusal):
    """Everybody can object from the day on which they can read what is planned."""


class SeatIsTaken(Refusal):
    """As many decide as were announced."""


class WhyNotSaid(Refusal):
    """Who leaves things as they are says why."""


@transaction.atomic
def publish_plan(*, decision: Decision, membership: Membership, text: str, by: Person, at: datetime) -> AdvicePlan:
    """Let everybody read what is planned and how advice was used; from now on they can object.

    A plan published anew takes the place of the first, and the wait begins again. `by` may take it back for ten
    seconds. Raises AdviceIsOver, NotADecider, NotReadyToDecide while advice or its use is missing, and ClosesTooSoon
    when the wait would not be over by the last day.
    """
    stands, plan = held(decision)
    if at >= stands.closes_at:
        raise AdviceIsOver
    check_decides(stands, membership)
    missing = tuple(one for one in readiness(stands, plan, at=at).steps if one.code not in _ONLY_TIME)
    if missing or not text.strip():
        raise NotReadyToDecide(steps=missing)
    if at + plan.wait >= stands.closes_at:
        raise ClosesTooSoon
    said = Decider.objects.on(stands).exclude(says="")
    before = {
        "text": plan.text,
        "published_at": plan.published_at.isoformat() if plan.published_at else "",
        "said": [[str(one.pk), one.says, one.why, one.said_at.isoformat()] for one in said if one.said_at],
    }
    plan.text, plan.published_at, plan.told_ready_at = text.strip(), at, None
    plan.save(update_fields=["text", "published_at", "told_ready_at"])
    said.update(says="", why="", said_at=None)
    activity.log(did="decisions.plan_published", about_what=stands, by_id=by.pk, at=at)
    letters.published(plan, at=at, by=by)
    undoing.offer("decisions.publish_plan", plan, by=by, at=at, before=before)
    return plan


_ONLY_TIME = {"advice.not_published", "advice.too_early", "advice.ready"}


@undo.inverse("decisions.publish_plan")
@transaction.atomic
def unpublish(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """The plan before stands again, with what was said on it. Raises SomeoneElseWasFaster when it is not the last."""
    rows = AdvicePlan.objects.filter(pk=args["row"]).select_related("decision__community", "decision__proposal")
    plan = rows.first()
    if plan is None or plan.published_at != undoing.moment_of(args):
        raise SomeoneElseWasFaster
    try:
        stands, plan = held(plan.decision)
    except AdviceIsOver as over:
        raise SomeoneElseWasFaster from over
    key, before = letters.published_key(plan), args["before"]
    plan.text = before["text"]
    plan.published_at = datetime.fromisoformat(before["published_at"]) if before["published_at"] else None
    plan.save(update_fields=["text", "published_at"])
    for pk, says, why, said_at in before["said"]:
        Decider.objects.on(stands).filter(pk=pk).update(says=says, why=why, said_at=datetime.fromisoformat(said_at))
    letters.take_back(stands.community, key=key, by=by, at=at)
    undoing.log("decisions.plan_taken_back", stands, by=by, at=at)


@transaction.atomic
def decide(
    *, decision: Decision, membership: Membership, says: str, by: Person, at: datetime, why: str = ""
) -> Decision:
    """Say "adopt" or "leave" (and why). It is decided once all who were announced say the same.

    Raises AdviceIsOver, NotADecider, NotReadyToDecide, WhyNotSaid, and EmptyRoll to adopt what nobody of a side is
    here to object to.
    """
    stands, plan = held(decision)
    if at >= stands.closes_at:
        raise AdviceIsOver
    seat = check_decides(stands, membership)
    ready = readiness(stands, plan, at=at)
    if not ready.ready:
        raise NotReadyToDecide(steps=ready.steps)
    if says == Decider.Says.LEAVE and not why.strip():
        raise WhyNotSaid
    if says == Decider.Says.ADOPT and (gone := [side for side, here in _rolls_now(stands).of.items() if not here]):
        raise EmptyRoll(side=gone[0])
    seat.says, seat.why, seat.said_at = says, why.strip(), at
    seat.save(update_fields=["says", "why", "said_at"])
    took_part(stands, membership, Channel.WEB)
    activity.log(did="decisions.decided_after_asking", about_what=stands, by_id=by.pk, at=at)
    said = list(Decider.objects.on(stands).seated().values_list("says", flat=True))
    if len(said) == stands.settings["deciders"] and set(said) == {says}:
        outcome = Outcome.PASSED if says == Decider.Says.ADOPT else Outcome.NOT_PASSED
        _close(stands, outcome, [step(f"advice.decided_{says}")], by=by, at=at)
    return stands


@transaction.atomic
def end_advice(*, decision: Decision, by: Person | None, at: datetime) -> Decision:
    """On its last day what nobody has decided ends, and things stay as they are.

    Raises TooEarlyToClose before it, and SomeoneElseWasFaster once it has ended.
    """
    try:
        stands, plan = held(decision)
    except AdviceIsOver as over:
        raise SomeoneElseWasFaster from over
    if at < stands.closes_at:
        raise closing.TooEarlyToClose
    missing = [one for one in readiness(stands, plan, at=at).steps if one.code != "advice.ready"]
    activity.log(did="decisions.advice_ended", about_what=stands, by_id=by.pk if by else None, at=at)
    _close(stands, Outcome.NOT_PASSED, [*missing, step("advice.not_decided")], by=by, at=at)
    return stands


closing.CLOSES[RULE] = end_advice


def _close(decision: Decision, outcome: Outcome, steps: Iterable[Step], *, by: Person | None, at: datetime) -> None:
    closing.forget_ties(decision)
    result = {"steps": [one.as_data() for one in steps], "rolls": rolls_of(decision)}
    ended = {"state": Decision.State.CLOSED, "closed_at": at, "outcome": str(outcome), "result": result}
    closing.end(decision, ended)
    adopted = outcome is Outcome.PASSED
    closing.move_proposal(decision, Proposal.State.DECIDED if adopted else Proposal.State.TALKED_OVER, at=at)
    closing.write_say(decision, adopted=adopted, at=at)
    letters.result(decision, at=at, by=by)
    transaction.on_commit(lambda: signals.outcome.send_robust(Decision, decision=decision))


@transaction.atomic
def object_to_plan(
    *,
    decision: Decision,
    membership: Membership,
    reason: str,
    harms: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Objection:
    """Anybody on a roll objects to what is published: it goes on as a consent round, with this objection in it.

    Rolls and facilitators stay; who has left is on them no more. Raises AdviceIsOver, NotPublishedYet, NotOnTheRoll,
    EmptyRoll, StepNotOpen.
    """
    stands, plan = held(decision)
    if at >= stands.closes_at:
        raise AdviceIsOver
    if plan.published_at is None:
        raise NotPublishedYet
    rolls = _rolls_now(stands)
    if not any(membership in members for members in rolls.of.values()):
        raise NotOnTheRoll
    closing.forget_ties(stands)
    with translation.override(stands.community.language):
        why = _("Somebody objected to what was planned. It goes on as a consent round.")
    closing.end(stands, {"state": Decision.State.CALLED_OFF, "closed_at": at, "called_off_why": why})
    closing.move_proposal(stands, Proposal.State.TALKED_OVER, at=at)
    version: Version = stands.version
    following = consenting.open_round(
        proposal=stands.proposal,
        version=version,
        sides=stands.sides,
        facilitators=_facilitators(stands, rolls, objector=membership),
        closes_at=at + ROUND,
        review_on=stands.review_on or stands.community.day_of(at + REVIEW),
        by=by,
        at=at,
        key=new_id(),
        rolls=rolls,
    )
    AdvicePlan.objects.on(stands).update(goes_on_as=following)
    return consenting.object_to(
        decision=following, membership=membership, reason=reason, harms=harms, by=by, at=at,
        on_behalf_of=on_behalf_of, channel=channel,
    )  # fmt: skip


def _rolls_now(decision: Decision) -> Rolls:
    here = Membership.objects.of(decision.community).current()
    entries = RollEntry.objects.on(decision).filter(membership__in=here).select_related("membership__person")
    of: dict[str, list[Membership]] = {side: [] for side in decision.sides}
    for entry in entries.order_by("pk"):
        of[entry.side].append(entry.membership)
    return Rolls(of, {})


def _facilitators(decision: Decision, rolls: Rolls, *, objector: Membership) -> dict[str, Membership]:
    """Those named at the beginning; where one has left, somebody of the same roll who neither decides nor objects."""
    deciding = set(Decider.objects.on(decision).seated().values_list("membership_id", flat=True))
    found = {}
    for side, members in rolls.of.items():
        named = facilitator_here(decision, side)
        others = sorted(members, key=lambda one: (one == objector, one.pk in deciding))
        if named or others:
            found[side] = named or others[0]
    return found


@transaction.atomic
def give_up_deciding(*, decision: Decision, membership: Membership, by: Person | None, at: datetime) -> None:
    """Who was to decide does not; coordinators are asked to name somebody else. Raises AdviceIsOver, NotADecider."""
    stands, _plan = held(decision)
    seat = check_decides(stands, membership)
    seat.stepped_down_at = at
    seat.save(update_fields=["stepped_down_at"])
    if stands.owner_id == membership.pk:
        Decision.objects.of(stands.community).filter(pk=stands.pk).update(owner=None)
    activity.log(did="decisions.decider_gave_up", about_what=stands, by_id=by.pk if by else None, at=at)
    if by is not None:
        undoing.offer("decisions.give_up_deciding", seat, by=by, at=at)


@undo.inverse("decisions.give_up_deciding")
@transaction.atomic
def take_seat_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """Who gave it up decides again. Raises SomeoneElseWasFaster when the seat is taken, or it has ended."""
    seat = Decider.objects.filter(pk=args["row"]).select_related("decision__community").first()
    if seat is None:
        raise SomeoneElseWasFaster
    try:
        stands, _plan = held(seat.decision)
    except AdviceIsOver as over:
        raise SomeoneElseWasFaster from over
    undoing.refuse_unless_here(stands.community_id, seat.membership_id)
    if vacant(stands) < 1:
        raise SomeoneElseWasFaster
    as_left = Decider.objects.of(stands.community).filter(pk=seat.pk, stepped_down_at=undoing.moment_of(args))
    undoing.bring_back(as_left, stepped_down_at=None)
    if stands.owner_id is None:
        Decision.objects.of(stands.community).filter(pk=stands.pk).update(owner=seat.membership)
    undoing.log("decisions.decider_back", stands, by=by, at=at)


def vacant(decision: Decision) -> int:
    """How many of those who were to decide are missing."""
    return int(decision.settings["deciders"]) - Decider.objects.on(decision).seated().count()


@transaction.atomic
def name_decider(*, decision: Decision, membership: Membership, by: Person, at: datetime) -> Decider:
    """Name somebody on a roll to decide, where a seat is empty; they are told, and see to it where nobody does.

    Raises AdviceIsOver, SeatIsTaken, NotOnTheRoll, and DecidersDoNotFit for a side that decides already or somebody
    who facilitates.
    """
    stands, _plan = held(decision)
    if vacant(stands) < 1:
        raise SeatIsTaken
    here = Membership.objects.of(stands.community).current().filter(pk=membership.pk)
    entry = RollEntry.objects.on(stands).filter(membership__in=here).first()
    if entry is None:
        raise NotOnTheRoll
    facilitates = Scrutineer.objects.of(stands.community).filter(decision=stands, membership=membership)
    if facilitates.exists() or Decider.objects.on(stands).seated().filter(side=entry.side).exists():
        raise DecidersDoNotFit
    seat: Decider = Decider.objects.create(
        community=stands.community, decision=stands, membership=membership, side=entry.side
    )
    if stands.owner_id is None:
        Decision.objects.of(stands.community).filter(pk=stands.pk).update(owner=membership)
    activity.log(did="decisions.decider_named", about_what=stands, by_id=by.pk, at=at)
    letters.decider_named(seat, at=at, by=by)
    return seat


def remind_of_advice(*, at: datetime) -> int:
    """Once each: tell who decides that they may; two days before the last, who has not advised or decided. How many."""
    told = 0
    open_ones = AdvicePlan.objects.filter(decision__state=Decision.State.OPEN, decision__closes_at__gt=at)
    for plan in open_ones.select_related("decision__community", "decision__proposal", "decision__version"):
        plan.decision.proposal.community = plan.decision.community
        told += _remind_once(plan, at)
    return told


@transaction.atomic
def _remind_once(plan: AdvicePlan, at: datetime) -> int:
    mine, told = AdvicePlan.objects.of(plan.community).filter(pk=plan.pk), 0
    earliest, closes_at = plan.earliest, plan.decision.closes_at
    # The update that finds the row untold is the one that tells.
    if earliest and earliest <= at and mine.filter(told_ready_at=None).update(told_ready_at=at):
        letters.may_decide_now(plan, at=at)
        told += 1
    near = closes_at - REMIND_BEFORE <= at and plan.decision.opens_at <= at - timedelta(days=1)
    if near and mine.filter(told_late_at=None).update(told_late_at=at):
        letters.last_days(plan, at=at)
        told += 1
    if told:
        activity.log(did="decisions.reminded_of_advice", about_what=plan.decision, by_id=None, at=at)
    return told
