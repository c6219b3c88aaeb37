"""Who leads the course of Millbrook, and who takes a next step: some said yes, some not now, others wait."""

from datetime import datetime, timedelta

from alongside.people.models import Membership
from alongside.programs import actions as programs
from alongside.programs.models import PathStep, Program
from alongside.programs.models.program import design_of
from alongside.programs.rules.leaders import role_that_leads
from alongside.programs.rules.pathway import opening
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import CheckKind
from alongside.web.demo.history import Town

# They led such courses elsewhere before there was one here.
LED_BEFORE = ("Hanna Weiss", "Tomás Herrera", "Grace Osei", "Samuel Osei")
SEEN_LATER = ("Grace Osei", "Samuel Osei")


def find_leaders(town: Town, program: Program, *, at: datetime) -> None:
    """Cora has seen what they can do; each said yes. One of them says that she leads from her own life."""
    _see_checks(town, at=at)
    design, cora = design_of(program), town.by_name["Cora Lindqvist"]
    (key,) = opening(design["pathway"], role_that_leads(design))
    for name in LED_BEFORE:
        member = town.by_name[name]
        made = programs.offer_step(
            program=program, membership=member, step=key, offered_by=cora, by=cora.person, at=at, is_brought=True
        )
        programs.answer_step(step=made, membership=member, accepts=True, by=member.person, at=at)
    hanna = town.by_name["Hanna Weiss"]
    programs.say_lived_experience(program=program, membership=hanna, shows_name=True, by=hanna.person, at=at)


def _see_checks(town: Town, *, at: datetime) -> None:
    kinds = CheckKind.objects.of(town.community).filter(kind__in=["induction", "reference"])
    seers = [town.by_name[name].person for name in ("Cora Lindqvist", "Daniel Brody")]
    for name in SEEN_LATER:
        for kind in kinds:
            for seer in seers[: kind.needed]:
                safeguarding.write_check(
                    membership=town.by_name[name], kind=kind, seen_on=town.community.day_of(at), seen_by=seer,
                    by=seers[0], at=at, channel="in_person",
                )  # fmt: skip


def take_steps(town: Town, program: Program, *, at: datetime) -> None:
    """The house has offered a step to all who came twice; two have answered, and one did a training."""
    programs.keep_pathway(program, design_of(program), at=at - timedelta(days=3))
    offered = list(PathStep.objects.on(program).offered().with_people().in_order())
    for number, step in enumerate(offered):
        member: Membership = step.membership
        if number % 4 and member.person.name != "Amina Yusuf":
            step.program, step.community, member.community = program, town.community, town.community
            accepts = number % 4 != 1
            programs.answer_step(
                step=step, membership=member, accepts=accepts, by=member.person, at=at - timedelta(days=2)
            )
            if accepts and number % 4 == 2:
                _trained(town, program, member, at=at - timedelta(days=1))


def _trained(town: Town, program: Program, member: Membership, *, at: datetime) -> None:
    cora = town.by_name["Cora Lindqvist"]
    if member.pk != cora.pk:
        programs.note_training(
            program=program, membership=member, what=programs.trainings_of(program)[0],
            done_on=town.community.day_of(at), noted_by=cora, by=cora.person, at=at,
        )  # fmt: skip
