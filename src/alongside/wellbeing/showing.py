"""How visits look on pages: days, phases and numbers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from alongside.people.models import Community, Membership
from alongside.programs.models import Program
from alongside.wellbeing.checks import asked_of_visitors, first_days_without
from alongside.wellbeing.models import Visit, VisitSeries
from alongside.wellbeing.planning import NAME, expected_of, last_day_of, section_of
from alongside.wellbeing.rules.phases import dosage

SHOWN_AT_ONCE = 6


@dataclass(frozen=True)
class Card:
    """One series on a list: the next visit, and done and due so far."""

    series: VisitSeries
    next_on: date | None
    done: int
    due: int
    # The days of visits from today on.
    planned: list[date]


@dataclass(frozen=True)
class Caseload:
    """One visitor of one program: how many people of how many at most. `visitor` None: somebody is looked for."""

    program: Program
    visitor: Membership | None
    most: int
    cards: list[Card]
    # The first day of a visit on which they lack a check, for who looks after the visits alone.
    short_from: date | None = None

    @property
    def is_full(self) -> bool:
        return self.visitor is not None and len(self.cards) >= self.most


def series_shown(series: VisitSeries, *, on: date) -> dict[str, Any]:
    """What a page shows of one series."""
    section = section_of(series)
    rows = list(Visit.objects.on(series).in_order())
    for row in rows:
        row.community = series.community
    done = [row.phase for row in rows if row.state == Visit.State.TOOK_PLACE]
    planned = [row for row in rows if row.state == Visit.State.PLANNED]
    return {
        "day_name": section.get("day", ""),
        "length": section.get("length", ""),
        "dosage": dosage(expected_of(series, section), done, on=last_day_of(series, on)),
        "coming": planned[:SHOWN_AT_ONCE],
        "later": len(planned[SHOWN_AT_ONCE:]),
        "settled": [row for row in rows if row.state != Visit.State.PLANNED][::-1],
    }


def cards_of(community: Community, rows: Iterable[VisitSeries], *, on: date | None = None) -> list[Card]:
    """Series with what comes next, in one question however many there are."""
    found = list(rows)
    by_series: defaultdict[UUID, list[Visit]] = defaultdict(list)
    for visit in Visit.objects.of(community).filter(series__in=[each.pk for each in found]).in_order():
        by_series[visit.series_id].append(visit)
    return [_card(each, by_series[each.pk], on) for each in found]


def _card(series: VisitSeries, visits: list[Visit], on: date | None) -> Card:
    planned = [each.on for each in visits if each.state == Visit.State.PLANNED]
    done = sum(each.state == Visit.State.TOOK_PLACE for each in visits)
    due = sum(each.due_on <= on for each in visits) if on else 0
    return Card(series, next(iter(planned), None), done, due, [day for day in planned if on and day >= on])


def caseloads(community: Community, *, on: date) -> list[Caseload]:
    """Every visitor of every running program with visits, those without a visitor first.

    A program costs six questions more, however many people visit and are visited.
    """
    programs = {program.pk: program for program in programs_with_visits(community).select_related("group")}
    running = VisitSeries.objects.of(community).running().with_people().filter(program__in=programs).in_order()
    grouped: defaultdict[tuple[UUID, UUID | None], list[Card]] = defaultdict(list)
    for card in cards_of(community, running, on=on):
        grouped[card.series.program_id, card.series.visitor_id].append(card)
    found: list[Caseload] = []
    for pk, program in programs.items():
        program.community = community
        found += _caseloads_in(program, [cards for (of, _visitor), cards in grouped.items() if of == pk])
    return sorted(found, key=lambda each: (each.visitor is not None, each.program.title, str(each.visitor or "")))


def _caseloads_in(program: Any, grouped: Iterable[list[Card]]) -> list[Caseload]:
    """Those of one program; `grouped`: the cards of each visitor, and of whom nobody visits."""
    by_visitor = [(cards[0].series.visitor, cards) for cards in grouped]
    section = program.design[NAME]
    days_of = {who.person_id: {day for card in cards for day in card.planned} for who, cards in by_visitor if who}
    short = first_days_without(asked_of_visitors(program, section), days_of)
    return [
        Caseload(program, who, section["most"], cards, short.get(who.person_id) if who else None)
        for who, cards in by_visitor
    ]


def programs_with_visits(community: Community) -> Any:
    """Running programs whose design has visits, with that design."""
    running = Program.objects.of(community).running().with_design()
    have = [program.pk for program in running if NAME in program.design]
    return running.filter(pk__in=have).by_title()
