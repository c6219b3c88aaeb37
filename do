#!/usr/bin/env python3
"""./do: everything one does with Alongside on one's own machine. Standard library only.

./do run [--port N]     set up, migrate, load the demo community, start; prints the address
./do test [ARGS]        run the tests; ARGS go to pytest
./do test --all         every variant and PostgreSQL too; nothing may be missing
./do check              lint, types, import contracts, templates, migrations, translations
./do bench [ARGS]       measure, and write docs/reference/performance.md
./do shell              a Python shell with the house loaded
./do lock               pin the requirements again
./do messages           collect and compile the translations
./do docs               write the reference pages that can be listed from code
./do notices            list the licences of everything we build on in NOTICES.md
"""
# ruff: noqa: T201

from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
# Each level holds the one before it: what the house needs, what its makers need, what the benchmark's peer needs.
LEVELS = {
    "run": ["requirements.txt"],
    "dev": ["requirements-dev.txt"],
    "bench": ["requirements-dev.txt", "requirements-bench.txt"],
}
# Published as source alone: pure Python, built where it is wanted, by those who measure.
FROM_SOURCE = "django-hordak"
OLDEST_PYTHON = (3, 11)
DISK_FULL = f"The disk is full. Make room (see: df -h {ROOT}), then type the same again."
NO_NETWORK = "NewConnectionError|name resolution|Network is unreachable|ConnectTimeout|Connection refused"


class Trouble(Exception):
    """Something that the person at the keyboard can mend; the text says what to type."""


