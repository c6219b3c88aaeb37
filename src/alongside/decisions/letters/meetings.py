"""What this room tells people about meetings, in their language: called, changed, called off."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.models import Coming, Meeting
from alongside.decisions.permissions.meetings import invited_to
from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Community, Person
from alongside.ui.words import day_text, hours_text

Words = Callable[[], str]

MEETING = kinds.register("decisions.meeting", label=gettext_lazy("When a meeting is called, changed or called off"))


def called(meeting: Meeting, *, at: datetime, by: Person) -> None:
    """Tell everybody it is for when and where it is, and that they can bring a matter."""

    def body() -> str:
        lines = [_first(meeting), meeting.purpose, *where(meeting)]
        lines.append(_("You can put a matter on the agenda, and say whether you come."))
        return "\n".join(line for line in lines if line)

    tell(meeting, _people(meeting, at=at, but=by), lambda: _("There is a meeting"), body,
         kind=MEETING.name, key=f"meeting-called:{meeting.pk}", at=at, by_id=by.pk)  # fmt: skip


def changed(meeting: Meeting, *, why: str, before: datetime, at: datetime, by: Person) -> None:
    """Tell everybody what is different, and why; who cannot come only when it is at another time: perhaps they can."""
    moved = before != meeting.starts_at

    def body() -> str:
        lines = [_first(meeting)]
        if moved:
            lines.append(_("It was to be on %(day)s.") % {"day": day_text(before)})
        lines += [*where(meeting), _("The reason: %(why)s") % {"why": why}]
        return "\n".join(lines)

    tell(meeting, _people(meeting, at=at, but=by, come=not moved), lambda: _("A meeting has changed"), body,
         kind=MEETING.name, key=f"meeting-changed:{meeting.pk}:{at.isoformat()}", at=at, by_id=by.pk)  # fmt: skip


def called_off(meeting: Meeting, *, at: datetime, by: Person) -> None:
    """Tell everybody but those who cannot come anyway that it does not take place, and why."""

    def body() -> str:
        facts = {"title": meeting.title, "day": day_text(meeting.starts_at), "why": meeting.called_off_why}
        told = _("“%(title)s” on %(day)s does not take place.") % facts
        return f"{told}\n{_('The reason: %(why)s') % facts}"

    tell(meeting, _people(meeting, at=at, but=by, come=True), lambda: _("A meeting was called off"), body,
         kind=MEETING.name, key=f"meeting-off:{meeting.pk}", at=at, by_id=by.pk)  # fmt: skip


def where(meeting: Meeting) -> list[str]:
    """How one takes part, a line each."""
    facts = {"place": meeting.place, "online": meeting.online, "phone": meeting.phone, "access": meeting.access}
    lines = [
        _("Where: %(place)s") if meeting.place else "",
        _("Online: %(online)s") if meeting.online else "",
        _("By phone: %(phone)s") if meeting.phone else "",
        _("Getting in and taking part: %(access)s") if meeting.access else "",
    ]
    return [line % facts for line in lines if line]


def _first(meeting: Meeting) -> str:
    facts = {"title": meeting.title, "day": day_text(meeting.starts_at), "long": hours_text(meeting.minutes)}
    return _("“%(title)s”: %(day)s, for %(long)s.") % facts


def _people(meeting: Meeting, *, at: datetime, but: Person, come: bool = False) -> Iterable[Person]:
    """Everybody it is for; with `come` not those who said that they cannot."""
    members = invited_to(meeting, on=meeting.community.day_of(at))
    if come:
        cannot = Coming.objects.of(meeting.community).filter(meeting=meeting, comes=False)
        members = members.exclude(pk__in=cannot.values("membership"))
    return [member.person for member in members if member.person != but]


def tell(
    meeting: Meeting,
    people: Iterable[Person],
    title: Words,
    body: Words,
    *,
    kind: str,
    key: str,
    at: datetime,
    by_id: UUID | None,
    page: str = "decisions:meeting",
    wait: bool = False,
    about: Any = None,
) -> None:
    """A letter to each, with a link to a page of the meeting, or of what it is `about`; `wait`: until undo is over."""
    notices.tell_many(
        letters=[notices.Letter(person, body) for person in people],
        community=meeting.community,
        kind=kind,
        title=title,
        link=reverse(page, args=[meeting.community.slug, (about or meeting).pk]),
        at=at,
        by_id=by_id,
        key=key,
        after_seconds=undo.SECONDS if wait else 0,
    )


def take_back(community: Community, *, key: str, by: UUID, at: datetime) -> None:
    """Withdraw what was told of something that has been undone."""
    notices.take_back(community=community, key=key, at=at, by_id=by)
