"""Lists that leave the house as files."""

from datetime import datetime

from alongside.interop.lists import ListOf
from alongside.kernel import activity
from alongside.people.models import Community, Person


def note_list_taken(*, wanted: ListOf, community: Community, by: Person, at: datetime) -> None:
    """Write down who takes a list out, and which."""
    activity.log(
        did=f"interop.{wanted.name}_taken_out", about_what=community, by_id=by.pk, at=at, community_id=community.pk
    )
