"""One of each thing of safeguarding, for the walks through every address."""

from datetime import timedelta
from typing import Any

from alongside.kernel.clock import now
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding import apart
from alongside.safeguarding.models import KeptApart, Together
from alongside.safeguarding.tasks import compare
from tests.support.cast import Town


def safeguarding_things(town: Town) -> dict[str, Any]:
    """Thea has a check; Lea leads; two people whom no other page is about are kept apart and came together."""
    community, at = town.community, now()
    today = community.day_of(at)
    cora, lea = town.members["coordinator"].person, town.members["lead"]
    kind = safeguarding.add_kind(
        community=community, name="Induction", kind="induction", months=12, needed=1, by=cora, at=at
    )
    asked = safeguarding.require(kind=kind, role=Role.PEER_LEADER, by=cora, at=at)
    check = safeguarding.write_check(membership=town.members["themself"], kind=kind, seen_on=today, by=cora, at=at)
    lead = safeguarding.name_lead(
        membership=lea, ends_on=today + timedelta(days=90), by=town.members["steward"].person, at=at
    )
    pair = keep_apart(town, "Ida", "Ivo")
    over = keep_apart(town, "Jon", "Jan")
    safeguarding.end_apart(pair=over, by=lea.person, at=at)
    where = apart.Where(key="tests.tea", title="Tea", day=today)
    apart.note_together([pair.one_id, pair.other_id], community=community, where=where, at=at)
    compare(at)
    return {
        "kind_id": kind.pk,
        "requirement_id": asked.pk,
        "check_id": check.pk,
        "lead_id": lead.pk,
        "pair_id": pair.pk,
        "safeguarding:forget_apart.pair_id": over.pk,
        "together_id": Together.objects.of(community).get().pk,
    }


def keep_apart(town: Town, one: str, other: str) -> KeptApart:
    """A pair of two new people of a town."""
    return safeguarding.keep_apart(
        one=person_in(town.community, one),
        other=person_in(town.community, other),
        reason="They must not meet.",
        by=town.members["lead"].person,
        at=now(),
    )
