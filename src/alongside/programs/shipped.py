"""The blueprints that come with the house: files beside the code, which knows none of them by name."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from alongside.programs.rules.blueprint import Blueprint, read
from alongside.programs.serving import sections

FOLDER = Path(__file__).parent / "blueprints"
# Questions for a program that starts from nothing; it is no blueprint of any kind of program.
BLANK_ID = "blank"
BLANK = Path(__file__).parent / "blank.toml"


@cache
def _read(path: Path) -> Blueprint:
    return read(path.read_text(encoding="utf-8"), sections())


def shipped() -> Iterator[Blueprint]:
    """All of them, in the order of their file names."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield _read(path)


def shipped_called(blueprint_id: str) -> Blueprint | None:
    """One of them by its id."""
    return next((each for each in shipped() if each.id == blueprint_id), None)


def blank() -> Blueprint:
    """What is asked where somebody starts from nothing."""
    return _read(BLANK)
