"""The opinion map: known groups are found, names and order play no part, and doubtful groups are not shown."""

from collections import Counter
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alongside.decisions.rules.opinions.agreement import Agreement, agreement, agreement_by_side, bridges
from alongside.decisions.rules.opinions.grouping import grouped, silhouettes
from alongside.decisions.rules.opinions.mapping import Hidden, opinion_map
from alongside.decisions.rules.opinions.matrix import matrix
from alongside.decisions.rules.opinions.placing import plane
from alongside.decisions.rules.opinions.stability import adjusted_rand
from alongside.decisions.tests.conversations import conversation, mixed

CLINIC = {
    "ana": {"bus": 1, "tea": 1},
    "ben": {"bus": 1, "tea": -1},
    "fay": {"bus": 0, "tea": -1},
    "gus": {"tea": 1},
}
SIDES = {"ana": "participants", "ben": "participants", "fay": "staff"}

ballots = some.dictionaries(
    some.sampled_from("abcdefgh"),
    some.dictionaries(some.sampled_from("stuvw"), some.sampled_from([1, 0, -1]), min_size=1),
    min_size=1,
)


def shuffled(votes, *, seed=1):
    """The same votes, people and their votes in another order."""
    chance = Random(seed)
    people = chance.sample(sorted(votes), len(votes))
    return {who: dict(chance.sample(sorted(votes[who].items()), len(votes[who]))) for who in people}


def renamed(votes, *, seed=1):
    """The same votes under other names, and which name became which."""
    chance = Random(seed)
    numbers = chance.sample(range(10_000), len(votes))
    name_of = {who: str(number) for who, number in zip(votes, numbers, strict=True)}
    statements = sorted({name for cast in votes.values() for name in cast})
    called = dict(zip(statements, map(str, chance.sample(range(10_000), len(statements))), strict=True))
    return {name_of[who]: {called[one]: v for one, v in cast.items()} for who, cast in votes.items()}, name_of


def test_agreement_is_counted_in_all_and_on_every_side():
    assert agreement(CLINIC) == {"bus": Agreement(2, 0, 1), "tea": Agreement(2, 2, 0)}
    assert agreement_by_side(CLINIC, SIDES) == {
        "bus": {"participants": Agreement(2, 0, 0), "staff": Agreement(0, 0, 1)},
        "tea": {"participants": Agreement(1, 1, 0), "staff": Agreement(0, 1, 0)},
    }


def test_a_bridge_is_what_every_side_agrees_with():
    assert bridges(CLINIC, SIDES) == [
        ("bus", Fraction(3, 4) * Fraction(1, 3)),
        ("tea", Fraction(2, 4) * Fraction(1, 3)),
    ]


@pytest.mark.parametrize("sizes", [(40, 30), (40, 30, 25)], ids=["two groups", "three groups"])
def test_known_groups_are_found_and_shown(sizes):
    votes, group_of = conversation(*sizes, statements=40, seed=2)

    found = opinion_map(votes)

    assert (found.k, found.sizes, found.shown) == (len(sizes), sizes, True)
    assert found.group_of == group_of
    assert (found.people, found.statements, found.grouped) == (sum(sizes), 40, sum(sizes))


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        pytest.param(conversation(25, 24)[0], Hidden.TOO_FEW, id="49 people in two clear groups"),
        pytest.param(conversation(10, 8)[0], Hidden.TOO_FEW, id="a program of eighteen"),
        pytest.param({"ana": {"bus": 1}}, Hidden.TOO_FEW, id="one person"),
        pytest.param(mixed(120), Hidden.TOO_MIXED, id="everybody by chance"),
        pytest.param({f"p{n}": {"bus": 1, "tea": -1} for n in range(80)}, Hidden.TOO_MIXED, id="everybody alike"),
    ],
)
def test_groups_are_not_shown_where_they_would_mislead(votes, why):
    found = opinion_map(votes)

    assert found.hidden == why
    assert not found.shown


def test_fifty_people_are_enough():
    assert opinion_map(conversation(26, 24)[0]).shown


def test_who_has_voted_little_is_placed_and_not_grouped():
    votes, _ = conversation(40, 30)
    votes["new"] = {f"s{one}": 1 for one in range(6)}

    found = opinion_map(votes)

    assert "new" in found.position_of
    assert "new" not in found.group_of
    assert (found.people, found.grouped) == (71, 70)


