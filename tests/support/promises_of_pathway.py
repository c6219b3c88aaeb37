"""What the database promises about pathways: good rows, and lies it must not let through."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
EARLIER = NOON - timedelta(days=9)
ONE, TWO = UUID(int=1), UUID(int=2)
TODAY, YESTERDAY, TOMORROW = date(2026, 3, 3), date(2026, 3, 2), date(2026, 3, 4)

HELD = {
    "state": "held", "offered_at": NOON, "answered_at": NOON, "answered_by": ONE, "held_from": TODAY,
    "fresh_from": TODAY,
}  # fmt: skip
GOOD: dict[str, dict[str, Any]] = {
    "programs.PathStep": {**HELD, "membership": ONE, "offered_by": TWO},
    "programs.TrainingDone": {"membership": ONE, "noted_by": TWO},
    "programs.BesideMentor": {"membership": ONE, "mentor": TWO, "noted_by": TWO},
    "programs.Introduction": {"side": "uses"},
}
ON_CONDITION: dict[str, dict[str, Any]] = {}
LIES: dict[str, list[dict[str, Any]]] = {
    "path_step_is_of_a_design": [{"step": ""}, {"version": 0}],
    "path_step_dates_fit_its_state": [
        {"state": "offered"},
        {"state": "declined"},
        {"state": "withdrawn"},
        {"state": "given up"},
        {"ended_at": NOON},
        {"state": "dreamt"},
        {"held_from": None, "fresh_from": None},
        {"answered_at": None, "answered_by": None},
    ],
    "path_step_is_answered_by_somebody_after_the_offer": [{"answered_by": None}, {"answered_at": EARLIER}],
    "path_step_is_fresh_from_a_day_it_is_held": [{"fresh_from": None}, {"fresh_from": YESTERDAY}],
    "path_step_lapses_while_held_and_returns_after": [
        {"lapsed_on": TODAY},
        {"returned_on": TODAY},
        {"lapsed_on": TOMORROW, "returned_on": TODAY},
    ],
    "path_step_is_offered_by_another": [{"offered_by": ONE}],
    "path_step_brought_was_seen_by_somebody": [{"is_brought": True, "offered_by": None}],
    "training_done_says_what": [{"what": ""}, {"folded": ""}],
    "training_done_is_noted_by_another": [{"noted_by": ONE}],
    "beside_mentor_is_beside_another": [{"mentor": ONE}],
    "beside_mentor_is_noted_by_another": [{"noted_by": ONE}],
    "introduction_side_is_known": [{"side": "ours"}],
}
