"""What happens to duties when a person exports, leaves, is erased or merged: what was done stays counted."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.rota.actions.leaving import free_duties
from alongside.rota.actions.unasking import withdraw_swaps
from alongside.rota.models import Assignment, Away, Exemption, Family, FeeLine, Swap, Wish

COVERS = [
    "rota.Rota.made_by",
    "rota.Rota.published_by",
    "rota.Rota.settled_by",
    "rota.Version.made_by",
    "rota.ClosedDay.made_by",
    "rota.Family.membership",
    "rota.Exemption.made_by",
    "rota.FeeLine.made_by",
    "rota.Away.membership",
    "rota.Away.keyed_by",
    "rota.Wish.membership",
    "rota.Wish.keyed_by",
    "rota.Assignment.membership",
    "rota.Assignment.settled_by",
    "rota.Assignment.credited_by",
    "rota.Swap.asked_of",
    "rota.Swap.keyed_by",
]
Rows = list[dict[str, Any]]
# What stands where a reason was that went with the last of a family.
GONE = "–"


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(room="rota", export=export, erase=erase, leave=leave, merge=merge, covers=COVERS)


def export(person: Person) -> dict[str, Rows]:
    """Duties, days away, wishes and swaps of a person; what their family owes is kept with the family."""
    mine = Q(membership__person=person)
    duties = Assignment.objects.filter(mine, duty__rota__published_at__isnull=False).select_related("duty__program")
    wishes = Wish.objects.filter(mine).select_related("program").order_by("made_at", "pk")
    away = Away.objects.filter(mine).order_by("first_day", "pk")
    swaps = Swap.objects.filter(
        Q(assignment__membership__person=person) | Q(asked_of__person=person) | Q(given__membership__person=person)
    )
    alone = FeeLine.objects.filter(family__membership__person=person).order_by("made_at", "pk")
    return {
        "duties": [_duty(one) for one in duties.order_by("duty__starts_at", "pk")],
        "duties_away": [{"from": str(one.first_day), "until": str(one.last_day)} for one in away],
        "duties_wishes": [
            {"program": one.program.title, "weekday": one.weekday, "duty": one.duty, "how": one.how} for one in wishes
        ],
        "duties_swaps": [
            {"asked_at": one.asked_at.isoformat(), "state": one.state, "for_another": one.given_id is not None}
            for one in swaps.order_by("asked_at", "pk")
        ],
        "duties_fees": [
            {"owed": one.owed, "missing": one.missing, "minor": one.minor, "currency": one.currency, "words": one.words}
            for one in alone
        ],
    }


def _duty(one: Assignment) -> dict[str, Any]:
    return {
        "program": one.duty.program.title,
        "duty": one.duty.name,
        "starts_at": one.duty.starts_at.isoformat(),
        "ends_at": one.duty.ends_at.isoformat(),
        "ended": one.ended_why,
        "outcome": one.outcome,
        "credited_minutes": one.credited_minutes,
    }


def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Days away and wishes go; duties stay counted, by nobody's name. Reasons of who took part alone go too."""
    Away.objects.filter(membership__person=person).delete()
    Wish.objects.filter(membership__person=person).delete()
    Exemption.objects.filter(family__membership__person=person).update(reason=GONE)


def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Duties ahead are open to others, and nobody is looked for in their name."""
    free_duties(membership=membership, by=by, at=at)
    here = membership.community
    asked = Swap.objects.of(here).open().filter(asked_of=membership)
    asked.update(state=Swap.State.DECLINED, settled_at=at)


def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Two records of one person: what either did is theirs. Of two duties at once the kept record's stands."""
    here = kept.community
    _end_doubles(kept, dropped, at=at)
    for model in (Away, Assignment):
        model.objects.of(here).filter(membership=dropped).update(membership=kept)
    said = {(wish.program_id, wish.weekday, wish.duty) for wish in Wish.objects.by(kept)}
    for wish in Wish.objects.by(dropped):
        if (wish.program_id, wish.weekday, wish.duty) in said:
            wish.delete()
    Wish.objects.of(here).filter(membership=dropped).update(membership=kept)
    Swap.objects.of(here).filter(asked_of=dropped).update(asked_of=kept)
    both = Swap.objects.of(here).offered().filter(assignment__membership=kept, given__membership=kept)
    both.update(state=Swap.State.ASKED, given=None, offered_at=None)
    _merge_families(kept, dropped)


def _end_doubles(kept: Membership, dropped: Membership, *, at: datetime) -> None:
    mine = list(Assignment.objects.by(kept).standing().select_related("duty"))
    for one in Assignment.objects.by(dropped).standing().select_related("duty"):
        at_once = [
            each for each in mine
            if each.duty.starts_at < one.duty.ends_at and one.duty.starts_at < each.duty.ends_at
        ]  # fmt: skip
        if at_once:
            one.outcome, one.settled_at, one.settled_by = "", None, None
            one.credited_minutes = one.credited_at = one.credited_by = None
            one.ended_at, one.ended_why, one.is_fixed = at, Assignment.Ended.CHANGED, False
            one.save()
            withdraw_swaps(kept.community, [one.pk], at=at)


def _merge_families(kept: Membership, dropped: Membership) -> None:
    """What a person alone owed and did moves to the family of the record that stays."""
    here = kept.community
    for family in Family.objects.of(here).filter(membership=dropped):
        other = Family.objects.of(here).filter(membership=kept, program=family.program_id).first()
        if other is None:
            family.membership = kept
            family.save(update_fields=["membership"])
            continue
        Assignment.objects.of(here).filter(family=family).update(family=other)
        Exemption.objects.of(here).filter(family=family).update(family=other)
        both = FeeLine.objects.of(here).filter(family=other).values("rota")
        FeeLine.objects.of(here).filter(family=family, rota__in=both).delete()
        FeeLine.objects.of(here).filter(family=family).update(family=other)
        family.delete()
