"""One section of a blueprint, and the part of a design it becomes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.programs.rules.faults import Fault
from alongside.programs.rules.shapes import Shape

Design = Mapping[str, Any]


def _nothing_more(design: Design) -> Iterator[Fault]:
    yield from ()


@dataclass(frozen=True)
class Section:
    """`shape.must`: every design has it. `check`: what cannot be although every value has its shape, of a whole design;
    it is asked only where all shapes fit. `is_open_to_change` False: it is about the file, not about a program.
    """

    name: str
    shape: Shape
    icon: str = "file-text"
    check: Callable[[Design], Iterator[Fault]] = _nothing_more
    is_open_to_change: bool = True

    @property
    def label(self) -> str:
        return self.shape.label
