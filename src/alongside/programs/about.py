"""What `decisions` asks about proposals that would change the design of a program."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions import subjects
from alongside.decisions.models import Decision, Proposal, Version
from alongside.decisions.rules.exact import share
from alongside.decisions.rules.sides import Outcome
from alongside.decisions.subjects import CameOfIt, ChangeDoesNotFit, LaidDown, Line, NotByThisRule
from alongside.programs import words
from alongside.programs.actions import SUBJECT, DesignDoesNotFit
from alongside.programs.actions.changing import check_change, program_of
from alongside.programs.models import DesignVersion, Program
from alongside.programs.models.program import design_of
from alongside.programs.rules.design import meets, stale
from alongside.programs.rules.words import SIDES

# As a design names the rule → as `decisions` does.
RULES = {"double majority": "double-majority", "gradients": "gradients", "consent": "consent"}


def register() -> None:
    """Let proposals be about designs."""
    subjects.register(
        subjects.Subject(
            name=SUBJECT,
            ways=frozenset(RULES.values()),
            lines=lines,
            check=check,
            check_opening=check_opening,
            edit_url=edit_url,
            came_of_it=came_of_it,
            laid_down=laid_down,
        )
    )


def lines(proposal: Proposal, change: Mapping[str, Any]) -> list[Line]:
    """The values before and after."""
    return words.lines_of(change)


def check(proposal: Proposal, change: Mapping[str, Any]) -> None:
    """Raises ChangeDoesNotFit for what cannot be, or what has changed since. Words alone may stand."""
    program = program_of(proposal)
    if program.ended_at:
        raise ChangeDoesNotFit(_("This program has ended."))
    if not change:
        return
    if old := stale(design_of(program), change):
        raise ChangeDoesNotFit(
            _("This has changed since: %(what)s. Choose it again.") % {"what": words.label_of(old[0])}
        )
    try:
        check_change(program, change)
    except DesignDoesNotFit as refusal:
        raise ChangeDoesNotFit(words.fault_words(refusal.faults)) from None


def check_opening(proposal: Proposal, version: Version, sides: Sequence[str]) -> None:
    """Two votes never change the same thing. Raises NotByThisRule or ChangeDoesNotFit."""
    # Of two who open votes at once, the second sees the first one's.
    Program.objects.of(proposal.community).select_for_update(no_key=True).get(pk=proposal.subject_id)
    if proposal.group_id != program_of(proposal).group_id:
        raise NotByThisRule(_("A program is decided by its own people."))
    check(proposal, version.change)
    others = Decision.objects.of(proposal.community).open().filter(proposal__subject_id=proposal.subject_id)
    for other in others.exclude(proposal=proposal).select_related("version"):
        if both := meets(version.change, other.version.change):
            raise ChangeDoesNotFit(
                _("Another vote is open about this: %(what)s. Wait until it has closed.")
                % {"what": words.label_of(both[0])}
            )


def laid_down(proposal: Proposal) -> LaidDown:
    """As the design in force says how it is changed."""
    design = design_of(program_of(proposal))
    deciding = design["deciding"]
    return LaidDown(
        rule=RULES[deciding["rule"]],
        sides=tuple(SIDES[side] for side in SIDES if side in design["sides"]),
        share=Fraction(share(deciding["share"])),
        days=deciding["open_days"],
    )


def edit_url(proposal: Proposal) -> str:
    """Where the values of a draft are changed."""
    return reverse("programs:values", args=[proposal.community.slug, proposal.pk])


def came_of_it(decision: Decision) -> CameOfIt | None:
    """The design version that a passed decision has made; that it will soon, in the minute before.

    None for words alone: whoever sees to it says what came of them.
    """
    if decision.outcome != Outcome.PASSED or not decision.version.change:
        return None
    slug, program_id = decision.community.slug, decision.proposal.subject_id
    url = reverse("programs:program", args=[slug, program_id])
    made: DesignVersion | None = DesignVersion.objects.of(decision.community).filter(decision=decision).first()
    if made is None:
        return CameOfIt(_("It will be in force within a few minutes."), url, is_done=False)
    url = reverse("programs:versions", args=[slug, program_id])
    return CameOfIt(_("It is in force: version %(number)s of the design.") % {"number": made.number}, url, is_done=True)
