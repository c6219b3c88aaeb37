"""How jobs, committees and boards look on pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from alongside.people.models import BodyMember, Membership
from alongside.programs.models import Enrolment, JobTerm, Program
from alongside.programs.rules import jobs as rules
from alongside.programs.rules.words import SIDE_NAMES
from alongside.programs.words import translated

State = JobTerm.State


@dataclass(frozen=True)
class JobShown:
    """A job with who holds it, who offers, and who was asked; `mine`: the reader's own row, if there is one."""

    key: str
    job: Mapping[str, Any]
    kind: str
    chosen_by: str
    seats: rules.Seats
    holders: list[JobTerm]
    offering: list[JobTerm]
    asked: list[JobTerm]
    ending: list[JobTerm]
    mine: JobTerm | None
    for_whom: list[str]

    @property
    def is_board(self) -> bool:
        return bool(self.job["kind"] == rules.BOARD)

    @property
    def is_to_fill(self) -> bool:
        """A seat is empty, or will be soon."""
        return bool(self.seats.empty or self.ending)


def jobs_shown(program: Program, design: Mapping[str, Any], me: Membership, *, on: date) -> list[JobShown]:
    """Every job of the design in its order; one query however many people."""
    by_job: dict[str, list[JobTerm]] = {}
    for term in JobTerm.objects.on(program).still_open().with_people().by_name():
        by_job.setdefault(term.job, []).append(term)
    return [_shown(key, job, design, by_job.get(key, []), me, on) for key, job in rules.jobs_in(design).items()]


def _shown(
    key: str, job: Mapping[str, Any], design: Mapping[str, Any], terms: Iterable[JobTerm], me: Membership, on: date
) -> JobShown:
    rows = list(terms)
    holders = [term for term in rows if term.state == State.HELD]
    for_whom = [design["roles"][job["role"]]["name"]] if "role" in job else []
    if "side" in job:
        for_whom.append(translated(SIDE_NAMES[job["side"]]))
    return JobShown(
        key=key,
        job=job,
        kind=translated(rules.KINDS[job["kind"]]),
        chosen_by=translated(rules.CHOSEN_BY[rules.chosen_by(job)]),
        seats=rules.seats(job, len(holders)),
        holders=holders,
        offering=[term for term in rows if term.state == State.OFFERED],
        asked=[term for term in rows if term.state == State.ASKED],
        ending=[term for term in holders if rules.ends_soon(term.ends_on, on)],
        mine=next((term for term in rows if term.membership_id == me.pk), None),
        for_whom=for_whom,
    )


@dataclass(frozen=True)
class Home:
    """People who live together, or one who lives in no household here."""

    name: str
    people: list[str]


def homes_without_a_job(program: Program, design: Mapping[str, Any], *, of: Membership | None = None) -> list[Home]:
    """Those of whom nobody holds a job, by name; `of`: the homes of one member alone. Three queries."""
    roles = design.get("roles", {})
    paid = [key for key, role in roles.items() if role["who"] == "professional"]
    here = Enrolment.objects.on(program).here().exclude(role__in=paid)
    if of is not None:
        here = here.filter(membership=of)
    rows = {row.membership_id: row.membership for row in here.with_people()}
    homes, names = _homes(program, rows)
    holders = set(JobTerm.objects.on(program).held().values_list("membership", flat=True))
    free = rules.without_a_job(homes, holders)
    found = [Home(names[home], [str(rows[one].person) for one in homes[home] if one in rows]) for home in free]
    return sorted(found, key=lambda home: home.name)


def _homes(program: Program, rows: Mapping[Any, Membership]) -> tuple[dict[Any, list[Any]], dict[Any, str]]:
    """Everybody who lives in a household of somebody who takes part, by household; and what each is called."""
    places = BodyMember.objects.of(program.community).filter(household__closed_at=None).exclude(household=None)
    theirs = places.filter(membership__in=list(rows)).values("household")
    homes: dict[Any, list[Any]] = {}
    names: dict[Any, str] = {}
    for place in places.filter(Q(household__in=theirs)).select_related("household").order_by("id"):
        homes.setdefault(place.household_id, []).append(place.membership_id)
        names[place.household_id] = str(place.household)
    housed = {one for people in homes.values() for one in people}
    for one, membership in rows.items():
        if one not in housed:
            homes[one], names[one] = [one], str(membership.person)
    return homes, names
