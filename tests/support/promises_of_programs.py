"""What the database promises about programs: good rows, and lies it must not let through."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
EARLIER = NOON - timedelta(days=9)
ONE = UUID(int=1)
TODAY, YESTERDAY = date(2026, 3, 3), date(2026, 3, 2)

GOOD: dict[str, dict[str, Any]] = {
    "programs.Program": {"stage": "co-plan", "aim": "prevention"},
    "programs.DesignVersion": {"number": 2, "decision": ONE, "made_by": None},
    "programs.StageRun": {"stage": "co-plan", "began_at": NOON},
    "programs.Beginning": {"shipped": "x"},
    "programs.Enrolment": {"state": "in", "since": NOON, "left_at": None, "left_why": "", "way": "household"},
    "programs.Licence": {"starts_on": TODAY},
    "programs.Session": {"held_at": NOON, "held_version": 1},
}
ON_CONDITION: dict[str, dict[str, Any]] = {}
LIES: dict[str, list[dict[str, Any]]] = {
    "enrolment_dates_fit_its_state": [
        {"since": None},
        {"left_at": NOON},
        {"left_why": "time"},
        {"state": "waiting"},
        {"state": "left"},
        {"state": "left", "left_at": NOON},
        {"state": "gone"},
    ],
    "enrolment_of_a_household_says_so": [{"household": ONE, "way": "person"}],
    "licence_says_of_what_and_whose": [{"of": ""}, {"holder": ""}],
    "licence_ends_after_it_starts": [{"ends_on": YESTERDAY}],
    "cohort_numbers_start_at_one": [{"number": 0}],
    "session_numbers_start_at_one": [{"number": 0}],
    "session_held_says_by_which_design": [{"held_version": None}, {"held_at": None}],
    "session_credited_was_held": [
        {"credited_at": NOON},
        {"credited_minutes": 5},
        {"credited_at": NOON, "credited_by": ONE, "credited_minutes": 5, "held_at": None, "held_version": None},
    ],
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
