"""Timing things side by side: in short turns, so that a busy neighbor slows all of them alike."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.options import Options

# Turns a round is cut into. Each way comes first as often as any other.
TURNS = 10
WARM_UP_SECONDS = 0.1


class Way(Protocol):
    """One way of doing the work.

    `cpu`: seconds of processor time it has used so far, where that is known. `processes`: who works.
    """

    name: str

    def cpu(self) -> float | None: ...

    def processes(self) -> list[int]: ...

    def run(self, seconds: float) -> tuple[int, float]:
        """Work for about `seconds`; return how much was done and the seconds it took."""


@dataclass
class Here:
    """A way that runs in this process. `once` returns how much it did, 1 for a single transfer.

    `backend`: the id of its PostgreSQL process, to count the processor time of both.
    """

    name: str
    once: Callable[[], int]
    backend: int | None = None

    def run(self, seconds: float) -> tuple[int, float]:
        done, began = 0, time.perf_counter()
        ends = began + seconds
        while True:
            done += self.once()
            now = time.perf_counter()
            if now >= ends:
                return done, now - began

    def cpu(self) -> float:
        return time.process_time() + (cpu_of(self.backend) if self.backend else 0.0)

    def processes(self) -> list[int]:
        return [os.getpid(), *([self.backend] if self.backend else [])]


@contextmanager
def before_others(processes: Iterable[int], *, wanted: bool) -> Iterator[None]:
    """Let these processes go before all other work on the machine, so that its bustle is not measured."""
    chosen = set(processes) if wanted else set()
    for process in chosen:
        os.sched_setscheduler(process, os.SCHED_RR, os.sched_param(1))
    try:
        yield
    finally:
        for process in chosen:
            os.sched_setscheduler(process, os.SCHED_OTHER, os.sched_param(0))


def cpu_of(process: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spread:
    """What rounds gave: the median, the lowest and the highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True)
class Race:
    """Work a second, for each way and round, and seconds of processor time for one unit of it."""

    rates: dict[str, list[float]]
    cpus: dict[str, list[float]]

    def rate(self, name: str) -> Spread:
        return Spread.of(self.rates[name])

    def ratio(self, ours: str, theirs: str) -> Spread:
        """How many times as much `ours` does in the same round."""
        return Spread.of([a / b for a, b in zip(self.rates[ours], self.rates[theirs], strict=True)])

    def cpu_ratio(self, ours: str, theirs: str) -> Spread:
        """How many times as much `ours` does with the same processor time: steadier on a busy machine."""
        return Spread.of([b / a for a, b in zip(self.cpus[ours], self.cpus[theirs], strict=True)])

    def micros(self, name: str) -> str:
        """Microseconds for one unit of work, and how many of them a processor was busy."""
        busy = f" ({statistics.median(self.cpus[name]) * 1e6:.0f} busy)" if self.cpus[name] else ""
        return f"{1e6 / self.rate(name).median:.0f} µs{busy}"


def race(ways: Sequence[Way], options: Options) -> Race:
    """Let all ways work `seconds` in each round, turn by turn."""
    for way in ways:
        way.run(min(WARM_UP_SECONDS, options.seconds))
    with before_others({process for way in ways for process in way.processes()}, wanted=options.first):
        return _run(ways, options.rounds, options.seconds)


def _run(ways: Sequence[Way], rounds: int, seconds: float) -> Race:
    rates: dict[str, list[float]] = {way.name: [] for way in ways}
    cpus: dict[str, list[float]] = {way.name: [] for way in ways}
    for _ in range(rounds):
        done = {way.name: 0 for way in ways}
        took = {way.name: 0.0 for way in ways}
        busy = {way.name: 0.0 for way in ways}
        for turn in range(TURNS):
            first = turn % len(ways)
            for way in [*ways[first:], *ways[:first]]:
                before = way.cpu()
                count, lasted = way.run(seconds / TURNS)
                if before is not None:
                    busy[way.name] += (way.cpu() or 0.0) - before
                done[way.name] += count
                took[way.name] += lasted
        for name in rates:
            rates[name].append(done[name] / took[name])
            if busy[name]:
                cpus[name].append(busy[name] / done[name])
    return Race(rates, cpus)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
