"""The promises of the tables of gatherings: good rows, and lies the database must not let through."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER, ONE = NOON + timedelta(days=9), UUID(int=1)
_HAPPENING = {"minutes": 60, "visibility": "members", "sign_up": "open", "state": "planned", "called_off_why": ""}

GOOD: dict[str, dict[str, Any]] = {
    "gatherings.Series": _HAPPENING,
    "gatherings.Gathering": {**_HAPPENING, "starts_at": NOON, "ends_at": LATER},
    "gatherings.SeriesPart": {"kind": "come"},
    "gatherings.Part": {"kind": "come", "size": 9, "taken": 9},
    "gatherings.Booking": {"state": "booked"},
    "gatherings.Mark": {"said": "came"},
    "gatherings.Attendance": {"state": "unknown"},
}
ON_CONDITION: dict[str, dict[str, Any]] = {
    "series_made_once_a_form": {"key": ONE},
    "gathering_made_once_a_form": {"key": ONE},
    "gathering_once_a_turn": {"series": ONE, "original_start": NOON},
    "booking_line_has_no_ties": {"state": "waiting", "place_in_line": 1},
}
_CALLED_OFF = [{"state": "called_off"}, {"called_off_why": "x"}, {"state": "lost"}]
_PART_KINDS = [{"kind": "prize"}]
LIES: dict[str, list[dict[str, Any]]] = {
    "place_has_a_name": [{"name": ""}],
    "series_has_a_title": [{"title": ""}],
    "series_has_a_rule": [{"rrule": ""}],
    "series_has_a_length": [{"minutes": 4}, {"minutes": 1441}],
    "series_called_off_says_why": _CALLED_OFF,
    "series_of_a_group_names_it": [{"visibility": "group"}, {"visibility": "nobody"}],
    "series_sign_up_is_known": [{"sign_up": "later"}],
    "series_part_has_a_name": [{"name": ""}],
    "series_part_kind_is_known": _PART_KINDS,
    "series_part_has_room_for_one": [{"size": 0}],
    "gathering_has_a_title": [{"title": ""}],
    "gathering_has_a_length": [{"minutes": 4}, {"minutes": 1441}],
    "gathering_ends_after_it_starts": [{"ends_at": NOON}],
    "gathering_called_off_says_why": _CALLED_OFF,
    "gathering_of_a_group_names_it": [{"visibility": "group"}, {"visibility": "nobody"}],
    "gathering_sign_up_is_known": [{"sign_up": "later"}],
    "gathering_of_a_series_has_its_turn": [
        {"series": ONE}, {"original_start": NOON}, {"series": ONE, "original_start": NOON, "key": ONE},
    ],
    "gathering_closed_took_place": [
        {"closed_by": ONE}, {"closed_at": NOON, "state": "called_off", "called_off_why": "x"},
    ],
    "part_has_a_name": [{"name": ""}],
    "part_kind_is_known": _PART_KINDS,
    "part_has_room_for_one": [{"size": 0, "taken": 0}],
    "part_takes_no_more_than_fit": [{"taken": 10}],
    "booking_state_is_known": [{"state": "perhaps"}],
    "booking_waits_at_a_place_in_line": [{"state": "waiting"}, {"place_in_line": 1}],
    "booking_confirmed_has_a_place": [{"state": "declined", "confirmed_at": NOON}],
    "seat_is_for_one_or_some": [{"count": 0}, {"count": 21}],
    "sheet_has_a_code": [{"code": ""}],
    "mark_says_something_known": [{"said": "danced"}],
    "mark_of_in_or_out_has_a_moment": [{"said": "in"}, {"moment": NOON}],
    "presence_is_known_or_unknown": [{"state": "asleep"}],
    "presence_has_times_if_any": [{"in_at": NOON}, {"state": "did_not", "out_at": NOON}],
    "presence_minutes_were_seen_by_somebody": [
        {"state": "came", "minutes": 9, "in_at": NOON, "out_at": LATER},
        {"state": "came", "minutes": 9, "in_at": LATER, "out_at": NOON, "attested_by": ONE},
        {"state": "came", "minutes": 9, "out_at": LATER, "attested_by": ONE},
        {"state": "came", "minutes": 9, "in_at": NOON, "attested_by": ONE},
        {"state": "came", "minutes": 1441, "in_at": NOON, "out_at": LATER, "attested_by": ONE},
    ],
    "feed_has_a_secret": [{"secret_hash": ""}],
}  # fmt: skip
