"""Jobs, committees and boards: who may hold a seat, for how long, and when a board may decide."""

from collections.abc import Iterator, Mapping
from typing import Any

from alongside.programs.rules import words
from alongside.programs.rules.faults import Fault, Path
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.jobs import BOARD, CHOSEN_BY, KINDS, needed
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import (
    Choice,
    ListOf,
    MapOf,
    NameOf,
    Table,
    Text,
    Whole,
    Written,
    YesNo,
    period,
    unknown,
)


def _quorum(text: str) -> object:
    return needed(text, 1)


JOB = Table(
    of={
        "name": Text(longest=60, label=_("Name"), must=True),
        "kind": Choice(of=KINDS, label=_("What it is"), must=True),
        "does": ListOf(of=Text(longest=160), label=_("What it does"), help=_("one thing a line"), most=12),
        "least": Whole(least=0, most=100, label=_("At least this many people")),
        "most": Whole(least=1, most=100, label=_("At most this many people"), must=True),
        "role": NameOf(section="roles", label=_("The role that may hold it")),
        "side": Choice(of=words.SIDE_NAMES, label=_("The side that may hold it")),
        "chosen_by": Choice(of=CHOSEN_BY, label=_("Who chooses")),
        "term": period(label=_("How long"), help=_("leave it out where it goes on")),
        "terms": Whole(least=1, most=20, label=_("At most this many terms running")),
        "quorum": Written(
            read=_quorum,
            example="1/2",
            what=_('a share, a number, or "more than half" belongs here'),
            label=_("How many must be there to decide"),
        ),
    }
)

JOBS = Table(
    label=_("Jobs and committees"),
    of={
        "every_household": YesNo(label=_("Every household has a job")),
        "list": MapOf(of=JOB, label=_("Jobs"), help=_("jobs, committees and boards, each with its seats"), most=40),
    },
)


def _jobs_fit(design: Design) -> Iterator[Fault]:
    for key, job in design.get("jobs", {}).get("list", {}).items():
        place = ("jobs", "list", key)
        yield from _names_are_there(design, job, place)
        if job.get("least", 0) > job["most"]:
            facts = {"least": job["least"], "most": job["most"]}
            yield Fault((*place, "least"), _("%(least)s are needed, but there is room for %(most)s"), facts=facts)
        if "terms" in job and "term" not in job:
            yield Fault((*place, "term"), _('"%(key)s" is missing'), _("how long is one term?"), {"key": "term"})
        if job["kind"] == BOARD and "quorum" not in job:
            yield Fault(
                (*place, "quorum"), _('"%(key)s" is missing'), _("how many must be there to decide?"), {"key": "quorum"}
            )
        if job["kind"] != BOARD and "quorum" in job:
            yield Fault((*place, "quorum"), _("a board decides together, this is none"))


def _names_are_there(design: Design, job: Mapping[str, Any], place: Path) -> Iterator[Fault]:
    if "role" in job and job["role"] not in design.get("roles", {}):
        yield unknown(job["role"], (*place, "role"), design.get("roles", {}))
    if "side" in job and job["side"] not in design["sides"]:
        yield unknown(job["side"], (*place, "side"), design["sides"])


SECTIONS = (Section("jobs", JOBS, icon="handshake", check=_jobs_fit),)
