"""What stays of open questions when somebody exports, is erased or merged."""

import json
from datetime import timedelta

import pytest

from alongside.decisions.departures import questions as departures
from alongside.decisions.models import Opinion, QuestionResult, Statement
from alongside.decisions.tests.questions import NOON, asked, closed, let_in, says, scene, wrote
from alongside.people.tests.factories import coordinator_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=6, provides=6)


def test_the_file_of_everything_holds_ones_own_statements_and_answers_alone(place):
    cora, (ana, ben) = coordinator_in(place.town), place.everybody[:2]
    statement = let_in(asked(cora), ana, cora, "More benches.")
    says(statement, ben, "disagree")

    hers, his, asker = (json.dumps(departures.export(each.person)) for each in (ana, ben, cora))

    assert "More benches." in hers
    assert "disagree" in his
    assert "disagree" not in hers
    assert "What would help?" in asker


def test_who_is_erased_leaves_sums_and_answered_statements_without_a_name(place):
    ana = place.everybody[0]
    question, before = closed(place, {"More benches.": "-+++++++++++"})
    QuestionResult.objects.update(places={str(ana.pk): [0, 1.0, 1.0], str(place.everybody[1].pk): [0, 1.0, 1.0]})
    Statement.objects.create(
        community=place.town, question=question, text="Alone.", membership=ana, keyed_by=ana.person, at=NOON,
        key=question.key,
    )  # fmt: skip

    departures.erase(ana.person, by=None, at=NOON)

    after = QuestionResult.objects.get()
    assert after.statements == before.statements
    assert list(after.places) == [str(place.everybody[1].pk)]
    assert not Opinion.objects.filter(membership=ana).exists()
    assert [(one.text, one.membership) for one in Statement.objects.all()] == [("More benches.", None)]


def test_two_records_of_one_person_keep_the_later_word_and_nobody_let_in_their_own(place):
    cora, (ana, twin, ben) = coordinator_in(place.town), place.everybody[:3]
    question = asked(cora)
    one, two = let_in(question, ben, cora, "One."), let_in(question, ben, cora, "Two.")
    says(one, ana, "agree")
    says(one, twin, "disagree", at=NOON + timedelta(hours=1))
    says(two, twin, "pass")
    hers = let_in(question, twin, cora, "Mine.")
    waiting = wrote(question, twin)

    departures.merge(kept=ana, dropped=twin, by=cora.person, at=NOON)
    departures.merge(kept=ana, dropped=cora, by=cora.person, at=NOON)

    assert sorted(Opinion.objects.filter(membership=ana).values_list("word", flat=True)) == ["disagree", "pass"]
    assert not Opinion.objects.filter(membership=twin).exists()
    stands = Statement.objects.get(pk=hers.pk)
    assert (stands.membership, stands.judged_by, stands.state) == (ana, None, "shown")
    assert Statement.objects.get(pk=waiting.pk).membership == ana
