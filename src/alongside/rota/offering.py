"""What one person could take in all rotas of a community. A rota with nothing for them is not planned for it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.people.models import BodyMember, Membership
from alongside.programs.models import Enrolment
from alongside.rota.models import Duty, Rota, Swap
from alongside.rota.planning import plan_of
from alongside.rota.showing import DutyShown, offers_to


def offers_in(rotas: Sequence[Rota], me: Membership, *, at: datetime) -> list[DutyShown]:
    """Duties of published rotas that this person may take, or is asked to, rota by rota.

    Three questions tell in which rotas there could be any: a place is open or somebody is looked for, and the
    person takes part in the program or is asked by name.
    """
    published = [rota for rota in rotas if not rota.is_draft]
    swaps: dict[UUID, list[Swap]] = defaultdict(list)
    if not published:
        return []
    rows = Swap.objects.of(me.community).unsettled().coming(at).filter(assignment__duty__rota__in=published)
    for swap in rows.with_duty().order_by("assignment__duty__starts_at", "pk"):
        swaps[swap.assignment.duty.rota_id].append(swap)
    gaps = Duty.objects.of(me.community).filter(rota__in=published).with_open_places(at)
    looking = {*swaps, *gaps.values_list("rota", flat=True)}
    asked = {pk for pk, theirs in swaps.items() if any(swap.asked_of_id == me.pk for swap in theirs)}
    shares = _programs_of(me) if looking else set()
    return [
        shown
        for rota in published
        if rota.pk in asked or (rota.pk in looking and rota.program_id in shares)
        for shown in offers_to(plan_of(rota, at=at), me, swaps[rota.pk], at=at)
    ]


def _programs_of(me: Membership) -> set[UUID]:
    """Programs in which this person takes part, alone or with a household: nobody else is in a pool."""
    homes = BodyMember.objects.of(me.community).filter(membership=me).exclude(household=None).values("household")
    rows = Enrolment.objects.of(me.community).here().filter(Q(membership=me) | Q(household__in=homes))
    return set(rows.values_list("program", flat=True))
