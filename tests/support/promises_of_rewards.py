"""What the database promises about rewards and draws: good rows, and lies it must not let through."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 3, 3), date(2026, 3, 2)
ONE = UUID(int=1)
DAY = timedelta(days=1)
ISSUED = {"state": "issued", "issued_at": NOON, "code": "LIE"}
CLOSED = {"closed_at": NOON + DAY, "digest": "d"}

GOOD: dict[str, dict[str, Any]] = {
    "rewards.Reward": {"way": "earned", "stock": None, "taken": 0},
    "rewards.Entitlement": {"state": "waiting", "origin": "earned", "number": 1, "why": ""},
    "rewards.PaperNote": {"state": "out"},
    "rewards.Draw": {
        "prizes": 1, "from_day": TODAY, "until_day": TODAY, "opened_at": NOON, "closes_at": NOON + DAY,
        "number_at": NOON + 2 * DAY, "digest": "", "public_number": "",
    },
}  # fmt: skip
ON_CONDITION: dict[str, dict[str, Any]] = {
    "entitlement_code_is_its_own": ISSUED,
    "entitlement_won_once_a_draw": {**ISSUED, "origin": "drawn", "number": None, "draw": ONE, "membership": ONE},
    "entitlement_handed_on_once": {**ISSUED, "origin": "handed_on", "number": None, "came_from": ONE},
    "entitlement_once_a_payment": {**ISSUED, "origin": "bought", "number": None, "transfer": ONE},
    "entitlement_taken_once_a_form": {"key": ONE},
    "draw_entry_once_a_person": {"membership": ONE},
    "draw_place_is_won_once": {"place": 1, "tickets": 1},
}
LIES: dict[str, list[dict[str, Any]]] = {
    "reward_has_a_name": [{"name": ""}],
    "reward_way_is_known": [{"way": "stolen"}],
    "reward_taken_is_no_more_than_there_are": [{"stock": 1, "taken": 2}],
    "entitlement_is_in_one_state": [
        {"why": "left"}, {"settled_at": NOON}, {**ISSUED, "settled_at": NOON}, {**ISSUED, "state": "redeemed"},
        {**ISSUED, "state": "lost", "settled_at": NOON}, {**ISSUED, "state": "void", "settled_at": NOON},
        {"state": "void", "settled_at": NOON, "why": "because"},
        {**ISSUED, "state": "expired", "settled_at": NOON, "why": "left"},
    ],
    "entitlement_has_a_code_once_issued": [
        {"code": "LIE"}, {**ISSUED, "code": None}, {**ISSUED, "code": ""}, {"expires_on": TODAY},
    ],
    "entitlement_comes_one_way": [
        {"number": 0}, {"number": None}, {"transfer": ONE},
        *({**ISSUED, "origin": origin, "number": None} for origin in ("bought", "drawn", "handed_on", "found")),
        {**ISSUED, "origin": "drawn", "number": 1, "draw": ONE},
    ],
    "entitlement_waits_only_when_earned": [{"origin": "drawn", "number": None, "draw": ONE}],
    "note_is_out_or_redeemed_or_void": [{"settled_at": NOON}, {"state": "void"}, {"state": "lost", "settled_at": NOON}],
    "note_numbers_start_at_one": [{"number": 0}],
    "note_has_a_serial": [{"serial": ""}],
    "draw_has_a_prize": [{"prizes": 0}],
    "draw_days_are_in_order": [{"until_day": YESTERDAY}],
    "draw_closes_before_its_number_is_made": [{"opened_at": NOON + DAY}, {"closes_at": NOON + 2 * DAY}],
    "draw_closed_in_time_has_a_digest": [
        {"closed_at": NOON + DAY}, {"digest": "d"}, {"closed_at": NOON + 2 * DAY, "digest": "d"},
    ],
    "draw_drawn_says_with_which_number": [
        {"public_number": "1"}, {"drawn_by": ONE}, {**CLOSED, "drawn_at": NOON + 3 * DAY, "public_number": "1"},
        {**CLOSED, "drawn_at": NOON + DAY, "drawn_by": ONE, "public_number": "1"},
        {**CLOSED, "drawn_at": NOON + 3 * DAY, "drawn_by": ONE}, {**CLOSED, "drawn_by": ONE, "public_number": "1"},
        {"drawn_at": NOON + 3 * DAY, "drawn_by": ONE, "public_number": "1"},
    ],
    "draw_entry_has_a_name": [{"name": ""}],
    "draw_entry_wins_with_a_ticket": [{"place": 1, "tickets": 0}, {"place": 0, "tickets": 1}, {"place": 1}],
}  # fmt: skip
