"""Topics while others act too: one that was deleted is wanted by nobody, and each question to host is told."""

from datetime import timedelta

import pytest

from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices.models import Notice
from alongside.people.tests.factories import browser_of
from alongside.programs import actions
from alongside.programs.models import TopicWish
from alongside.programs.tests.college_scenes import asks_for, class_of, college, hosts, may_host, wants
from alongside.programs.tests.scenes import NOON, url
from alongside.programs.views import topics as views

pytestmark = pytest.mark.django_db


def deleted_topic():
    program, (ada, ben) = college("Ada", "Ben")
    topic = asks_for(program, ada, "Taxes")
    actions.take_topic_back(topic=topic, membership=ada, by=ada.person, at=NOON)
    return topic, ben


def test_a_topic_that_was_deleted_meanwhile_is_wanted_by_nobody():
    topic, ben = deleted_topic()

    with pytest.raises(SomeoneElseWasFaster):
        wants(topic, ben)

    assert not TopicWish.objects.exists()


def test_the_page_says_kindly_that_a_topic_was_deleted_meanwhile(monkeypatch):
    topic, ben = deleted_topic()
    # It went between the look of the page and the lock of the act.
    monkeypatch.setattr(views, "get_object_or_404", lambda rows, pk: topic)

    page = browser_of(ben).post(url("want_topic", topic.community, topic.program_id, topic.pk), follow=True)

    assert page.status_code == 200
    assert "Something has happened here since. This is how it stands now." in page.content.decode()


def asked_ben():
    """Ben may host, and Ada asks him by a call of this."""
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    may_host(program, ben)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)

    def asks(at):
        actions.ask_host(klass=class_of(topic), membership=ben, asked_by=ada, by=ada.person, at=at)

    return topic, ben, asks


def questions(member):
    return Notice.objects.filter(person=member.person, key__startswith="host:")


def test_who_said_no_is_told_when_asked_again():
    topic, ben, asks = asked_ben()
    asks(NOON)
    questions(ben).get().deliveries.update(state="sent", sent_at=NOON)
    actions.decline_to_host(klass=class_of(topic), membership=ben, by=ben.person, at=NOON)

    asks(NOON + timedelta(days=1))

    assert questions(ben).count() == 2


def test_a_question_that_has_not_left_the_house_goes_with_its_answer():
    topic, ben, asks = asked_ben()
    asks(NOON)
    asks(NOON + timedelta(days=1))
    assert questions(ben).count() == 1

    hosts(topic, ben)

    assert not questions(ben).exists()
