"""What the database promises about programs: good rows, and lies it must not let through."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.support import promises_of_jobs as jobs
from tests.support import promises_of_leaders as leaders
from tests.support import promises_of_pathway as pathway
from tests.support import promises_of_runs as runs
from tests.support import promises_of_topics as topics

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
    "programs.SelfCheck": {"side": "uses", "total": 60},
    "programs.LookBack": {"side": "uses"},
    "programs.Barrier": {"kind": "no time", "side": "uses", "at": NOON},
    "programs.Input": {"kind": "adding", "side": "uses"},
    "programs.BudgetLine": {"aim": "prevention", "stage": "co-plan", "currency": "EUR"},
    "programs.CommitmentSide": {"side": "uses"},
    **pathway.GOOD,
}
ON_CONDITION: dict[str, dict[str, Any]] = {"input_is_corrected_once": {"corrects": ONE}}
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
    "design_numbers_start_at_one": [{"number": 0, "decision": None}],
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
    "self_check_is_20_to_100": [{"total": 19}, {"total": 101}],
    "self_check_side_is_known": [{"side": "ours"}, {"side": ""}],
    "self_check_rounds_start_at_one": [{"round": 0}, {"edition": 0}],
    "look_back_says_something": [{"went_well": "", "went_badly": "", "next": ""}],
    "look_back_side_is_known": [{"side": "ours"}],
    "look_back_rounds_start_at_one": [{"round": 0}],
    "barrier_kind_is_known": [{"kind": "weather"}],
    "barrier_says_something_until_erased": [{"words": "", "raised_by": ONE}],
    "barrier_side_is_known": [{"side": "ours"}],
    "barrier_closes_after_it_is_raised": [{"closed_at": EARLIER}],
    "barrier_answer_says_something": [{"words": ""}],
    "input_kind_is_known": [{"kind": "praising"}],
    "input_side_is_known": [{"side": "ours"}],
    "input_takes_time_unless_it_corrects": [{"minutes": 0, "corrects": None}],
    "budget_aim_is_known": [{"aim": "profit"}],
    "budget_stage_is_known": [{"stage": "co-dance"}],
    "budget_line_says_what_for": [{"what_for": ""}],
    "budget_line_is_not_nought": [{"amount_minor": 0, "currency": "", "minutes": 0}],
    "budget_money_has_a_currency": [{"amount_minor": 5, "currency": ""}, {"amount_minor": 0, "minutes": 5}],
    "commitment_says_something": [{"words": ""}],
    "commitment_side_is_known": [{"side": "ours"}],
    **pathway.LIES,
}

ON_CONDITION |= runs.ON_CONDITION
GOOD |= jobs.GOOD | topics.GOOD | runs.GOOD | leaders.GOOD
LIES |= jobs.LIES | topics.LIES | runs.LIES | leaders.LIES
