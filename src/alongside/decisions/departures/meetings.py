"""What happens to meetings, minutes and undertakings when a person exports, leaves, is erased or merged.

Minutes are the record of many: who wrote them becomes "former member", and what stands approved stays.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from alongside.decisions.models import (
    AgendaItem,
    Attendance,
    Coming,
    Correction,
    HandConfirmation,
    HandVote,
    Meeting,
    Minutes,
    MinutesApproval,
    Passage,
    Undertaking,
)
from alongside.people import departures
from alongside.people.models import CommunityModel, CommunityQuerySet, Membership, Person


def register() -> None:
    """Tell `people` how meetings say goodbye."""
    departures.register(
        room="meetings",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.Meeting.made_by",
            "decisions.Meeting.keyed_by",
            "decisions.AgendaItem.brought_by",
            "decisions.AgendaItem.keyed_by",
            "decisions.Coming.membership",
            "decisions.Coming.keyed_by",
            "decisions.Attendance.membership",
            "decisions.Attendance.keyed_by",
            "decisions.Passage.membership",
            "decisions.Passage.keyed_by",
            "decisions.MinutesApproval.membership",
            "decisions.MinutesApproval.keyed_by",
            "decisions.Correction.membership",
            "decisions.Correction.answered_by",
            "decisions.Correction.keyed_by",
            "decisions.Undertaking.owner",
            "decisions.Undertaking.made_by",
            "decisions.Undertaking.keyed_by",
            "decisions.HandVote.owner",
            "decisions.HandVote.entered_by",
            "decisions.HandVote.refused_by",
            "decisions.HandVote.keyed_by",
            "decisions.HandConfirmation.membership",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The meetings a person called or was at, what they brought, wrote, corrected and took on."""
    mine = {"membership__person": person}
    called = Meeting.objects.filter(made_by__person=person).order_by("starts_at", "id")
    came = Attendance.objects.filter(**mine).select_related("meeting").order_by("meeting__starts_at", "id")
    said = Coming.objects.filter(**mine).select_related("meeting").order_by("at", "id")
    brought = AgendaItem.objects.filter(brought_by__person=person).select_related("meeting").order_by("at", "id")
    wrote = Passage.objects.filter(**mine).select_related("item__meeting").order_by("at", "id")
    asked = Correction.objects.filter(**mine).select_related("meeting").order_by("at", "id")
    took = Undertaking.objects.filter(owner__person=person).select_related("meeting").order_by("made_at", "id")
    return {
        "meetings_called": [{"title": one.title, "at": one.starts_at.isoformat()} for one in called],
        "meetings_attended": [
            {"title": one.meeting.title, "at": one.meeting.starts_at.isoformat(), "side": one.side, "way": one.way}
            for one in came
        ],
        "said_about_coming": [
            {"title": one.meeting.title, "comes": one.comes, "needs": one.needs, "at": one.at.isoformat()}
            for one in said
        ],
        "brought_to_agendas": [
            {"meeting": one.meeting.title, "title": one.title, "why": one.why, "at": one.at.isoformat()}
            for one in brought
        ],
        "written_in_minutes": [
            {"meeting": one.item.meeting.title, "about": one.item.title, "number": one.number, "said": one.said,
             "agreed": one.agreed, "at": one.at.isoformat()}
            for one in wrote
        ],
        "corrections_asked": [
            {"meeting": one.meeting.title, "words": one.words, "state": one.state, "answer": one.answer,
             "at": one.at.isoformat()}
            for one in asked
        ],
        "taken_on_after_meetings": [
            {"meeting": one.meeting.title, "what": one.what, "due_on": one.due_on.isoformat(), "state": one.state,
             "word": one.word}
            for one in took
        ],
        **_approved_and_confirmed(person),
    }  # fmt: skip


def _approved_and_confirmed(person: Person) -> dict[str, list[dict[str, Any]]]:
    approved = MinutesApproval.objects.filter(membership__person=person).select_related("meeting")
    confirmed = HandConfirmation.objects.filter(membership__person=person).select_related("hands__proposal")
    return {
        "minutes_approved": [
            {"meeting": one.meeting.title, "revision": one.revision, "at": one.at.isoformat()}
            for one in approved.order_by("at", "id")
        ],
        "hands_confirmed": [
            {"about": one.hands.proposal.title, "side": one.side, "at": one.at.isoformat()}
            for one in confirmed.order_by("at", "id")
        ],
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they said about coming and the words of their corrections; the record of the meeting stays.

    What they brought stands on agendas that others read, under "former member".
    """
    Coming.objects.filter(membership__person=person).delete()
    Correction.objects.filter(membership__person=person).update(words="", words_erased_at=at)
    _let_go(Undertaking.objects.filter(owner__person=person))


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """What they took on waits for somebody else, and they come to no meeting. Corrections they asked for stay."""
    community = membership.community
    _let_go(Undertaking.objects.of(community).filter(owner=membership))
    HandVote.objects.of(community).waiting().filter(owner=membership).update(owner=None)
    over = Meeting.objects.of(community).filter(ended_at__isnull=False)
    Coming.objects.of(community).filter(membership=membership).exclude(meeting__in=over).delete()


def _let_go(theirs: CommunityQuerySet) -> None:
    theirs.filter(state__in=Undertaking.OPEN).update(owner=None, state=Undertaking.State.DECLINED)


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move everything to the record that stays; where both were there, or said yes, the kept one counts.

    What stands in approved minutes stays as it was written.
    """
    community = kept.community
    for model, field in (
        (Meeting, "made_by"),
        (AgendaItem, "brought_by"),
        (Passage, "membership"),
        (Correction, "membership"),
        (Correction, "answered_by"),
        (Undertaking, "owner"),
        (Undertaking, "made_by"),
        (HandVote, "owner"),
        (HandVote, "entered_by"),
        (HandVote, "refused_by"),
    ):
        model.objects.of(community).filter(**{field: dropped}).update(**{field: kept})
    _move_unless_there(Coming, ["meeting"], kept, dropped)
    _move_unless_there(Attendance, ["meeting"], kept, dropped)
    _move_unless_there(MinutesApproval, ["meeting", "revision"], kept, dropped)
    _move_unless_there(HandConfirmation, ["hands"], kept, dropped)
    approved = Minutes.objects.of(community).filter(state=Minutes.State.APPROVED).values("meeting")
    for left in (Coming, Attendance, MinutesApproval):
        left.objects.of(community).filter(membership=dropped).exclude(meeting__in=approved).delete()


def _move_unless_there(model: type[CommunityModel], where: list[str], kept: Membership, dropped: Membership) -> None:
    """Move the rows of `dropped` to `kept`, but for those where both have one."""
    rows = model.objects.of(kept.community)  # type: ignore[attr-defined]
    twin = model.objects.filter(  # type: ignore[attr-defined]
        community=OuterRef("community"), membership=kept, **{name: OuterRef(name) for name in where}
    )
    free = rows.filter(membership=dropped).exclude(Exists(twin))
    rows.filter(pk__in=list(free.values_list("pk", flat=True))).update(membership=kept)
