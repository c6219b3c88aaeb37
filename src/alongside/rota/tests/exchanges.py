"""A published rota without a search: parents take turns, and Ana looks for somebody."""

from typing import Any
from uuid import uuid4

from alongside.people.models import Membership
from alongside.rota import actions
from alongside.rota.actions.holding import family_of
from alongside.rota.models import Assignment, Duty, Rota, Swap
from alongside.rota.pool import pool_of
from alongside.rota.tests.scenes import NOON, TODAY, Nursery, duty_of, stands

# No rule but the checks that everybody on a duty must have.
FREELY: dict[str, Any] = {
    "most_a_week": None, "owed": None, "fair_within": None, "spacing": None, "ratio": None,
}  # fmt: skip


def shared_out(here: Nursery, rota: Rota | None = None) -> Rota:
    """A rota whose duties the parents have by turns, published."""
    rota = stands(rota or here.rota())
    homes = pool_of(here.program, on=TODAY)
    made = []
    for number, duty in enumerate(Duty.objects.on(rota).in_order()):
        parent = here.parents[number % len(here.parents)]
        home = homes.home_of(parent.pk)
        assert home is not None
        made.append(
            Assignment(
                community=here.town, duty=duty, family=family_of(rota, home), membership=parent, place=1, made_at=NOON
            )
        )
    Assignment.objects.bulk_create(made)
    return actions.publish(rota=rota, by=here.cora.person, at=NOON)


class Scene:
    """Ana, Ben, Cem and others have duties by turns; Ana looks for somebody, and would take another duty."""

    def __init__(self, families: int = 4, **says: Any) -> None:
        self.here = Nursery(families, says={**FREELY, **says})
        self.rota = shared_out(self.here)
        self.ana, self.ben, self.cem = self.here.parents[:3]
        self.hers, self.his = duty_of(self.rota, self.ana), duty_of(self.rota, self.ben)

    def asks(self, of: Membership | None = None, *, takes_back: bool = True) -> Swap:
        return actions.ask_swap(
            assignment=self.hers, by=self.ana.person, at=NOON, key=uuid4(), asked_of=of, takes_back=takes_back
        )

    def offers(self, swap: Swap, given: Assignment | None = None, at: Any = NOON) -> Swap:
        """Ben gives one of his."""
        return actions.offer_exchange(swap=swap, given=given or self.his, by=self.ben.person, at=at)

    def agrees(self, swap: Swap, given: Assignment | None = None, at: Any = NOON) -> Any:
        """Ana takes what Ben gives."""
        return actions.agree_to_exchange(swap=swap, given=given or self.his, by=self.ana.person, at=at)

    def who_is_on(self, one: Assignment) -> Any:
        return Assignment.objects.get(duty=one.duty_id, ended_at=None).membership_id
