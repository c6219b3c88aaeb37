"""Every page of the demo community, as gunicorn serves it with two workers to two clients, on SQLite."""

import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socket import socket

from django.conf import settings
from django.db import connection

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import Community, Person, Role, RoleHeld
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category
from alongside.web import demo
from bench.finding import Findings
from bench.options import Options
from bench.timing import Spread, before_others, percentile
from bench.walk import OF_A_KIND, Answer, Page, Visitor, cookie_for, walk

GOAL_P95 = 40.0
CLIENTS = WORKERS = 2
FEW_MONTHS, MORE_NEIGHBORS = 3, 150
# Fewer accounts than this are asked for only to see that the row still runs.
SMALL = 500
# A page may ask a little more once a list it shows is no longer empty.
SLACK = 2

Answers = dict[Page, list[Answer]]


def measure(options: Options, findings: Findings) -> None:
    if is_smoke(options):
        rounds = visit(load(FEW_MONTHS), options, rounds=1)
        report(findings, rounds)
        report_growth(findings, counts(rounds[0]), counts(rounds[0]))
        return
    template = Path(settings.DATABASES["default"]["NAME"]).read_bytes()
    few = counts(visit(load(FEW_MONTHS), options, rounds=1)[0])
    connection.close()
    for leftover in Path(settings.DATABASES["default"]["NAME"]).parent.glob("pages.sqlite3*"):
        leftover.unlink()
    Path(settings.DATABASES["default"]["NAME"]).write_bytes(template)
    community = load(demo.MONTHS)
    rounds = visit(community, options, rounds=options.rounds)
    report(findings, rounds)
    bring_more(community)
    many = counts(visit(community, options, rounds=1)[0])
    report_growth(findings, few, many)


def is_smoke(options: Options) -> bool:
    return options.accounts < SMALL


def load(months: int) -> Community:
    usual, demo.MONTHS = demo.MONTHS, months
    try:
        return demo.load(at=now())
    finally:
        demo.MONTHS = usual


def bring_more(community: Community) -> None:
    """More neighbors, each with an account and help received."""
    giver = Account.objects.of(community).exclude(person=None)[0]
    category = Category.objects.of(community).in_order()[0]
    for number in range(MORE_NEIGHBORS):
        member = people.add_person(community=community, name=f"Newcomer {number}", by=None, at=now())
        account = timebank.open_account(community=community, holder=member.person, by=None, at=now())
        timebank.pay(
            payer=account, payee=giver, minutes=15, category=category, helped_on=now().date(), by=None, at=now(),
            key=f"newcomer-{number}",
        )  # fmt: skip


def visit(community: Community, options: Options, *, rounds: int) -> list[Answers]:
    """Serve the house, walk through it as people of every role, and open each page found again and again."""
    smoke = is_smoke(options)
    people_of = one_of_each_role(community)
    if smoke:
        people_of = {"participant": people_of["participant"]}
    with served() as (port, server):
        pages = list(everybodys_pages(community, people_of, Visitor(port), of_a_kind=1 if smoke else OF_A_KIND))
        workers = [int(line) for line in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]
        with before_others(workers, wanted=options.first):
            return [open_all(pages, port) for _ in range(rounds)]


@contextmanager
def served() -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--log-level", "warning", "bench.served:application"])
    try:
        for _ in range(300):
            try:
                Visitor(port).get("/", "")
                break
            except ConnectionError:
                time.sleep(0.2)
        yield port, server
    finally:
        server.terminate()
        server.wait()


def everybodys_pages(
    community: Community, people_of: Mapping[str, Person], visitor: Visitor, *, of_a_kind: int
) -> Iterator[Page]:
    """The pages of one person of each role, and of a stranger."""
    yield from walk(visitor, start="/", person="stranger", cookie="", of_a_kind=of_a_kind)
    for role, person in people_of.items():
        start, cookie = f"/c/{community.slug}/", cookie_for(person)
        yield from walk(visitor, start=start, person=role, cookie=cookie, of_a_kind=of_a_kind)


