"""What the database promises about topics and classes: good rows, and lies it must not let through."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
ONE = UUID(int=1)

GOOD: dict[str, dict[str, Any]] = {}
LIES: dict[str, list[dict[str, Any]]] = {
    "topic_says_something": [{"words": ""}],
    "class_host_since_when": [{"host": ONE}, {"hosted_since": NOON}],
    "class_is_planned_with_a_host": [{"session": ONE, "places": 9}],
    "class_planned_has_places": [
        {"places": 9},
        {"session": ONE, "host": ONE, "hosted_since": NOON},
        {"session": ONE, "host": ONE, "hosted_since": NOON, "places": 0},
    ],
}
