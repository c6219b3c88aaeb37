"""Checks and training that a rota asks for and too few have: before a search, and on duties that have lost them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.rota.models import Duty
from alongside.rota.planning import Plan
from alongside.rota.rules import opening

Names = frozenset[str]


@dataclass(frozen=True)
class Missing:
    """So few have all of these checks that some duty or session could never be filled. Nobody is named.

    `have`: how many adults of the pool have them; `needed`: how many at once are asked for.
    """

    names: Names
    have: int
    needed: int

    @property
    def sentence(self) -> str:
        have = ngettext("%(count)s adult has it", "%(count)s adults have it", self.have) % {"count": self.have}
        needed = ngettext("%(count)s is needed at once", "%(count)s are needed at once", self.needed)
        return _("%(check)s: %(have)s, and %(needed)s.") % {
            "check": " + ".join(sorted(self.names)),
            "have": have if self.have else _("nobody has it yet"),
            "needed": needed % {"count": self.needed},
        }


def missing_checks(plan: Plan) -> list[Missing]:
    """Which checks are missing before any search is begun; of several together only where each alone would do."""
    if plan.problem is None or not plan.pool.members:
        return []
    trained = [plan.problem.person_of[str(pk)].training for pk in plan.pool.members if str(pk) in plan.people]
    found: list[Missing] = []
    for names, needed in sorted(_needed(plan).items(), key=lambda item: (len(item[0]), sorted(item[0]))):
        have = sum(names <= theirs for theirs in trained)
        if have < needed and not any(one.names <= names for one in found):
            found.append(Missing(names, have, needed))
    return found


def _needed(plan: Plan) -> dict[Names, int]:
    """For each check, and for those asked for together, how many people with it are needed at once."""
    needed: dict[Names, int] = defaultdict(int)
    by_day: dict[date, list[Duty]] = defaultdict(list)
    for duty in plan.duties.values():
        by_day[duty.day].append(duty)
    for duties in by_day.values():
        for group in _at_once(duties):
            for names, many in _asked(group).items():
                needed[names] = max(needed[names], many)
    assert plan.problem is not None
    counts = frozenset(plan.rota.section.get("ratio", {}).get("counts_with", ()))
    most = max((session.checked for session in plan.problem.sessions), default=0)
    for names in _with_singles(counts) if most else ():
        needed[names] = max(needed[names], most)
    return needed


def _at_once(duties: Iterable[Duty]) -> Iterator[list[Duty]]:
    by_key = {str(duty.pk): duty for duty in duties}
    for group in opening.together({key: (duty.starts_at, duty.ends_at) for key, duty in by_key.items()}):
        yield [by_key[key] for key in group]


def _asked(duties: Iterable[Duty]) -> dict[Names, int]:
    """What duties at the same time ask for together."""
    found: dict[Names, int] = defaultdict(int)
    for duty in duties:
        for names in _with_singles(frozenset(duty.everybody)):
            found[names] += duty.people
        for name in set(duty.somebody) - set(duty.everybody):
            found[frozenset({name})] += 1
    return found


def _with_singles(names: Names) -> set[Names]:
    return {names, *(frozenset({name}) for name in names)} if names else set()


def hides(missing: Iterable[Missing], plan: Plan, code: str, detail: object) -> bool:
    """Is a rule of a clash only one of these in other words?"""
    if code.startswith("rule.checked"):
        counts = frozenset(plan.rota.section.get("ratio", {}).get("counts_with", ()))
        return any(one.names <= counts for one in missing)
    if code.startswith(("rule.everybody", "rule.somebody")):
        return any(detail in one.names for one in missing)
    return False


def without_training(plan: Plan) -> dict[date, list[str]]:
    """Days on which nobody on a duty has what at least one must have, with what that is."""
    found: dict[date, list[str]] = defaultdict(list)
    for duty in plan.duties.values():
        for name in lost_on(plan, duty):
            if name not in found[duty.day]:
                found[duty.day].append(name)
    return dict(found)


def lost_on(plan: Plan, duty: Duty) -> list[str]:
    """What nobody on a duty has, of what at least one must have; nothing where nobody is on it."""
    there = [str(one.membership_id) for one in plan.on_duty[duty.pk]]
    return [name for name in duty.somebody if there and not any(plan.has(one, str(duty.pk), name) for one in there)]
