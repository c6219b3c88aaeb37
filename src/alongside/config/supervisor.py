"""Keeps web, worker and clock running side by side, and stops them together."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

# A part that dies this often, each time within QUICK_SECONDS of its start, will not come right by itself.
QUICK_DEATHS = 3
QUICK_SECONDS = 10.0
PATIENCE_SECONDS = 15.0

ALONGSIDE = [sys.executable, "-m", "alongside.config.command"]


def web(*, bind: str, workers: int) -> list[str]:
    """The web server. Threads, because a browser's spare connection would block a whole worker."""
    gunicorn = [sys.executable, "-m", "gunicorn", "alongside.config.wsgi", "--bind", bind, "--workers", str(workers)]
    return [
        *gunicorn,
        "--preload",
        "--threads",
        "4",
        "--timeout",
        "60",
        "--graceful-timeout",
        "10",
        "--log-level",
        "warning",
    ]


class Part:
    """One process of the house."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.quick_deaths = 0
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        # Its own session: Ctrl-C reaches the supervisor alone, which then stops the parts in peace.
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)

    def is_hopeless(self) -> bool:
        """Note one more death; True when it dies as soon as it is started, again and again."""
        quick = time.monotonic() - self.started < QUICK_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 1
        return self.quick_deaths >= QUICK_DEATHS

    def stop(self, deadline: float) -> None:
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(
    commands: Mapping[str, Sequence[str]],
    *,
    say: Callable[[str], object],
    greet: Callable[[], bool] = lambda: True,
) -> int:
    """Run all `commands` until Ctrl-C or SIGTERM (returns 0) or until one is beyond help (returns 1).

    A part that dies is started again. `greet` is called again and again until it returns True: then the house is
    open, and it has said so. Must be called from the main thread.
    """
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    parts = [Part(name, command) for name, command in commands.items()]
    greeted = False
    try:
        while not stopping.wait(0.2):
            greeted = greeted or greet()
            for part in parts:
                if part.process.poll() is None:
                    continue
                if part.is_hopeless():
                    say(f"The {part.name} stops as soon as it starts; everything is shut down. Its reason is above.")
                    return 1
                say(f"The {part.name} stopped and is started again.")
                part.start()
        return 0
    finally:
        stop_all(parts)
        for number, handler in former.items():
            signal.signal(number, handler)


def stop_all(parts: Sequence[Part]) -> None:
    for part in parts:
        part.process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for part in parts:
        part.stop(deadline)
