"""What waits for one person around meetings: to come, to confirm and approve, and what they took on."""

from collections.abc import Iterator
from datetime import timedelta

import rules
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.decisions.models import (
    Attendance,
    Coming,
    Correction,
    HandConfirmation,
    HandVote,
    Meeting,
    Minutes,
    MinutesApproval,
    Undertaking,
)
from alongside.decisions.models.minutes import UndertakingQuerySet
from alongside.decisions.need import Asked, Need, first_of, first_waiting, kind
from alongside.decisions.permissions.meetings import meetings_for, seen_meetings
from alongside.kernel import clock
from alongside.kernel.text import first_sentences
from alongside.people.models import CommunityQuerySet
from alongside.people.permissions import Standing
from alongside.ui.words import day_text

# From so long before a meeting people are asked whether they come, and so long before it is due about what they do.
ASKED_BEFORE, DUE_SOON = timedelta(days=21), timedelta(days=14)
MOST_LETTERS = 120
_OF_AN_UNDERTAKING = ("what", "due_on", "state", "meeting__title")


def around_meetings(standing: Standing) -> Iterator[Need]:
    """What presses most first."""
    yield from to_confirm(standing)
    yield from asked_to_do(standing)
    yield from to_do(standing)
    yield from to_approve(standing)
    yield from coming(standing)
    if rules.has_perm("decisions.run_meetings", standing, None):
        yield from to_answer(standing)
        yield from without_anybody(standing)
        yield from to_finish(standing)


@kind
def _to_confirm(asked: Asked) -> CommunityQuerySet:
    mine = Attendance.objects.filter(
        meeting=OuterRef("meeting"), community=OuterRef("community"), membership=asked.membership
    )
    waiting = HandVote.objects.of(asked.community).waiting().annotate(my_side=mine.values("side")[:1])
    given = HandConfirmation.objects.filter(
        hands=OuterRef("pk"), community=OuterRef("community"), side=OuterRef("my_side")
    )
    found: CommunityQuerySet = waiting.exclude(my_side=None).exclude(Exists(given)).order_by("at", "id")
    return found


def to_confirm(standing: Standing) -> Iterator[Need]:
    """Hands that were counted where this person was, and that nobody of their side has confirmed."""
    for one in first_waiting(standing, _to_confirm, "counts", "proposal__title"):
        if one.my_side in one.counts:
            yield _need(
                _("Hands were counted on “%(title)s”") % {"title": one.proposal.title},
                _("You were there. Was it counted so? Somebody of your side is needed."),
                reverse("decisions:hands", args=[standing.community.slug, one.pk]),
                "hand",
                _("Look at it"),
            )


@kind
def _asked_to_do(asked: Asked) -> CommunityQuerySet:
    return _mine(asked).filter(state=Undertaking.State.ASKED)


def asked_to_do(standing: Standing) -> Iterator[Need]:
    """What others ask this person to do after a meeting they were not at."""
    for one in first_waiting(standing, _asked_to_do, *_OF_AN_UNDERTAKING):
        yield _about_undertaking(
            standing, one, _("After “%(title)s” you are asked to do this until %(day)s."), _("Say yes or no")
        )


@kind
def _to_do(asked: Asked) -> CommunityQuerySet:
    return _mine(asked).filter(state=Undertaking.State.TAKEN, due_on__lte=asked.today + DUE_SOON)


def to_do(standing: Standing) -> Iterator[Need]:
    """What this person took on and is due soon, or was due."""
    today = clock.today()
    for one in first_waiting(standing, _to_do, *_OF_AN_UNDERTAKING):
        text = _("It was to be done by %(day)s.") if one.is_late(today) else _("It is to be done by %(day)s.")
        yield _about_undertaking(standing, one, text, _("Say how it went"))


@kind
def _to_approve(asked: Asked) -> CommunityQuerySet:
    me = {"community": OuterRef("community"), "membership": asked.membership}
    there = Attendance.objects.filter(meeting=OuterRef("meeting"), **me)
    approved = MinutesApproval.objects.filter(meeting=OuterRef("meeting"), revision=OuterRef("revision"), **me)
    corrected = Correction.objects.filter(
        meeting=OuterRef("meeting"), revision=OuterRef("revision"), state=Correction.State.WAITS, **me
    )
    waiting = Minutes.objects.of(asked.community).filter(Exists(there), state=Minutes.State.PUT_FORWARD)
    return waiting.exclude(Exists(approved)).exclude(Exists(corrected)).order_by("put_forward_at", "id")


