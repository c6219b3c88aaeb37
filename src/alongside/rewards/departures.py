"""What happens to rewards when a person exports, leaves, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.rewards.actions.issuing import fill, held, held_rows, withdraw
from alongside.rewards.models import Draw, DrawEntry, Entitlement, PaperNote, Reward

COVERS = [
    "rewards.Entitlement.membership",
    "rewards.Entitlement.settled_by",
    "rewards.PaperNote.printed_by",
    "rewards.Draw.opened_by",
    "rewards.Draw.drawn_by",
    "rewards.DrawEntry.membership",
]
Rows = list[dict[str, Any]]
State = Entitlement.State


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(room="rewards", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, Rows]:
    """What a person earned and what became of it, draws they took part in, and what they did at desks."""
    mine = Entitlement.objects.filter(membership__person=person).select_related("reward__program")
    entries = DrawEntry.objects.filter(membership__person=person).select_related("draw__reward")
    handed_over = Entitlement.objects.filter(settled_by=person, state=State.REDEEMED).select_related("reward")
    printed = PaperNote.objects.filter(printed_by=person)
    draws = Draw.objects.filter(opened_by=person) | Draw.objects.filter(drawn_by=person)
    return {
        "rewards": [
            {
                "program": row.reward.program.title, "reward": row.reward.name, "how": row.origin, "state": row.state,
                "code": row.spoken, "earned_at": row.earned_at.isoformat(), "settled_at": _moment(row.settled_at),
                "expires_on": row.expires_on.isoformat() if row.expires_on else None, "why": row.why,
            }
            for row in mine.order_by("earned_at", "pk")
        ],
        "reward_draws": [
            {"reward": row.draw.reward.name, "entry": row.name, "tickets": row.tickets, "place": row.place}
            for row in entries.order_by("entered_at", "pk")
        ],
        "rewards_handed_over_by_me": [
            {"reward": row.reward.name, "at": _moment(row.settled_at)} for row in handed_over.order_by("settled_at")
        ],
        "reward_notes_printed": [
            {"number": row.number, "at": row.printed_at.isoformat()} for row in printed.order_by("number")
        ],
        "reward_draws_looked_after": [
            {"opened_at": row.opened_at.isoformat(), "drawn_at": _moment(row.drawn_at)}
            for row in draws.order_by("opened_at", "pk")
        ],
    }  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """What was not used is free for others. Entries of closed draws stay under their name that tells nobody."""
    for membership in Membership.objects.filter(person=person).select_related("community"):
        leave(membership, by=by, at=at)
    DrawEntry.objects.filter(membership__person=person).update(membership=None)


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Whoever leaves uses nothing any more: those in line do. They are in no draw that is still open."""
    here = membership.community
    DrawEntry.objects.of(here).filter(membership=membership, draw__closed_at=None).delete()
    rows = Entitlement.objects.of_member(membership).filter(state__in=[State.WAITING, State.ISSUED])
    rewards = held_rows(Reward.objects.of(here).filter(pk__in=rows.values("reward")))
    # All of them first: nothing is issued to whoever is leaving.
    for row in rows.order_by("pk"):
        row.community = here
        withdraw(row, Entitlement.Why.LEFT, by=by, at=at)
    for reward in rewards:
        fill(reward, at=at)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Two records of one person: what either has is theirs. Thresholds are counted on; of two entries one stays."""
    here = kept.community
    last = Entitlement.objects.of_member(kept).values_list("reward").annotate(last=Max("number"))
    numbers = {reward: number or 0 for reward, number in last}
    for row in Entitlement.objects.of_member(dropped).exclude(number=None).order_by("number"):
        numbers[row.reward_id] = numbers.get(row.reward_id, 0) + 1
        Entitlement.objects.of(here).filter(pk=row.pk).update(membership=kept, number=numbers[row.reward_id])
    won = Entitlement.objects.of_member(kept).exclude(draw=None).values("draw")
    twice = Entitlement.objects.of_member(dropped).filter(draw__in=won)
    for row in twice.filter(state=State.ISSUED).select_related("reward"):
        row.community = row.reward.community = here
        held(row.reward)
        withdraw(row, Entitlement.Why.LEFT, by=by, at=at)
    Entitlement.objects.of_member(dropped).exclude(pk__in=twice.values("pk")).update(membership=kept)
    mine = DrawEntry.objects.of(here).filter(membership=kept).values("draw")
    both = DrawEntry.objects.of(here).filter(membership=dropped, draw__in=mine)
    both.filter(draw__closed_at=None).delete()
    both.update(membership=None)
    DrawEntry.objects.of(here).filter(membership=dropped).update(membership=kept)
