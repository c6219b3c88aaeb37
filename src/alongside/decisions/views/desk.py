"""The desk of those who run decisions: what is open and how many take part, what could be opened, what waits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.decisions.models import (
    Conciliation,
    Contribution,
    Decision,
    Minutes,
    Objection,
    ProgressNote,
    Proposal,
    RollEntry,
    Statement,
)
from alongside.decisions.needs import appeals, reported
from alongside.decisions.permissions.meetings import seen_meetings
from alongside.decisions.saying import name_of
from alongside.kernel.clock import now, today
from alongside.people.access import MemberRequest, needs
from alongside.people.permissions import Standing
from alongside.ui.words import day_text

# At most so many of one kind; the pages they lead to have all.
MOST = 20


@dataclass(frozen=True)
class Row:
    """One thing on the desk: what it is, how it stands, and where it is looked after."""

    title: str
    facts: list[str]
    url: str


@dataclass(frozen=True)
class Shelf:
    title: str | Promise
    icon: str
    rows: list[Row]


@needs("decisions.run_votes")
def desk(request: MemberRequest) -> HttpResponse:
    """Everything that whoever runs decisions looks after, in a fixed number of questions to the database."""
    shelves: tuple[tuple[str | Promise, str, Callable[[Standing], Iterable[Row]]], ...] = (
        (gettext_lazy("Open now"), "vote", _open_now),
        (gettext_lazy("The sides look for words"), "handshake", _in_conciliation),
        (gettext_lazy("Waits for somebody to look"), "eye", _to_look_at),
        (gettext_lazy("Meetings"), "calendar", _meetings),
        (gettext_lazy("Could be decided"), "message-square", _talked_over),
        (gettext_lazy("Decided, and not done yet"), "calendar-check", _to_be_done),
    )
    found = [Shelf(title, icon, list(rows(request.standing))) for title, icon, rows in shelves]
    return render(request, "decisions/desk.html", {"shelves": [shelf for shelf in found if shelf.rows]})


def _open_now(standing: Standing) -> Iterable[Row]:
    community = standing.community
    rows = list(Decision.objects.of(community).open().with_words().order_by("closes_at", "id")[:MOST])
    entries = RollEntry.objects.of(community).filter(decision__in=rows).values("decision", "side").order_by()
    counted: dict[Any, dict[str, tuple[int, int]]] = {}
    for one in entries.annotate(roll=Count("pk"), came=Count("pk", filter=Q(took_part=True))):
        counted.setdefault(one["decision"], {})[one["side"]] = (one["came"], one["roll"])
    objections = dict(
        Objection.objects.of(community)
        .filter(decision__in=rows, settled_at=None)
        .values_list("decision")
        .annotate(count=Count("pk"))
        .order_by()
    )
    for decision in rows:
        facts = [_("Last day: %(day)s") % {"day": day_text(decision.closes_at)}]
        if decision.has_ballots:
            facts += _turnout(decision, counted.get(decision.pk, {}))
        if raised := objections.get(decision.pk):
            told = ngettext("%(count)s open objection", "%(count)s open objections", raised)
            facts.append(told % {"count": raised})
        page = "decisions:turnout" if decision.has_ballots else "decisions:decision"
        yield Row(decision.proposal.title, facts, reverse(page, args=[community.slug, decision.pk]))


def _turnout(decision: Decision, counted: Mapping[str, tuple[int, int]]) -> list[str]:
    told = _("%(side)s: %(came)s of %(roll)s have voted")
    return [
        told % {"side": name_of(side), "came": came, "roll": roll}
        for side in decision.sides
        for came, roll in [counted.get(side, (0, 0))]
    ]


def _in_conciliation(standing: Standing) -> Iterable[Row]:
    community = standing.community
    running = Conciliation.objects.of(community).running().with_words().order_by("ends_on", "id")
    for one in running[:MOST]:
        until = one.calls_until if one.state == Conciliation.State.CALLING else one.ends_on
        facts = [one.get_state_display(), _("until %(day)s") % {"day": day_text(until)}]
        yield Row(one.proposal.title, facts, reverse("decisions:conciliation", args=[community.slug, one.decision_id]))


def _to_look_at(standing: Standing) -> Iterable[Row]:
    """Words that were reported, appeals, and statements that nobody has let in yet."""
    community = standing.community
    for need in (*reported(standing), *appeals(standing)):
        yield Row(need.title, [need.text], need.url)
    waiting = Statement.objects.of(community).waiting().values("question", "question__title").order_by()
    for one in waiting.annotate(count=Count("pk"))[:MOST]:
        count = one["count"]
        told = ngettext("%(count)s statement waits to be let in", "%(count)s statements wait to be let in", count)
        url = reverse("decisions:statements", args=[community.slug, one["question"]])
        yield Row(one["question__title"], [told % {"count": count}], url)


def _meetings(standing: Standing) -> Iterable[Row]:
    community = standing.community
    for meeting in seen_meetings(standing).coming(now()).order_by("starts_at", "id")[:MOST]:
        url = reverse("decisions:meeting", args=[community.slug, meeting.pk])
        yield Row(meeting.title, [day_text(meeting.starts_at)], url)
    past = seen_meetings(standing).past(now()).called()
    approved = Minutes.objects.of(community).filter(meeting=OuterRef("pk"), state=Minutes.State.APPROVED)
    for meeting in past.filter(~Exists(approved)).order_by("-starts_at", "-id")[:MOST]:
        url = reverse("decisions:minutes", args=[community.slug, meeting.pk])
        yield Row(meeting.title, [day_text(meeting.starts_at), _("its minutes are not approved yet")], url)


def _talked_over(standing: Standing) -> Iterable[Row]:
    community = standing.community
    talked_over = Proposal.objects.of(community).filter(state=Proposal.State.TALKED_OVER).latest_first()
    rows = list(talked_over[:MOST])
    asked = Contribution.objects.of(community).unanswered_questions().filter(proposal__in=rows)
    waiting = dict(asked.order_by().values_list("proposal").annotate(count=Count("pk")))
    for proposal in rows:
        facts = [_("last changed on %(day)s") % {"day": day_text(community.day_of(proposal.changed_at))}]
        if count := waiting.get(proposal.pk):
            told = ngettext("%(count)s question has no answer yet", "%(count)s questions have no answer yet", count)
            facts.append(told % {"count": count})
        yield Row(proposal.title, facts, reverse("decisions:choose_rule", args=[community.slug, proposal.pk]))


def _to_be_done(standing: Standing) -> Iterable[Row]:
    community = standing.community
    done = ProgressNote.objects.of(community).filter(decision=OuterRef("pk"), step=ProgressNote.Step.DONE)
    passed = Decision.objects.of(community).closed().filter(~Exists(done), outcome=Decision.OutcomeName.PASSED)
    for decision in passed.with_words().order_by("due_on", "closed_at", "id")[:MOST]:
        owner = decision.owner.person if decision.owner else None
        facts = [_("seen to by %(name)s") % {"name": owner} if owner else _("nobody sees to it yet")]
        facts += _due(decision, today())
        yield Row(decision.proposal.title, facts, reverse("decisions:decision", args=[community.slug, decision.pk]))


def _due(decision: Decision, on: date) -> list[str]:
    if decision.due_on is None:
        return []
    day = {"day": day_text(decision.due_on)}
    return [_("was to be done by %(day)s") % day if decision.due_on < on else _("to be done by %(day)s") % day]
