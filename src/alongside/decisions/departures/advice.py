"""What happens to advice, and to those who decide after asking, when a person exports, leaves, is erased or merged.

Who leaves decides no more: their seat is empty until a coordinator names somebody. What a plan says is the
community's by then, and carries no name.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.decisions.models import Advice, AdviceAsked, Decider, Decision
from alongside.people import departures
from alongside.people.models import Membership, Person


def register() -> None:
    """Tell `people` how advice processes say goodbye."""
    departures.register(
        room="advice",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "decisions.Advice.membership",
            "decisions.Advice.keyed_by",
            "decisions.Advice.used_by",
            "decisions.AdviceAsked.membership",
            "decisions.AdviceAsked.asked_by",
            "decisions.Decider.membership",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What a person advised and how it was used, for what they were asked, and what they decided after asking."""
    advice = Advice.objects.filter(membership__person=person).select_related("decision__proposal")
    used = Advice.objects.filter(used_by__person=person).select_related("decision__proposal")
    asked = AdviceAsked.objects.filter(membership__person=person).select_related("decision__proposal")
    asking = AdviceAsked.objects.filter(asked_by__person=person).select_related("decision__proposal")
    seats = Decider.objects.filter(membership__person=person).select_related("decision__proposal")
    return {
        "advice": [
            {
                "about": str(one.decision), "side": one.side, "affected": one.affected, "expert": one.expert,
                "text": one.text, "used": one.used, "why": one.why, "channel": one.channel, "at": one.at.isoformat(),
            }
            for one in advice.in_order()
        ],
        "advice_answered": [
            {"about": str(one.decision), "used": one.used, "why": one.why} for one in used.in_order()
        ],
        "asked_for_advice": [
            {"about": str(one.decision), "at": one.at.isoformat()} for one in asked.order_by("at", "pk")
        ],
        "asked_others_for_advice": [
            {"about": str(one.decision), "at": one.at.isoformat()} for one in asking.order_by("at", "pk")
        ],
        "decided_after_asking": [
            {
                "about": str(one.decision), "side": one.side, "says": one.says, "why": one.why,
                "at": one.said_at.isoformat() if one.said_at else None,
            }
            for one in seats.order_by("pk")
        ],
    }  # fmt: skip


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe what they wrote. That somebody advised or decided, and how it was used, stays, under "former member"."""
    Advice.objects.filter(membership__person=person).update(text="", words_erased_at=at)
    Advice.objects.filter(used_by__person=person).update(why="")
    Decider.objects.filter(membership__person=person).update(why="")


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Their seats are empty from now on; that they were asked is over. What they advised stays: it was said to all."""
    community = membership.community
    going_on = {"membership": membership, "decision__state": Decision.State.OPEN}
    Decider.objects.of(community).seated().filter(**going_on).update(stepped_down_at=at)
    AdviceAsked.objects.of(community).filter(**going_on).delete()


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Everything goes to the record that stays. A seat held twice is held once: nobody decides for two sides."""
    community = kept.community
    for model, field in ((Advice, "membership"), (Advice, "used_by"), (AdviceAsked, "asked_by")):
        model.objects.of(community).filter(**{field: dropped}).update(**{field: kept})
    asked = AdviceAsked.objects.of(community)
    asked.filter(membership=dropped, decision__in=asked.filter(membership=kept).values("decision")).delete()
    asked.filter(membership=dropped).update(membership=kept)
    mine = Decider.objects.of(community).seated().filter(membership=kept).values("decision")
    theirs = Decider.objects.of(community).filter(membership=dropped)
    theirs.seated().filter(decision__in=list(mine.values_list("decision", flat=True))).update(stepped_down_at=at)
    theirs.update(membership=kept)
