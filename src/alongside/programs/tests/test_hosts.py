"""Who is shown that they may host a class, and for how many people a host plans one."""

import re

import pytest

from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.programs import actions
from alongside.programs.models import Session
from alongside.programs.models.program import design_of
from alongside.programs.rules.topics import most_places
from alongside.programs.tests.college_scenes import asks_for, class_of, college, hosts, may_host, saturdays, wants
from alongside.programs.tests.job_scenes import blueprint_text, started
from alongside.programs.tests.scenes import NOON, url

pytestmark = pytest.mark.django_db


def shown(member, klass):
    response = browser_of(member).get(url("class", member.community, klass.topic.program_id, klass.pk))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def draft():
    """A class that nobody hosts yet; Ada may, Ben may not."""
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    may_host(program, ada)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)
    return class_of(topic), ada, ben


def test_the_button_is_for_who_may_host_and_others_read_who_can():
    klass, ada, ben = draft()

    assert "I host it" in shown(ada, klass)
    words = shown(ben, klass)

    assert "I host it" not in words
    assert "The design gives hosting to this role: Parent host." in words
    assert "Ask somebody" in words


@pytest.mark.parametrize(
    ("said", "most"),
    [
        pytest.param({}, None, id="nobody says"),
        pytest.param({"topics": {"places": 12}}, 12, id="the design says of classes"),
        pytest.param({"enrolment": {"places": 16}}, 16, id="as many as take part"),
        pytest.param({"topics": {"places": 12}, "enrolment": {"places": 8}}, 8, id="the smaller"),
    ],
)
def test_a_class_is_for_as_many_as_the_design_says(said, most):
    assert most_places(said) == most
    assert most_places(said, at_session=5) == 5


def test_a_host_plans_within_the_limit_and_a_coordinator_beyond_it():
    town = community()
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR, Role.PROFESSIONAL])
    text = blueprint_text("").replace('host = "host"', 'host = "host"\nplaces = 12')
    program = started(cora, text, "Saturday college", enough=2)
    ada, ben = (person_in(town, name) for name in ("Ada", "Ben"))
    for member in (ada, ben):
        actions.enrol(program=program, membership=member, by=member.person, at=NOON)
    may_host(program, ada)
    assert design_of(program)["topics"]["places"] == 12
    saturdays(program)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)
    klass = hosts(topic, ada)
    session = Session.objects.on(program).get(number=1)
    with pytest.raises(actions.TooManyPlaces) as refusal:
        actions.plan_class(klass=klass, session=session, places=13, by=ada.person, at=NOON)
    assert refusal.value.most == 12
    assert class_of(klass.topic).session is None

    actions.plan_class(klass=klass, session=session, places=13, by=cora.person, at=NOON, may_exceed=True)

    assert class_of(klass.topic).places == 13
