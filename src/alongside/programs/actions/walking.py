"""Steps of a pathway: offered, accepted or declined by the person, given up, taken back, and taken up again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import actions as people
from alongside.people import undoing
from alongside.people.models import BodyMember, Membership, Person
from alongside.programs import letters_pathway as letters
from alongside.programs import paths
from alongside.programs.actions.belonging import held_program
from alongside.programs.models import DesignVersion, Enrolment, PathStep, Program
from alongside.programs.rules import pathway

# So long after a "no" the house does not offer the same step again by itself.
NOT_AGAIN_FOR = timedelta(days=180)


class NoSuchStep(Refusal):
    """The design has no such step, or one that nobody has to be offered."""


class NotYetThere(Refusal):
    """Something that the step asks is not there yet.

    `missing`: what; `comes_after`: whether a step before it is held; `is_theirs`: whether it is for a side of theirs.
    """

    def __init__(self, *, missing: list[pathway.Need], comes_after: bool, is_theirs: bool) -> None:
        super().__init__(", ".join(need.kind for need in missing))
        self.missing, self.comes_after, self.is_theirs = missing, comes_after, is_theirs


class OnItAlready(Refusal):
    """The step is offered to them or held by them already."""


class OfferIsOver(Refusal):
    """The offer was answered or taken back already."""


class NotYourOffer(Refusal):
    """A step is answered by the person to whom it was offered."""


class NotForYourself(Refusal):
    """Nobody offers a step to themself, or notes something for themself."""


class NotLapsed(Refusal):
    """The step is current: there is nothing to come back to."""


@transaction.atomic
def offer_step(
    *, program: Program, membership: Membership, step: str, offered_by: Membership | None, by: Person | None,
    at: datetime, is_brought: bool = False,
) -> PathStep:  # fmt: skip
    """Offer a step to somebody who has what it asks. `is_brought`: they have it from elsewhere, and nothing is counted.

    Nobody (`offered_by` None) stands for the house itself. The person is told.
    Raises ProgramIsOver, NoSuchStep, NotForYourself, OnItAlready, NotYetThere.
    """
    stands = held_program(program)
    version: DesignVersion = DesignVersion.objects.on(stands).newest_first()[0]
    steps = version.design.get("pathway", {})
    if step not in steps or pathway.is_open(steps[step]):
        raise NoSuchStep
    if offered_by is not None and offered_by.pk == membership.pk:
        raise NotForYourself
    if PathStep.objects.on(stands).going_on().filter(membership=membership, step=step).exists():
        raise OnItAlready
    if not is_brought:
        _check(stands, version, membership, step, at=at)
    made: PathStep = PathStep.objects.create(
        community=stands.community, program=stands, membership=membership, step=step, version=version.number,
        offered_by=offered_by, offered_at=at, is_brought=is_brought,
    )  # fmt: skip
    _log("programs.step_offered", made, by, at)
    letters.step_offered(made, steps[step]["name"], by=by, at=at)
    return made


def _check(program: Program, version: DesignVersion, membership: Membership, step: str, *, at: datetime) -> None:
    on = program.community.day_of(at)
    walker = paths.walker_of(program, version.design, membership, on=on)
    seen = next(each for each in pathway.look(version.design["pathway"], walker.has) if each.key == step)
    if not seen.is_eligible:
        raise NotYetThere(missing=seen.missing, comes_after=seen.comes_after, is_theirs=seen.is_theirs)


@transaction.atomic
def answer_step(
    *, step: PathStep, membership: Membership, accepts: bool, by: Person, at: datetime,
    on_behalf_of: Person | None = None, channel: str = Channel.WEB,
) -> PathStep:  # fmt: skip
    """Accept or decline what was offered. Whoever accepts belongs to the program's people from then on.

    The same answer again changes nothing. Raises ProgramIsOver, NotYourOffer, OfferIsOver.
    """
    stands = _held(step)
    if stands.membership_id != membership.pk:
        raise NotYourOffer
    said = PathStep.State.HELD if accepts else PathStep.State.DECLINED
    if stands.state == said:
        return stands
    if stands.state != PathStep.State.OFFERED:
        raise OfferIsOver
    stands.state, stands.answered_at, stands.answered_by, stands.channel = said, at, by, channel
    place = None
    if accepts:
        stands.held_from = stands.fresh_from = stands.community.day_of(at)
        place = _let_belong(stands.program, membership, by=by, at=at)
    stands.save()
    deed = Deed(by, at, on_behalf_of, channel)
    deed.log("programs.step_accepted" if accepts else "programs.step_declined", stands)
    undoing.offer("programs.answer_step", stands, by=by, at=at, state=said, place=str(place.pk) if place else None)
    return stands


def _let_belong(program: Program, membership: Membership, *, by: Person, at: datetime) -> BodyMember | None:
    """Their place among the program's people, if it is new."""
    here = BodyMember.objects.of(program.community).filter(group=program.group_id, membership=membership)
    if here.exists():
        return None
    return people.join_body(body=program.group, membership=membership, part=BodyMember.Part.BELONGS, by=by, at=at)


