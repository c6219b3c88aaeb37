"""Whoever reads a noticeboard, and what several of its parts want to know of them."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Self

import rules

from alongside.gatherings.models import Booking
from alongside.people.permissions import Standing
from alongside.timebank.models import Account

SHOWN = 5


@dataclass(frozen=True)
class Reader(Standing):
    """One person at one moment; what is asked about them here is asked once."""

    at: datetime = field(kw_only=True)

    @classmethod
    def of(cls, standing: Standing, *, at: datetime) -> Self:
        return cls(
            person=standing.person,
            community=standing.community,
            membership=standing.membership,
            roles=standing.roles,
            group_roles=standing.group_roles,
            at=at,
        )

    @cached_property
    def accounts(self) -> list[Account]:
        """Those they act for, their own among them."""
        found = list(Account.objects.of(self.community).acted_for_by(self.person))
        for account in found:
            account.community = self.community
        return found

    @property
    def own_account(self) -> Account | None:
        return next((account for account in self.accounts if account.person_id == self.person.pk), None)

    @cached_property
    def bookings(self) -> list[Booking]:
        """Their next places at gatherings."""
        if not rules.has_perm("gatherings.see", self, None):
            return []
        mine = Booking.objects.of(self.community).booked().filter(membership=self.membership)
        rows = mine.filter(gathering__ends_at__gt=self.at, gathering__state="planned", gathering__closed_at=None)
        found: list[Booking] = (
            rows.select_related("gathering__place").order_by("gathering__starts_at", "id").first_few(SHOWN)
        )
        return found
