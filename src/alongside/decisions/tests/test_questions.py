"""Open questions: who writes what, who lets it in, what counts, and what may be told of it."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from alongside.decisions import actions, opinion_maps
from alongside.decisions.actions import mapping
from alongside.decisions.models import OpenQuestion, Opinion, QuestionResult, Statement
from alongside.decisions.needs import needs_of
from alongside.decisions.rules.opinions.agreement import Agreement
from alongside.decisions.rules.statements import has_link, in_turn, told
from alongside.decisions.tests.conversations import conversation
from alongside.decisions.tests.questions import AFTER, NOON, WORDS, asked, closed, let_in, says, scene, wrote
from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people.models import Role
from alongside.people.tests.factories import coordinator_in, person_in, standing_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=6, provides=6)


@pytest.fixture
def cora(place):
    return coordinator_in(place.town)


def test_a_question_is_told_once_to_everybody_who_can_answer_and_to_nobody_else(place, cora):
    person_in(place.town, "Colm", roles=[Role.COMMISSIONER])
    key = uuid4()

    for _twice in range(2):
        asked(cora, key=key)

    told_to = Notice.objects.filter(kind="decisions.open_question").values_list("person", flat=True)
    assert sorted(told_to) == sorted(member.person_id for member in place.everybody)
    assert OpenQuestion.objects.count() == 1


def test_a_question_does_not_close_before_it_is_asked(cora):
    with pytest.raises(actions.ClosesTooSoon):
        asked(cora, closes_at=NOON)


@pytest.mark.parametrize(
    "text",
    [
        "See https://x.example/a", "www.spam.biz", "Write to ana@example.org", "buy at cheap-pills.com now",
        "javascript://alert", "MAILTO:me",
    ],
)  # fmt: skip
def test_a_statement_with_an_address_is_refused(place, cora, text):
    with pytest.raises(actions.NoLinks):
        wrote(asked(cora), place.everybody[0], text)


@pytest.mark.parametrize("text", ["Open at 9.30, please.", "Yes/no is too little.", "Dr.Ruiz helps.", "و هذا جيد"])
def test_a_sentence_is_no_address(text):
    assert not has_link(text)


def test_nobody_lets_in_what_they_wrote_themself(cora):
    statement = wrote(asked(cora), cora)

    for judged in (actions.let_in, actions.keep_out):
        why = {"why": "Because."} if judged is actions.keep_out else {}
        with pytest.raises(actions.NotTheirOwn):
            judged(statement=statement, membership=cora, seen="waiting", by=cora.person, at=NOON, **why)

    assert Statement.objects.get().state == "waiting"


def test_of_two_who_look_at_a_statement_the_first_decides(place, cora):
    stella = person_in(place.town, "Stella", roles=[Role.STEWARD])
    statement = let_in(asked(cora), place.everybody[0], cora)

    with pytest.raises(SomeoneElseWasFaster):
        actions.keep_out(statement=statement, membership=stella, seen="waiting", why="Rude.", by=stella.person, at=NOON)


def test_a_refused_statement_has_a_reason_that_only_its_writer_is_told(place, cora):
    writer = place.everybody[0]
    statement = wrote(asked(cora), writer, "You are all fools.")
    judged = {"statement": statement, "membership": cora, "seen": "waiting", "by": cora.person, "at": NOON}

    with pytest.raises(actions.WhyNotMissing):
        actions.keep_out(why="  ", **judged)
    actions.keep_out(why="It insults people.", **judged)

    notice = Notice.objects.get(kind="decisions.statement")
    assert notice.person == writer.person
    assert "It insults people." in notice.body


def test_a_statement_that_was_not_let_in_takes_no_votes(place, cora):
    statement = wrote(asked(cora), place.everybody[0])

    with pytest.raises(actions.NotLetIn):
        says(statement, place.everybody[1])

    assert not Opinion.objects.exists()


def test_the_last_word_counts_and_the_log_does_not_hold_it(place, cora):
    statement, ben = let_in(asked(cora), place.everybody[0], cora), place.everybody[1]

    says(statement, ben, "agree")
    says(statement, ben, "disagree")

    assert Opinion.objects.get().word == "disagree"
    entries = Activity.objects.filter(did="decisions.opinion_said")
    assert entries.count() == 2
    assert not any("agree" in str(value) for entry in entries.values() for value in entry.values())


def test_after_the_close_nobody_writes_or_votes_or_lets_in(place, cora):
    question = asked(cora)
    statement, waiting = let_in(question, place.everybody[0], cora), wrote(question, place.everybody[1])

    with pytest.raises(actions.QuestionIsOver):
        says(statement, place.everybody[2], at=question.closes_at)
    with pytest.raises(actions.QuestionIsOver):
        wrote(question, place.everybody[2], at=question.closes_at)
    with pytest.raises(actions.QuestionIsOver):
        actions.let_in(statement=waiting, membership=cora, seen="waiting", by=cora.person, at=question.closes_at)


def test_once_counted_a_clock_that_runs_late_changes_nothing(place, cora):
    question = asked(cora)
    statement = let_in(question, place.everybody[0], cora)
    actions.work_out_due(at=AFTER)

    with pytest.raises(actions.QuestionIsOver):
        says(statement, place.everybody[2], at=question.closes_at - timedelta(seconds=1))


def test_nobody_speaks_for_a_side_that_is_not_theirs(place, cora):
    with pytest.raises(actions.NotTheirSide):
        says(let_in(asked(cora), place.everybody[0], cora), place.sides["uses"][1], side="provides")


def test_one_person_does_not_fill_a_question(place, cora):
    question = asked(cora)
    for number in range(20):
        wrote(question, place.everybody[0], f"Sentence {number}")

    with pytest.raises(actions.TooManyStatements):
        wrote(question, place.everybody[0])


def test_the_fewest_votes_come_first_and_level_ones_in_an_order_of_each_persons_own():
    level = {f"s{number}": 0 for number in range(8)}

    assert in_turn("ana", {"much": 3, "none": 0, "some": 1}) == ["none", "some", "much"]
    assert in_turn("ana", level) == in_turn("ana", dict(reversed(level.items())))
    assert len({tuple(in_turn(person, level)) for person in ("ana", "ben", "cem", "dee")}) > 1


def test_a_side_of_fewer_than_five_tells_nothing_neither_in_numbers_nor_through_the_score():
    many = {f"u{n}": {"s": 1} for n in range(5)}
    side_of = {**dict.fromkeys(many, "uses"), "pia": "provides"}

    agreed, refused = (told({**many, "pia": {"s": word}}, side_of) for word in (1, -1))

    assert agreed == refused
    assert agreed[0].sides == {"uses": Agreement(agree=5), "provides": None}
    assert agreed[0].score == Fraction(6, 7) * Fraction(1, 2)


def test_what_both_sides_agree_with_stands_above_what_one_side_loves(place):
    question, result = closed(place, {"Loved by one": "++++++------", "Fine for both": "+++++-++++--"})

    texts = [Statement.objects.get(pk=one["id"]).text for one in result.statements]
    assert texts == ["Fine for both", "Loved by one"]
    assert result.people == 12
    assert result.map_state == "too_few"
    assert question.is_open(question.made_at)


def test_a_question_is_counted_once(place):
    _question, result = closed(place, {"One": "+++++++++++"})

    assert actions.work_out_due(at=now()) == 0
    assert QuestionResult.objects.get() == result


def test_a_statement_that_was_taken_out_counts_no_more(place, cora):
    question = asked(cora)
    statement = let_in(question, place.everybody[0], cora)
    for member in place.everybody:
        says(statement, member)
    actions.keep_out(statement=statement, membership=cora, seen="shown", why="A name.", by=cora.person, at=NOON)

    actions.work_out_due(at=AFTER)

    assert QuestionResult.objects.get().statements == []


def test_without_the_part_for_groups_it_says_so_and_looks_again_once_it_is_there(place, monkeypatch):
    def missing(votes):
        raise opinion_maps.NoNumpy

    with monkeypatch.context() as without:
        without.setattr(mapping, "opinion_map", missing)
        without.setattr(mapping, "is_installed", lambda: False)
        _question, result = closed(place, {"One": "+++++++++++"})
        assert result.map_state == "not_installed"

    actions.work_out_due(at=now())

    assert QuestionResult.objects.get().map_state == "too_few"


def test_stable_groups_are_shown_with_their_size_and_everybody_has_a_place(monkeypatch, place, cora):
    pytest.importorskip("numpy")
    question = asked(cora)
    statements = {f"s{n}": let_in(question, writer_in_turn(place, n), cora, f"S {n}") for n in range(24)}
    votes, group_of = conversation(40, 40)
    people = {name: person_in(place.town, name) for name in votes}
    Opinion.objects.bulk_create(
        Opinion(
            community=place.town, statement=statements[name], membership=people[person], word=WORDS[word],
            side="uses", keyed_by=people[person].person, at=NOON,
        )
        for person, cast in votes.items() for name, word in cast.items()
    )  # fmt: skip

    actions.work_out_due(at=AFTER)

    result = QuestionResult.objects.get()
    assert result.map_state == "shown"
    assert sum(group["size"] for group in result.groups) == 80
    found = Counter((group_of[name], result.places[str(member.pk)][0]) for name, member in people.items())
    assert sum(many for _pair, many in found.most_common(2)) >= 76
    assert all(group["agree"] for group in result.groups)


def writer_in_turn(place, number):
    return place.everybody[number % len(place.everybody)]


def test_an_open_question_waits_for_somebody_until_they_have_written_or_said_something(place, cora):
    question = asked(cora, at=now() - timedelta(minutes=1))
    ana, ben, cem = place.sides["uses"][:3]

    def waits(member):
        return question.title in [need.title for need in needs_of(standing_for(member, on=place.town.day_of(now())))]

    statement = let_in(question, ana, cora)
    says(statement, ben)

    assert [waits(ana), waits(ben), waits(cem)] == [False, False, True]
