"""Parts that die, parts that stay, and a quiet end."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

from alongside.config.supervisor import supervise

STAY = "import time; time.sleep(60)"


def python(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def test_a_part_that_cannot_start_ends_everything(tmp_path: Path):
    said: list[str] = []

    code = supervise(
        {"clock": python("raise SystemExit(3)"), "web": python("import time; time.sleep(60)")}, say=said.append
    )

    assert code == 1
    assert said[-1].startswith("The clock stops as soon as it starts")


def test_a_part_that_dies_is_started_again(tmp_path: Path):
    marks = tmp_path / "marks"
    once = f"open({str(marks)!r}, 'a').write('x'); len(open({str(marks)!r}).read()) == 1 and exit(); {STAY}"
    end_after(lambda: marks.exists() and len(marks.read_text()) == 2)

    assert supervise({"worker": python(once)}, say=lambda text: None) == 0

    assert marks.read_text() == "xx"


def test_the_end_takes_every_part_along(tmp_path: Path):
    note = tmp_path / "pid"
    part = python(f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    end_after(lambda: note.exists() and note.read_text() != "")

    assert supervise({"web": part}, say=lambda text: None) == 0

    assert not Path(f"/proc/{note.read_text()}").exists()


def test_the_house_greets_once_when_it_is_open():
    looks: list[bool] = []

    def greet() -> bool:
        looks.append(len(looks) == 2)
        return looks[-1]

    end_after(lambda: len(looks) == 3)

    assert supervise({"web": python(STAY)}, say=lambda text: None, greet=greet) == 0
    assert looks == [False, False, True]


def end_after(condition) -> None:
    """Send this process the signal of Ctrl-C once `condition` holds."""

    def wait() -> None:
        for _ in range(200):
            if condition():
                break
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=wait, daemon=True).start()
