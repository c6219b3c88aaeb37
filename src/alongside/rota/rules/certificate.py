"""A lower bound that anybody can check with whole numbers, and what it says about single columns.

The linear program gives every row a price. Whatever prices are set, a rota costs at least what the rows are worth
less what columns could save; so rounding them loses a little of the bound, and never its truth. Source: weak duality.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from alongside.rota.rules.program import Program

# Prices are reckoned in millionths.
UNIT = 1_000_000


@dataclass(frozen=True)
class Certificate:
    """`worth`: no rota costs less, in millionths; `reduced`: what each column adds to that, or saves if below 0."""

    worth: int
    reduced: tuple[int, ...]

    @property
    def bound(self) -> int:
        """The least whole cost that a rota can have."""
        return -(-self.worth // UNIT)

    def settled(self, below: int) -> dict[int, bool]:
        """The columns that every rota costing less than `below` has to take, or to leave."""
        spare = (below - 1) * UNIT - self.worth
        return {column: saving < 0 for column, saving in enumerate(self.reduced) if abs(saving) > spare}


def certificate(program: Program, prices: Sequence[float]) -> Certificate:
    """The bound that prices of rows prove. A price that the row cannot have counts as none."""
    worth, reduced = 0, [cost * UNIT for cost in program.costs]
    for row, price in zip(program.rows, prices, strict=True):
        whole = round(price * UNIT)
        limit = row.low if whole > 0 else row.high
        if whole == 0 or limit in (inf, -inf):
            continue
        worth += whole * int(limit)
        for column in row.plus:
            reduced[column] -= whole
        for column in row.minus:
            reduced[column] += whole
    return Certificate(worth + sum(saving for saving in reduced if saving < 0), tuple(reduced))
