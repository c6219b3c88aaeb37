"""What this room tells people about agendas: that a matter came, is to be decided, was moved or taken off."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.letters.meetings import take_back, tell
from alongside.decisions.models import AgendaItem
from alongside.decisions.permissions.meetings import invited_to
from alongside.notices import kinds
from alongside.people.models import Person
from alongside.ui.words import day_text

__all__ = ["brought", "brought_key", "carried", "dropped", "take_back"]

AGENDA = kinds.register("decisions.agenda", label=gettext_lazy("When a meeting is to decide, or my matter is moved"))


def brought(item: AgendaItem, *, speaker: Person, at: datetime) -> None:
    """Tell who called the meeting; of what is to be decided everybody it is for hears, so that nobody is surprised."""
    meeting = item.meeting
    if item.kind == AgendaItem.Kind.DECIDE:
        to_decide(item, at=at, by=speaker, wait=True)
        return

    def body() -> str:
        facts = {"title": item.title, "meeting": meeting.title, "day": day_text(meeting.starts_at)}
        return "\n".join(line for line in (_("“%(title)s”, for %(meeting)s on %(day)s.") % facts, item.why) if line)

    people = [meeting.made_by.person] if meeting.made_by.left_at is None else []
    tell(meeting, [one for one in people if one != speaker], lambda: _("There is a new matter on the agenda"), body,
         kind=AGENDA.name, key=brought_key(item), at=at, by_id=speaker.pk, wait=True)  # fmt: skip


def to_decide(item: AgendaItem, *, at: datetime, by: Person, wait: bool = False) -> None:
    """Tell everybody the meeting is for what is to be decided there: the proposal, whatever the matter is called."""
    meeting, proposal = item.meeting, item.proposal
    assert proposal is not None

    def body() -> str:
        facts = {"title": proposal.title, "day": day_text(meeting.starts_at)}
        lines = [_("“%(title)s” is to be decided in the meeting on %(day)s, by show of hands.") % facts]
        lines += [item.title if item.title != proposal.title else "", item.why]
        lines.append(_("Only who is there decides. Come, or say on its page what you think."))
        return "\n".join(line for line in lines if line)

    people = [one.person for one in invited_to(meeting, on=meeting.community.day_of(at))]
    tell(meeting, [one for one in people if one != by], lambda: _("Something is to be decided in a meeting"), body,
         kind=AGENDA.name, key=brought_key(item), at=at, by_id=by.pk, wait=wait)  # fmt: skip


def carried(item: AgendaItem, moved: AgendaItem, *, at: datetime, by: Person) -> None:
    """Tell whoever brought it to which meeting it is moved."""

    def body() -> str:
        facts = {"title": item.title, "meeting": moved.meeting.title, "day": day_text(moved.meeting.starts_at)}
        told = _("There was no time for “%(title)s”.") % facts
        return f"{told}\n{_('It is on the agenda of %(meeting)s on %(day)s.') % facts}"

    tell(moved.meeting, _brought_it(item, by), lambda: _("Your matter is moved to the next meeting"), body,
         kind=AGENDA.name, key=f"item-carried:{item.pk}", at=at, by_id=by.pk)  # fmt: skip


def dropped(item: AgendaItem, *, at: datetime, by: Person) -> None:
    """Tell whoever brought it that it is off the agenda, and why."""

    def body() -> str:
        facts = {"title": item.title, "meeting": item.meeting.title, "why": item.dropped_why}
        told = _("“%(title)s” is no longer on the agenda of %(meeting)s.") % facts
        return f"{told}\n{_('The reason: %(why)s') % facts}"

    tell(item.meeting, _brought_it(item, by), lambda: _("Your matter is off the agenda"), body,
         kind=AGENDA.name, key=f"item-dropped:{item.pk}", at=at, by_id=by.pk)  # fmt: skip


def brought_key(item: AgendaItem) -> str:
    return f"item-brought:{item.pk}"


def _brought_it(item: AgendaItem, by: Person) -> list[Person]:
    who = item.brought_by
    return [who.person] if who.left_at is None and who.person != by else []
