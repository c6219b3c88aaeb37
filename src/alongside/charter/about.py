"""What `decisions` asks about proposals that would set the community's rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.charter import words
from alongside.charter.actions import SUBJECT
from alongside.charter.in_force import BOTH_SIDES, values_in_force
from alongside.charter.models import CharterVersion
from alongside.charter.rules.values import KEYS, applied, faults, stale, subjects_of
from alongside.decisions import subjects
from alongside.decisions.models import Decision, Proposal, Version
from alongside.decisions.rules.sides import Outcome
from alongside.decisions.subjects import CameOfIt, ChangeDoesNotFit, Line, NotByThisRule
from alongside.timebank.models import TimeBank

# Each asks about one text as a whole, and is adopted only when both sides agree.
WAYS = frozenset({"double-majority", "gradients", "consent"})


def register() -> None:
    """Let proposals be about the community's rules."""
    subjects.register(
        subjects.Subject(
            name=SUBJECT,
            ways=WAYS,
            lines=lines,
            check=check,
            check_opening=check_opening,
            edit_url=edit_url,
            came_of_it=came_of_it,
        )
    )


def lines(proposal: Proposal, change: Mapping[str, Any]) -> list[Line]:
    """The values before and after."""
    return words.lines(change)


def check(proposal: Proposal, change: Mapping[str, Any]) -> None:
    """Raises ChangeDoesNotFit for a version that would set nothing, what cannot be, or what has changed since."""
    if not change:
        raise ChangeDoesNotFit(_("Say which of our rules would change: choose the values first."))
    now = values_in_force(proposal.community)
    if old := stale(now, change):
        raise ChangeDoesNotFit(words.stale_words(old))
    if keys := faults(applied(now, change)):
        raise ChangeDoesNotFit(words.fault_words(keys))


def check_opening(proposal: Proposal, version: Version, sides: Sequence[str]) -> None:
    """The rules are everybody's: both who uses and who provides must agree, and two votes never set the same thing.

    Raises NotByThisRule or ChangeDoesNotFit.
    """
    if proposal.group_id is not None or not set(sides) >= BOTH_SIDES:
        raise NotByThisRule(_("Our rules are decided by people who use it and people who provide it, of all groups."))
    community = proposal.community
    # Of two who open votes at once, the second sees the first one's.
    TimeBank.objects.of(community).select_for_update(no_key=True).first()
    check(proposal, version.change)
    mine = subjects_of(version.change)
    others = Decision.objects.of(community).open().filter(proposal__subject=SUBJECT).exclude(proposal=proposal)
    for other in others.select_related("version"):
        if both := mine & subjects_of(other.version.change):
            what = next(key for key in KEYS if subjects_of({key: None}) & both)
            raise ChangeDoesNotFit(
                _("Another vote is open about this: %(what)s. Wait until it has closed.") % {"what": words.NAMES[what]}
            )


def edit_url(proposal: Proposal) -> str:
    """Where the values of a draft are changed."""
    return reverse("charter:values", args=[proposal.community.slug, proposal.pk])


def came_of_it(decision: Decision) -> CameOfIt | None:
    """The version that a passed decision has set; that it will soon, in the minute before."""
    if decision.outcome != Outcome.PASSED:
        return None
    url = reverse("charter:home", args=[decision.community.slug])
    made: CharterVersion | None = CharterVersion.objects.of(decision.community).filter(decision=decision).first()
    if made is None:
        return CameOfIt(_("It will be in force within a few minutes."), url, is_done=False)
    return CameOfIt(_("It is in force: version %(number)s of our rules.") % {"number": made.number}, url, is_done=True)
