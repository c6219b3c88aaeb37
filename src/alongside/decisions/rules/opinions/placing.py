"""Where people stand: the two principal components of their votes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.decisions.rules.opinions.matrix import Matrix

Real = NDArray[np.float64]

# Below this part of the greatest, a component is rounding, and two loadings are level.
NOTHING = 1e-9


@dataclass(frozen=True)
class Plane:
    """`center`: mean vote on each statement; `components`: 2 × statements, of length 1; `points`: people × 2."""

    center: Real
    components: Real
    points: Real


def plane(votes: Matrix) -> Plane:
    """The plane in which people differ most, and where each stands.

    Where a vote is missing, the mean of the statement stands in. Statements that were taken out count as
    passed by everybody. A person with few votes would stand near the middle, so each is moved outwards by
    √(statements ÷ own votes).
    Source: Polis, as published with its conversations; positions agree to 1e-9.
    """
    cast = votes.cast & ~votes.out
    center = np.where(cast, votes.cells, 0).sum(axis=0) / np.maximum(cast.sum(axis=0), 1)
    apart = np.where(cast, votes.cells - center, 0.0)
    components = _components(apart)
    own = np.maximum(cast.sum(axis=1) + votes.out.sum(), 1)
    points = (apart @ components.T) * np.sqrt(len(votes.statements) / own)[:, None]
    return Plane(center, components, points)


def _components(apart: Real) -> Real:
    """The two directions of greatest spread, greatest first; zeros where people differ in fewer directions."""
    people, statements = apart.shape
    found = np.zeros((2, statements))
    wide = statements > people  # the smaller of the two products has the same directions
    spread, directions = np.linalg.eigh(apart @ apart.T if wide else apart.T @ apart)
    for place in range(min(2, len(spread))):
        direction = directions[:, -1 - place]
        if spread[-1 - place] > NOTHING * max(spread[-1], NOTHING):
            along = apart.T @ direction if wide else direction
            found[place] = _facing(along / np.linalg.norm(along))
    return found


def _facing(component: Real) -> Real:
    """A direction or its opposite: the one whose greatest part points up, the first where some are level."""
    sizes = np.abs(component)
    greatest = np.flatnonzero(sizes >= sizes.max() * (1 - NOTHING))[0]
    return component if component[greatest] > 0 else -component