def to_approve(standing: Standing) -> Iterator[Need]:
    """Minutes of meetings at which this person was, on which they have not spoken."""
    for one in first_waiting(standing, _to_approve, "meeting__title"):
        yield _need(
            _("Minutes of “%(title)s”") % {"title": one.meeting.title},
            _("You were there. Say that they are right, or ask for a correction."),
            reverse("decisions:minutes", args=[standing.community.slug, one.meeting_id]),
            "file-check",
            _("Read them"),
        )


def coming(standing: Standing) -> Iterator[Need]:
    """Meetings in the next weeks of which this person has not said whether they come."""
    at = clock.now()
    said = Coming.objects.filter(
        meeting=OuterRef("pk"), community=OuterRef("community"), membership=standing.membership
    )
    soon = meetings_for(standing).coming(at).filter(begun_at=None, starts_at__lte=at + ASKED_BEFORE)
    for one in first_of(soon.exclude(Exists(said)), "title", "starts_at"):
        yield _need(
            one.title,
            _("A meeting on %(day)s. Do you come?") % {"day": day_text(one.starts_at)},
            reverse("decisions:meeting", args=[standing.community.slug, one.pk]),
            "calendar-days",
            _("Look at it"),
        )


@kind
def _to_answer(asked: Asked) -> CommunityQuerySet:
    return Correction.objects.of(asked.community).filter(state=Correction.State.WAITS).order_by("at", "id")


def to_answer(standing: Standing) -> Iterator[Need]:
    """For facilitators: corrections that have no answer yet."""
    for one in first_waiting(standing, _to_answer, "words", "meeting__title"):
        yield _need(
            _("A correction in the minutes of “%(title)s”") % {"title": one.meeting.title},
            first_sentences(one.words, most=MOST_LETTERS),
            reverse("decisions:answer_correction", args=[standing.community.slug, one.pk]),
            "notebook-pen",
            _("Answer"),
        )


@kind
def _without_anybody(asked: Asked) -> CommunityQuerySet:
    rows = Undertaking.objects.of(asked.community).filter(state=Undertaking.State.DECLINED)
    return rows.order_by("due_on", "id")


def without_anybody(standing: Standing) -> Iterator[Need]:
    """For facilitators: what was agreed and nobody does."""
    for one in first_waiting(standing, _without_anybody, *_OF_AN_UNDERTAKING):
        yield _about_undertaking(
            standing, one, _("Nobody does it yet. It is due on %(day)s."), _("Ask somebody"), page="decisions:pass_on"
        )


def to_finish(standing: Standing) -> Iterator[Need]:
    """For facilitators: meetings that are over, or were, and whose minutes nobody has put forward."""
    at = clock.now()
    written = Minutes.objects.filter(meeting=OuterRef("pk"), community=OuterRef("community"))
    unfinished = seen_meetings(standing).called().exclude(Exists(written.exclude(state=Minutes.State.WRITING)))
    ended = unfinished.filter(ended_at__isnull=False) | unfinished.filter(starts_at__lte=at - Meeting.STILL_ON)
    for one in first_of(ended.order_by(F("starts_at").desc(), "id"), "title"):
        yield _need(
            _("The minutes of “%(title)s” are not finished") % {"title": one.title},
            _("Finish them while people remember, and put them to everybody who was there."),
            reverse("decisions:minutes", args=[standing.community.slug, one.pk]),
            "notebook-pen",
            _("Go there"),
        )


def _mine(asked: Asked) -> UndertakingQuerySet:
    rows = Undertaking.objects.of(asked.community).filter(owner=asked.membership)
    return rows.order_by("due_on", "id")


def _about_undertaking(
    standing: Standing, one: Undertaking, text: str, action: str, *, page: str = "decisions:undertaking"
) -> Need:
    facts = {"title": one.meeting.title, "day": day_text(one.due_on)}
    url = reverse(page, args=[standing.community.slug, one.pk])
    return _need(one.what, text % facts, url, "list-checks", action)


def _need(title: str, text: str, url: str, icon: str, action: str) -> Need:
    return Need(title=title, text=text, url=url, icon=icon, action=action)
