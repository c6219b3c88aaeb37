"""The short session on what co-production is, as it comes with the house: one file for each language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
USUAL = "en"


@dataclass(frozen=True)
class Part:
    """A part of the session: how many minutes, and what happens, one thing after the other."""

    title: str
    minutes: int
    happens: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    title: str
    minutes: int
    lead: str
    you_need: tuple[str, ...]
    parts: tuple[Part, ...]


def languages() -> list[str]:
    """The languages in which it is there."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def plan(language: str) -> Plan:
    """The session in a language, or in English where there is none."""
    short = language.partition("-")[0]
    path = FOLDER / f"{short if short in languages() else USUAL}.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = tuple(Part(one["title"], one["minutes"], tuple(one["happens"])) for one in told["parts"])
    return Plan(told["title"], told["minutes"], told["lead"], tuple(told["you_need"]), parts)
