"""Where rooms above have a word: who may take which part, and who is expected without having signed up.

    hooks.register_may_take("safeguarding", ask)      # once, in apps.ready
    hooks.register_expected("programs", who, where)

    hooks.register_own_dates("rota", own)

`ask(membership, part, at)` returns a sentence that says why not, in the reader's language, or "".
`who(gathering)` returns the members whom a room expects there, or None for a gathering that is not its own;
`where(membership)` the gatherings at which it expects somebody. `own(membership, since)` returns dates of theirs that
are no gatherings, for the calendar that they alone read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from alongside.gatherings.models import Booking, Gathering, Part
from alongside.gatherings.models.gatherings import GatheringQuerySet
from alongside.people.models import Membership
from alongside.people.models.membership import MembershipQuerySet

MayTake = Callable[[Membership, Part, datetime], str]

Who = Callable[[Gathering], MembershipQuerySet | None]
Where = Callable[[Membership], GatheringQuerySet]


@dataclass(frozen=True)
class OwnDate:
    """Something that is on for one person: `url` from the root of this site; `uid` stays the same when it changes.

    `is_whole_day`: from one midnight to another, and no time is said.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    url: str
    changed_at: datetime
    is_called_off: bool = False
    is_whole_day: bool = False


# How far ahead a room need not look.
FARTHEST = timedelta(days=366)

OwnDates = Callable[[Membership, datetime], Iterable[OwnDate]]

_asked: dict[str, MayTake] = {}
_own_dates: dict[str, OwnDates] = {}
_expecting: dict[str, tuple[Who, Where]] = {}


def register_may_take(room: str, ask: MayTake) -> None:
    """Let a room refuse a part to a person; the last word of a room counts."""
    _asked[room] = ask


def register_expected(room: str, who: Who, where: Where) -> None:
    """Let a room say who is expected at its gatherings; the last word of a room counts."""
    _expecting[room] = (who, where)


def register_own_dates(room: str, own: OwnDates) -> None:
    """Let a room put dates of one person into the calendar that this person alone reads; its last word counts."""
    _own_dates[room] = own


def own_dates(membership: Membership, since: datetime) -> list[OwnDate]:
    """What rooms above have for somebody from a moment on, in order."""
    found = [one for own in _own_dates.values() for one in own(membership, since)]
    return sorted(found, key=lambda one: (one.starts_at, one.uid))


def forget_expected(room: str) -> None:
    """For tests: a room expects nobody any more."""
    _expecting.pop(room, None)


def expected(gathering: Gathering) -> list[Membership]:
    """Everybody whom rooms above expect, by name, without those who said that they cannot come."""
    found = next((those for who, _where in _expecting.values() if (those := who(gathering)) is not None), None)
    if found is None:
        return []
    said_no = Booking.objects.of(gathering.community).filter(
        gathering=gathering, state__in=[Booking.State.DECLINED, Booking.State.CALLED_OFF]
    )
    return list(found.exclude(pk__in=said_no.values("membership")).select_related("person").by_name())


def expecting(membership: Membership) -> Q:
    """A condition on gatherings: a room above expects this person there, and they have not said no."""
    found = Q(pk__in=[])
    for _who, where in _expecting.values():
        found |= Q(pk__in=where(membership).values("pk"))
    said_no = Booking.objects.of(membership.community).filter(
        membership=membership, state__in=[Booking.State.DECLINED, Booking.State.CALLED_OFF]
    )
    return found & ~Q(pk__in=said_no.values("gathering"))


def forget_may_take(room: str) -> None:
    """For tests: a room is asked no more."""
    _asked.pop(room, None)


def why_not(membership: Membership, part: Part, at: datetime) -> str:
    """The first sentence that refuses; "" when nobody does."""
    return next((words for ask in _asked.values() if (words := ask(membership, part, at))), "")
