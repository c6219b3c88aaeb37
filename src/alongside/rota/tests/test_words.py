"""What a coordinator reads."""

import re
from dataclasses import replace

from alongside.rota.rules.clashing import explain
from alongside.rota.rules.problem import Person, Problem, Spacing
from alongside.rota.rules.solving import Proof, solve
from alongside.rota.rules.wording import ENGLISH
from alongside.rota.rules.words import about_clashes, about_rota, in_english
from alongside.rota.tests.casting import day, duty, given, people

WORDS = 20


def test_too_few_families_for_the_days_between_read_as_two_rules_and_what_would_help():
    problem = Problem(people("a", "b"), [duty(n) for n in range(8)], spacing=Spacing(4))

    said = in_english(about_clashes(problem, explain(problem)))

    assert said[:3] == [
        "These 2 rules cannot all be kept. Without any one of them, the others can.",
        "There are at least 4 days from one duty of a household to its next.",
        "It works with 2 instead of 4.",
    ]
    assert said[3].startswith("These have the people they need: day ")
    assert said[4].startswith("It works with places left open: day ")


def test_the_day_and_the_people_of_a_clash_are_called_by_their_names():
    aid = frozenset({"first aid"})
    cast = [Person("a", training=aid, away=frozenset({day(1)})), Person("b")]
    problem = Problem(cast, [duty(0), duty(1, somebody=aid)])

    said = in_english(about_clashes(problem, explain(problem)), {"a": "Amina", "day 1": "Tuesday 3 March"})

    assert said == [
        "These 2 rules cannot all be kept. Without any one of them, the others can.",
        "Not asked for days on which they cannot come: Amina.",
        "It works if these can come after all: Amina – Tuesday 3 March.",
        "Somebody with first aid is there: Tuesday 3 March.",
        "It works if nobody there needs first aid: Tuesday 3 March.",
    ]


def test_a_rota_says_how_good_it_is_and_never_better_than_it_is():
    rota = solve(Problem(people("Amina", "Ben"), [duty(0)], earlier=given(("Zoe", "day 0"))))
    near = replace(rota, proof=Proof.WITHIN, cost=100_500, bound=100_001, moves=0)

    assert in_english(about_rota(rota)) == [
        "No rota can be better: this is proved.",
        "1 of the duties so far changed hands; fewer is not possible.",
    ]
    assert in_english(about_rota(near)) == ["No rota can be more than 0.5 % better."]


def test_sentences_are_short():
    sentences = [one for text in ENGLISH.values() for one in re.split(r"[.!?:;](?:\s|$)", text)]

    assert [one for one in sentences if len(one.split()) > WORDS] == []
