"""What is noted towards a step: trainings, sessions beside a mentor, and lived experience, said by the person alone."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.gatherings.models import Attendance
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Membership, Person
from alongside.programs.actions.belonging import held_program
from alongside.programs.actions.bringing import NotYetTheDay
from alongside.programs.actions.walking import NotForYourself
from alongside.programs.models import (
    BesideMentor,
    CohortLeader,
    LivedExperience,
    Program,
    Session,
    TrainingDone,
    leaders_of,
)
from alongside.programs.models.program import design_of
from alongside.programs.rules import pathway


class NoSuchTraining(Refusal):
    """No step of the design asks for a training in these words."""


class DidNotLeadIt(Refusal):
    """The mentor did not lead this session, or did not come; `who` is the mentor."""

    def __init__(self, *, who: Membership) -> None:
        super().__init__(str(who.pk))
        self.who = who


class WasNotThere(Refusal):
    """The person did not come to this session; `who` is the person."""

    def __init__(self, *, who: Membership) -> None:
        super().__init__(str(who.pk))
        self.who = who


def trainings_of(program: Program) -> list[str]:
    """The trainings that the steps of a design ask for, each once, in its order."""
    steps = design_of(program).get("pathway", {})
    asked = [step["asks"]["training"] for step in steps.values() if step.get("asks", {}).get("training")]
    return list({pathway.folded(words): words for words in asked}.values())


@transaction.atomic
def note_training(
    *,
    program: Program,
    membership: Membership,
    what: str,
    done_on: date,
    noted_by: Membership,
    by: Person,
    at: datetime,
) -> TrainingDone:
    """Note that somebody did a training that the design asks for. The same again changes nothing.

    Raises ProgramIsOver, NotForYourself, NoSuchTraining, NotYetTheDay.
    """
    stands = held_program(program)
    if noted_by.pk == membership.pk:
        raise NotForYourself
    if what not in trainings_of(stands):
        raise NoSuchTraining
    if done_on > stands.community.day_of(at):
        raise NotYetTheDay
    told = {"what": what, "done_on": done_on, "noted_by": noted_by, "keyed_by": by, "noted_at": at}
    made: TrainingDone
    made, is_new = TrainingDone.objects.get_or_create(
        community=stands.community, program=stands, membership=membership, folded=pathway.folded(what), defaults=told
    )
    if is_new:
        activity.log(did="programs.training_noted", about_what=made, by_id=by.pk, at=at)
        undoing.offer("programs.note_training", made, by=by, at=at)
    return made


@undo.inverse("programs.note_training")
@transaction.atomic
def unnote_training(args: dict[str, str], by: UUID, at: datetime) -> None:
    """It was never noted. Raises SomeoneElseWasFaster."""
    row = TrainingDone.objects.filter(pk=args["row"]).select_related("community").first()
    if row is None:
        raise SomeoneElseWasFaster
    undoing.log("programs.training_unnoted", row, by=by, at=at)
    row.delete()


@transaction.atomic
def note_beside_mentor(
    *, session: Session, membership: Membership, mentor: Membership, noted_by: Membership, by: Person, at: datetime
) -> BesideMentor:
    """Note that somebody was at a session beside a mentor who led it. The same again changes nothing.

    `session` carries its cohort and program. Raises ProgramIsOver, NotForYourself, DidNotLeadIt, WasNotThere.
    """
    program = held_program(session.cohort.program)
    if membership.pk in {noted_by.pk, mentor.pk}:
        raise NotForYourself
    came = Attendance.objects.of(program.community).came().filter(gathering=session.gathering_id)
    there = set(came.filter(membership__in=[membership.pk, mentor.pk]).values_list("membership", flat=True))
    if session.held_at is None or mentor.pk not in there or mentor.pk not in leaders_of(session):
        raise DidNotLeadIt(who=mentor)
    if membership.pk not in there:
        raise WasNotThere(who=membership)
    told = {"program": program, "mentor": mentor, "noted_by": noted_by, "keyed_by": by, "noted_at": at}
    made: BesideMentor
    made, is_new = BesideMentor.objects.get_or_create(
        community=program.community, session=session, membership=membership, defaults=told
    )
    if is_new:
        activity.log(did="programs.beside_mentor_noted", about_what=made, by_id=by.pk, at=at)
        undoing.offer("programs.note_beside_mentor", made, by=by, at=at)
    return made


@undo.inverse("programs.note_beside_mentor")
@transaction.atomic
def unnote_beside_mentor(args: dict[str, str], by: UUID, at: datetime) -> None:
    """It was never noted. Raises SomeoneElseWasFaster."""
    row = BesideMentor.objects.filter(pk=args["row"]).select_related("community").first()
    if row is None:
        raise SomeoneElseWasFaster
    undoing.log("programs.beside_mentor_unnoted", row, by=by, at=at)
    row.delete()


@transaction.atomic
def say_lived_experience(
    *, program: Program, membership: Membership, shows_name: bool, by: Person, at: datetime,
    on_behalf_of: Person | None = None, channel: str = Channel.WEB,
) -> LivedExperience:  # fmt: skip
    """Say that one has lived with what the program is about; `shows_name`: it may stand beside one's name.

    The same again changes whether the name shows. Raises ProgramIsOver.
    """
    stands = held_program(program)
    told = {"shows_name": shows_name, "said_at": at, "keyed_by": by, "channel": channel}
    said: LivedExperience
    said, _is_new = LivedExperience.objects.update_or_create(
        community=stands.community, program=stands, membership=membership, defaults=told
    )
    _show_beside_name(stands, membership, shows=shows_name)
    # Not even the log of acts tells who said it: the entry is about the program.
    Deed(by, at, on_behalf_of, channel).log("programs.own_pathway_changed", stands)
    return said


@transaction.atomic
def take_lived_experience_back(
    *, program: Program, membership: Membership, by: Person, at: datetime,
    on_behalf_of: Person | None = None, channel: str = Channel.WEB,
) -> None:  # fmt: skip
    """It is not said any more, and stands beside no name. The same again changes nothing."""
    gone, _kinds = LivedExperience.objects.on(program).filter(membership=membership).delete()
    _show_beside_name(program, membership, shows=False)
    if gone:
        Deed(by, at, on_behalf_of, channel).log("programs.own_pathway_changed", program)


def _show_beside_name(program: Program, membership: Membership, *, shows: bool) -> None:
    led = CohortLeader.objects.of(program.community).filter(cohort__program=program, membership=membership)
    led.update(from_lived_experience=shows)
