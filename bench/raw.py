"""The ledger's own function called with nothing around it but psycopg: the limit for `pay`."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg

from alongside.kernel.ids import new_id

TODAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
POST = f"SELECT timebank_post({', '.join(['%s'] * 23)})"


@dataclass(frozen=True)
class TownIds:
    """A town by its ids, for those who know no Django."""

    community: UUID
    accounts: list[UUID]
    pot: UUID
    category: UUID
    person: UUID


class RawLedger:
    """Posts between random neighbors of a town over one connection."""

    def __init__(self, connection: psycopg.Connection, town: TownIds, seed: int = 2) -> None:
        self.cursor = connection.cursor()
        self.town = town
        self.chance = random.Random(seed)

    def between_neighbors(self) -> int:
        payer, payee = self.chance.sample(self.town.accounts, 2)
        return self.post(payer, payee, from_pot=False, to_pot=False)

    def into_pot(self) -> int:
        return self.post(self.chance.choice(self.town.accounts), self.town.pot, from_pot=False, to_pot=True)

    def out_of_pot(self, minutes: int) -> int:
        payee = self.chance.choice(self.town.accounts)
        return self.post(self.town.pot, payee, from_pot=True, to_pot=False, minutes=minutes)

    def post(self, payer: object, payee: object, *, from_pot: bool, to_pot: bool, minutes: int = 30) -> int:
        """1 when it was posted, 0 when the pot had too little."""
        town = self.town
        self.cursor.execute(
            POST,
            (
                new_id(), town.community, str(new_id()), "exchange", payer, payee, from_pot, to_pot, minutes,
                town.category, TODAY, NOON, town.person, None, "web", None, None, None, None, "", "",
                new_id(), "timebank.paid",
            ),
        )  # fmt: skip
        row = self.cursor.fetchone()
        said = str(row[0]).split()[0] if row else ""
        if said not in ("posted", "floor"):
            raise AssertionError(f"the ledger said {said}")
        return int(said == "posted")
