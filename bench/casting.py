"""A hundred people cast their ballots within ten seconds, through the web as gunicorn serves it with two workers.

Each opens the ballot and sends it in, from a connection of its own, at a moment drawn beforehand; every tenth sends the
form twice. Afterwards the house is asked whether anything was lost or counted twice.
"""

import random
import re
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection

from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, OpenBallot, RollEntry
from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import Community, Role
from bench.finding import Findings
from bench.options import Options
from bench.rows.pages import served
from bench.timing import Spread, percentile
from bench.walk import cookie_for

VOTERS, SECONDS, GOAL_P95 = 100, 10.0, 150.0
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(r"(\w*csrftoken)=([^;]+)")


@dataclass
class Voter:
    """Somebody with a browser: how long each answer took them, in milliseconds."""

    port: int
    path: str
    cookie: str
    moment: float
    twice: bool
    choice: str
    opened: float = 0.0
    cast: list[float] | None = None
    fault: str = ""

    def vote(self, start: float) -> None:
        time.sleep(max(0.0, start + self.moment - time.perf_counter()))
        status, headers, body, self.opened = self._ask("GET", {})
        found = TOKEN.search(body)
        self.cast = []
        if status != 200 or found is None:
            self.fault = f"the ballot answered {status}"
            return
        set_cookie = COOKIE.search(headers)
        cookie = f"; {set_cookie[1]}={set_cookie[2]}" if set_cookie else ""
        for _ in range(2 if self.twice else 1):
            status, _headers, _body, took = self._ask(
                "POST", {"csrfmiddlewaretoken": found[1].decode(), "choice": self.choice}, cookie
            )
            self.cast.append(took)
            if status != 302:
                self.fault = f"the vote answered {status}"

    def _ask(self, how: str, fields: dict[str, str], more: str = "") -> tuple[int, str, bytes, float]:
        began = time.perf_counter()
        browser = HTTPConnection("localhost", self.port, timeout=60)
        browser.request(
            how,
            self.path,
            body=urlencode(fields) if fields else None,
            headers={"Cookie": self.cookie + more, "Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = browser.getresponse()
        body = answer.read()
        browser.close()
        return answer.status, answer.headers.get("Set-Cookie", ""), body, (time.perf_counter() - began) * 1e3


def measure(options: Options, findings: Findings) -> None:
    voters = min(VOTERS, options.accounts)
    decision = prepare(voters)
    cookies = [cookie_for(entry.membership.person) for entry in entries(decision)]
    connection.close()
    rounds, faults = [], list[str]()
    with served() as (port, _server):
        for number in range(options.rounds):
            crowd = gather(decision, cookies, port, seed=number, seconds=min(SECONDS, options.seconds * 4))
            all_at_work(crowd)
            rounds.append(crowd)
            faults += [one.fault for one in crowd if one.fault] + lost_or_twice(decision, crowd)
    cast = [[took for one in crowd for took in one.cast or ()] for crowd in rounds]
    findings.milliseconds(
        f"{voters} people casting within {SECONDS:.0f} s: the answer to their vote, p95",
        Spread.of([percentile(one, 0.95) for one in cast]),
        goal=GOAL_P95,
    )
    findings.milliseconds("the same, p50", Spread.of([percentile(one, 0.5) for one in cast]))
    opened = [[one.opened for one in crowd] for crowd in rounds]
    findings.milliseconds(
        "opening the ballot, p95", Spread.of([percentile(one, 0.95) for one in opened]), goal=GOAL_P95
    )
    findings.remarks.append(
        f"As the browser sees it, clients and server on the same machine. Every tenth sends the form twice."
        f" Lost, counted twice or refused: {len(faults)}." + "".join(f" {fault}." for fault in sorted(set(faults)))
    )


def prepare(voters: int) -> Decision:
    """A community of so many people, half on each side, and a secret vote that is open."""
    at = now()
    community = Community.objects.create(name="Bench", slug="bench", made_at=at)
    members = []
    for number in range(voters):
        roles = [Role.PARTICIPANT] if number % 2 else [Role.PROFESSIONAL]
        members.append(people.add_person(community=community, name=f"Neighbor {number}", roles=roles, by=None, at=at))
    proposal = decisions.begin(
        membership=members[1], title="Open on Sundays", words={"text": "We open at ten."}, by=members[1].person, at=at,
        key=uuid4(),
    )  # fmt: skip
    version = decisions.put_forward(proposal=proposal, membership=members[1], seen=at, by=members[1].person, at=at)
    return decisions.open_vote(
        proposal=proposal, version=version, sides=["uses", "provides"],
        scrutineers={"uses": members[1], "provides": members[0]}, closes_at=at + timedelta(days=1),
        by=members[0].person, at=at, key=uuid4(),
    )  # fmt: skip


def entries(decision: Decision) -> list[RollEntry]:
    return list(RollEntry.objects.on(decision).select_related("membership__person").order_by("membership__number"))


def gather(decision: Decision, cookies: list[str], port: int, *, seed: int, seconds: float) -> list[Voter]:
    chance = random.Random(seed)
    path = f"/c/{decision.community.slug}/decide/votes/{decision.pk}/vote/"
    return [
        Voter(
            port, path, cookie, chance.uniform(0, seconds), twice=number % 10 == 0, choice=chance.choice(["yes", "no"])
        )
        for number, cookie in enumerate(cookies)
    ]


def all_at_work(crowd: list[Voter]) -> None:
    start = time.perf_counter()
    threads = [threading.Thread(target=voter.vote, args=(start,)) for voter in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lost_or_twice(decision: Decision, crowd: list[Voter]) -> list[str]:
    """What the house holds against what was sent."""
    faults = []
    held = sorted(OpenBallot.objects.on(decision).values_list("choice", flat=True))
    if held != sorted(voter.choice for voter in crowd):
        faults.append(f"{len(crowd)} voted, {len(held)} ballots are held, or they say something else")
    if RollEntry.objects.on(decision).filter(took_part=True).count() != len(crowd):
        faults.append("the roll says otherwise")
    connection.close()
    return faults
