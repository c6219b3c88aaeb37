"""A college by parents for parents (A4): from the start to a version in which fewer people are enough for a class.

The whole way from a topic to a diploma is walked in `programs/tests/test_family_college.py`.
"""

from uuid import uuid4

import pytest

from alongside.programs import actions
from alongside.programs.models import TopicClass
from alongside.programs.tests.going_round import agreed, once_around
from alongside.programs.tests.scenes import LATER, NOON, running

pytestmark = pytest.mark.django_db
COLLEGE = "family-college"


def test_a_topic_becomes_a_class_once_both_sides_agree_that_fewer_are_enough():
    program, sides = running(COLLEGE, enough=8)
    first, *others = sides["uses"]
    topic = actions.propose_topic(
        program=program, membership=first, words="First aid", by=first.person, at=NOON, key=uuid4()
    )
    for parent in others:
        actions.want_topic(topic=topic, membership=parent, by=parent.person, at=NOON)
    assert not TopicClass.objects.exists()
    once_around(program, sides)

    made = actions.adopt(decision=agreed(program, sides, {"topics.enough": 6}), at=LATER)

    assert made is not None
    assert (made.number, program.round) == (2, 2)
    assert TopicClass.objects.get().topic == topic
