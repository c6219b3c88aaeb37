"""The promises of the tables of meetings: good rows, and lies the database must not let through."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER, ONE = NOON + timedelta(days=9), UUID(int=1)

GOOD: dict[str, dict[str, Any]] = {
    "decisions.Meeting": {
        "minutes": 60,
        "state": "called",
        "called_off_why": "",
        "begun_at": None,
        "ended_at": None,
    },
    "decisions.AgendaItem": {"kind": "talk", "state": "stands", "dropped_why": "", "wanted": 10, "began_at": None},
    "decisions.Attendance": {"side": "uses"},
    "decisions.Minutes": {"state": "writing"},
    "decisions.Correction": {"state": "waits", "answer": ""},
    "decisions.Undertaking": {"state": "asked", "owner": ONE},
    "decisions.HandVote": {"state": "waits", "refused_why": ""},
}
ON_CONDITION: dict[str, dict[str, Any]] = {
    "agenda_item_talked_about_one_at_a_time": {"began_at": NOON},
    "agenda_item_carried_once": {"carried_from": ONE},
    "hands_wait_once_a_proposal": {"state": "waits"},
    "hands_of_one_decision": {"state": "stands", "settled_at": NOON, "decision": ONE},
}
LIES: dict[str, list[dict[str, Any]]] = {
    "meeting_has_a_title": [{"title": ""}],
    "meeting_has_a_length": [{"minutes": 4}, {"minutes": 481}],
    "meeting_says_how_one_gets_there": [{"place": "", "online": "", "phone": ""}],
    "meeting_decides_with_somebody_of_each": [{"least_each_side": 0}],
    "meeting_called_off_says_why": [
        {"state": "called_off"}, {"called_off_why": "x"}, {"state": "lost"},
        {"state": "called_off", "called_off_why": "x", "begun_at": NOON},
    ],
    "meeting_ends_after_it_began": [{"ended_at": NOON}, {"begun_at": LATER, "ended_at": NOON}],
    "agenda_item_has_a_title": [{"title": ""}],
    "agenda_item_takes_some_minutes": [{"wanted": 0}, {"wanted": 241}, {"given": 0}, {"given": 241}],
    "agenda_item_is_about_what_it_says": [
        {"kind": "decide"}, {"kind": "decide", "proposal": ONE}, {"kind": "look_again"}, {"decision": ONE},
        {"announced_at": NOON}, {"kind": "look_again", "decision": ONE, "proposal": ONE}, {"kind": "sing"},
    ],
    "agenda_item_dropped_says_why": [{"state": "dropped"}, {"dropped_why": "x"}],
    "agenda_item_talked_about_still_stands": [{"state": "dealt_with", "began_at": NOON}],
    "attendance_is_of_a_side": [{"side": ""}, {"side": "all"}],
    "minutes_approved_after_they_were_put_forward": [
        {"state": "approved"}, {"approved_at": NOON}, {"state": "put_forward"}, {"state": "lost"},
        {"state": "put_forward", "put_forward_at": NOON, "revision": 0},
    ],
    "passage_numbers_start_at_one": [{"number": 0}],
    "correction_says_something_or_was_erased": [{"words": ""}, {"words": "x", "words_erased_at": NOON}],
    "correction_answered_by_whom_when_and_why_not": [
        {"state": "taken_up"}, {"answer": "x"}, {"answered_by": ONE}, {"state": "lost"},
        {"state": "not_taken_up", "answered_by": ONE, "answered_at": NOON},
    ],
    "undertaking_says_what": [{"what": ""}],
    "undertaking_asks_somebody": [
        {"owner": None}, {"state": "declined"}, {"state": "lost"}, {"state": "taken", "owner": None},
    ],
    "undertaking_closed_when_and_dropped_why": [
        {"state": "done"}, {"closed_at": NOON}, {"state": "dropped", "closed_at": NOON, "word": ""},
    ],
    "hands_settled_when_how_and_why_not": [
        {"settled_at": NOON}, {"decision": ONE}, {"state": "stands", "settled_at": NOON},
        {"state": "refused", "settled_at": NOON, "refused_by": ONE}, {"state": "lapsed"}, {"state": "lost"},
    ],
}  # fmt: skip
