"""Three hundred people sign in at the door of one gathering, ticked on three devices, as gunicorn serves it on SQLite.

The goal leaves five minutes for it; here the three tick as fast as the house answers. Every tenth tick is sent twice,
as an impatient thumb does. Afterwards the house is asked whether anybody was lost or counted twice.
"""

import threading
import time
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Attendance, Gathering, Mark
from alongside.kernel.clock import now
from alongside.people.models import Membership
from bench.casting import COOKIE, TOKEN
from bench.finding import Findings
from bench.options import Options
from bench.rows.pages import served
from bench.running import settled
from bench.timing import Spread, percentile
from bench.walk import cookie_for

PEOPLE, DEVICES, GOAL_P95, SMALL, TWICE = 300, 3, 300.0, 500, 10


class Device:
    """A telephone at the door: its answers' times in milliseconds, and what went wrong."""

    def __init__(self, port: int, gathering: Gathering, coordinator: Membership) -> None:
        args = [gathering.community.slug, gathering.pk]
        self.port, self.cookie = port, cookie_for(coordinator.person)
        self.list, self.tick = (reverse(f"gatherings:{name}", args=args) for name in ("attendance", "mark"))
        self.times: list[float] = []
        self.faults: list[str] = []

    def work(self, members: list[Membership]) -> None:
        token = self._opened()
        for number, member in enumerate(members):
            told = {"csrfmiddlewaretoken": token, "whose": member.pk, "said": "came", "key": uuid4()}
            for _ in range(2 if number % TWICE == 0 else 1):
                began = time.perf_counter()
                status = self._ask("POST", self.tick, urlencode(told))[0]
                self.times.append((time.perf_counter() - began) * 1e3)
                if status != 302:
                    self.faults.append(f"a tick answered {status}")

    def _opened(self) -> str:
        status, headers, body = self._ask("GET", self.list)
        found, given = TOKEN.search(body), COOKIE.search(headers)
        if status != 200 or found is None:
            self.faults.append(f"the list answered {status}")
            return ""
        self.cookie += f"; {given[1]}={given[2]}" if given else ""
        return found[1].decode()

    def _ask(self, how: str, path: str, body: str | None = None) -> tuple[int, str, bytes]:
        browser = HTTPConnection("localhost", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        browser.request(how, path, body=body, headers=headers)
        answer = browser.getresponse()
        text = answer.read()
        browser.close()
        return answer.status, answer.headers.get("Set-Cookie", ""), text


def measure(options: Options, findings: Findings) -> None:
    many = 12 if options.accounts < SMALL else PEOPLE
    community, coordinator, members = settled(many)
    gathering = gatherings.make_gathering(
        community=community, told=gatherings.Told("The big meal", 180), starts_at=now() - timedelta(minutes=5),
        by=coordinator.person, at=now(), key=uuid4(),
    )  # fmt: skip
    with served() as (port, _server):
        devices = [Device(port, gathering, coordinator) for _ in range(DEVICES)]
        shares = [members[number::DEVICES] for number in range(DEVICES)]
        threads = [threading.Thread(target=one.work, args=(each,)) for one, each in zip(devices, shares, strict=True)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.perf_counter() - began
    report(findings, devices, gathering, members, took)


def report(
    findings: Findings, devices: list[Device], gathering: Gathering, members: list[Membership], took: float
) -> None:
    times = [each for device in devices for each in device.times]
    p95 = Spread(percentile(times, 0.95), min(times), max(times))
    findings.milliseconds("a tick, sent and answered, p95", p95, goal=GOAL_P95)
    faults = [fault for device in devices for fault in device.faults]
    marks = Mark.objects.filter(gathering=gathering).count()
    there = Attendance.objects.filter(gathering=gathering).came().values("membership").distinct().count()
    findings.remarks.append(
        f"{len(members)} people on {DEVICES} devices in {took:.0f} s, {len(times)} ticks sent:"
        f" {len(members) - there} lost, {marks - len(members)} doubled, {len(faults)} refused."
    )
    if faults or there != len(members) or marks != len(members):
        raise RuntimeError(findings.remarks[-1])
