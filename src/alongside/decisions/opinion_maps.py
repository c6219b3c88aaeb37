"""The one door to the opinion map: numpy, which it needs, is loaded here and nowhere before."""

from collections.abc import Collection
from importlib.util import find_spec
from typing import TYPE_CHECKING

from alongside.decisions.rules.opinions.agreement import Votes

if TYPE_CHECKING:
    from alongside.decisions.rules.opinions.mapping import OpinionMap


class NoNumpy(Exception):
    """The opinion map was asked for on a machine without numpy."""

    def __init__(self) -> None:
        super().__init__(
            "The opinion map needs numpy, and it is not installed. "
            "Type: python -m pip install numpy (or install alongside[opinions])"
        )


def is_installed() -> bool:
    """Is there what the opinion map needs?"""
    return find_spec("numpy") is not None


def opinion_map(votes: Votes, *, out: Collection[str] = ()) -> "OpinionMap":
    """See `rules.opinions.mapping.opinion_map`. Raises NoNumpy."""
    try:
        import numpy  # noqa: F401
    except ImportError:
        raise NoNumpy from None
    from alongside.decisions.rules.opinions.mapping import opinion_map as reckoned

    return reckoned(votes, out=out)
