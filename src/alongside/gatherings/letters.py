"""What this room tells people, in their language: a place, a change, a calling off, a reminder.

Outside this site a letter may lie about: what is for one group alone is not called by its name.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.gatherings import hooks
from alongside.gatherings.models import Booking, Gathering, Visibility
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.ui.words import day_text

Words = Callable[[], str]

PLACE = kinds.register("gatherings.place", label=gettext_lazy("When I get a place at a gathering, or one comes free"))
CHANGE = kinds.register("gatherings.change", label=gettext_lazy("When a gathering I take part in changes"))
REMINDER = kinds.register("gatherings.reminder", label=gettext_lazy("The day before a gathering I take part in"))

MOST_DAYS = 5


def signed_up(booking: Booking, *, at: datetime, by: Person | None) -> None:
    """Somebody else has signed them up."""
    gathering = booking.gathering

    def body() -> str:
        first = (
            _("You are signed up for %(what)s.")
            if booking.is_booked
            else _("You are on the waiting list for %(what)s.")
        )
        return "\n".join([first % {"what": told(gathering)}, *where(gathering)])

    _tell([booking.membership], gathering, lambda: _("You are signed up"), body, kind=PLACE.name,
          key=f"signed-up:{booking.pk}:{at.isoformat()}", at=at, by=by)  # fmt: skip


def moved_up(booking: Booking, *, at: datetime, by: Person | None) -> None:
    """They waited, and there is a place now: does it still suit?"""
    gathering = booking.gathering

    def body() -> str:
        lines = [_("There is a place for you now: %(what)s.") % {"what": told(gathering)}, *where(gathering)]
        return "\n".join([*lines, _("Please say whether you come. One tap is enough.")])

    _tell([booking.membership], gathering, lambda: _("There is a place for you"), body, kind=PLACE.name,
          key=f"moved-up:{booking.pk}:{at.isoformat()}", at=at, by=by)  # fmt: skip


def room_is_free(gathering: Gathering, standing_by: Iterable[Membership], *, at: datetime) -> None:
    """People who would step in hear that somebody is needed."""

    def body() -> str:
        lines = [_("A place has come free: %(what)s.") % {"what": told(gathering)}, *where(gathering)]
        return "\n".join([*lines, _("You said that you would step in. The first who signs up has it.")])

    _tell(standing_by, gathering, lambda: _("A place has come free"), body, kind=PLACE.name,
          key=f"room-free:{gathering.pk}:{at.isoformat()}", at=at, by=None)  # fmt: skip


def changed(gathering: Gathering, *, why: str, before: datetime, at: datetime, by: Person | None) -> None:
    """What is different, and why; whoever has a place is asked again when the time is another."""
    moved = before != gathering.starts_at

    def body() -> str:
        lines = [_("%(what)s has changed.") % {"what": told(gathering)}]
        if moved:
            lines.append(_("It was to be on %(day)s.") % {"day": day_text(before)})
        lines += [*where(gathering), _reason(why)]
        return "\n".join([*lines, _("Please say whether it still suits you.")] if moved else lines)

    _tell(_counting_on(gathering), gathering, lambda: _("A gathering has changed"), body, kind=CHANGE.name,
          key=f"gathering-changed:{gathering.pk}:{at.isoformat()}", at=at, by=by)  # fmt: skip


def times_changed(moved: dict[Membership, list[Gathering]], *, why: str, at: datetime, by: Person | None) -> None:
    """A series is at other times: each person hears of all their gatherings in one letter."""
    for member, gatherings in moved.items():
        first = gatherings[0]

        def body(gatherings: list[Gathering] = gatherings, first: Gathering = first) -> str:
            days = [day_text(one.starts_at) for one in gatherings[:MOST_DAYS]]
            lines = [_("%(name)s is at another time from now on:") % {"name": name_of(first)}, *days]
            if len(gatherings) > MOST_DAYS:
                lines.append(_("and later ones."))
            return "\n".join([*lines, _reason(why), _("Please say whether it still suits you.")])

        _tell([member], first, lambda: _("A gathering has changed"), body, kind=CHANGE.name,
              key=f"series-changed:{first.series_id}:{at.isoformat()}", at=at, by=by)  # fmt: skip


def called_off(gatherings: list[Gathering], *, why: str, at: datetime, by: Person | None) -> None:
    """It does not take place; whoever counted on several hears of all of them at once."""
    theirs: dict[Membership, list[Gathering]] = {}
    for one in gatherings:
        for member in _counting_on(one):
            theirs.setdefault(member, []).append(one)
    for member, off in theirs.items():

        def body(off: list[Gathering] = off) -> str:
            days = [day_text(one.starts_at) for one in off[:MOST_DAYS]]
            lines = [_("%(name)s does not take place:") % {"name": name_of(off[0])}, *days]
            if len(off) > MOST_DAYS:
                lines.append(_("and later ones."))
            return "\n".join([*lines, _reason(why)])

        _tell([member], off[0], lambda: _("A gathering was called off"), body, kind=CHANGE.name,
              key=f"gathering-off:{off[0].pk}:{at.isoformat()}", at=at, by=by)  # fmt: skip


def reminder(gathering: Gathering, members: Iterable[Membership], *, at: datetime) -> int:
    """The day before: when and where, and that one tap says that one cannot come."""

    def body() -> str:
        lines = [_("Soon: %(what)s.") % {"what": told(gathering)}, *where(gathering)]
        return "\n".join([*lines, _("Should you not be able to come, please say so. Somebody else may wait.")])

    return _tell(members, gathering, lambda: _("A reminder for you"), body, kind=REMINDER.name,
                 key=f"reminder:{gathering.pk}:{gathering.starts_at.isoformat()}", at=at, by=None)  # fmt: skip


def name_of(gathering: Gathering) -> str:
    """What a gathering is called where others may read along."""
    return _("Your gathering") if gathering.visibility == Visibility.GROUP else gathering.title


def told(gathering: Gathering) -> str:
    """Its name and when it is."""
    return _("%(name)s on %(day)s") % {"name": name_of(gathering), "day": day_text(gathering.starts_at)}


def where(gathering: Gathering) -> list[str]:
    """How one takes part, a line each."""
    if gathering.visibility == Visibility.GROUP:
        return []
    lines = [_("Where: %(place)s") % {"place": gathering.place.name}] if gathering.place else []
    lines += [_("Online: %(online)s") % {"online": gathering.online}] if gathering.online else []
    return lines + ([_("By phone: %(phone)s") % {"phone": gathering.phone}] if gathering.phone else [])


def _reason(why: str) -> str:
    return _("The reason: %(why)s") % {"why": why}


def _counting_on(gathering: Gathering) -> list[Membership]:
    rows = Booking.objects.of(gathering.community).filter(gathering=gathering, state__in=Booking.LIVE)
    people = {one.membership_id: one.membership for one in rows.with_people().by_name()}
    return list((people | {member.pk: member for member in hooks.expected(gathering)}).values())


def _tell(
    members: Iterable[Membership],
    gathering: Gathering,
    title: Words,
    body: Words,
    *,
    kind: str,
    key: str,
    at: datetime,
    by: Person | None,
) -> int:
    """A letter to each but to whoever did it; returns how many went out."""
    by_id: UUID | None = by.pk if by else None
    return notices.tell_many(
        letters=[notices.Letter(one.person, body) for one in members if one.person_id != by_id],
        community=gathering.community,
        kind=kind,
        title=title,
        link=reverse("gatherings:gathering", args=[gathering.community.slug, gathering.pk]),
        at=at,
        by_id=by_id,
        key=key,
    )
