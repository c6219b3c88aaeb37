"""A way that runs in a process of its own, with settings of its own: told how long, it tells how much."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

from bench.timing import Here, cpu_of


class Far:
    """Drives a module that calls `serve`."""

    def __init__(self, name: str, module: str, *arguments: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.backend = int(self._read()["backend"])

    def run(self, seconds: float) -> tuple[int, float]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{seconds}\n")
        self.process.stdin.flush()
        answer = self._read()
        return int(answer["done"]), answer["took"]

    def cpu(self) -> float:
        return cpu_of(self.process.pid) + cpu_of(self.backend)

    def processes(self) -> list[int]:
        return [self.process.pid, self.backend]

    def stop(self) -> None:
        self.process.communicate()

    def _read(self) -> dict[str, float]:
        assert self.process.stdout is not None
        answer: dict[str, float] = json.loads(self.process.stdout.readline())
        return answer


def serve(once: Callable[[], int], backend: int) -> None:
    """In the other process: work as long as each line of the input says, and say how much was done."""
    way = Here("far", once)
    sys.stdout.write(json.dumps({"backend": backend}) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        done, took = way.run(float(line))
        sys.stdout.write(json.dumps({"done": done, "took": took}) + "\n")
        sys.stdout.flush()
    os._exit(0)
