"""Real elections, counted again: the winners are those that were published.

The files state no licence, so they stay outside the repository: beside the checkout, or where ALONGSIDE_PEER_DATA
points.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.decisions.counting import Result, Wishes, count, read_file
from alongside.decisions.files.pabulib import Pabulib, read_pabulib
from alongside.decisions.files.reading import Rankings, read_text

DATA = Path(os.environ.get("ALONGSIDE_PEER_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")


def folder(name: str) -> Path:
    """The folder of a collection, or a skipped test that says why."""
    if not (DATA / name).is_dir():
        pytest.skip(f"the elections of {name} are not beside the checkout, nor where ALONGSIDE_PEER_DATA points")
    return DATA / name


def counted(rule: str, path: Path) -> Result:
    return count(rule, read_file(path), Wishes())


@pytest.mark.parametrize(
    ("name", "many", "cost"),
    [
        ("Netherlands_Assen_2024", 9, 76_700),
        ("Poland_Czestochowa_2025_Tysiaclecie", 12, None),
        ("Poland_Gdynia_2021_Wielki_Kack__small", 5, None),
        ("Poland_Warszawa_2018_Wawer", 16, None),
    ],
)
def test_a_city_s_recorded_winners_by_its_recorded_rule(name, many, cost):
    path = folder("pabulib") / f"{name}.pb"
    recorded = read_pabulib(read_text(path)).selected
    assert recorded

    found = counted("auto", path)

    assert set(found.winners or ()) == set(recorded)
    assert len(recorded) == many
    assert cost is None or found.cost == cost


def test_equal_shares_alone_fund_seven_projects_in_assen():
    found = counted("mes", folder("pabulib") / "Netherlands_Assen_2024.pb")

    assert len(found.winners or ()) == 7
    assert found.cost == 60_700


def test_only_the_greedy_that_stops_gives_gdynia_s_winners():
    path = folder("pabulib") / "Poland_Gdynia_2021_Wielki_Kack__small.pb"
    found = read_file(path)
    assert isinstance(found, Pabulib)

    assert set(counted("greedy-skip", path).winners or ()) != set(found.selected or ())


@pytest.mark.parametrize(
    ("number", "winner"),
    [(1, "Bdale Garbee"), (6, "Stefano Zacchiroli"), (7, "Stefano Zacchiroli"), (8, "Swirl")],
)
def test_whom_debian_chose(number, winner):
    found = counted("schulze", folder("preflib") / f"debian-{number}.soi")

    assert [found.names[one] for one in found.winners or ()] == [winner]


def wards() -> Iterator[dict[str, str]]:
    with (folder("scot-elex") / "expected.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def test_every_scottish_ward_elects_whom_an_independent_count_elects():
    wrong, many = [], 0
    for ward in wards():
        path = folder("scot-elex") / ward["file"]
        found = read_file(path)
        assert isinstance(found, Rankings)
        assert (len(found.candidates), found.seats) == (int(ward["candidates"]), int(ward["seats"]))
        elected = count("scottish-stv", found, Wishes()).winners or ()
        if set(elected) != set(ward["elected"].split()):
            wrong.append(ward["file"])
        many += 1

    assert wrong == []
    assert many >= 20
