"""What the database promises about jobs and boards: good rows, and lies it must not let through."""

from datetime import UTC, date, datetime
from typing import Any

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 3, 3), date(2026, 3, 2)

GOOD: dict[str, dict[str, Any]] = {
    "programs.JobTerm": {
        "state": "held", "how": "vote", "seat": 1, "number": 1, "starts_on": TODAY, "over_why": "", "chosen_where": "",
    },
    "programs.BoardDecision": {"holders": 7, "here": 4, "needed": 4},
}  # fmt: skip
LIES: dict[str, list[dict[str, Any]]] = {
    "job_term_has_a_seat_once_held": [
        {"seat": None},
        {"seat": 0},
        {"number": None},
        {"number": 0},
        {"starts_on": None},
        {"how": ""},
        {"state": "asked"},
        {"state": "offered", "how": ""},
        {"state": "king"},
    ],
    "job_term_over_says_when_and_why": [
        {"over_on": TODAY},
        {"over_why": "left"},
        {"state": "over"},
        {"state": "over", "over_on": TODAY},
        {"state": "over", "over_why": "left"},
    ],
    "job_term_ends_after_it_starts": [{"ends_on": YESTERDAY}],
    "job_term_was_chosen_in_a_known_way": [{"how": "by lot"}],
    "board_decision_says_something": [{"words": ""}],
    "board_decides_with_a_quorum": [{"here": 3}, {"holders": 3}, {"needed": 0}],
}
