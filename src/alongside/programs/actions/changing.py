"""The design changes: proposed value by value, decided jointly, and then in force. Nothing else changes it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Draft, Proposal
from alongside.decisions.rules.sides import Outcome
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person
from alongside.programs.models import DesignVersion, Program
from alongside.programs.models.program import design_of
from alongside.programs.rules.design import applied, design_faults
from alongside.programs.rules.faults import Fault
from alongside.programs.serving import Turn, carry_out, sections

# What proposals about a design are about; `about` tells `decisions` what that means.
SUBJECT = "programs"
Change = Mapping[str, Sequence[Any]]


class NothingToChange(Refusal):
    """The design says so already."""


class DesignDoesNotFit(Refusal):
    """A design that cannot be; `faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def check_change(program: Program, change: Change) -> dict[str, Any]:
    """The design that would be. Raises NothingToChange or DesignDoesNotFit."""
    if not change:
        raise NothingToChange
    after = applied(design_of(program), change)
    if faults := design_faults(after, sections()):
        raise DesignDoesNotFit(faults)
    return after


def propose(
    *,
    program: Program,
    membership: Membership,
    title: str,
    change: Change,
    by: Person,
    at: datetime,
    key: UUID,
    words: Mapping[str, str] | None = None,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Proposal:
    """Begin a proposal that would change the design, as a draft. Raises NothingToChange or DesignDoesNotFit."""
    check_change(program, change)
    return decisions.begin(
        membership=membership,
        title=title,
        words=words,
        subject=SUBJECT,
        subject_id=program.pk,
        group=program.group,
        change=change,
        by=by,
        at=at,
        key=key,
        on_behalf_of=on_behalf_of,
        channel=channel,
    )


def change_values(
    *,
    proposal: Proposal,
    change: Change,
    seen: datetime,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Draft:
    """Keep another change in the draft of a proposal's next version; its words stay.

    Raises NothingToChange, DesignDoesNotFit, and SomeoneElseWasFaster as `decisions.save_draft`.
    """
    check_change(program_of(proposal), change)
    return decisions.save_draft(
        proposal=proposal, words={}, change=change, seen=seen, by=by, at=at, on_behalf_of=on_behalf_of, channel=channel
    )


@transaction.atomic
def adopt(*, decision: Decision, at: datetime) -> DesignVersion | None:
    """Bring a passed decision about a design into force, once however many try; None where it asked for words alone.

    What has been delivered stays; what has not follows the new version. What was decided last counts: values that have
    become something else since are set all the same.
    """
    passed = Decision.objects.of(decision.community).closed().filter(pk=decision.pk, outcome=Outcome.PASSED)
    stands = passed.filter(proposal__subject=SUBJECT).select_related("version", "community", "proposal").first()
    if stands is None or not stands.version.change:
        return None
    program = _held(stands.proposal)
    made: DesignVersion | None = DesignVersion.objects.of(stands.community).filter(decision=stands).first()
    if made is None:
        made = _next_version(program, stands, at=at)
    return made


def _next_version(program: Program, decision: Decision, *, at: datetime) -> DesignVersion:
    newest: DesignVersion = DesignVersion.objects.on(program).newest_first()[0]
    before = newest.design
    after = applied(before, decision.version.change)
    if faults := design_faults(after, sections()):
        raise DesignDoesNotFit(faults)
    made: DesignVersion = DesignVersion.objects.create(
        community=program.community,
        program=program,
        number=newest.number + 1,
        design=after,
        change=decision.version.change,
        decision=decision,
        made_at=at,
    )
    carry_out(Turn(program, before, after, None, at))
    activity.log(did="programs.design_adopted", about_what=made, by_id=None, at=at)
    return made


def missed() -> Iterable[Decision]:
    """Passed decisions about designs that nobody has acted on, in the order of their closing."""
    acted_on = DesignVersion.objects.filter(community=OuterRef("community"), decision=OuterRef("pk"))
    found = Decision.objects.closed().filter(~Exists(acted_on), outcome=Outcome.PASSED, proposal__subject=SUBJECT)
    found = found.exclude(version__change={})
    return found.select_related("community").order_by("closed_at")


def program_of(proposal: Proposal) -> Program:
    """The program whose design a proposal would change."""
    found: Program = Program.objects.of(proposal.community).select_related("group").get(pk=proposal.subject_id)
    found.community = proposal.community
    return found


def _held(proposal: Proposal) -> Program:
    """Who changes a design, or opens a vote about it, goes one after the other."""
    Program.objects.of(proposal.community).select_for_update(no_key=True).get(pk=proposal.subject_id)
    return program_of(proposal)
