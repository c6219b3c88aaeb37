"""For whom no sign-in card works, beside the roles of this room. Rooms above register whom, in `apps.ready`.

from alongside.people import no_cards
no_cards.register("safeguarding", is_lead_here)
"""

from collections.abc import Callable

from alongside.people.models import Membership

SeesMore = Callable[[Membership], bool]

_rooms: dict[str, SeesMore] = {}


def register(room: str, sees_more: SeesMore) -> None:
    """`sees_more` is true of members who see what whoever prints a card may not; everybody may know who they are."""
    _rooms[room] = sees_more


def sees_more(membership: Membership) -> bool:
    """Does a room above say that a card would open too much?"""
    return any(asked(membership) for asked in _rooms.values())
