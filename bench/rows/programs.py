"""A program of 200 people and 40 sessions: its pages as gunicorn serves them, and how long starting one takes."""

import time

from django.urls import reverse

from alongside.kernel.clock import now
from alongside.programs.models import Session
from alongside.programs.shipped import shipped
from bench.finding import Findings
from bench.options import Options
from bench.rows.pages import served
from bench.running import Running, running, settled, started
from bench.timing import Spread, before_others, percentile
from bench.walk import Answer, Visitor, cookie_for

GOAL_P95, GOAL_START = 60.0, 2_000.0
PEOPLE, SESSIONS, FEW_PEOPLE, FEW_SESSIONS = 200, 40, 20, 4
SMALL, ANSWERS = 500, 40
PAGES = ("program", "people", "sessions", "design", "board", "looking_back", "inputs", "say", "sums")


def measure(options: Options, findings: Findings) -> None:
    smoke = options.accounts < SMALL
    small = at_work("Few", FEW_PEOPLE, FEW_SESSIONS)
    large = small if smoke else at_work("Many", PEOPLE, SESSIONS)
    once = opened(small, options, answers=1)
    times = once if smoke else opened(large, options, answers=ANSWERS)
    report_pages(findings, {page: given[0].queries for page, given in once.items()}, times)
    report_start(findings, options)
    held = Session.objects.on(large.program)
    findings.remarks.append(
        f"{len(large.members)} people, {held.count()} sessions, of which {held.held().count()} were held with all of"
        f" them there; against {len(small.members)} people. As a coordinator; gunicorn with two workers, development"
        " mode as in `./do run`. Time from the request's arrival in the house to its finished answer."
    )


def at_work(name: str, many: int, sessions: int) -> Running:
    _community, coordinator, members = settled(many, name=name)
    return running(coordinator, members, sessions=sessions)


def opened(work: Running, options: Options, *, answers: int) -> dict[str, list[Answer]]:
    """Every page of the program, again and again, after one that nobody counts."""
    cookie, slug = cookie_for(work.coordinator.person), work.program.community.slug
    paths = {page: reverse(f"programs:{page}", args=[slug, work.program.pk]) for page in PAGES}
    found: dict[str, list[Answer]] = {page: [] for page in PAGES}
    with served() as (port, server), before_others([server.pid], wanted=options.first):
        visitor = Visitor(port)
        for turn in range(answers + 1):
            for page, path in paths.items():
                status, _kind, _body, answer = visitor.get(path, cookie)
                if status != 200:
                    raise RuntimeError(f"{path} answered {status}")
                if turn:
                    found[page].append(answer)
    return found


def report_pages(findings: Findings, few: dict[str, int], times: dict[str, list[Answer]]) -> None:
    for page, given in times.items():
        spread = [one.milliseconds for one in given]
        busy = percentile([one.busy for one in given], 0.95)
        queries = max(one.queries for one in given)
        remark = f"{busy:.0f} ms busy; {queries} queries, {few[page]} in the small program"
        goal = GOAL_P95 if page in ("program", "people", "sessions") else None
        p95 = Spread(percentile(spread, 0.95), min(spread), max(spread))
        findings.milliseconds(f"`programs:{page}`, p95", p95, goal=goal, remark=remark)


def report_start(findings: Findings, options: Options) -> None:
    """The slowest blueprint: its questions answered and the program started, all of it."""
    _community, coordinator, _members = settled(0, name="Starts")
    slowest, which = Spread(0, 0, 0), ""
    for blueprint in shipped():
        took = []
        for _ in range(options.rounds):
            began = time.perf_counter()
            started(coordinator, blueprint, now())
            took.append((time.perf_counter() - began) * 1e3)
        if Spread.of(took).median > slowest.median:
            slowest, which = Spread.of(took), blueprint.title
    findings.milliseconds("starting a program, questions included", slowest, goal=GOAL_START, remark=which)
