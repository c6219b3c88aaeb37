"""Who stands together: k-means, with k by silhouette. Nothing is drawn by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.decisions.rules.opinions.placing import NOTHING, Real

Labels = NDArray[np.intp]

MOST_GROUPS = 5
# Among so many people, evenly chosen from left to right, the next group's first middle is looked for.
MOST_STARTS = 400
MOST_TURNS = 300
# How many people are compared with all others at once: bounds memory, not the result.
BLOCK = 1_000


@dataclass(frozen=True)
class Grouping:
    """`k` groups; the group of each person, 0 for the largest; `silhouette` from −1 to 1, 0 with one group."""

    k: int
    labels: Labels
    silhouette: float


def grouped(points: Real) -> Grouping:
    """The grouping, of 2 to 5 groups, with the highest silhouette; the fewer groups where two are level.

    One group where all stand in one place, and where there are fewer than three people. Each group's first middle is
    the person who brings the rest closest. Source: fast global k-means, Likas et al. 2003,
    doi:10.1016/S0031-3203(02)00060-2; silhouette: Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7.
    """
    alone = Grouping(min(1, len(points)), np.zeros(len(points), dtype=np.intp), 0.0)
    tried = _tried(points)
    if not tried:
        return alone
    scores = silhouettes(points, tried)
    best = next(place for place, score in enumerate(scores) if score >= max(scores) - NOTHING)
    labels = _by_size(points, tried[best])
    return Grouping(int(labels.max()) + 1, labels, scores[best])


def _tried(points: Real) -> list[Labels]:
    """A grouping for each k that the people's places allow."""
    tried: list[Labels] = []
    centers = points.mean(axis=0, keepdims=True) if len(points) else points
    for k in range(2, min(MOST_GROUPS, len(points) - 1) + 1):
        gaps = _squares(points, centers).min(axis=1)
        if gaps.max() <= NOTHING * max(1.0, float(np.square(points).max())):
            break  # there are no more places than groups
        centers = np.vstack([centers, points[_best_start(points, gaps)]])
        labels, centers = _settled(points, centers)
        if np.bincount(labels, minlength=k).min() == 0:
            break
        tried.append(labels)
    return tried


def _squares(points: Real, others: Real) -> Real:
    """Squared distances, points × others."""
    found: Real = np.square(points[:, None, 0] - others[None, :, 0])
    return found + np.square(points[:, None, 1] - others[None, :, 1])


def _best_start(points: Real, gaps: Real) -> int:
    """The person who, as one more middle, would take most from the squared gaps between people and middles."""
    across = np.lexsort((points[:, 1], points[:, 0]))
    many = min(MOST_STARTS, len(points))
    chosen = across[np.linspace(0, len(points) - 1, many).round().astype(np.intp)]
    gain = np.zeros(many)
    for start in range(0, len(points), BLOCK):
        part = slice(start, start + BLOCK)
        gain += np.maximum(gaps[part, None] - _squares(points[part], points[chosen]), 0).sum(axis=0)
    return int(chosen[gain.argmax()])


def _settled(points: Real, centers: Real) -> tuple[Labels, Real]:
    """Everybody to the nearest middle, middles to the mean of theirs, until nobody moves."""
    labels = _squares(points, centers).argmin(axis=1)
    for _ in range(MOST_TURNS):
        sizes = np.bincount(labels, minlength=len(centers))
        sums = [np.bincount(labels, points[:, axis], len(centers)) for axis in (0, 1)]
        centers = np.where(sizes[:, None] > 0, np.column_stack(sums) / np.maximum(sizes, 1)[:, None], centers)
        before, labels = labels, _squares(points, centers).argmin(axis=1)
        if np.array_equal(before, labels):
            break
    return labels, centers


def silhouettes(points: Real, tried: list[Labels]) -> list[float]:
    """The mean silhouette of each grouping, from −1 to 1; who is alone in a group counts as 0."""
    members = [np.eye(int(labels.max()) + 1)[labels] for labels in tried]
    totals = [0.0] * len(tried)
    for start in range(0, len(points), BLOCK):
        part = slice(start, start + BLOCK)
        distances = np.sqrt(_squares(points[part], points))
        for place, (labels, belongs) in enumerate(zip(tried, members, strict=True)):
            totals[place] += _silhouette_sum(distances @ belongs, labels[part], belongs.sum(axis=0))
    return [total / len(points) for total in totals]


def _silhouette_sum(sums: Real, labels: Labels, sizes: Real) -> float:
    """`sums`: of each person the distances to all of each group, added up."""
    rows = np.arange(len(labels))
    inside = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    outside = sums / sizes
    outside[rows, labels] = np.inf
    nearest = outside.min(axis=1)
    greater = np.maximum(inside, nearest)
    scores = np.where(greater > 0, (nearest - inside) / np.where(greater > 0, greater, 1), 0)
    return float(np.where(sizes[labels] > 1, scores, 0).sum())


def _by_size(points: Real, labels: Labels) -> Labels:
    """The largest group is called 0; level ones from left to right."""
    sizes = np.bincount(labels)
    left = [float(points[labels == group, 0].mean()) for group in range(len(sizes))]
    order = sorted(range(len(sizes)), key=lambda group: (-sizes[group], left[group]))
    name_of = np.empty(len(sizes), dtype=np.intp)
    name_of[order] = np.arange(len(sizes))
    return name_of[labels]
