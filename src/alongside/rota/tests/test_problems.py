"""What contradicts itself is refused in words, and rules are checked without any solver."""

import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as whatever
from hypothesis import settings

from alongside.rota.rules import engines
from alongside.rota.rules.certificate import UNIT, certificate
from alongside.rota.rules.checking import Violation, violations
from alongside.rota.rules.problem import (
    Apart,
    BadProblem,
    Duty,
    FairShare,
    Person,
    Problem,
    Quota,
    Scope,
    Session,
    Spacing,
)
from alongside.rota.rules.program import Kind, build
from alongside.rota.rules.solving import solve
from alongside.rota.rules.words import about_bad_problem, in_english
from alongside.rota.tests.casting import MONDAY, allowed_rotas, day, duty, given, people, problems

BAD: dict[str, dict[str, Any]] = {
    "Nobody can be asked yet: add people first.": {"people": []},
    "There is nothing to share out yet: add duties first.": {"duties": []},
    "This is in the list twice: person Amina.": {"people": people("Amina", "Amina")},
    "This is in the list twice: duty day 0.": {"duties": [duty(0), duty(0)]},
    "Something has no id: person.": {"people": people("")},
    "This duty needs nobody: day 0.": {"duties": [duty(0, people=0)]},
    "This duty ends before it starts: late.": {"duties": [Duty("late", MONDAY, MONDAY - timedelta(hours=1))]},
    "A rule names what is not there: person Zoe.": {"apart": [Apart("Amina", "Zoe")]},
    "A rule names what is not there: duty day 9.": {"fixed": given(("Amina", "day 9"))},
    "A rule names what is not there: household Zoe.": {"quotas": [Quota("Zoe", day(0), day(1))]},
    "Nobody can be kept apart from oneself: Amina.": {"apart": [Apart("Amina", "Amina")]},
    "This number is below 0: per_week -1.": {"per_week": -1},
    "This number is below 0: spacing -1.": {"spacing": Spacing(-1)},
    "A share is 1 or more: person:Amina.": {"shares": {"person:Amina": 0}},
    "The fair share's end lies before its beginning, or it is within less than 0.": {
        "fair": [FairShare(day(2), day(1))]
    },
    "The quota's end lies before its beginning, or most below least: person:Amina.": {
        "quotas": [Quota("person:Amina", day(0), day(1), least=2, most=1)]
    },
}


@pytest.mark.parametrize("sentence", BAD)
def test_a_problem_that_contradicts_itself_is_refused_in_words(sentence: str):
    facts: dict[str, Any] = {"people": people("Amina", "Ben"), "duties": [duty(0)], **BAD[sentence]}

    with pytest.raises(BadProblem) as bad:
        Problem(**facts)

    assert in_english([about_bad_problem(bad.value)]) == [sentence]


def test_earlier_assignments_may_name_people_who_have_left():
    problem = Problem(people("Amina"), [duty(0)], earlier=given(("Zoe", "day 0")))

    assert solve(problem).moves == 1


@pytest.mark.parametrize(
    ("rules", "rota", "found"),
    [
        pytest.param({}, [], Violation(Kind.FILLED, (), ("day 0",), "", 0, 1), id="a place stays open"),
        pytest.param(
            {"spacing": Spacing(2)},
            [("Amina", "day 0"), ("Amina", "day 1")],
            Violation(Kind.SPACING, ("person:Amina",), ("day 0", "day 1"), "", 1, 2),
            id="too soon again",
        ),
        pytest.param(
            {"per_week": 1},
            [("Amina", "day 0"), ("Amina", "day 1")],
            Violation(Kind.WEEK, ("person:Amina",), ("day 0", "day 1"), "", 2, 1),
            id="twice a week",
        ),
        pytest.param(
            {"apart": [Apart("Amina", "Ben", Scope.DAY)], "duties": [duty(0), duty(0, id="day 1", hours=(4, 6))]},
            [("Amina", "day 0"), ("Ben", "day 1")],
            Violation(Kind.APART, ("Amina", "Ben"), ("day 0", "day 1"), "day"),
            id="a pair on one day",
        ),
        pytest.param(
            {"sessions": [Session("play", ("day 0",), 2)]},
            [("Amina", "day 0"), ("Ben", "day 1")],
            Violation(Kind.CHECKED, (), ("play",), "", 1, 2),
            id="too few checked adults",
        ),
        pytest.param(
            {"fair": [FairShare(day(0), day(1), within=0)]},
            [("Amina", "day 0"), ("Amina", "day 1")],
            Violation(Kind.FAIR, ("person:Ben",), (), f"{day(0)}/{day(1)}", 0, 1),
            id="an unfair share",
        ),
    ],
)
def test_what_is_broken_is_named_with_what_was_counted(
    rules: dict[str, Any], rota: list[tuple[str, str]], found: Violation
):
    problem = Problem(**{"people": people("Amina", "Ben"), "duties": [duty(0), duty(1)], **rules})

    assert found in violations(problem, given(*rota))


def test_a_person_without_a_household_shares_none_with_a_household_called_alike():
    problem = Problem([Person("Amina"), Person("Ben", household="Amina")], [duty(0), duty(1)], spacing=Spacing(5))

    assert solve(problem).loads == {"person:Amina": 1, "Amina": 1}


@whatever(problems())
@settings(max_examples=40)
def test_no_prices_whatever_prove_more_than_is_true(problem: Problem):
    slow = allowed_rotas(problem)
    program = build(problem)
    prices = [(-1) ** place * 37.25 * (place % 5) for place in range(len(program.rows))]

    proved = certificate(program, prices)

    for rota in slow:
        cost = problem.cost(rota)
        assert proved.bound <= cost
        for column, taken in proved.settled(cost + 1).items():
            if column < len(program.assignments):
                assert (program.assignments[column] in rota) == taken
        assert proved.worth <= cost * UNIT


def test_without_or_tools_the_rules_can_be_read_and_one_sentence_says_what_to_install():
    script = (
        "import sys; sys.modules['ortools'] = None\n"
        "from datetime import datetime, timedelta\n"
        "from alongside.rota.rules.problem import Duty, Person, Problem\n"
        "from alongside.rota.rules.solving import solve\n"
        "from alongside.rota.rules.engines import NoSolver\n"
        "at = datetime(2026, 3, 2, 9)\n"
        "try: solve(Problem([Person('Amina')], [Duty('cook', at, at + timedelta(hours=1))]))\n"
        "except NoSolver as missing: print(missing)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.stdout.strip() == engines.MISSING
