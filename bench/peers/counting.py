"""Other libraries that count, at work in a Python of their own: never installed with ours, never depended on.

`ALONGSIDE_BENCH_PEERS` names that Python; docs/how-to/measure.md says how to make it. Only there are they imported, by
`elsewhere.py`. A library that is missing is told as missing.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

PYTHON = "ALONGSIDE_BENCH_PEERS"
LIBRARIES = ("pabutools", "pref_voting", "pyrankvote", "abcvoting", "red-dwarf")


@dataclass(frozen=True)
class Answer:
    """Seconds of processor time for the count alone, with everything read before, and what was found."""

    busy: float
    found: Any


class Others:
    """The other Python, waiting for work. Without one every library is missing."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.worker: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Others":
        if python := os.environ.get(PYTHON):
            script = Path(__file__).with_name("elsewhere.py")
            # Isolated: nothing of this house is on its path.
            self.worker = subprocess.Popen(
                [python, "-I", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            self.versions = self._told()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.worker and self.worker.stdin:
            self.worker.stdin.close()
            self.worker.wait()

    def does(self, job: str, file: Path, **more: int) -> Answer:
        """Let the other Python do a job of `elsewhere.JOBS` on a file, which it reads the first time."""
        assert self.worker
        assert self.worker.stdin
        self.worker.stdin.write(json.dumps({"job": job, "file": str(file), "more": more}) + "\n")
        self.worker.stdin.flush()
        told = self._told()
        return Answer(told["busy"], told["found"])

    def missing(self) -> Sequence[str]:
        return [library for library in LIBRARIES if library not in self.versions]

    def _told(self) -> Any:
        assert self.worker
        assert self.worker.stdout
        line = self.worker.stdout.readline()
        if not line:
            raise RuntimeError(f"The Python that {PYTHON} names has stopped; what went wrong stands above.")
        return json.loads(line)