def test_the_order_of_votes_changes_nothing_at_all():
    for votes in (conversation(40, 30)[0], mixed(60)):
        assert opinion_map(shuffled(votes)) == opinion_map(votes)


def test_names_change_nothing_but_the_names():
    for votes in (conversation(40, 30)[0], mixed(60)):
        others, name_of = renamed(votes)

        one, other = opinion_map(votes), opinion_map(others)

        assert (one.k, one.sizes, one.stability, one.hidden) == (other.k, other.sizes, other.stability, other.hidden)
        assert {name_of[who]: place for who, place in one.position_of.items()} == other.position_of
        assert {name_of[who]: group for who, group in one.group_of.items()} == other.group_of


@settings(max_examples=50, deadline=None)
@given(ballots)
def test_any_small_conversation_has_a_map_that_order_does_not_change(votes):
    found = opinion_map(votes)

    assert found == opinion_map(shuffled(votes))
    assert sum(found.sizes) == found.grouped == len(found.group_of)
    assert all(np.isfinite(place).all() for place in found.position_of.values())
    assert not found.shown


def test_a_statement_taken_out_says_nothing():
    votes, _ = conversation(40, 30)
    turned = {who: cast | {"s0": -cast["s0"]} if "s0" in cast else cast for who, cast in votes.items()}

    assert opinion_map(votes, out=["s0"]).group_of == opinion_map(turned, out=["s0"]).group_of
    table = matrix(votes, out=["s0"])
    column = table.statements.index("s0")
    assert plane(table).center[column] == 0
    assert np.abs(plane(table).components[:, column]).max() < 1e-12


def test_components_are_right_where_statements_are_more_than_people():
    votes, _ = conversation(20, 15, statements=35)
    table = matrix(votes)
    wide = plane(table.of(range(34)))
    apart = np.where(table.cast[:34], table.cells[:34] - wide.center, 0)
    _, _, directions = np.linalg.svd(apart)

    assert len(wide.points) < len(table.statements)
    for axis in (0, 1):
        assert abs(abs(directions[axis] @ wide.components[axis]) - 1) < 1e-9


def test_groups_of_points_by_hand():
    points = np.array([[0.0, 0], [0, 1], [1, 0], [9, 9], [9, 8]])

    found = grouped(points)

    assert (found.k, found.labels.tolist()) == (2, [0, 0, 0, 1, 1])
    # The first point: 1 to its own on average; √162 and √145 to the others.
    first = 1 - 1 / ((162**0.5 + 145**0.5) / 2)
    assert silhouettes(points[[0, 1, 2, 3, 4]], [found.labels])[0] == pytest.approx(found.silhouette)
    assert first == pytest.approx(_silhouette_of(points, found.labels, 0))
    mean = sum(_silhouette_of(points, found.labels, one) for one in range(5)) / 5
    assert found.silhouette == pytest.approx(mean)


def _silhouette_of(points, labels, one):
    """As the definition says, one person at a time."""
    distance = np.linalg.norm(points - points[one], axis=1)
    inside = distance[labels == labels[one]].sum() / (Counter(labels.tolist())[labels[one]] - 1)
    outside = min(distance[labels == group].mean() for group in set(labels.tolist()) - {labels[one]})
    return (outside - inside) / max(outside, inside)


@pytest.mark.parametrize("many", [0, 1, 2])
def test_too_few_points_are_at_most_one_group(many):
    assert grouped(np.arange(2.0 * many).reshape(many, 2)).k == min(many, 1)


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        pytest.param([0, 0, 1, 1], [1, 1, 0, 0], 1, id="the same under other names"),
        pytest.param([0, 0, 1, 1], [0, 1, 0, 1], -0.5, id="across"),
        pytest.param([0, 0, 1, 1], [0, 0, 1, 2], 4 / 7, id="one group split"),
        pytest.param([0, 0, 0], [0, 0, 0], 1, id="one group"),
        pytest.param([], [], 1, id="nobody"),
    ],
)
def test_the_adjusted_rand_index(one, other, index):
    assert adjusted_rand(np.array(one, dtype=np.intp), np.array(other, dtype=np.intp)) == pytest.approx(index)