def main(arguments: Sequence[str]) -> int:
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    try:
        check_python(sys.version_info[:2])
        if name not in COMMANDS:
            raise Trouble(f"There is no ./do {name}. Type: ./do help")
        return COMMANDS[name](rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except OSError as error:
        print(sentence_for(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def help_(_: list[str]) -> int:
    print(__doc__)
    return 0


def check_python(version: tuple[int, ...]) -> None:
    if version < OLDEST_PYTHON:
        have, want = ".".join(map(str, version)), ".".join(map(str, OLDEST_PYTHON))
        raise Trouble(f"Alongside needs Python {want} or newer, and this is {have}. Type: python{want} ./do run")


def check_venv_module() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble("Python cannot make virtual environments here. Type: sudo apt-get install python3-venv")


def sentence_for(error: OSError) -> str:
    """Say in one sentence what the machine refused, and what to type."""
    place = error.filename or ROOT
    if error.errno == errno.ENOSPC:
        return DISK_FULL
    if isinstance(error, PermissionError):
        return f"You may not write to {place}. Type: sudo chown -R $USER {ROOT}"
    return f"{place}: {error.strerror}. Mend that, then type the same again."


def sentence_for_pip(output: str) -> str:
    """Turn pip's many words into one sentence."""
    if "No space left on device" in output:
        return DISK_FULL
    if "DO NOT MATCH THE HASHES" in output:
        return "A downloaded package is not the one we pinned, so it was not installed. Type: ./do run again later."
    if "Permission denied" in output:
        return f"You may not write to {VENV}. Type: sudo chown -R $USER {ROOT}"
    if re.search(NO_NETWORK, output):
        return "The packages could not be fetched: there is no network. Connect, then type the same again."
    last = next((line for line in reversed(output.splitlines()) if line.startswith("ERROR")), output[-300:])
    return f"pip could not install the requirements ({last.strip()}). Type: rm -r {VENV}, then the same again."


def stamp_for(level: str) -> str:
    """Name what the virtual environment must hold: the pins, this Python and this place."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in LEVELS[level]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def ensure(level: str) -> Path:
    """Make `.venv` hold what `level` needs, unless its stamp says that it does, and return its Python."""
    python, stamp = VENV / "bin" / "python", VENV / f"{level}.stamp"
    wanted = stamp_for(level)
    if stamp.is_file() and stamp.read_text() == wanted and python.exists():
        return python
    make_environment(python)
    for name in LEVELS[level]:
        install(python, name)
    put_package_in_place(python)
    stamp.write_text(wanted)
    return python


def make_environment(python: Path) -> None:
    if works(python, f"sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"):
        if works(python, "import pip") or works(python, "import runpy; runpy.run_module('ensurepip')"):
            return
    check_venv_module()
    say("Making .venv …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], text=True, capture_output=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(sentence_for_pip(made.stdout + made.stderr))


def works(python: Path, script: str) -> bool:
    return (
        python.exists() and subprocess.run([python, "-c", f"import sys; {script}"], capture_output=True).returncode == 0
    )


def install(python: Path, requirements: str) -> None:
    say(f"Installing {requirements} …")
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command += ["--only-binary", ":all:", "--no-binary", FROM_SOURCE, "--require-hashes", "-r", ROOT / requirements]
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Trouble(sentence_for_pip(done.stdout))


def put_package_in_place(python: Path) -> None:
    """Let the environment find `alongside` in src: no build, so nothing more to download."""
    packages = next((VENV / "lib").glob("python*/site-packages"))
    (packages / "alongside_source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    door = VENV / "bin" / "alongside"
    door.write_text('#!/bin/sh\nexec "$(dirname -- "$0")/python" -m alongside.config.command "$@"\n')
    door.chmod(0o755)


def say(text: str) -> None:
    print(text, flush=True)


def run(arguments: list[str]) -> int:
    """Become `alongside run`, which migrates, fills and starts the house."""
    python = ensure("run")
    os.chdir(ROOT)
    os.execv(python, [str(python), "-m", "alongside.config.command", "run", *arguments])


def shell(arguments: list[str]) -> int:
    return call([ensure("run"), "-m", "alongside.config.command", "shell", *arguments])


def bench(arguments: list[str]) -> int:
    python = ensure("bench")
    with throwaway_postgresql(lasting=True) as address:
        return call([python, "-m", "bench", *arguments], ALONGSIDE_BENCH_POSTGRESQL=address or "")


def call(command: Sequence[str | Path], **environment: str) -> int:
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}).returncode


ASK_A_DATABASE, NO_TESTS = "database or both_databases or postgresql_only", 5
# What some tests need of the machine: how to see it, and what to type.
WANTED = {
    "a browser": (("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "hledger": (("hledger",), "hledger"),
    "khal": (("khal",), "khal"),
    "gettext": (("xgettext",), "gettext"),
}


def test(arguments: list[str]) -> int:
    python = ensure("dev")
    everything = "--all" in arguments
    chosen = [argument for argument in arguments if argument != "--all"]
    missing = [f"{what} (apt-get install {package})" for what, (names, package) in WANTED.items() if not found(names)]
    with throwaway_postgresql() as postgresql:
        if postgresql is None:
            missing.append("a PostgreSQL server (apt-get install postgresql)")
        if missing:
            say("Not on this machine: " + "; ".join(missing) + ("." if everything else ". Tests of it are left out."))
        if missing and everything:
            raise Trouble("With --all nothing may be missing. Install the above, then type: ./do test --all")
        runs = test_runs(everything, chosen, postgresql)
        return report([(title, *pytest(python, options, **env)) for title, options, env in runs])


def found(names: Sequence[str]) -> bool:
    return any(map(shutil.which, names)) or ("chromium" in names and "ALONGSIDE_CHROMIUM" in os.environ)


def test_runs(
    everything: bool, chosen: list[str], postgresql: str | None
) -> list[tuple[str, list[str], dict[str, str]]]:
    """Each run of pytest: its title, its options and its environment."""
    everywhere = {"ALONGSIDE_TEST_ALL": "1"} if everything else {}
    runs = [("SQLite", chosen, {**everywhere, "ALONGSIDE_DATABASE": ""})]
    if postgresql:
        there = {**everywhere, "ALONGSIDE_DATABASE": postgresql}
        if everything:
            marks, keys = f"({ASK_A_DATABASE}) and not browser", {**there, "ALONGSIDE_TEST_COMPOSITE_KEYS": "1"}
            runs.append(("PostgreSQL", ["-m", marks, *chosen], there))
            options = ["-m", f"{marks} and not all_variants", *(chosen or ["src/alongside"])]
            runs.append(("PostgreSQL, community in every key", options, keys))
        elif not chosen:
            runs.append(("PostgreSQL, what differs there", ["-m", "both_databases or postgresql_only"], there))
    return runs


def pytest(python: Path, options: list[str], **environment: str) -> tuple[int, str, float]:
    """Run pytest on two processes, which keep what they compile; return exit code, last line and seconds."""
    began = time.monotonic()
    command = [str(python), "-m", "pytest", "-n", "2", "--dist", "worksteal", *options]
    environment, last = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}, ""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line.strip(" =\n") or last
    return process.wait(), last, time.monotonic() - began


def report(runs: list[tuple[str, int, str, float]]) -> int:
    """Print one line a run, then the sum in pytest's own words; 0 only when every run is green."""
    sums: dict[str, int] = {}
    for title, code, last, _ in runs:
        say(f"{title}: {last}" + ("" if code in (0, NO_TESTS) else "  ← look above"))
        for count, word in re.findall(r"(\d+) (passed|failed|error|skipped|deselected|xfailed)s?\b", last):
            sums[word] = sums.get(word, 0) + int(count)
    order = ["failed", "error", "passed", "skipped", "deselected", "xfailed"]
    counts = ", ".join(f"{sums[word]} {word}" for word in order if word in sums) or "no tests ran"
    say(f"{counts} in {sum(seconds for *_, seconds in runs):.2f}s")
    # A run that was killed ends below zero, which the greatest would hide.
    return next((code for code in [code for _, code, *_ in runs if code != NO_TESTS] or [NO_TESTS] if code), 0)


QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=256MB"]
LASTING = [f"shared_buffers={os.sysconf('SC_PHYS_PAGES')}kB", "max_wal_size=16GB", "checkpoint_timeout=30min"]


@contextmanager
def throwaway_postgresql(*, lasting: bool = False) -> Iterator[str | None]:
    """Yield the address of a PostgreSQL server that nobody will miss, as real ones are if `lasting` (a quarter of
    memory: a page has 4 kB); None when there is none. ALONGSIDE_TEST_POSTGRESQL names a running one."""
    given = None if lasting else os.environ.get("ALONGSIDE_TEST_POSTGRESQL")
    programs = postgresql_programs()
    if given or programs is None:
        yield given or None
        return
    folder = Path(tempfile.mkdtemp(prefix="alongside-pg-", dir="/tmp"))  # a socket's path must be short
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "nobody", "nogroup")
        prefix = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    try:
        server = start_postgresql(programs, folder, prefix, LASTING if lasting else QUICK)
        try:
            yield f"postgresql://alongside@{quote(str(folder), safe='')}/alongside"
        finally:
            server.send_signal(signal.SIGQUIT)  # "immediate": nothing is saved of what nobody will miss
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgresql_programs() -> Path | None:
    """The folder of the newest PostgreSQL server programs on this machine."""
    path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    newest = folders[-1] if folders else Path(path) if path else None
    return newest.parent if newest else None


def start_postgresql(programs: Path, folder: Path, prefix: list[str], how: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "HOME": str(folder)}
    data = str(folder / "data")
    create = [*prefix, str(programs / "initdb"), "-D", data, "-U", "alongside", "--auth=trust", "--no-sync"]
    create += ["--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(create, env=environment, cwd=folder, text=True, capture_output=True)
    if made.returncode:
        raise Trouble(f"PostgreSQL could not be set up: {made.stderr.strip().splitlines()[-1]}")
    options = [part for setting in [*how, "listen_addresses=", "max_connections=200"] for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*prefix, str(programs / "postgres"), "-D", data, "-k", str(folder), *options],
            env=environment,
            cwd=folder,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the tests; the server stops after them
        )
    for _ in range(150):
        if subprocess.run([str(programs / "pg_isready"), "--quiet", "-h", str(folder)]).returncode == 0:
            return server
        time.sleep(0.1)
    server.kill()
    raise Trouble(f"PostgreSQL did not start: {(folder / 'log').read_text()[-300:]}")


def check(_: list[str]) -> int:
    """Run every check, even after one fails, and say which failed."""
    python = ensure("dev")
    programs = python.parent
    code, laws = ["src", "tests", "bench", "conftest.py", "do"], [python, "-m", "pytest", "-m", "not database"]
    steps: dict[str, list[str | Path]] = {
        "lint": [programs / "ruff", "check", "--quiet", *code],
        "format": [programs / "ruff", "format", "--quiet", "--check", *code],
        "types": [programs / "mypy", "--no-error-summary"],
        "import contracts": [programs / "lint-imports", "--no-cache"],
        "template style": [programs / "djlint", "src", "--lint", "--quiet"],
        "migrations": [python, "-m", "alongside.config.command", "makemigrations", "--check", "--dry-run"],
        "architecture, templates and translations": [*laws, "tests/architecture", "tests/docs"],
    }
    failed = [name for name, command in steps.items() if not passes(name, command)]
    say("Everything is in order." if not failed else "Not in order: " + ", ".join(failed) + ".")
    return 1 if failed else 0


def passes(name: str, command: Sequence[str | Path]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    say(f"{'ok ' if done.returncode == 0 else 'NOT'}  {name} ({time.monotonic() - began:.1f} s)")
    if done.returncode:
        say(done.stdout)
    return done.returncode == 0


def lock(arguments: list[str]) -> int:
    """Pin again; `./do lock --upgrade` takes the newest that pyproject.toml allows."""
    uv = ensure("dev").parent / "uv"
    pin = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"]
    pin += ["--no-emit-index-url", "--python-version", ".".join(map(str, OLDEST_PYTHON)), "pyproject.toml", *arguments]
    for level in ("", "-dev", "-bench"):
        name = f"requirements{level}.txt"
        extra = ["--extra", level[1:], "--constraint", "requirements.txt"] if level else []
        if code := call([*pin, *extra, "--output-file", name]):
            return code
    return 0


def messages(_: list[str]) -> int:
    return call([ensure("dev"), "-m", "tests.support.messages"])


def docs(_: list[str]) -> int:
    return call([ensure("dev"), "docs/generate.py"])


def notices(_: list[str]) -> int:
    return call([ensure("dev"), "-m", "tests.support.notices"])


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "shell": shell,
    "lock": lock,
    "messages": messages,
    "docs": docs,
    "notices": notices,
    **dict.fromkeys(["help", "-h", "--help"], help_),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
