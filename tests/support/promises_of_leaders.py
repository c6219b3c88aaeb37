"""What the database promises about who leads a session: good rows, and lies it must not let through."""

from typing import Any
from uuid import UUID

ONE = UUID(int=1)

GOOD: dict[str, dict[str, Any]] = {"programs.SessionLeader": {"state": "leads", "why": "", "keyed_by": ONE}}
LIES: dict[str, list[dict[str, Any]]] = {
    "session_leader_out_says_why": [
        {"state": "out"},
        {"why": "left"},
        {"state": "offered", "why": "check"},
        {"state": "asleep"},
    ],
    "session_leader_is_somebodys_word": [{"keyed_by": None}, {"state": "offered", "keyed_by": None}],
}
