"""What the database promises about rotas: good rows, and lies it must not let through."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 3, 3), date(2026, 3, 2)
ONE = UUID(int=1)
SETTLED = {"outcome": "done", "settled_at": NOON}
GIVEN = {"given": ONE, "offered_at": NOON, "takes_back": True}

GOOD: dict[str, dict[str, Any]] = {
    "rota.Rota": {"first_day": TODAY, "last_day": TODAY},
    "rota.Version": {"result": "best", "gap": 0},
    "rota.Duty": {"starts_at": NOON, "ends_at": NOON.replace(hour=13)},
    "rota.Family": {"household": None, "membership": ONE},
    "rota.Exemption": {"first_day": TODAY, "last_day": TODAY},
    "rota.FeeLine": {
        "owed": 1, "missing": 1, "minor": 1500, "currency": "GBP", "words": "", "exemption": None,
    },
    "rota.Away": {"first_day": TODAY, "last_day": TODAY},
    "rota.Wish": {"weekday": 1, "duty": "", "how": "cannot"},
    "rota.Assignment": {"ended_why": "", "outcome": "", "credited_minutes": None},
    "rota.Swap": {"state": "asked", "asked_of": None, "given": None, "came_back": None},
}  # fmt: skip
ON_CONDITION: dict[str, dict[str, Any]] = {
    "family_once_a_household": {"household": ONE, "membership": None},
    "family_once_somebody_alone": {"membership": ONE, "household": None},
    "swap_gives_a_duty_once_at_a_time": {"state": "offered", "given": ONE, "offered_at": NOON, "takes_back": True},
}
LIES: dict[str, list[dict[str, Any]]] = {
    "rota_ends_after_it_starts": [{"last_day": YESTERDAY}],
    "rota_revisions_start_at_one": [{"revision": 0}],
    "rota_published_when_and_by_whom": [{"published_at": NOON}, {"published_by": ONE}],
    "rota_settled_was_published": [
        {"settled_by": ONE}, {"settled_at": NOON, "settled_by": ONE},
        {"settled_at": NOON, "published_at": NOON, "published_by": ONE},
    ],
    "rota_version_numbers_start_at_one": [{"number": 0}],
    "rota_version_says_how_near_it_is": [
        {"gap": None}, {"gap": 5}, {"result": "within"}, {"result": "found", "gap": 1},
    ],
    "duty_ends_after_it_starts": [{"ends_at": NOON}],
    "duty_needs_somebody": [{"people": 0}],
    "duty_has_a_name": [{"name": ""}],
    "family_is_a_household_or_somebody_alone": [{"membership": None}, {"household": ONE}],
    "exemption_has_a_reason": [{"reason": ""}],
    "exemption_ends_after_it_starts": [{"last_day": YESTERDAY}],
    "fee_is_for_what_was_owed": [{"missing": 0}, {"missing": 2}],
    "fee_is_money_words_or_an_exemption": [
        {"minor": 0}, {"currency": ""}, {"minor": None, "currency": ""}, {"minor": None}, {"exemption": ONE},
    ],
    "away_ends_after_it_starts": [{"last_day": YESTERDAY}],
    "wish_is_about_a_day_of_the_week": [{"weekday": 8}],
    "wish_is_about_something": [{"weekday": 0}],
    "wish_says_how_much": [{"how": "perhaps"}],
    "assignment_places_start_at_one": [{"place": 0}],
    "assignment_ends_for_a_reason_before_it_is_done": [
        {"ended_at": NOON}, {"ended_why": "left"}, {"ended_at": NOON, "ended_why": "bored"},
        {**SETTLED, "ended_at": NOON, "ended_why": "left"},
    ],
    "assignment_outcome_is_said_at_a_time": [
        {"outcome": "done"}, {"settled_at": NOON}, {"outcome": "half", "settled_at": NOON},
    ],
    "assignment_credited_was_done": [
        {"credited_minutes": 60}, {**SETTLED, "credited_at": NOON, "credited_by": ONE},
        {"credited_at": NOON, "credited_by": ONE, "credited_minutes": 60},
    ],
    "swap_is_settled_at_a_time": [{"settled_at": NOON}, {"state": "withdrawn"}, {"state": "lost", "settled_at": NOON}],
    "swap_taken_says_so": [{"taken": ONE}],
    "swap_is_offered_at_a_time": [
        {"offered_at": NOON}, {**GIVEN, "state": "offered", "offered_at": None},
    ],
    "swap_offered_says_what_is_given": [
        {"state": "offered"}, GIVEN, {**GIVEN, "state": "declined", "settled_at": NOON, "asked_of": ONE},
    ],
    "swap_gives_where_something_is_taken_back": [{**GIVEN, "state": "offered", "takes_back": False}],
    "swap_what_was_given_came_back": [
        {**GIVEN, "state": "taken", "settled_at": NOON, "taken": ONE}, {"came_back": ONE},
        {**GIVEN, "state": "offered", "came_back": ONE},
    ],
    "swap_is_declined_by_who_was_asked": [{"state": "declined", "settled_at": NOON}],
}  # fmt: skip
