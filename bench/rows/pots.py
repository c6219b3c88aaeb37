"""Eight clients paying into one pot at once, commits waiting for the disk, against eight that pay each other."""

import threading
import time

from alongside.timebank.ledger import posting
from alongside.timebank.models import Account
from bench.clients import CLIENTS, Clients
from bench.finding import Findings
from bench.options import Options
from bench.timing import Race, before_others
from bench.town import Town, live_a_while, settle_in

GOAL, GOAL_PAYING_OUT = 0.8, 0.7
TURNS = 5
SCENES = {
    "spread": ["between"] * CLIENTS,
    "into": ["into"] * CLIENTS,
    "paying out": ["into"] * (CLIENTS - 1) + ["out"],
}


def measure(options: Options, findings: Findings) -> None:
    town = settle_in(options.accounts)
    live_a_while(town, options.accounts)
    with_clients = Clients(town.ids)
    try:
        with before_others(with_clients.processes, wanted=options.first):
            rates, lowest = play(town, with_clients, options)
    finally:
        with_clients.stop()
    if lowest < 0:
        raise AssertionError(f"the pot was shown at {lowest} minutes")
    result = Race(rates, {})
    each = f"{result.rate('spread').median:.0f} transfers a second spread"
    findings.times(
        "8 clients paying into one pot, against 8 that pay each other", result.ratio("into", "spread"), goal=GOAL,
        remark=f"{each}, {result.rate('into').median:.0f} into the pot",
    )  # fmt: skip
    findings.times(
        "the same while one of the 8 pays out of it", result.ratio("paying out", "spread"), goal=GOAL_PAYING_OUT,
        remark=f"shown balance never below the floor of 0; the lowest seen was {lowest} minutes",
    )  # fmt: skip


def play(town: Town, clients: Clients, options: Options) -> tuple[dict[str, list[float]], int]:
    """The rates of each scene, and the lowest balance of the pot that anybody could have seen."""
    rates: dict[str, list[float]] = {scene: [] for scene in SCENES}
    watcher = Watcher(town)
    watcher.start()
    for _ in range(options.rounds):
        done = dict.fromkeys(SCENES, 0.0)
        for turn in range(TURNS):
            scenes = list(SCENES)
            for scene in scenes[turn % 3 :] + scenes[: turn % 3]:
                done[scene] += clients.work(SCENES[scene], options.seconds / TURNS)
                posting.settle(town.pot)  # what the fold does every few seconds
        for scene, rate in done.items():
            rates[scene].append(rate / TURNS)
    watcher.stop()
    return rates, watcher.lowest


class Watcher(threading.Thread):
    """Looks at the pot's balance as pages show it, again and again."""

    def __init__(self, town: Town) -> None:
        super().__init__()
        self.pot, self.lowest, self.is_over = town.pot.pk, 10**9, threading.Event()

    def run(self) -> None:
        shown = Account.objects.filter(pk=self.pot).with_balance()
        while not self.is_over.is_set():
            self.lowest = min(self.lowest, int(shown.get().exact_minutes))
            time.sleep(0.01)

    def stop(self) -> None:
        self.is_over.set()
        self.join()
