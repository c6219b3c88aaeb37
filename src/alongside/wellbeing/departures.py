"""What happens to plans and visits when a person exports, leaves, is erased or merged: theirs is theirs, and goes."""

from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.wellbeing.actions.freeing import look_for_somebody
from alongside.wellbeing.actions.series import end_visits
from alongside.wellbeing.models import ActionStep, AgendaItem, Goal, PlanShare, Visit, VisitSeries

COVERS = [
    "wellbeing.Goal.membership",
    "wellbeing.Goal.keyed_by",
    "wellbeing.ActionStep.membership",
    "wellbeing.ActionStep.keyed_by",
    "wellbeing.PlanShare.membership",
    "wellbeing.PlanShare.reader",
    "wellbeing.VisitSeries.membership",
    "wellbeing.VisitSeries.visitor",
    "wellbeing.VisitSeries.over_by",
    "wellbeing.VisitSeries.made_by",
    "wellbeing.Visit.settled_by",
    "wellbeing.AgendaItem.keyed_by",
]
Rows = list[dict[str, Any]]


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(room="wellbeing", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, Rows]:
    """Everything of a person's own; of those they visit, only that they did, and when."""
    mine = {"membership__person": person}
    visits = Visit.objects.filter(series__membership__person=person).order_by("due_on", "pk")
    wishes = AgendaItem.objects.filter(series__membership__person=person).order_by("made_at", "pk")
    shares = PlanShare.objects.filter(**mine).select_related("reader__person").order_by("since")
    made = Visit.objects.filter(series__visitor__person=person).order_by("due_on", "pk")
    return {
        "goals": _rows(Goal, Q(**mine), "made_at", "words", "ended_at", "ending", "ending_words"),
        "weekly_steps": _rows(
            ActionStep, Q(**mine, let_go_at=None), "begun_at", "what", "how_much", "when", "how_often", "confidence",
            "easier", "kept_at", "looked_back_at", "outcome", "outcome_words",
        ),
        "plan_shown_to": [{"to": row.reader.person.name, "since": row.since.isoformat()} for row in shares],
        "visits_to_me": _rows(
            VisitSeries, Q(**mine), "enrolled_on", "program__title", "visitor__person__name", "day_expected_on",
            "day_on", "agreed_how", "over_why", "ended_at",
        ),
        "visits": [_told(row) for row in visits],
        "wishes_for_visits": [
            {"words": row.words, "shown_to_visitor": row.is_shown, "made_at": row.made_at.isoformat()} for row in wishes
        ],
        "visits_i_made": [
            {"due_on": row.due_on.isoformat(), "state": row.state, "minutes": row.minutes} for row in made
        ],
    }  # fmt: skip


def _rows(model: type[Model], of: Q, order: str, *names: str) -> Rows:
    rows = model._default_manager.filter(of).order_by(order, "pk").values(order, *names)
    return [{name: value if value is None else str(value) for name, value in row.items()} for row in rows]


def _told(visit: Visit) -> dict[str, Any]:
    return {
        "due_on": visit.due_on.isoformat(),
        "agreed_on": visit.agreed_on.isoformat() if visit.agreed_on else None,
        "agreed_time": visit.agreed_time.isoformat("minutes") if visit.agreed_time else None,
        "phase": visit.phase,
        "state": visit.state,
        "held_on": visit.held_on.isoformat() if visit.held_on else None,
        "minutes": visit.minutes,
        "about_what_i_wanted": visit.about_mine,
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Every word and every visit of theirs goes; those they visited are looked after by somebody else."""
    PlanShare.objects.filter(Q(membership__person=person) | Q(reader__person=person)).delete()
    VisitSeries.objects.filter(membership__person=person).delete()
    ActionStep.objects.filter(membership__person=person).delete()
    Goal.objects.filter(membership__person=person).delete()
    VisitSeries.objects.filter(visitor__person=person).lose_visitor(at=at)
    # A reason that a person gave is theirs to take along; that there was one, and when, stays.
    VisitSeries.objects.filter(over_by=person).update(over_why="", over_by=None)


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Visits to them end, nobody shows them anything any more, and those they visited wait for somebody else."""
    here = membership.community
    PlanShare.objects.of(here).filter(Q(membership=membership) | Q(reader=membership)).delete()
    running = VisitSeries.objects.of(here).running()
    for series in running.filter(membership=membership).select_related("program"):
        series.community = here
        end_visits(series=series, by=by, at=at)
    # Who is visited hears of it as when a check has run out: silence would tell which of the two it was.
    for series in running.filter(visitor=membership).select_related("membership__person"):
        series.community = here
        look_for_somebody(series, None, by=by, at=at)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Two records of one person: what either planned is theirs. Of two open steps the kept one's stands."""
    here = kept.community
    steps, shares = ActionStep.objects.of(here), PlanShare.objects.of(here)
    steps.exclude(let_go_at=None).filter(membership__in=[kept, dropped]).delete()
    if steps.open().filter(membership=kept).exists():
        steps.open().filter(membership=dropped, kept_at=None).delete()
        steps.open().filter(membership=dropped).update(outcome=ActionStep.Outcome.NOT_YET, looked_back_at=at)
    for mine, theirs in (("membership", "reader"), ("reader", "membership")):
        shown = shares.filter(**{mine: kept}).values(theirs)
        shares.filter(Q(**{mine: dropped}), Q(**{f"{theirs}__in": shown}) | Q(**{theirs: kept})).delete()
        shares.filter(**{mine: dropped}).update(**{mine: kept})
    for model in (ActionStep, Goal):
        model.objects.of(here).filter(membership=dropped).update(membership=kept)
    _merge_visits(kept, dropped, by=by, at=at)


def _merge_visits(kept: Membership, dropped: Membership, *, by: Person, at: datetime) -> None:
    here = kept.community
    rows = VisitSeries.objects.of(here)
    # Nobody visits themself: somebody else is looked for.
    rows.filter(membership=kept, visitor=dropped).lose_visitor(at=at)
    rows.filter(membership=dropped, visitor=kept).lose_visitor(at=at)
    running = rows.running().filter(membership=kept).values("program")
    for series in rows.running().filter(membership=dropped, program__in=running).select_related("program"):
        series.community = here
        end_visits(series=series, by=by, at=at)
    rows.filter(membership=dropped).update(membership=kept)
    rows.filter(visitor=dropped).update(visitor=kept)
