"""A street with somebody of every standing, and the checks and pairs of its people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.people.models import Community, Membership, Role
from alongside.people.tests.factories import NOON, TODAY, community, coordinator_in, person_in
from alongside.safeguarding import actions, apart
from alongside.safeguarding.models import Check, CheckKind, KeptApart, Together
from alongside.safeguarding.tasks import compare


@dataclass(frozen=True)
class Street:
    """Cora coordinates, Stella is a steward, Lea and Lars lead safeguarding; Ana and Ben live here."""

    town: Community
    cora: Membership
    stella: Membership
    lea: Membership
    lars: Membership
    ana: Membership
    ben: Membership


def street(name: str = "Maple Street") -> Street:
    town = community(name)
    stella = person_in(town, "Stella", roles=[Role.PARTICIPANT, Role.STEWARD])
    here = Street(
        town, coordinator_in(town), stella, *(person_in(town, name) for name in ("Lea", "Lars", "Ana", "Ben"))
    )
    for lead in (here.lea, here.lars):
        actions.name_lead(membership=lead, ends_on=TODAY + timedelta(days=400), by=stella.person, at=NOON)
    return here


def kind_in(town: Community, name: str = "Background check", **about: Any) -> CheckKind:
    """A kind of check that holds for a year, unless told otherwise."""
    told = {"kind": "background", "months": 12, "needed": 1, **about}
    return actions.add_kind(community=town, name=name, by=None, at=NOON, **told)


def seen(membership: Membership, kind: CheckKind, *, by: Membership, on: date = TODAY, **more: Any) -> Check:
    """A check of a member that somebody saw and wrote down."""
    return actions.write_check(membership=membership, kind=kind, seen_on=on, by=by.person, at=NOON, **more)


def kept_apart(here: Street, one: Membership, other: Membership, **more: Any) -> KeptApart:
    """A pair that Lea writes down."""
    told = {"reason": "They must not meet.", "by": here.lea.person, "at": NOON, **more}
    return actions.keep_apart(one=one, other=other, **told)


def come_together(here: Street, *people: Membership, key: str = "tests.tea:1", at: datetime = NOON) -> list[Together]:
    """These people sign up for tea, and the minute passes after which it is compared; what leads are told of."""
    where = apart.Where(key=key, title="Tea on Friday", day=here.town.day_of(at), link="/c/tea/")
    ids: list[UUID] = [person.person_id for person in people]
    apart.note_together(ids, community=here.town, where=where, at=at)
    compare(at)
    return list(Together.objects.of(here.town))
