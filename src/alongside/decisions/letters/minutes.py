"""What this room tells people about minutes, corrections, and what they were asked to do after a meeting."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.letters.meetings import take_back, tell
from alongside.decisions.models import Correction, Meeting, Minutes, Passage, Undertaking
from alongside.decisions.permissions.meetings import sides_there
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.ui.words import day_text

__all__ = ["answered", "approved", "asked_to_do", "corrected", "correction_key", "declined", "put_forward", "take_back"]

MINUTES = kinds.register("decisions.minutes", label=gettext_lazy("When minutes of a meeting I was at wait or stand"))
UNDERTAKING = kinds.register(
    "decisions.undertaking", label=gettext_lazy("When I am asked to do something in a meeting")
)


def put_forward(minutes: Minutes, *, at: datetime, by: Person) -> None:
    """Ask everybody who was there whether that is how it was."""
    meeting = minutes.meeting

    def body() -> str:
        told = _("The minutes of “%(title)s” on %(day)s are written.") % _facts(meeting)
        return f"{told}\n{_('Please read them. Say that they are right, or ask for a correction.')}"

    people = [member.person for member in sides_there(meeting) if member.left_at is None and member.person != by]
    tell(meeting, people, lambda: _("Minutes wait for your word"), body, kind=MINUTES.name,
         key=f"minutes:{meeting.pk}:{minutes.revision}", at=at, by_id=by.pk, page="decisions:minutes")  # fmt: skip


def approved(minutes: Minutes, *, at: datetime, by: Person | None) -> None:
    """Tell everybody who was there that the minutes stand."""
    meeting = minutes.meeting

    def body() -> str:
        told = _("Every side that was there approved the minutes of “%(title)s” on %(day)s.") % _facts(meeting)
        return f"{told}\n{_('They never change from now on.')}"

    people = [member.person for member in sides_there(meeting) if member.left_at is None]
    tell(meeting, people, lambda: _("Minutes are approved"), body, kind=MINUTES.name,
         key=f"minutes-approved:{meeting.pk}", at=at, by_id=by.pk if by else None,
         page="decisions:minutes")  # fmt: skip


def corrected(correction: Correction, *, speaker: Person, at: datetime) -> None:
    """Tell who called the meeting, and whoever wrote the words, that somebody asks for others."""
    meeting = correction.meeting

    def body() -> str:
        facts = {**_facts(meeting), "name": correction.membership.person, "words": correction.words}
        return _("%(name)s asks for a correction in the minutes of “%(title)s”: %(words)s") % facts

    wrote = Passage.objects.on(meeting).present().select_related("membership__person")
    if correction.item_id is not None:
        wrote = wrote.filter(item=correction.item_id)
    members: list[Membership] = [meeting.made_by, *(one.membership for one in wrote)]
    people = {one.person: None for one in members if one.left_at is None and one.person != speaker}
    tell(meeting, people, lambda: _("Somebody asks for a correction"), body, kind=MINUTES.name, wait=True,
         key=correction_key(correction), at=at, by_id=speaker.pk, page="decisions:minutes")  # fmt: skip


def answered(correction: Correction, *, at: datetime, by: Person) -> None:
    """Tell whoever asked what became of it."""
    who = correction.membership
    taken_up = correction.state == Correction.State.TAKEN_UP

    def body() -> str:
        facts = {"words": correction.words, "why": correction.answer}
        told = _("You asked for a correction: %(words)s") % facts
        if taken_up:
            return f"{told}\n{_('It is taken up. The minutes are put to everybody anew.')}"
        return f"{told}\n{_('It is not taken up. The reason: %(why)s') % facts}"

    people = [who.person] if who.left_at is None and who.person != by else []
    tell(correction.meeting, people, lambda: _("There is an answer about the minutes"), body, kind=MINUTES.name,
         key=f"correction-answered:{correction.pk}", at=at, by_id=by.pk, page="decisions:minutes")  # fmt: skip


def asked_to_do(undertaking: Undertaking, *, at: datetime, by: Person) -> None:
    """Tell the owner what they are to do until when; who was not there is asked first."""
    owner, asks = undertaking.owner, undertaking.state == Undertaking.State.ASKED
    if owner is None or owner.person == by or owner.left_at is not None:
        return

    def body() -> str:
        facts = {**_facts(undertaking.meeting), "what": undertaking.what, "due": day_text(undertaking.due_on)}
        told = _("After “%(title)s”: %(what)s, until %(due)s.") % facts
        rest = _("Please say yes or no on its page.") if asks else _("Say on its page when it is done.")
        return f"{told}\n{rest}"

    def title() -> str:
        return _("Somebody asks you to do something") if asks else _("You took something on in a meeting")

    key = f"undertaking:{undertaking.pk}:{owner.pk}:{undertaking.changed_at.isoformat()}"
    tell(undertaking.meeting, [owner.person], title, body, kind=UNDERTAKING.name, key=key, at=at, by_id=by.pk)


def declined(undertaking: Undertaking, *, who: Membership, at: datetime, by: Person) -> None:
    """Tell whoever wrote it down that it needs somebody else."""
    maker = undertaking.made_by

    def body() -> str:
        facts = {"name": who.person, "what": undertaking.what}
        return _("%(name)s cannot do this: %(what)s. Please ask somebody else.") % facts

    people = [maker.person] if maker.left_at is None and maker.person != by else []
    key = f"undertaking-declined:{undertaking.pk}:{undertaking.changed_at.isoformat()}"
    tell(undertaking.meeting, people, lambda: _("Something needs somebody else"), body, kind=UNDERTAKING.name, key=key,
         at=at, by_id=by.pk)  # fmt: skip


def correction_key(correction: Correction) -> str:
    return f"correction:{correction.pk}"


def _facts(meeting: Meeting) -> dict[str, object]:
    return {"title": meeting.title, "day": day_text(meeting.starts_at, form="date")}
