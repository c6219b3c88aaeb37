"""The stages of a program in their order, and when each is due."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.programs.rules.times import after
from alongside.programs.rules.words import STAGES

ORDER = tuple(STAGES)
# As a blueprint says who leads → the sides that lead, as `people` names them.
_LEAD = {"one of each side": ("uses", "provides"), "people": ("uses",), "providers": ("provides",)}


def stages_of(design: Mapping[str, Any]) -> list[str]:
    """The stages that a design has, in their order."""
    return [name for name in ORDER if name in design["stages"]]


def next_stage(design: Mapping[str, Any], stage: str, round_number: int) -> tuple[str, int]:
    """The stage that follows, and its round: after the last one the loop begins again.

    A stage that the design does not have any more is followed by the next one that it has.
    """
    later = [name for name in stages_of(design) if ORDER.index(name) > ORDER.index(stage)]
    return (later[0], round_number) if later else (stages_of(design)[0], round_number + 1)


def due_on(design: Mapping[str, Any], stage: str, began_on: date) -> date | None:
    """The day by which a stage should be finished; None where the design says none."""
    within = design["stages"].get(stage, {}).get("within")
    return after(began_on, within) if within else None


def makes(design: Mapping[str, Any], stage: str) -> list[str]:
    """What a stage must produce."""
    return list(design["stages"].get(stage, {}).get("makes", []))


def leading_sides(design: Mapping[str, Any], stage: str) -> tuple[str, ...]:
    """The sides that lead a stage; one of each where the design does not say."""
    return _LEAD[design["stages"].get(stage, {}).get("lead", "one of each side")]
