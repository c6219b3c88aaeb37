"""Checks as pages and files show them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alongside.people.models import Community, Membership, Role
from alongside.safeguarding import duties, pool
from alongside.safeguarding.models import Check, CheckKind, Requirement
from alongside.safeguarding.rules import DAYS_BEFORE, Span, end_near, holding


@dataclass(frozen=True)
class Shown:
    """One kind and somebody's checks of it. `state`: good, soon or over; `days`: the last day, when it is near."""

    kind: CheckKind
    checks: list[Check]
    state: str
    last_day: date | None
    have: int


@dataclass(frozen=True)
class CheckList:
    """Somebody's checks by kind, and those that were withdrawn. Two queries, however many there are."""

    kinds: list[Shown]
    withdrawn: list[Check]


def checks_of(membership: Membership, *, on: date) -> CheckList:
    """What stands of a member's checks, by the names of their kinds."""
    rows = Check.objects.of(membership.community).of_person(membership.person).with_people().newest_first()
    by_kind: dict[CheckKind, list[Check]] = defaultdict(list)
    withdrawn = []
    for check in rows:
        if check.withdrawn_at:
            withdrawn.append(check)
        else:
            by_kind[check.kind].append(check)
    kinds = sorted(by_kind, key=lambda kind: (kind.name, kind.pk))
    return CheckList([_shown(kind, by_kind[kind], on=on) for kind in kinds], withdrawn)


def _shown(kind: CheckKind, checks: list[Check], *, on: date) -> Shown:
    spans = [Span(check.seen_on, check.ends_on) for check in checks]
    have = holding(spans, on)
    if have < kind.needed:
        over = all(span.until is not None and span.until < on for span in spans)
        return Shown(kind, checks, "over" if over else "short", None, have)
    end = end_near(spans, needed=kind.needed, on=on)
    return Shown(kind, checks, "soon" if end else "good", end.last_day if end else None, have)


def rows_of(membership: Membership) -> list[list[Any]]:
    """A head and a row for each check of a member, as a spreadsheet takes it."""
    head = [pgettext("of a person", "Check"), _("Seen on"), _("Seen by"), _("Holds until"), _("Withdrawn on")]
    rows = Check.objects.of(membership.community).of_person(membership.person).with_people().newest_first()
    day_of = membership.community.day_of
    return [
        head,
        *(
            [
                check.kind.name,
                check.seen_on,
                str(check.seen_by),
                check.ends_on or "",
                day_of(check.withdrawn_at) if check.withdrawn_at else "",
            ]
            for check in rows
        ),
    ]


def desk_of(community: Community, *, on: date) -> dict[str, Any]:
    """What runs out, and who lacks something, each with the page of the person. Nine queries, however many."""
    running = pool.running_out(community, on=on)
    lacking = pool.lacking_for_roles(community, on=on)
    people = {each.person.pk for each in running} | {each.person.pk for each in lacking}
    members = Membership.objects.of(community).filter(person__in=people)
    places: dict[UUID, UUID] = dict(members.values_list("person", "pk"))
    return {
        "running": [(each, places[each.person.pk]) for each in running],
        "lacking": [(each, places[each.person.pk], Role(each.role).label, _kinds_text(each.kinds)) for each in lacking],
        "days": DAYS_BEFORE,
    }


def _kinds_text(kinds: dict[CheckKind, int]) -> str:
    told = [f"{count} × {kind}" if kind.needed > 1 else str(kind) for kind, count in kinds.items()]
    return ", ".join(sorted(told))


def needed_by(requirement: Requirement) -> str:
    """Who needs a kind, in words: a role or a duty, and where."""
    who = str(Role(requirement.role).label) if requirement.role else duties.label_of(requirement.duty)
    return _("%(who)s, in %(group)s") % {"who": who, "group": requirement.group} if requirement.group else who


def kinds_shown(community: Community) -> list[tuple[CheckKind, list[str]]]:
    """The kinds in use by name, and who needs each. Two queries."""
    asked: dict[UUID, list[str]] = defaultdict(list)
    for requirement in Requirement.objects.of(community).select_related("group").order_by("role", "duty", "pk"):
        asked[requirement.kind_id].append(needed_by(requirement))
    return [(kind, asked[kind.pk]) for kind in CheckKind.objects.of(community).in_use().by_name()]
