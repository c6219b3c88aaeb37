"""What was asked or offered for duties that somebody has no more: it ends, or somebody is looked for again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Community
from alongside.rota import letters_swaps as letters
from alongside.rota.models import Assignment, Swap

Before = dict[str, Any]


def withdraw_swaps(community: Community, ids: Iterable[UUID], *, at: datetime, but: Swap | None = None) -> list[Before]:
    """Nobody is looked for any more for these duties; where one of them was given for another, somebody is again.

    A part of other actions. Returns how each stood before and as what it is left, for `bring_swaps_back`.
    """
    gone, others = list(ids), Swap.objects.of(community).exclude(pk=but.pk if but else None)
    asked = others.filter(assignment__in=gone).unsettled()
    offered = others.filter(given__in=gone).offered().exclude(assignment__in=gone)
    before = []
    for swap in asked.with_duty():
        swap.community = community
        before.append({**_as_it_stands(swap), "left": Swap.State.WITHDRAWN, "left_at": at.isoformat()})
        if swap.given is not None:
            letters.offer_not_needed(swap, at=at)
    for swap in offered.with_duty():
        swap.community = community
        before.append({**_as_it_stands(swap), "left": Swap.State.ASKED, "left_at": None})
        letters.offer_gone(swap, at=at)
    asked.update(state=Swap.State.WITHDRAWN, settled_at=at)
    offered.update(state=Swap.State.ASKED, given=None, offered_at=None)
    return before


def _as_it_stands(swap: Swap) -> Before:
    return {
        "pk": str(swap.pk),
        "state": swap.state,
        "given": str(swap.given_id) if swap.given_id else None,
        "offered_at": swap.offered_at.isoformat() if swap.offered_at else None,
    }


def bring_swaps_back(community: Community, before: Iterable[Before], *, at: datetime) -> None:
    """Ask and offer again what was asked and offered before an act that is undone.

    Raises SomeoneElseWasFaster where somebody has answered or asked no more since, or has not what they offered.
    """
    for each in before:
        told = {name: each[name] for name in ("state", "given", "offered_at")}
        if each["given"] and not Assignment.objects.of(community).standing().filter(pk=each["given"]).exists():
            raise SomeoneElseWasFaster
        left = Swap.objects.of(community).filter(pk=each["pk"], state=each["left"], settled_at=each["left_at"])
        undoing.bring_back(left, settled_at=None, **told)
        if each["offered_at"]:
            moment = datetime.fromisoformat(each["offered_at"])
            letters.take_offer_letters_back(community, each["pk"], moment, at=at)
