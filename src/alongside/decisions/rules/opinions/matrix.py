"""Votes as a matrix, its rows and columns in an order that comes from the votes alone.

Names of people and statements and the order of a file play no part in it. So whoever makes the map again gets the
same one; on the same machine to the last digit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from alongside.decisions.rules.opinions.agreement import Votes

Whole = NDArray[np.uint64]
Yes = NDArray[np.bool_]

# Rounds in which rows learn of columns and columns of rows. Three tell nearly all apart; whoever is still level
# after six has voted in the same way as somebody else, and either may stand first.
ROUNDS = 6


@dataclass(frozen=True)
class Matrix:
    """People × statements. `cells`: 1 agree, 0 pass or no vote, −1 disagree; `cast`: where there is a vote.

    `out`: statements that moderators took out; they stay as columns and say nothing.
    """

    people: Sequence[str]
    statements: Sequence[str]
    cells: NDArray[np.int8]
    cast: Yes
    out: Yes

    def of(self, rows: Sequence[int]) -> "Matrix":
        """The same statements, by some of the people."""
        kept = np.asarray(rows, dtype=np.intp)
        people = [self.people[row] for row in rows]
        return Matrix(people, self.statements, self.cells[kept], self.cast[kept], self.out)

    def digest(self) -> str:
        """SHA-256 of the votes without names: the seed of whatever is drawn for this conversation."""
        shape = repr(self.cells.shape).encode()
        return sha256(b"".join([shape, self.cells.tobytes(), self.cast.tobytes(), self.out.tobytes()])).hexdigest()


def matrix(votes: Votes, *, out: Collection[str] = ()) -> Matrix:
    """The matrix of all who voted and every statement with a vote; `out`: statements that moderators took out."""
    people, statements = sorted(votes), sorted({name for cast in votes.values() for name in cast})
    column_of = {name: column for column, name in enumerate(statements)}
    cells = np.zeros((len(people), len(statements)), dtype=np.int8)
    cast = np.zeros(cells.shape, dtype=np.bool_)
    for row, voter in enumerate(people):
        places = [column_of[name] for name in votes[voter]]
        cells[row, places] = list(votes[voter].values())
        cast[row, places] = True
    left_out = np.array([name in out for name in statements], dtype=np.bool_)
    rows, columns = _order(cells, cast, left_out)
    return Matrix(
        [people[row] for row in rows],
        [statements[column] for column in columns],
        np.ascontiguousarray(cells[np.ix_(rows, columns)]),
        np.ascontiguousarray(cast[np.ix_(rows, columns)]),
        left_out[columns],
    )


def _order(cells: NDArray[np.int8], cast: Yes, out: Yes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns sorted by marks: each mark mixes the votes with the marks of those they go to or come from."""
    row_at, column_at = np.nonzero(cast)
    vote = (cells[row_at, column_at].astype(np.int64) + 2).astype(np.uint64)
    rows, columns = np.zeros(cells.shape[0], dtype=np.uint64), out.astype(np.uint64)
    for _ in range(ROUNDS):
        rows = _mixed(rows + _summed(row_at, _mixed(columns[column_at] * np.uint64(5) + vote), len(rows)))
        columns = _mixed(columns + _summed(column_at, _mixed(rows[row_at] * np.uint64(7) + vote), len(columns)))
    return np.argsort(rows, kind="stable"), np.argsort(columns, kind="stable")


def _summed(places: NDArray[np.intp], marks: Whole, many: int) -> Whole:
    """Sums by place, modulo 2**64: in whatever order they come, they are the same."""
    sums = np.zeros(many, dtype=np.uint64)
    np.add.at(sums, places, marks)
    return sums


def _mixed(marks: Whole) -> Whole:
    """Spread each number over 64 bits. Source: splitmix64, Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195."""
    marks = marks + np.uint64(0x9E3779B97F4A7C15)
    marks = (marks ^ (marks >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    marks = (marks ^ (marks >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return marks ^ (marks >> np.uint64(31))
