"""What came of an open question: sides, bridges and, where they are stable, groups. Read from what was worked out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.decisions.models import OpenQuestion, Opinion, QuestionResult, Side, Statement
from alongside.decisions.views.questions import find_question
from alongside.kernel.clock import now
from alongside.people.access import MemberRequest, may, needs, subject

WIDTH, HEIGHT, EDGE = 600, 400, 90
SHAPES = 5  # as many groups as are ever found


@dataclass(frozen=True)
class SideRow:
    """What one side said; `known` False: fewer than 5 of it, so no numbers."""

    name: str
    known: bool
    agree: int = 0
    disagree: int = 0
    passed: int = 0


@dataclass(frozen=True)
class Row:
    """A statement with its sides; `mine`: what the reader said, "" for nothing."""

    text: str
    source: str
    score: int
    sides: list[SideRow]
    mine: str


@never_cache
@needs("decisions.see_questions")
def question_results(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """The results for whoever belongs, with their own answers beside."""
    found = find_question(request, question_id)
    # Only one's own eyes see what one said, and where one stands.
    mine = request.acting_for is None
    context = {**_told(request, found, with_own=mine), "own": mine and may(request, "decisions.answer_question")}
    return render(request, "decisions/question_results.html", context)


@needs("decisions.see_questions")
def question_on_paper(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """The results to print, for everybody the same: nobody's own answers."""
    found = find_question(request, question_id)
    return render(request, "decisions/question_on_paper.html", _told(request, found, with_own=False))


def _told(request: MemberRequest, found: OpenQuestion, *, with_own: bool) -> dict[str, Any]:
    result = QuestionResult.objects.of(request.community).filter(question=found).first()
    is_open = found.is_open(now())
    context = {"question": found, "is_open": is_open, "result": result, "at": now()}
    if is_open or result is None:
        return context
    rows = _rows(found, result, _own_words(request, found) if with_own else {})
    place = result.places.get(str(subject(request).pk)) if with_own and result.map_state == "shown" else None
    return {**context, "rows": rows, **_groups(found, result, place)}


def _own_words(request: MemberRequest, found: OpenQuestion) -> dict[str, str]:
    rows = Opinion.objects.of(request.community).filter(statement__question=found, membership=subject(request))
    return {str(pk): str(Opinion.Word(word).label) for pk, word in rows.values_list("statement_id", "word")}


def _rows(found: OpenQuestion, result: QuestionResult, own: dict[str, str]) -> list[Row]:
    shown = {str(one.pk): one for one in Statement.objects.of(found.community).filter(question=found).shown()}
    return [
        Row(
            text=shown[one["id"]].text,
            source=capfirst(shown[one["id"]].get_source_display()),
            score=round(100 * one["score"]),
            sides=[_side(side, counts) for side, counts in one["sides"].items()],
            mine=own.get(one["id"], ""),
        )
        for one in result.statements
        if one["id"] in shown
    ]


def _side(side: str, counts: list[int] | None) -> SideRow:
    name = capfirst(str(Side(side).label)) if side else _("People without a side")
    return SideRow(name, True, *counts) if counts else SideRow(name, False)


def _groups(found: OpenQuestion, result: QuestionResult, place: list[float] | None) -> dict[str, Any]:
    """The groups with their letters, where each is drawn, and the reader's own group and place."""
    texts = {
        str(pk): text
        for pk, text in Statement.objects.of(found.community).filter(question=found).shown().values_list("pk", "text")
    }
    known = [one for one in result.groups if one["size"]]
    points = [(one["x"], one["y"]) for one in known] + ([(place[1], place[2])] if place else [])
    at = _drawn(points)
    most = max((one["size"] for one in known), default=1)
    groups, drawn = [], iter(at)
    for number, one in enumerate(result.groups):
        group = {
            "letter": "ABCDE"[number % SHAPES],
            "number": number % SHAPES + 1,
            "size": one["size"],
            "agree": [texts[name] for name in one["agree"] if name in texts],
        }
        if one["size"]:
            x, y = next(drawn)
            group |= {"x": x, "y": y, "radius": round(20 + 45 * (one["size"] / most) ** 0.5)}
        groups.append(group)
    mine = int(place[0]) if place else -1
    return {
        "groups": groups,
        "my_group": groups[mine]["letter"] if 0 <= mine < len(groups) else "",
        "me": at[-1] if place else None,
        "width": WIDTH,
        "height": HEIGHT,
    }


def _drawn(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """Points of the map as points of the picture, with room for the circles."""
    if not points:
        return []
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    wide, tall = (right - left) or 1, (high - low) or 1
    return [
        (
            round(EDGE + (WIDTH - 2 * EDGE) * (x - left) / wide),
            round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (y - low) / tall),
        )
        for x, y in points
    ]
