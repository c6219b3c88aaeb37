"""What came of an open question: counted once it is closed, and looked through for groups in the background."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.decisions.models import OpenQuestion, Opinion, QuestionResult
from alongside.decisions.opinion_maps import NoNumpy, is_installed, opinion_map
from alongside.decisions.rules.bridging import group_agreement
from alongside.decisions.rules.opinions.agreement import AGREE, DISAGREE, PASS, Votes, agreement_by_side
from alongside.decisions.rules.publishing import FEWEST
from alongside.decisions.rules.statements import digest, told
from alongside.kernel import activity

if TYPE_CHECKING:
    from alongside.decisions.rules.opinions.mapping import OpinionMap

_NUMBER = {"agree": AGREE, "pass": PASS, "disagree": DISAGREE}
MOST_AGREED = 3  # statements named for a group
Map = QuestionResult.Map


def work_out_due(*, at: datetime) -> int:
    """Count every question that has closed, then look for groups where that is not done; how many were counted.

    Groups are looked for again where the part for groups was missing, and is here now.
    """
    due = OpenQuestion.objects.over(at).filter(result=None).select_related("community").order_by("closes_at")
    counted = sum(1 for question in due if count(question=question, at=at))
    waiting = [Map.WORKING, Map.NOT_INSTALLED] if is_installed() else [Map.WORKING]
    results = QuestionResult.objects.filter(map_state__in=waiting).select_related("question", "community")
    for result in results.order_by("made_at"):
        look_for_groups(result=result, at=at)
    return counted


@transaction.atomic
def count(*, question: OpenQuestion, at: datetime) -> QuestionResult | None:
    """Count what people said, once however many try; None when it is counted already."""
    rows = OpenQuestion.objects.of(question.community).select_for_update(no_key=True, of=("self",))
    stands: OpenQuestion = rows.get(pk=question.pk)
    if QuestionResult.objects.of(question.community).filter(question=stands).exists():
        return None
    votes, side_of = votes_on(stands)
    result: QuestionResult = QuestionResult.objects.create(
        community=question.community,
        question=stands,
        votes_hash=digest(votes, side_of),
        people=len(votes),
        statements=[
            {
                "id": one.statement,
                "score": float(one.score),
                "sides": {
                    side: [each.agree, each.disagree, each.passed] if each else None for side, each in one.sides.items()
                },
            }
            for one in told(votes, side_of)
        ],
        made_at=at,
    )
    activity.log(did="decisions.question_counted", about_what=stands, by_id=None, at=at)
    return result


def look_for_groups(*, result: QuestionResult, at: datetime) -> None:
    """Make the opinion map of a counted question and keep it, or the reason why groups are not shown.

    It may take long and holds nothing meanwhile; of two who do it, the first counts.
    """
    kept = _looked(votes_on(result.question)[0])
    rows = QuestionResult.objects.of(result.community).filter(pk=result.pk, map_state=result.map_state)
    rows.update(**kept, mapped_at=at)


def votes_on(question: OpenQuestion) -> tuple[Votes, Mapping[str, str]]:
    """Person → statement → vote, of the statements that are let in; and the side each last spoke for."""
    rows = Opinion.objects.of(question.community).filter(
        statement__question=question, statement__community=question.community, statement__state="shown"
    )
    votes: dict[str, dict[str, int]] = {}
    side_of: dict[str, str] = {}
    said = rows.order_by("at", "id").values_list("membership_id", "statement_id", "word", "side")
    for member, statement, word, side in said:
        votes.setdefault(str(member), {})[str(statement)] = _NUMBER[word]
        side_of[str(member)] = side
    return votes, side_of


def _looked(votes: Votes) -> dict[str, Any]:
    if not votes:
        return {"map_state": Map.TOO_FEW}
    try:
        found = opinion_map(votes)
    except NoNumpy:
        return {"map_state": Map.NOT_INSTALLED}
    if found.hidden is not None:
        return {"map_state": Map(str(found.hidden))}
    return {"map_state": Map.SHOWN, "groups": _groups(votes, found), "places": _places(found)}


def _places(found: "OpinionMap") -> dict[str, list[float]]:
    return {
        person: [found.group_of.get(person, -1), round(x, 4), round(y, 4)]
        for person, (x, y) in found.position_of.items()
    }


def _groups(votes: Votes, found: "OpinionMap") -> list[dict[str, Any]]:
    """Each group's middle, and what it agrees with most; of a group of fewer than 5 neither is told."""
    by_group = agreement_by_side(votes, found.group_of)
    sizes = Counter(found.group_of.values())
    groups: list[dict[str, Any]] = []
    for group, size in sorted(sizes.items()):
        if size < FEWEST:
            groups.append({"size": None, "x": None, "y": None, "agree": []})
            continue
        points = [found.position_of[person] for person, one in found.group_of.items() if one == group]
        middle = [round(sum(axis) / size, 4) for axis in zip(*points, strict=True)]
        known = [(name, sides[group]) for name, sides in by_group.items() if sides[group].votes >= FEWEST]
        best = sorted(known, key=lambda pair: (-group_agreement(pair[1].agree, pair[1].votes), pair[0]))
        agree = [name for name, one in best if one.agree > one.disagree][:MOST_AGREED]
        groups.append({"size": size, "x": middle[0], "y": middle[1], "agree": agree})
    return groups
