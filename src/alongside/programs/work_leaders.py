"""What waits for a coordinator: runs with sessions that need a leader, once for each run."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from alongside.people.models import Community
from alongside.programs.models import Program, Session, SessionLeader, who_leads
from alongside.programs.rules import leaders
from alongside.strengths import worklist

NAME = "programs.leaders_missing"


def register() -> None:
    """Let it stand in the queue of every community."""
    worklist.register(NAME, label=gettext_lazy("These sessions need a leader"), find=find)


def find(community: Community, at: datetime) -> Iterator[worklist.Work]:
    """Each such run, the one that waits longest first; five questions, however many programs."""
    programs = {each.pk: each for each in Program.objects.of(community).running().with_design()}
    needed = {pk: number for pk, each in programs.items() if (number := leaders.needed(each.design))}
    ahead = Session.objects.of(community).to_come(at).filter(gathering__starts_at__gt=at, cohort__program__in=needed)
    sessions = list(ahead.select_related("cohort").order_by("gathering__starts_at", "pk")) if needed else []
    if not sessions:
        return
    leads = who_leads(community, sessions)
    missing: dict[Any, list[Session]] = defaultdict(list)
    for one in sessions:
        if len(leads[one.pk]) < needed[one.cohort.program_id]:
            missing[one.cohort_id].append(one)
    if not missing:
        return
    since = _lost_since(community, [one for those in missing.values() for one in those])
    found = [_work(community, programs, those, since, at) for those in missing.values()]
    yield from sorted(found, key=lambda work: (work.since, work.item))


def _lost_since(community: Community, sessions: list[Session]) -> dict[Any, datetime]:
    """Since when each session has lost somebody."""
    out = SessionLeader.objects.of(community).out().filter(session__in=[one.pk for one in sessions])
    return dict(out.order_by("-since").values_list("session", "since"))


def _work(
    community: Community,
    programs: dict[Any, Program],
    sessions: list[Session],
    since: dict[Any, datetime],
    at: datetime,
) -> worklist.Work:
    cohort = sessions[0].cohort
    words = ngettext(
        "“%(program)s”: %(count)s session needs a leader",
        "“%(program)s”: %(count)s sessions need a leader",
        len(sessions),
    )
    return worklist.Work(
        item=f"{NAME}:{cohort.pk}",
        title=words % {"program": programs[cohort.program_id].title, "count": len(sessions)},
        since=min((since[one.pk] for one in sessions if one.pk in since), default=at),
        link=reverse("programs:find_leader", args=[community.slug, cohort.program_id, cohort.pk]),
    )