def one_of_each_role(community: Community) -> dict[str, Person]:
    held = RoleHeld.objects.filter(community=community, group=None).select_related("membership__person")
    people_of = {str(role.role): role.membership.person for role in held.order_by("-starts_on", "-pk")}
    busiest = Account.objects.of(community).exclude(person=None).exclude(person__in=people_of.values())
    people_of[str(Role.PARTICIPANT)] = busiest.order_by("-seq")[0].person
    return people_of


def open_all(pages: list[Page], port: int) -> Answers:
    """Two clients, each opening every page once, from different ends."""
    answers: Answers = defaultdict(list)

    def open_each(mine: list[Page]) -> None:
        visitor = Visitor(port)
        for page in mine:
            answers[page].append(visitor.get(page.path, page.cookie)[3])

    half = len(pages) // 2
    threads = [threading.Thread(target=open_each, args=(order,)) for order in (pages, pages[half:] + pages[:half])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def counts(answers: Answers) -> dict[tuple[str, str], int]:
    """The most queries any page of a kind asks, for each kind and role."""
    most: dict[tuple[str, str], int] = defaultdict(int)
    for page, given in answers.items():
        most[page.name, page.person] = max(most[page.name, page.person], *(one.queries for one in given))
    return most


def report(findings: Findings, rounds: list[Answers]) -> None:
    pages = rounds[0].keys()
    kinds: dict[str, list[float]] = defaultdict(list)
    for answers in rounds:
        for page, given in answers.items():
            kinds[page.name] += [one.milliseconds for one in given]
    findings.remarks.append(
        f"gunicorn with {WORKERS} workers, {CLIENTS} clients, development mode as in `./do run`."
        f" {len(pages)} addresses of {len(kinds)} kinds, found by following links as a stranger and as one person"
        " of each role. Time from the request's arrival in the house to its finished answer."
    )
    all_together = Spread.of([p95([one.milliseconds for given in r.values() for one in given]) for r in rounds])
    findings.milliseconds("all pages together, p95", all_together, goal=GOAL_P95)
    busy = Spread.of([p95([one.busy for given in r.values() for one in given]) for r in rounds])
    findings.milliseconds("the same by processor time of the server", busy)
    usual = Spread.of([percentile([one.milliseconds for given in r.values() for one in given], 0.5) for r in rounds])
    findings.milliseconds("all pages together, p50", usual)
    slowest = sorted(((p95(times), name, times) for name, times in kinds.items()), reverse=True)
    for worst, name, times in slowest[:6]:
        spread = Spread(worst, min(times), max(times))
        findings.milliseconds(f"among the slowest kinds: `{name}`, p95", spread, goal=GOAL_P95)
    within = sum(worst <= GOAL_P95 for worst, *_ in slowest)
    findings.remarks.append(f"{within} of {len(slowest)} kinds of page have their own p95 within {GOAL_P95:.0f} ms.")


def p95(times: list[float]) -> float:
    return percentile(times, 0.95)


def report_growth(findings: Findings, few: dict[tuple[str, str], int], many: dict[tuple[str, str], int]) -> None:
    both = few.keys() & many.keys()
    grown = {kind: (few[kind], many[kind]) for kind in both if many[kind] > few[kind] + SLACK}
    findings.remarks.append(
        f"Queries with {FEW_MONTHS} months of history against {demo.MONTHS} and {MORE_NEIGHBORS} more neighbors:"
        f" {len(both)} pairs of page and role compared, {len(grown)} ask more than {SLACK} more."
        + "".join(f" `{name}` ({role}): {a} → {b}." for (name, role), (a, b) in sorted(grown.items())),
    )
    most = max(many.values())
    findings.remarks.append(f"The most queries any page asks: {most}.")
