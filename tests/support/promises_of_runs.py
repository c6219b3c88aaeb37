"""What the database promises about looking on and changes of runs: good rows, and lies it must not let through."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)

GOOD: dict[str, dict[str, Any]] = {"programs.CohortMove": {"state": "waiting", "from_cohort": ONE, "to_cohort": TWO}}
LIES: dict[str, list[dict[str, Any]]] = {
    "look_is_by_a_design": [{"version": 0}],
    "cohort_move_says_when": [{"moved_at": NOON}, {"state": "moved"}, {"state": "lost"}],
    "cohort_move_leads_elsewhere": [{"to_cohort": ONE}],
}
ON_CONDITION: dict[str, dict[str, Any]] = {"look_once_a_person": {"membership": ONE}}
