"""The pages of an open question: one's own view first, one statement a screen, honest results; attackers too."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import OpenQuestion, Opinion, QuestionResult, Statement
from alongside.decisions.tests.questions import asked, closed, let_in, open_now, says, scene, wrote
from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, coordinator_in, person_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=6, provides=6)


def address(name, thing, **query):
    return reverse(f"decisions:{name}", args=[thing.community.slug, thing.pk])


def page(member, name, thing):
    answer = browser_of(member).get(address(name, thing))
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_who_may_propose_asks_everybody(place):
    browser, form = browser_of(place.everybody[1]), reverse("decisions:ask_question", args=[place.town.slug])
    fields = browser.get(form).context["form"].initial

    answer = browser.post(
        form,
        {"title": "What would help?", "closes_on": fields["closes_on"].isoformat(), "key": str(fields["key"])},
    )

    assert answer["Location"] == address("question", OpenQuestion.objects.get())


def test_ones_own_view_comes_before_those_of_others(place):
    question, statements, _cora = open_now(place)
    ben = place.everybody[1]

    first = page(ben, "question", question)
    assert "First your own view" in first
    assert statements[0].text not in first

    says(statements[0], ben)
    assert "First your own view" not in page(ben, "question", question)


def test_a_statement_waits_unseen_until_it_is_let_in_and_shows_no_name(place):
    question, _none, cora = open_now(place, many=0)
    ana, ben = place.everybody[:2]
    sent = {"text": "More benches.", "source": "own", "key": str(uuid4())}
    browser_of(ana).post(address("say_statement", question), sent)

    assert "More benches." not in page(ben, "opinions", question)
    statement = Statement.objects.get()
    browser_of(cora).post(address("judge", statement), {"verdict": "in", "seen": "waiting"})

    text = page(ben, "opinions", question)
    assert "More benches." in text
    assert str(ana.person) not in text


def test_whoever_wrote_a_statement_cannot_let_it_in_by_the_form(place):
    question, _none, cora = open_now(place, many=0)
    statement = wrote(question, cora)

    answer = browser_of(cora).post(address("judge", statement), {"verdict": "in", "seen": "waiting"}, follow=True)

    assert "You wrote this yourself" in answer.content.decode()
    assert Statement.objects.get().state == "waiting"


def test_html_is_shown_as_text_and_a_link_is_refused_with_a_sentence(place):
    question, _none, cora = open_now(place, many=0)
    ana = place.everybody[0]
    let_in(question, ana, cora, "<b>loud</b> & clear")

    assert "&lt;b&gt;loud&lt;/b&gt; &amp; clear" in page(place.everybody[1], "opinions", question)
    sent = {"text": "Look at www.x.example", "source": "own", "key": str(uuid4())}
    answer = browser_of(ana).post(address("say_statement", question), sent)
    assert "Write it without a web or email address." in answer.content.decode()


def test_marks_that_turn_words_around_do_not_reach_a_statement(place):
    question, _none, _cora = open_now(place, many=0)
    sent = {"text": "yes \u202eon\u202c", "source": "own", "key": str(uuid4())}

    browser_of(place.everybody[0]).post(address("say_statement", question), sent)

    assert Statement.objects.get().text == "yes on"


def test_one_statement_a_screen_and_the_next_after_a_word(place):
    question, statements, _cora = open_now(place)
    browser, ben = browser_of(place.everybody[1]), place.everybody[1]

    first = browser.get(address("opinions", question)).context["statement"]
    for word in ("agree", "pass"):
        statement = browser.get(address("opinions", question)).context["statement"]
        browser.post(address("opinions", question), {"statement": str(statement.pk), "word": word})

    said = dict(Opinion.objects.filter(membership=ben).values_list("statement_id", "word"))
    assert sorted(said.values()) == ["agree", "pass"]
    assert said[first.pk] == "agree"
    assert {one.side for one in Opinion.objects.all()} == {"uses"}
    assert "You have answered everything" in browser.get(address("opinions", question)).content.decode()
    assert len(statements) == 2


def test_who_has_two_sides_says_for_which_they_speak(place):
    question, statements, _cora = open_now(place, many=1)
    both = person_in(place.town, "Bea", roles=[Role.PARTICIPANT, Role.PROFESSIONAL])
    browser, sent = browser_of(both), {"statement": str(statements[0].pk), "word": "agree"}

    refused = browser.post(address("opinions", question), sent)
    assert "Say for which side you speak." in refused.content.decode()
    browser.post(address("opinions", question), {**sent, "side": "provides"})

    assert Opinion.objects.get().side == "provides"


def test_a_coordinator_writes_down_a_word_that_they_heard(place):
    question, statements, cora = open_now(place, many=1)
    ben = place.everybody[1]
    sent = {"statement": str(statements[0].pk), "word": "disagree", "whose": str(ben.number), "channel": "phone"}

    browser_of(cora).post(address("opinions", question), sent)

    opinion = Opinion.objects.get()
    assert (opinion.membership, opinion.keyed_by, opinion.channel) == (ben, cora.person, "phone")


def test_an_attacker_does_not_vote_on_what_waits_nor_read_it(place):
    question, _none, _cora = open_now(place, many=0)
    waiting = wrote(question, place.everybody[0], "Still a secret.")
    browser = browser_of(place.everybody[1])

    answers = [
        browser.post(address("opinions", question), {"statement": str(waiting.pk), "word": "agree"}),
        browser.get(address("opinions", question), {"statement": str(waiting.pk)}),
        browser.get(address("judge", waiting)),
        browser.get(address("statements", question)),
    ]

    assert all("Still a secret." not in answer.content.decode() for answer in answers)
    assert [answer.status_code for answer in answers[2:]] == [403, 403]
    assert not Opinion.objects.exists()


def test_an_attacker_does_not_vote_on_a_statement_of_another_question_or_community(place):
    question, _statements, _cora = open_now(place, many=1)
    elsewhere = scene(name="Elm Street")
    _other, theirs, _their_cora = open_now(elsewhere, many=1)

    answer = browser_of(place.everybody[1]).post(
        address("opinions", question), {"statement": str(theirs[0].pk), "word": "agree"}
    )

    assert answer.status_code == 404


def test_while_a_question_is_open_nobody_reads_numbers(place):
    question, statements, cora = open_now(place)
    for member in place.everybody:
        says(statements[0], member)

    for member in (place.everybody[0], cora):
        for name in ("question_results", "question_on_paper"):
            text = page(member, name, question)
            assert "Numbers are shown after the close" in text
            assert statements[0].text not in text


def test_until_it_is_counted_the_page_says_so(place):
    question = asked(coordinator_in(place.town), at=now() - timedelta(days=8))

    text = page(place.everybody[0], "question_results", question)

    assert "The answers are being counted." in text


def test_results_show_sides_and_bridge_and_refuse_groups_honestly(place):
    question, _result = closed(place, {"More benches.": "+++++-++++--"})

    text = page(place.everybody[0], "question_results", question)

    assert "agree 5, disagree 1, pass 0" in text
    assert "Bridge: 47" in text
    assert "Too few people to show groups" in text
    assert '<svg class="opinion-map"' not in text


@pytest.mark.parametrize("word", ["+", "-", "o"])
def test_results_are_the_same_whatever_one_person_of_a_small_side_said(place, word):
    question, _result = closed(place, {"One": f"++++++{word}", "Two": "+++++-+"})
    judge = coordinator_in(place.town, "Cleo")

    text = page(judge, "question_on_paper", question)

    assert text.count("fewer than 5 answers") == 2
    # Seven of eight of one side, and the side that is hidden as if nobody of it had voted.
    assert "Bridge: 44" in text


def test_everybody_sees_their_own_answers_and_nobody_elses(place):
    question, _result = closed(place, {"One": "-+++++++++++"})
    ana, ben = place.everybody[:2]
    colm = person_in(place.town, "Colm", roles=[Role.COMMISSIONER])

    assert "You said: <strong>I disagree</strong>" in page(ana, "question_results", question)
    assert "You said: <strong>I agree</strong>" in page(ben, "question_results", question)
    for text in (page(colm, "question_results", question), page(ana, "question_on_paper", question)):
        assert "You said" not in text


def test_who_acts_for_somebody_does_not_read_what_they_said(place):
    question, _result = closed(place, {"One": "-+++++++++++"})
    ana, dana = place.everybody[0], person_in(place.town, "Dana")
    browser = acting(dana, ana)

    texts = [browser.get(address(name, question)).content.decode() for name in ("question", "question_results")]

    assert all("I disagree" not in text and "You said" not in text for text in texts)


def acting(helper, member):
    at = now()
    people.let_act(
        membership=member, helper=helper, abilities=["decisions.speak"], consent_how=Channel.WEB,
        expires_on=member.community.day_of(at) + timedelta(days=30), by=member.person, at=at,
    )  # fmt: skip
    browser = browser_of(helper)
    browser.post(reverse("people:acting", args=[member.community.slug]), {"membership": member.pk, "channel": "phone"})
    return browser


def test_the_map_shows_groups_and_ones_own_place_alone(place):
    question, result = closed(place, {"One": "++++++++++++"})
    ana, ben = place.everybody[:2]
    statement = Statement.objects.get()
    QuestionResult.objects.filter(pk=result.pk).update(
        map_state="shown",
        groups=[
            {"size": 8, "x": -1.0, "y": 0.5, "agree": [str(statement.pk)]},
            {"size": None, "x": None, "y": None, "agree": []},
        ],
        places={str(ana.pk): [0, -1.2, 0.4], str(ben.pk): [1, 2.0, 0.0]},
    )

    text, his = (page(member, "question_results", question) for member in (ana, ben))

    assert "You are in group A." in text
    assert "You are in group B." in his
    assert text.count('class="opinion-me"') == 1
    assert text.count('class="opinion-group"') == 1
    svg = text[text.index('<svg class="opinion-map"') :]
    assert "style=" not in svg[: svg.index("</svg>")]
    assert "fewer than 5" in text
    assert 'class="opinion-me"' not in page(ana, "question_on_paper", question)


def test_whoever_is_not_asked_reads_results_and_answers_nothing(place):
    question, statements, _cora = open_now(place)
    colm = person_in(place.town, "Colm", roles=[Role.COMMISSIONER])

    answer = browser_of(colm).post(address("opinions", question), {"statement": str(statements[0].pk), "word": "agree"})

    assert answer.status_code == 403
    assert "First your own view" not in page(colm, "question", question)


def test_the_home_of_decide_leads_to_open_questions(place):
    question, _statements, _cora = open_now(place)

    text = browser_of(place.everybody[1]).get(reverse("decisions:home", args=[place.town.slug])).content.decode()

    assert address("question", question) in text
    assert actions.work_out_due(at=now()) == 0
