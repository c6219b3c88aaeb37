"""A program at work: so many people in it, so many sessions of which half were held, and everybody's attendance."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from alongside.gatherings import actions as gatherings
from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import Community, Membership, Role
from alongside.programs import actions
from alongside.programs.models import BlueprintFile, Program, Session
from alongside.programs.rules.blueprint import Blueprint
from alongside.programs.shipped import blank
from alongside.timebank import actions as timebank


@dataclass
class Running:
    program: Program
    coordinator: Membership
    members: list[Membership]


def settled(many: int, *, name: str = "Bench") -> tuple[Community, Membership, list[Membership]]:
    """A community with a coordinator and so many participants."""
    community = Community.objects.create(name=name, slug=name.lower(), made_at=now())
    timebank.open_time_bank(community=community, by=None, at=now())
    roles = [Role.PARTICIPANT, Role.COORDINATOR]
    coordinator = people.add_person(community=community, name="Cora", roles=roles, by=None, at=now())
    members = [
        people.add_person(community=community, name=f"Neighbor {number:03}", by=None, at=now())
        for number in range(many)
    ]
    return community, coordinator, members


def started(
    coordinator: Membership, blueprint: Blueprint, at: datetime, *, file: BlueprintFile | None = None
) -> Program:
    """A program with the usual answer to every question: of a file that was brought in, or one of the house."""
    by, shipped = coordinator.person, "" if file else blueprint.id
    beginning = actions.begin(membership=coordinator, shipped=shipped, file=file, by=by, at=at)
    for key, value in {**{ask.key: ask.usual for ask in blueprint.asks}, "title": blueprint.title}.items():
        beginning = actions.answer(beginning=beginning, key=key, value=value, by=by, at=at)
    return actions.start(beginning=beginning, by=by, at=at, key=uuid4())


def running(coordinator: Membership, members: list[Membership], *, sessions: int) -> Running:
    """A weekly program of all these, half of whose sessions were held with everybody there."""
    weeks, by = sessions // 2, coordinator.person
    began = now() - timedelta(weeks=weeks)
    text = blank().text.replace("[sessions]\n", f"[sessions]\ncount = {sessions}\n")
    file = actions.import_blueprint(community=coordinator.community, text=text, by=by, at=began)
    program = started(coordinator, blank(), began, file=file)
    for member in members:
        actions.enrol(program=program, membership=member, by=by, at=began)
    actions.schedule(program=program, first_day=began.date(), leaders=[], by=by, at=began, key=uuid4())
    ordered = Session.objects.on(program).order_by("gathering__starts_at")
    for session in ordered.filter(gathering__ends_at__lte=now()).select_related("gathering"):
        gathering = session.gathering
        gathering.community, at = coordinator.community, gathering.ends_at
        for member in members:
            gatherings.mark(gathering=gathering, membership=member, said="came", by=by, at=at, key=uuid4())
        gatherings.close_attendance(gathering=gathering, by=by, at=at)
    return Running(program, coordinator, members)
