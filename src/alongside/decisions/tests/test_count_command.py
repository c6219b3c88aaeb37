"""`alongside count`: what it prints, what it refuses, and that it needs no Django."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest

from alongside.decisions.command import main
from alongside.decisions.counting import BUDGETING
from alongside.decisions.tests.test_files import BLT, PB, SOI, YES_NO


@pytest.fixture(name="written")
def written_fixture(tmp_path):
    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def counted(capsys, *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("rule", BUDGETING)
def test_every_rule_for_budgets_counts_a_budget(rule, written, capsys):
    found = counted(capsys, rule, written("x.pb", PB))

    assert found["rule"] == rule
    assert set(found["winners"]) <= {"A", "B", "C"}
    assert found["cost"] <= 100
    assert found["rounds"]
    assert found["explanation"]


def test_a_budget_on_the_command_line_goes_before_the_one_in_the_file(written, capsys):
    file = written("x.pb", PB)

    assert counted(capsys, "greedy-skip", file)["winners"] == ["B", "A"]
    assert counted(capsys, "greedy-skip", file, "--budget", "50")["winners"] == ["B"]
    assert counted(capsys, "greedy-skip", file, "--budget", "1000.50")["cost"] == 140


def test_the_rules_for_electing_count_ranked_files(written, capsys):
    blt, soi = written("x.blt", BLT), written("x.soi", SOI)

    assert counted(capsys, "scottish-stv", blt)["winners"] == ["1", "2"]
    assert counted(capsys, "scottish-stv", blt, "--seats", "1")["winners"] == ["1"]
    assert counted(capsys, "schulze", soi) | {"rounds": 0, "explanation": 0} == {
        "rule": "schulze",
        "winners": ["1"],
        "names": {"1": "Ana"},
        "rounds": 0,
        "explanation": 0,
    }
    assert counted(capsys, "approval", soi, "--seats", "2")["winners"] == ["1", "2"]
    assert counted(capsys, "phragmen", blt)["winners"] == ["1", "2"]


def test_yes_and_no_print_their_outcome(written, capsys):
    file = written("x.json", json.dumps(YES_NO))

    assert counted(capsys, "double-majority", file)["outcome"] == "passed"
    assert counted(capsys, "auto", file)["outcome"] == "passed"
    assert counted(capsys, "parity-weighted", file)["outcome"] == "passed"


def test_equal_power_counts_our_own_budget_file(written, capsys):
    data = {
        "rule": "equal-power-mes",
        "budget": 1000,
        "projects": [{"id": "X", "cost": 500}, {"id": "Y", "cost": 500}],
        "ballots": [
            {"side": "staff", "approves": ["X"], "count": 2},
            {"side": "participants", "approves": ["Y"], "count": 8},
        ],
    }

    found = counted(capsys, "auto", written("x.json", json.dumps(data)))

    assert sorted(found["winners"]) == ["X", "Y"]


@pytest.mark.parametrize(
    ("recorded", "counted_as"),
    [
        ("greedy", "greedy-skip"),
        ("greedy-no-skip", "greedy-stop"),
        ("equalshares", "mes"),
        ("equalshares/add1", "mes-add1"),
        ("greedy-threshold\nmin_project_score_threshold;2", "greedy-skip"),
        ("greedy-custom", "greedy-skip"),
        ("greedy-exclusive", "greedy-skip"),
    ],
)
def test_auto_honours_the_rule_the_file_records(recorded, counted_as, written, capsys):
    found = counted(capsys, "auto", written("x.pb", PB.replace("rule;greedy", f"rule;{recorded}")))

    assert found["rule"] == counted_as


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(("rule;greedy", "rule;quadratic"), 'records "quadratic"', id="unknown"),
        pytest.param(("rule;greedy", "rule;equalshares/add1-comparison"), "add1-comparison", id="of another kind"),
        pytest.param(("rule;greedy\n", ""), "a rule recorded", id="none"),
        pytest.param(("rule;greedy", "rule;greedy-threshold"), "min_project_score_threshold", id="no threshold"),
        pytest.param(("A;60;2;A park;1", "A;60;2;A park;0"), "", id="fine, as plain greedy is written down in full"),
    ],
)
def test_auto_refuses_a_rule_it_cannot_honour_by_name(change, said, written, capsys):
    status = main(["auto", written("x.pb", PB.replace(*change))])

    assert status == (2 if said else 0)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("recorded", ["greedy-custom", "greedy-exclusive"])
def test_terms_that_are_not_in_the_file_are_not_guessed(recorded, written, capsys):
    text = PB.replace("rule;greedy", f"rule;{recorded}").replace("A park;1", "A park;0")

    assert main(["auto", written("x.pb", text)]) == 2
    assert f'records "{recorded}"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rule", "name", "text", "said"),
    [
        pytest.param("mes", "x.blt", BLT, "expected a .pb file", id="a budget rule and ranks"),
        pytest.param("schulze", "x.pb", PB, "expected ranked ballots", id="ranks asked of approvals"),
        pytest.param("score", "x.soi", SOI, "points or ranks", id="points asked of orders"),
        pytest.param("double-majority", "x.pb", PB, "rolls and votes", id="yes and no asked of a budget"),
        pytest.param("mes", "x.json", json.dumps(YES_NO), "holds yes and no", id="a budget asked of yes and no"),
        pytest.param("equal-power-mes", "x.pb", PB.replace("participants", "staff"), 'column "side"', id="one side"),
        pytest.param("scottish-stv", "x.soi", SOI, "expected --seats", id="no seats"),
        pytest.param("mes", "x.pb", PB[:-25], "x.pb", id="cut off"),
        pytest.param("mes", "x.xyz", "hello", "of the kind .pb", id="something else"),
    ],
)
def test_what_cannot_be_counted_is_told_with_status_2(rule, name, text, said, written, capsys):
    assert main([rule, written(name, text)]) == 2

    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


@pytest.mark.parametrize("words", [["mes", "nowhere.pb"], ["mes", "."], ["dice", "x.pb"], ["mes"], []])
def test_wrong_words_end_with_status_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        sys.exit(main(words))

    assert end.value.code == 2
    assert capsys.readouterr().err


def test_a_line_is_named_where_the_fault_is(written, capsys):
    assert main(["mes", written("x.pb", PB.replace("3;C;", "3;Z;"))]) == 2

    assert 'x.pb, line 17: expected ids of projects, found "Z"' in capsys.readouterr().err


def test_a_lot_without_a_seed_is_pointed_out(written, capsys):
    file = written("x.blt", "2 1\n1 1 0\n1 2 0\n0\n")

    assert main(["scottish-stv", file]) == 0
    assert "--seed" in capsys.readouterr().err
    assert main(["scottish-stv", file, "--seed", "Monday"]) == 0
    assert capsys.readouterr().err == ""


def test_it_starts_at_once_and_without_django(written):
    file = written("x.pb", PB)
    code = (
        "import sys; sys.argv[1:] = ['count', 'mes', sys.argv[1]]\n"
        "from alongside.config.command import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert not [name for name in sys.modules if name.startswith('django')]"
    )

    began = time.process_time()
    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Rule: mes\n")
    assert time.process_time() - began < 5
