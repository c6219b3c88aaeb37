"""What the database promises about programs: good rows, and lies it must not let through."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
EARLIER = NOON - timedelta(days=9)
ONE = UUID(int=1)

GOOD: dict[str, dict[str, Any]] = {
    "programs.Program": {"stage": "co-plan", "aim": "prevention"},
    "programs.DesignVersion": {"number": 2, "decision": ONE, "made_by": None},
    "programs.StageRun": {"stage": "co-plan", "began_at": NOON},
    "programs.Beginning": {"shipped": "x"},
}
ON_CONDITION: dict[str, dict[str, Any]] = {}
LIES: dict[str, list[dict[str, Any]]] = {
    "program_has_a_title": [{"title": ""}],
    "program_stage_is_known": [{"stage": "co-dance"}],
    "program_aim_is_known": [{"aim": "profit"}],
    "program_rounds_start_at_one": [{"round": 0}],
    "design_numbers_start_at_one": [{"number": 0}],
    "design_after_the_first_is_decided": [
        {"decision": None},
        {"made_by": ONE},
        {"number": 1},
        {"number": 2, "decision": None, "made_by": ONE},
    ],
    "stage_is_known": [{"stage": "co-dance"}],
    "stage_rounds_start_at_one": [{"round": 0}],
    "stage_ends_after_it_begins": [{"finished_at": EARLIER}],
    "stage_product_says_something": [{"told": ""}, {"makes": ""}],
    "blueprint_file_says_something": [{"text": ""}, {"name": ""}],
    "beginning_from_exactly_one_thing": [
        {"shipped": ""},
        {"file": ONE},
        {"program": ONE},
        {"shipped": "", "file": ONE, "program": ONE},
    ],
}
