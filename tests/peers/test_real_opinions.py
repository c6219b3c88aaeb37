"""A real conversation and real published mathematics of Polis: our map agrees with them.

Data was gathered using the Polis software and is licensed CC BY 4.0 (The Computational Democracy Project). It stays
outside the repository: beside the checkout, or where ALONGSIDE_PEER_DATA points.
"""

import csv
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alongside.decisions.files.polis import read_conversation
from alongside.decisions.rules.opinions.mapping import Hidden, opinion_map
from alongside.decisions.rules.opinions.matrix import Matrix, matrix
from alongside.decisions.rules.opinions.placing import plane
from alongside.decisions.rules.opinions.stability import adjusted_rand

DATA = Path(os.environ.get("ALONGSIDE_PEER_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")


def folder(name: str) -> Path:
    """The folder of a conversation, or a skipped test that says why."""
    if not (DATA / name).is_dir():
        pytest.skip(f"the votes of {name} are not beside the checkout, nor where ALONGSIDE_PEER_DATA points")
    return DATA / name


def test_the_groups_of_canadian_electoral_reform_are_those_published():
    place = folder("polis/canadian-electoral-reform")
    with (place / "participants-votes.csv").open(encoding="utf-8") as file:
        published = {row["participant"]: int(row["group-id"]) for row in csv.DictReader(file) if row["group-id"]}

    talk = read_conversation(place / "votes.csv")
    found = opinion_map(talk.votes, out=talk.out)

    assert (found.people, found.k, found.sizes, found.shown) == (448, 2, (265, 16), True)
    assert found.stability.median_agreement >= 0.95
    assert found.stability.same_k == 15
    assert talk.agree_is == 1
    assert set(found.group_of) == set(published)
    ours = np.array([found.group_of[who] for who in published], dtype=np.intp)
    assert adjusted_rand(ours, np.array(list(published.values()), dtype=np.intp)) == 1


def test_agree_is_told_from_the_counts_beside_a_log_that_writes_it_the_other_way(tmp_path):
    place = folder("polis/canadian-electoral-reform")
    turned = {"1": "-1", "0": "0", "-1": "1"}
    lines = [line.rpartition(",") for line in (place / "votes.csv").read_text().splitlines()]
    text = "".join(f"{start},{turned.get(vote, vote)}\n" for start, _, vote in lines)
    (tmp_path / "votes.csv").write_text(text)
    (tmp_path / "comments.csv").write_bytes((place / "comments.csv").read_bytes())

    found, real = read_conversation(tmp_path / "votes.csv"), read_conversation(place / "votes.csv")

    assert found.agree_is == -1
    assert found.votes == real.votes


def published() -> tuple[Matrix, dict[str, Any]]:
    """The votes as the mathematics file counts them (agree is −1), and that file."""
    place = folder("polis-math")
    math = json.loads((place / "math-pca2.json").read_text())
    votes: dict[str, dict[str, int]] = {}
    for vote in json.loads((place / "votes.json").read_text()):
        votes.setdefault(str(vote["pid"]), {})[str(vote["tid"])] = -vote["vote"]
    return matrix(votes, out=[str(statement) for statement in math["mod-out"]]), math


def test_positions_are_those_that_polis_published():
    votes, math = published()

    found = plane(votes)

    columns = [votes.statements.index(str(statement)) for statement in math["tids"]]
    rows = [votes.people.index(str(one[0])) for one in math["base-clusters"]["members"]]
    assert (len(votes.people), len(columns), len(rows)) == (35, 44, 23)
    assert np.abs(found.center[columns] - math["pca"]["center"]).max() < 1e-9
    for axis, name in enumerate("xy"):
        theirs = np.array(math["pca"]["comps"][axis])
        ours = found.components[axis][columns]
        facing = np.sign(ours @ theirs)  # a component and its opposite are the same direction
        assert np.abs(facing * ours - theirs).max() < 1e-9
        assert np.abs(facing * found.points[rows, axis] - math["base-clusters"][name]).max() < 1e-9


def test_the_thirty_five_are_too_few_for_groups():
    votes, math = published()
    cast = {
        who: {
            votes.statements[column]: int(votes.cells[row, column])
            for column in np.flatnonzero(votes.cast[row]).tolist()
        }
        for row, who in enumerate(votes.people)
    }

    found = opinion_map(cast, out=[str(statement) for statement in math["mod-out"]])

    assert found.hidden == Hidden.TOO_FEW
