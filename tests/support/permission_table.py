"""The written permission table and the addresses the house really has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parents[2] / "docs/reference/permissions.md"
METHODS = {"GET", "POST"}
WORDS = {
    "public",
    "stranger",
    "signed in",
    "member",
    "participant",
    "peer leader",
    "professional",
    "coordinator",
    "steward",
    "commissioner",
    "themself",
    "delegate",
    "lead",
}
# Files, not pages.
OUTSIDE = ("static",)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    url_name: str
    methods: frozenset[str]
    who: frozenset[str]
    section: str


@dataclass(frozen=True)
class Address:
    """One address of the house: its name and what must be filled in."""

    url_name: str
    route: str
    params: tuple[str, ...]


def rows(text: str) -> list[Row]:
    """Read the tables of `docs/reference/permissions.md`, in their order."""
    found, section = [], ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ").strip()
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and set(cells[1].split()) <= METHODS and cells[1]:
            who = frozenset(word.strip() for word in cells[2].split(","))
            found.append(Row(cells[0].strip("`"), frozenset(cells[1].split()), who, section))
    return found


def addresses(resolver: URLResolver | None = None, namespace: str = "", route: str = "") -> Iterator[Address]:
    """Every named address of the house, with its full name ("room:name")."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = f"{route}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner, path)
        elif isinstance(entry, URLPattern) and not path.startswith(OUTSIDE):
            yield Address(f"{namespace}{entry.name}", path, tuple(_params(path)))


def _params(route: str) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", route)
