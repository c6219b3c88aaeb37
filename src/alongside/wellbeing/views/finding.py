"""Rows that a page may be about: one's own, those one visits, or, for numbers and days alone, all of a coordinator's.

Whatever is not found here is not there for whoever asks: no page says that a row of somebody else exists.
"""

from typing import Any
from uuid import UUID

from django.http import Http404

from alongside.people.access import MemberRequest, may, note_refusal
from alongside.people.models import BodyMember, Membership
from alongside.programs.models import Program
from alongside.wellbeing.models import AgendaItem, Goal, PlanShare, Visit, VisitSeries
from alongside.wellbeing.whose import Speaker, speaker_of


def _found(request: MemberRequest, rows: Any, permission: str = "wellbeing.keep_plan") -> Any:
    row = rows.first()
    if row is None:
        note_refusal(request, permission)
        raise Http404
    row.community = request.community
    return row


def my_goal(request: MemberRequest, speaker: Speaker, goal_id: UUID) -> Goal:
    """An open goal of whoever speaks here."""
    goal: Goal = _found(request, Goal.objects.of_member(speaker.membership).open().filter(pk=goal_id))
    return goal


def share_with_me(request: MemberRequest, share_id: UUID) -> PlanShare:
    """A plan that somebody shows the person of this request; nobody reads it for them."""
    rows = PlanShare.objects.of(request.community).with_reader(request.membership).filter(pk=share_id)
    share: PlanShare = _found(request, rows.select_related("membership__person"))
    share.membership.community = request.community
    return share


def share_of_mine(request: MemberRequest, share_id: UUID) -> PlanShare:
    """That whoever speaks here shows their plan to somebody."""
    mine = PlanShare.objects.of_member(speaker_of(request).membership)
    share: PlanShare = _found(request, mine.filter(pk=share_id).select_related("reader__person"))
    return share


def series_rows(request: MemberRequest) -> Any:
    return VisitSeries.objects.of(request.community).with_people()


def find_series(request: MemberRequest, series_id: UUID) -> tuple[VisitSeries, bool]:
    """Visits to whoever speaks here, or by the person of this request; and whether they are the visitor."""
    rows = series_rows(request).filter(pk=series_id)
    if request.acting_for is None and (visited := rows.filter(visitor=request.membership).first()):
        return _with_community(request, visited), True
    series = _found(request, rows.filter(membership=speaker_of(request).membership), "wellbeing.have_visits")
    return _with_community(request, series), False


def my_series(request: MemberRequest, speaker: Speaker, series_id: UUID) -> VisitSeries:
    """Visits to whoever speaks here, and to nobody else."""
    rows = series_rows(request).filter(pk=series_id, membership=speaker.membership)
    return _with_community(request, _found(request, rows, "wellbeing.have_visits"))


def kept_series(request: MemberRequest, series_id: UUID) -> VisitSeries:
    """Visits whose days a coordinator, the visitor or the person may set."""
    if request.acting_for is None and may(request, "wellbeing.keep_caseload"):
        rows = series_rows(request).filter(pk=series_id)
        return _with_community(request, _found(request, rows, "wellbeing.keep_caseload"))
    return find_series(request, series_id)[0]


def my_wish(request: MemberRequest, speaker: Speaker, wish_id: UUID) -> AgendaItem:
    """Something that whoever speaks here would like to talk about."""
    rows = AgendaItem.objects.of(request.community).open().filter(pk=wish_id, series__membership=speaker.membership)
    wish: AgendaItem = _found(request, rows, "wellbeing.have_visits")
    return wish


def find_visit(request: MemberRequest, visit_id: UUID) -> Visit:
    """A visit to whoever speaks here, or by the person of this request."""
    visit: Visit = _found(request, Visit.objects.of(request.community).filter(pk=visit_id), "wellbeing.have_visits")
    visit.series, _is_visitor = find_series(request, visit.series_id)
    return visit


def programs_of(membership: Membership) -> Any:
    """The running programs in which somebody takes part."""
    groups = BodyMember.objects.of(membership.community).filter(membership=membership).exclude(group=None)
    return Program.objects.of(membership.community).running().filter(group__in=groups.values("group")).by_title()


def _with_community(request: MemberRequest, series: VisitSeries) -> VisitSeries:
    series.community = series.program.community = series.membership.community = request.community
    if series.visitor is not None:
        series.visitor.community = request.community
    return series
