"""Collect what the rooms say into their translation files, and compile these.

`python -m tests.support.messages` brings every `locale/es` up to date: new messages are added,
vanished ones dropped. Then a person translates what is empty.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib

from tests.support.source import PACKAGE, rooms

LANGUAGE = "es"
COLLECT = [
    *(sys.executable, "-m", "django", "makemessages", "--locale", LANGUAGE),
    *("--no-wrap", "--no-obsolete", "--no-location", "--extension", "html,txt,py"),
    *("--ignore", "tests/*", "--ignore", "migrations/*", "--ignore", "static/*"),
]


def catalogue(room: Path) -> Path:
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def collect(package: Path) -> None:
    """Bring the catalogues of all rooms in `package` up to date; a room that says nothing gets none."""
    for room in rooms(package):
        (room / "locale").mkdir(exist_ok=True)
    bare = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    subprocess.run(COLLECT, cwd=package, check=True, capture_output=True, env=bare)
    for room in rooms(package):
        if catalogue(room).exists():
            forget_the_moment(catalogue(room))
        else:
            shutil.rmtree(room / "locale")


def forget_the_moment(path: Path) -> None:
    """Drop the dates gettext writes, so that a catalogue changes only when its messages do."""
    entries = polib.pofile(str(path), wrapwidth=0)
    for moment in ("POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To"):
        entries.metadata.pop(moment, None)
    entries.save()


def compile_(path: Path) -> None:
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


@contextmanager
def collected_afresh() -> Iterator[Path]:
    """A copy of the package as `collect` would leave it, thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / PACKAGE.name
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("tests", "__pycache__", "static", "migrations"))
        collect(copy)
        yield copy


def main() -> None:
    collect(PACKAGE)
    for room in rooms():
        if catalogue(room).exists():
            compile_(catalogue(room))
            entries = polib.pofile(str(catalogue(room)))
            wanting = len(entries.untranslated_entries()) + len(entries.fuzzy_entries())
            sys.stdout.write(f"{room.name}: {len(entries)} messages, {wanting} to translate\n")


if __name__ == "__main__":
    main()
