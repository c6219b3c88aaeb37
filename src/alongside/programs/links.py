"""Pages of rooms above that are about one program: its own page leads there. `programs` never imports those rooms."""

from collections.abc import Callable
from dataclasses import dataclass

from alongside.programs.models import Program


@dataclass(frozen=True)
class Link:
    """`needs`: the permission without which a reader is not led there; "" for all who read the program.

    `about`: in half a line, what is there.
    """

    label: str
    url: str
    icon: str
    needs: str = ""
    about: str = ""


Reader = Callable[[Program], list[Link]]
_readers: dict[str, Reader] = {}


def register(room: str, reader: Reader) -> None:
    """Let a room say which of its pages are about a program; the last word counts."""
    _readers[room] = reader


def links_of(program: Program) -> list[Link]:
    """All of them. Each room asks at most one question."""
    return [link for reader in _readers.values() for link in reader(program)]