@undo.inverse("programs.answer_step")
@transaction.atomic
def offer_stands_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It waits for an answer as before, and a place that came with it is given up. Raises SomeoneElseWasFaster."""
    was = {"state": args["state"], "answered_at": undoing.moment_of(args)}
    before = {"answered_at": None, "answered_by": None, "held_from": None, "fresh_from": None, "channel": Channel.WEB}
    _bring_back(args, by, at, "programs.step_unanswered", was, {"state": PathStep.State.OFFERED, **before})
    if args["place"]:
        _end_place(UUID(args["place"]), by, at)


def _end_place(pk: UUID, by: UUID, at: datetime) -> None:
    """Whoever came in by another way meanwhile, or leads by now, keeps it."""
    rows = BodyMember.objects.filter(pk=pk, part=BodyMember.Part.BELONGS)
    place = rows.select_related("community", "group").first()
    if place is None:
        return
    place.group.community = place.community
    enrolled = Enrolment.objects.of(place.community).here().filter(program__group=place.group)
    if not enrolled.filter(membership=place.membership_id).exists():
        people.leave_body(place=place, by=Person.objects.get(pk=by), at=at)


@transaction.atomic
def give_up_step(
    *, step: PathStep, membership: Membership, by: Person, at: datetime,
    on_behalf_of: Person | None = None, channel: str = Channel.WEB,
) -> PathStep:  # fmt: skip
    """Be on a step no more. It can be offered again. Raises ProgramIsOver, NotYourOffer, OfferIsOver."""
    stands = _held(step)
    if stands.membership_id != membership.pk:
        raise NotYourOffer
    if stands.state != PathStep.State.HELD:
        raise OfferIsOver
    stands.state, stands.ended_at = PathStep.State.GIVEN_UP, at
    stands.save(update_fields=["state", "ended_at"])
    Deed(by, at, on_behalf_of, channel).log("programs.step_given_up", stands)
    undoing.offer("programs.give_up_step", stands, by=by, at=at)
    return stands


@undo.inverse("programs.give_up_step")
@transaction.atomic
def step_is_held_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """It is held as before. Raises SomeoneElseWasFaster."""
    was = {"state": PathStep.State.GIVEN_UP, "ended_at": undoing.moment_of(args)}
    _bring_back(args, by, at, "programs.step_kept", was, {"state": PathStep.State.HELD, "ended_at": None})


@transaction.atomic
def withdraw_step(*, step: PathStep, by: Person | None, at: datetime) -> PathStep:
    """Take back an offer that nobody has answered. Raises ProgramIsOver, OfferIsOver."""
    stands = _held(step)
    if stands.state != PathStep.State.OFFERED:
        raise OfferIsOver
    stands.state, stands.ended_at = PathStep.State.WITHDRAWN, at
    stands.save(update_fields=["state", "ended_at"])
    _log("programs.step_withdrawn", stands, by, at)
    letters.take_offer_back(stands, at=at)
    return stands


@transaction.atomic
def welcome_back(*, step: PathStep, welcomed_by: Membership, by: Person, at: datetime) -> PathStep:
    """A lapsed step is current again, from today on for a first period: somebody has seen that they still can.

    Raises ProgramIsOver, NotForYourself, OfferIsOver, NotLapsed.
    """
    stands = _held(step)
    if welcomed_by.pk == stands.membership_id:
        raise NotForYourself
    if stands.state != PathStep.State.HELD:
        raise OfferIsOver
    program, today = stands.program, stands.community.day_of(at)
    design = DesignVersion.objects.on(program).newest_first()[0].design
    steps = design.get("pathway", {})
    walker = paths.walker_of(program, design, stands.membership, on=today)
    now = walker.currency(steps, stands.step, on=today)
    if now.is_current:
        raise NotLapsed
    if stands.lapsed_on is None or stands.returned_on is not None:
        assert now.last_day is not None
        stands.lapsed_on = now.last_day + timedelta(days=1)
    stands.fresh_from = stands.returned_on = today
    stands.told_of = None
    stands.save(update_fields=["lapsed_on", "fresh_from", "returned_on", "told_of"])
    _log("programs.step_welcomed_back", stands, by, at)
    letters.step_returned(stands, steps[stands.step]["name"], by=by, at=at)
    return stands


def _held(step: PathStep) -> PathStep:
    """The row as it stands, while its program is held: who offers, answers and takes back go one after the other."""
    program = held_program(step.program)
    rows = PathStep.objects.on(program).select_for_update(of=("self",), no_key=True).with_people()
    stands: PathStep | None = rows.filter(pk=step.pk).first()
    if stands is None:
        raise OfferIsOver
    program.group = step.program.group
    stands.program, stands.community = program, program.community
    stands.membership.community = program.community
    return stands


def _log(did: str, step: PathStep, by: Person | None, at: datetime) -> None:
    activity.log(did=did, about_what=step, by_id=by.pk if by else None, at=at)


def _bring_back(
    args: dict[str, Any], by: UUID, at: datetime, did: str, was: dict[str, Any], before: dict[str, Any]
) -> None:
    step: PathStep | None = PathStep.objects.filter(pk=args["row"]).select_related("community").first()
    if step is None:
        raise SomeoneElseWasFaster
    undoing.bring_back(PathStep.objects.of(step.community).filter(pk=step.pk, **was), **before)
    undoing.log(did, step, by=by, at=at)
