"""The promises of the tables of safeguarding: good rows, and lies the database must not let through."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

NOON, TODAY, YESTERDAY = datetime(2026, 3, 3, 12, tzinfo=UTC), date(2026, 3, 3), date(2026, 3, 2)
ONE, LARGE = UUID(int=1), UUID(int=2**128 - 1)

GOOD: dict[str, dict[str, Any]] = {
    "safeguarding.CheckKind": {"kind": "training", "months": 12, "needed": 1},
    "safeguarding.Check": {"seen_on": TODAY, "ends_on": TODAY, "withdrawn_why": ""},
    "safeguarding.Requirement": {"role": "steward", "duty": ""},
    "safeguarding.Lead": {"starts_on": TODAY, "ends_on": TODAY},
    "safeguarding.KeptApart": {"other": LARGE, "since": TODAY, "until": TODAY},
    "safeguarding.Together": {"link": "/"},
    "safeguarding.PutTogether": {"link": "/"},
}
ON_CONDITION: dict[str, dict[str, Any]] = {
    "check_written_once_a_form": {"key": ONE},
    "requirement_once_in_a_group": {"group": ONE},
}
LIES: dict[str, list[dict[str, Any]]] = {
    "check_kind_has_a_name": [{"name": ""}],
    "check_kind_holds_for_a_while": [{"months": 0}, {"months": 121}],
    "check_kind_needs_one_or_a_few": [{"needed": 0}, {"needed": 6}],
    "check_kind_is_of_a_known_sort": [{"kind": "rumor"}],
    "check_ends_after_it_was_seen": [{"ends_on": YESTERDAY}],
    "check_is_seen_by_somebody_else": [{"person": ONE, "seen_by": ONE}],
    "check_is_written_by_somebody_else": [{"person": ONE, "written_by": ONE}],
    "check_places_start_at_one": [{"place": 0}],
    "check_withdrawn_when_and_why": [
        {"withdrawn_at": NOON}, {"withdrawn_why": "ended"}, {"withdrawn_by": ONE},
        {"withdrawn_at": NOON, "withdrawn_why": "rude"},
    ],
    "requirement_of_a_role_or_a_duty": [{"duty": "driving"}, {"role": ""}],
    "lead_ends_after_it_starts": [{"ends_on": YESTERDAY}],
    "lead_is_named_by_somebody_else": [{"person": ONE, "named_by": ONE}],
    "lead_ended_has_a_moment": [{"ended_by": ONE}],
    "kept_apart_two_in_one_order": [{"one": ONE, "other": ONE}, {"one": LARGE, "other": ONE}],
    "kept_apart_has_a_reason": [{"reason": ""}],
    "kept_apart_ends_after_it_starts": [{"until": YESTERDAY}],
    "kept_apart_ended_has_a_moment": [{"ended_by": ONE}],
    "together_seen_has_a_moment": [{"seen_by": ONE}],
    "put_together_links_inside_this_site": [{"link": "https://x.example"}, {"link": "//x.example"}],
    "together_links_inside_this_site": [
        {"link": "https://x.example"}, {"link": "//x.example"}, {"link": "/\\x.example"},
    ],
}  # fmt: skip
