"""Scenes of a family college: parents, topics that become classes, Saturdays that are held."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from alongside.people import actions as people
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import community, person_in
from alongside.programs import actions
from alongside.programs.models import Cohort, Program, Session, Topic, TopicClass
from alongside.programs.tests.scenes import NOON, program_of

FAMILY_COLLEGE = "family-college"


def college(*names: str, **answers: Any) -> tuple[Program, list[Membership]]:
    """A college kept going by Cora, and parents of these names who take part."""
    town = community()
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR, Role.PROFESSIONAL])
    program = program_of(cora, FAMILY_COLLEGE, title="Saturday college", **answers)
    parents = [person_in(town, name) for name in names]
    for parent in parents:
        actions.enrol(program=program, membership=parent, by=parent.person, at=NOON)
    return program, parents


def saturdays(program: Program) -> Cohort:
    """A run of Saturdays from two weeks on."""
    cohort = actions.schedule(
        program=program, first_day=NOON.date() + timedelta(days=14), leaders=[], by=program.made_by.person, at=NOON,
        key=uuid4(),
    )  # fmt: skip
    cohort.program, cohort.community = program, program.community
    return cohort


def may_host(program: Program, member: Membership) -> None:
    people.give_role(membership=member, role=Role.PEER_LEADER, by=None, at=NOON, group=program.group)


def asks_for(program: Program, member: Membership, words: str) -> Topic:
    topic = actions.propose_topic(
        program=program, membership=member, words=words, by=member.person, at=NOON, key=uuid4()
    )
    topic.program, topic.community = program, program.community
    return topic


def wants(topic: Topic, *members: Membership) -> None:
    for member in members:
        actions.want_topic(topic=topic, membership=member, by=member.person, at=NOON)


def class_of(topic: Topic) -> TopicClass:
    klass: TopicClass = TopicClass.objects.with_people().get(topic=topic)
    klass.topic, klass.community = topic, topic.community
    if klass.session is not None:
        klass.session.gathering.community = topic.community
    return klass


def hosts(topic: Topic, member: Membership) -> TopicClass:
    actions.host_class(klass=class_of(topic), membership=member, by=member.person, at=NOON)
    return class_of(topic)


def planned(topic: Topic, cohort: Cohort, number: int = 1, places: int = 12) -> TopicClass:
    session = Session.objects.get(cohort=cohort, number=number)
    by = topic.program.made_by.person
    actions.plan_class(klass=class_of(topic), session=session, places=places, by=by, at=NOON)
    return class_of(topic)


def ready_class(words: str = "Taxes", places: int = 12, **answers: Any) -> tuple[TopicClass, list[Membership], Cohort]:
    """A class that Ada hosts on the first Saturday; Ben, Cleo and Dora take part."""
    program, parents = college("Ada", "Ben", "Cleo", "Dora", enough=2, **answers)
    may_host(program, parents[0])
    cohort = saturdays(program)
    topic = asks_for(program, parents[0], words)
    wants(topic, parents[1])
    hosts(topic, parents[0])
    return planned(topic, cohort, places=places), parents, cohort
