"""What the database promises about plans and visits: good rows, and lies it must not let through."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TODAY = date(2026, 3, 3)
ONE, TWO = UUID(int=1), UUID(int=2)
KEPT = {
    "what": "walk", "how_much": "round the block", "when": "mornings", "how_often": "three times", "confidence": 7,
    "kept_at": NOON,
}  # fmt: skip

GOOD: dict[str, dict[str, Any]] = {
    "wellbeing.Goal": {"ending": "", "ending_words": ""},
    "wellbeing.ActionStep": {"outcome": "", "outcome_words": "", "confidence": None},
    "wellbeing.VisitSeries": {"over_why": "", "over_by": None, "visitor": TWO},
    "wellbeing.Visit": {"state": "planned", "about_mine": ""},
}
ON_CONDITION: dict[str, dict[str, Any]] = {}
LIES: dict[str, list[dict[str, Any]]] = {
    "goal_says_something": [{"words": ""}],
    "goal_ends_one_way_at_a_time": [
        {"ending": "reached"}, {"ended_at": NOON}, {"ending_words": "x"}, {"ended_at": NOON, "ending": "lost"},
    ],
    "step_confidence_is_0_to_10": [{"confidence": 11}],
    "step_is_kept_whole": [{**KEPT, name: ""} for name in ("what", "how_much", "when", "how_often")]
    + [{**KEPT, "confidence": None}],
    "step_kept_unsure_says_what_is_easier": [{**KEPT, "confidence": 6, "easier": ""}],
    "step_looked_back_on_once_kept": [
        {"outcome": "done"}, {"outcome_words": "x"}, {"looked_back_at": NOON, "outcome": "done"},
        {**KEPT, "looked_back_at": NOON, "outcome": "perhaps"}, {**KEPT, "looked_back_at": NOON},
    ],
    "step_that_is_kept_is_not_let_go": [{**KEPT, "let_go_at": NOON}],
    "plan_is_shown_to_somebody_else": [{"membership": ONE, "reader": ONE}],
    "visits_are_between_two_people": [{"membership": ONE, "visitor": ONE}],
    "visits_over_the_limit_say_who_and_why": [{"over_why": "x"}, {"over_by": ONE}],
    "visits_without_a_visitor_say_since_when": [{"visitor": None}, {"looked_for_since": NOON}],
    "visit_time_is_agreed_with_its_day": [
        {"agreed_time": time(14)}, {"agreed_on": TODAY}, {"agreed_at": NOON},
        {"agreed_time": time(14), "agreed_at": NOON},
    ],
    "visit_numbers_start_at_one": [{"number": 0}],
    "visit_took_place_when_and_how_long": [
        {"held_on": TODAY}, {"minutes": 60}, {"state": "took_place", "settled_at": NOON},
        {"state": "took_place", "settled_at": NOON, "held_on": TODAY, "minutes": 0},
        {"state": "lost", "settled_at": NOON},
    ],
    "visit_is_settled_at_a_time": [{"settled_at": NOON}, {"state": "missed"}],
    "visit_share_is_told_once_it_took_place": [
        {"about_mine": "most"}, {"told_at": NOON}, {"about_mine": "most", "told_at": NOON},
        {
            "state": "took_place", "settled_at": NOON, "held_on": TODAY, "minutes": 60, "about_mine": "all",
            "told_at": NOON,
        },
    ],
    "agenda_wish_says_something": [{"words": ""}],
}  # fmt: skip
