"""What rooms above tell of a program in figures: sentences that name nobody. `programs` never imports those rooms."""

from collections.abc import Callable
from datetime import date

from alongside.programs.models import Program

Reader = Callable[[Program, date], list[str]]
_readers: dict[str, Reader] = {}


def register(room: str, reader: Reader) -> None:
    """Let a room say what came of a program, until a day; the last word counts."""
    _readers[room] = reader


def told(program: Program, *, on: date) -> list[str]:
    """All sentences of all rooms. Each room asks a fixed number of questions, and hides small numbers itself."""
    return [sentence for reader in _readers.values() for sentence in reader(program, on)]
