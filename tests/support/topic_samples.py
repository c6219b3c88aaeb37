"""One of each thing of topics and classes, for the walks through every address."""

from typing import Any

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.models import BodyMember, Membership, Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions
from alongside.programs.models import Program, Session, TopicClass
from alongside.programs.tests.job_scenes import blueprint_text, started
from tests.support.cast import Town

_ALL = (
    "topics", "propose_topic", "want_topic", "want_no_more", "take_topic_back", "class", "host_class", "ask_host",
    "accept_to_host", "decline_to_host", "host_no_more", "plan_class", "take_class_off", "book_class",
)  # fmt: skip
_OF_A_TOPIC = ("want_topic", "want_no_more", "take_topic_back")
_OF_AN_ASKED_CLASS = ("accept_to_host", "decline_to_host", "ask_host")
_OF_A_HOSTED_CLASS = ("class", "host_class", "host_no_more", "take_class_off", "book_class")


def topics_things(town: Town) -> dict[str, Any]:
    """Thea asks for a topic, is asked to host a class, hosts one that is planned, and one that waits for its day."""
    thea, at = town.members["themself"], now()
    cora = person_in(town.community, "Cora who keeps classes", roles=[Role.COORDINATOR])
    # Thea hosts as somebody who takes part: another role would show on her pages in other rooms.
    text = blueprint_text("").replace('name = "Parent host"\nwho = "peer leader"', 'name = "Host"\nwho = "participant"')
    program = started(cora, text, "Evening college", at, enough=2)
    for name in ("Tom", "Tina"):
        member = person_in(town.community, f"{name} who learns")
        people.join_body(body=program.group, membership=member, part=BodyMember.Part.BELONGS, by=cora.person, at=at)
    actions.enrol(program=program, membership=thea, by=thea.person, at=at)
    actions.schedule(
        program=program, first_day=town.community.day_of(at), leaders=[], by=cora.person, at=at, key=new_id()
    )
    wish = _topic(program, thea, "Mending clothes")
    asked, planned, waiting = (_class(program, thea, words) for words in ("Taxes", "First aid", "Bread"))
    actions.ask_host(klass=asked, membership=thea, asked_by=cora, by=cora.person, at=at)
    for klass in (planned, waiting):
        actions.host_class(klass=klass, membership=thea, by=thea.person, at=at)
    session = Session.objects.on(program).to_come(at).order_by("number")[0]
    actions.plan_class(klass=planned, session=session, places=12, by=cora.person, at=at)
    return {
        **{f"programs:{name}.program_id": program.pk for name in _ALL},
        **{f"programs:{name}.topic_id": wish.pk for name in _OF_A_TOPIC},
        **{f"programs:{name}.class_id": asked.pk for name in _OF_AN_ASKED_CLASS},
        **{f"programs:{name}.class_id": planned.pk for name in _OF_A_HOSTED_CLASS},
        "programs:plan_class.class_id": waiting.pk,
    }


def _topic(program: Program, member: Membership, words: str) -> Any:
    topic = actions.propose_topic(
        program=program, membership=member, words=words, by=member.person, at=now(), key=new_id()
    )
    topic.program = program
    return topic


def _class(program: Program, member: Membership, words: str) -> TopicClass:
    """Two people want it: a draft."""
    topic = _topic(program, member, words)
    other = Membership.objects.of(program.community).get(person__name="Tom who learns")
    other.community = program.community
    actions.want_topic(topic=topic, membership=other, by=other.person, at=now())
    klass: TopicClass = TopicClass.objects.get(topic=topic)
    klass.topic, klass.community = topic, program.community
    return klass
