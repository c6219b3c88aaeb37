"""What Millbrook is only planning yet: a college by parents for parents, who say what they want to learn."""

from datetime import datetime, timedelta

from alongside.people.models import Membership
from alongside.programs import actions as programs
from alongside.programs import shipped
from alongside.programs.models import Program
from alongside.web.demo.history import Town
from alongside.web.demo.programs import OLDEST, join, lead, started

# What people ask for, and how many want it too.
TOPICS = {
    "Helping with homework without a quarrel": 7,
    "What schools write, in plain words": 4,
    "Cooking for eight with little money": 9,
    "Mending bicycles": 2,
}
LEARNERS = 16


def run(town: Town, *, began: datetime, at: datetime) -> None:
    """Begun three weeks ago; two topics have enough people, and look for somebody who stands for them."""
    if at - began < OLDEST:
        return
    college = next(each for each in shipped.shipped() if "topics" in each.sections)
    program = started(
        town, college.id, "Saturday college", {"enough": 8}, by="Daniel Brody", at=at - timedelta(days=21)
    )
    learners = sorted(town.by_name.values(), key=lambda each: -each.number)
    learners = [each for each in learners if each.person.acts_alone(at.date())][:LEARNERS]
    join(town, program, [*learners, town.by_name["Stella Marsh"]], at=at - timedelta(days=20))
    lead(town, program, {"provides": "Daniel Brody"}, at=at - timedelta(days=19))
    for number, (words, others) in enumerate(TOPICS.items()):
        _ask_for(town, program, words, learners[number:], others, at=at - timedelta(days=14 - number))


def _ask_for(
    town: Town, program: Program, words: str, learners: list[Membership], others: int, *, at: datetime
) -> None:
    """The first of these proposes a topic, and so many of the next want it too."""
    first, *rest = learners
    topic = programs.propose_topic(
        program=program, membership=first, words=words, by=first.person, at=at, key=town.key("topic", words)
    )
    for number, member in enumerate(rest[:others]):
        then = at + timedelta(hours=number)
        programs.want_topic(topic=topic, membership=member, by=member.person, at=then)
