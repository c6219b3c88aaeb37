"""A step for one week: what it needs before it is kept. No Django."""

from collections.abc import Mapping
from typing import Any

# Asked in this order, one a page.
PARTS = ("what", "how_much", "when", "how_often", "confidence")
EASIER = "easier"
MOST_SURE = 10
# Below this a step is looked at once more: action plans of self-management courses ask for 7 of 10.
LEAST_SURE = 7


def is_unsure(confidence: int | None) -> bool:
    """True where somebody is less than `LEAST_SURE` of 10 sure to do it."""
    return confidence is not None and confidence < LEAST_SURE


def next_part(told: Mapping[str, Any]) -> str:
    """The first thing that has not been answered, "" when the step can be kept.

    0 is an answer. Below `LEAST_SURE` what would make it easier is asked too.
    """
    for part in PARTS:
        if told.get(part) in (None, ""):
            return part
    return EASIER if is_unsure(told["confidence"]) and not told.get(EASIER) else ""
