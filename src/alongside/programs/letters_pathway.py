"""What this room tells people about their own way in a program: steps, places, and what they were asked to lead."""

from collections.abc import Callable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Person
from alongside.programs.models import Enrolment, PathStep, Program, StageLead
from alongside.ui.words import day_text

STEPS = kinds.register("programs.steps", label=gettext_lazy("When a step in a program is offered to me, or changes"))
PLACE = kinds.register("programs.place", label=gettext_lazy("When I get a place in a program"))
LEADS = kinds.register("programs.leads", label=gettext_lazy("When I am written down as leading a stage"))


def step_offered(step: PathStep, name: str, *, by: Person | None, at: datetime) -> None:
    """Tell somebody that a step is offered; that they may say no, and take their time."""
    _tell_of_step(
        step,
        lambda: _("A next step is open to you"),
        lambda: (
            _("In “%(program)s” you could be: %(step)s. It is an offer: say yes or no on your page, whenever you like.")
            % {"program": step.program.title, "step": name}
        ),
        key=_offer_key(step),
        by=by,
        at=at,
    )


def take_offer_back(step: PathStep, *, at: datetime) -> None:
    """The letter goes, if it is still here."""
    notices.take_back(community=step.community, key=_offer_key(step), at=at)


def _offer_key(step: PathStep) -> str:
    return f"step-offered:{step.pk}"


def step_lapses(step: PathStep, name: str, *, last_day: date, at: datetime) -> None:
    """Tell somebody until when their step is current."""
    _tell_of_step(
        step,
        lambda: _("Something to know about your step"),
        lambda: (
            _("In “%(program)s” your step “%(step)s” is current until %(day)s. Lead again until then, and it stays so.")
            % {"program": step.program.title, "step": name, "day": day_text(last_day)}
        ),
        key=f"step-lapses:{step.pk}:{last_day}",
        at=at,
    )


def step_lapsed(step: PathStep, name: str, *, at: datetime) -> None:
    """Tell somebody that their step rests, and that nothing is lost."""
    _tell_of_step(
        step,
        lambda: _("Your step rests for now"),
        lambda: (
            _(
                "In “%(program)s” it is a while since you led, so your step “%(step)s” rests. Nothing is lost, and "
                "what you did counts. When you want to lead again, tell a coordinator."
            )
            % {"program": step.program.title, "step": name}
        ),
        key=f"step-lapsed:{step.pk}:{step.lapsed_on}",
        at=at,
    )


def step_returned(step: PathStep, name: str, *, by: Person | None, at: datetime) -> None:
    """Tell somebody that their step is current again."""
    _tell_of_step(
        step,
        lambda: _("Welcome back"),
        lambda: (
            _("In “%(program)s” your step “%(step)s” is current again.") % {"program": step.program.title, "step": name}
        ),
        key=f"step-returned:{step.pk}:{step.returned_on}",
        by=by,
        at=at,
    )


def moved_up(enrolment: Enrolment, *, by: Person, at: datetime) -> None:
    """Tell somebody who waited that there is a place for them now."""
    program = enrolment.program
    _tell(
        program,
        enrolment.membership.person,
        lambda: _("There is a place for you now"),
        lambda: (
            _(
                "You waited for “%(program)s”. Somebody left, and you take part now. If it does not suit you any more, "
                "leave it on its page."
            )
            % {"program": program.title}
        ),
        kind=PLACE.name,
        link=_page("program", program),
        key=f"program-place:{enrolment.pk}",
        by=by,
        at=at,
    )


def stage_lead_named(lead: StageLead, *, by: Person, at: datetime) -> None:
    """Tell somebody whom another has written down as leading a stage."""
    program = lead.run.program
    if lead.membership.person_id != by.pk:
        _tell(
            program,
            lead.membership.person,
            lambda: _("You are written down as leading"),
            lambda: (
                _("In “%(program)s” you lead a stage for your side: %(stage)s. If that is not right, stop on its page.")
                % {"program": program.title, "stage": lead.run.get_stage_display()}
            ),
            kind=LEADS.name,
            link=_page("program", program),
            key=f"stage-lead:{lead.pk}:{lead.membership_id}:{lead.since:%Y%m%d%H%M}",
            by=by,
            at=at,
        )


def _tell_of_step(
    step: PathStep,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    key: str,
    at: datetime,
    by: Person | None = None,
) -> None:
    program, person = step.program, step.membership.person
    _tell(program, person, title, body, kind=STEPS.name, link=_page("pathway", program), key=key, at=at, by=by)


def _tell(
    program: Program,
    person: Person,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    kind: str,
    link: str,
    key: str,
    at: datetime,
    by: Person | None = None,
) -> None:
    notices.tell(
        person=person, community=program.community, kind=kind, title=title, body=body, link=link, key=key, at=at,
        after_seconds=undo.SECONDS if by else 0, by_id=by.pk if by else None,
    )  # fmt: skip


def _page(name: str, program: Program) -> str:
    return reverse(f"programs:{name}", args=[program.community.slug, program.pk])
