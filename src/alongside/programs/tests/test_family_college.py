"""A family college from its file to its diplomas: topics, classes with a parent as host, one booking for all."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Attendance, Booking, Part
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions
from alongside.programs.completing import progress_in
from alongside.programs.models import Enrolment, Session, Topic, TopicClass
from alongside.programs.models.program import design_of
from alongside.programs.showing_topics import taught_in
from alongside.programs.tests.college_scenes import asks_for, college, hosts, may_host, planned, saturdays, wants
from alongside.programs.tests.run_scenes import held, session_of
from alongside.programs.tests.scenes import NOON, url
from alongside.programs.tests.test_topics import text_of

pytestmark = pytest.mark.django_db
PARENTS = [f"Parent {n:02}" for n in range(24)]
TOPICS = ["Taxes", "First aid", "Reading with children", "Looking for work", "Cooking for little", "Sleep"]


def taken(session):
    return {part.name: part.taken for part in Part.objects.filter(gathering=session.gathering_id) if part.taken}


def booked(klass, member, **extras):
    names = {"childcare": "Childcare place", "ride": "Ride"}
    parts = {part.name: part for part in Part.objects.filter(gathering=klass.session.gathering_id)}
    wanted = {parts[names[key]]: count for key, count in extras.items()}
    return actions.book_class(klass=klass, membership=member, extras=wanted, by=member.person, at=NOON)


def test_eight_parents_make_a_class_that_is_booked_whole_and_held_by_former_learners():
    program, parents = college(*PARENTS, enough=8, childcare=5, rides=16)
    cohort = saturdays(program)
    ada, ben = parents[:2]

    # Topics: seven who want it are too few, the eighth makes it the draft of a class.
    topics = [asks_for(program, ada, words) for words in TOPICS]
    for topic in topics:
        wants(topic, *parents[1:7])
    assert not TopicClass.objects.exists()
    for topic in topics:
        wants(topic, parents[7])
    assert TopicClass.objects.count() == 6

    # A teacher hosts the first Saturday's class; parents host once they are parent hosts.
    tess = person_in(program.community, "Tess", roles=[Role.PEER_LEADER])
    actions.enrol(program=program, membership=tess, by=tess.person, at=NOON)
    with pytest.raises(actions.MayNotHost):
        hosts(topics[1], ada)
    for member in (ada, ben):
        may_host(program, member)
    hosts(topics[0], tess)
    first = planned(topics[0], cohort, number=1, places=20)
    classes = []
    for number, (topic, host) in enumerate(zip(topics[1:], [ada, ada, ben, tess, ben], strict=True), start=2):
        hosts(topic, host)
        classes.append(planned(topic, cohort, number=min(number, 5), places=20))

    # One booking: five childcare places are taken two by two, so the third parent gets nothing at all.
    booked(first, ada, childcare=2, ride=1)
    booked(first, ben, childcare=2)
    with pytest.raises(gatherings.NoRoom) as refusal:
        booked(first, parents[2], childcare=2, ride=3)
    assert refusal.value.parts == ["Childcare place"]
    assert not Booking.objects.filter(membership=parents[2]).exists()
    assert taken(first.session) == {"Taxes": 2, "Childcare place": 4, "Ride": 1}
    assert booked(first, parents[2], childcare=1, ride=3).is_booked

    # Saturdays are held: Ada comes to all, Ben misses one, Tess only teaches, and never came as a learner before.
    came = {1: [ada, ben, *parents[2:9]], 2: [ada, ben], 3: [ada], 4: [ada, ben], 5: [ada, ben]}
    for number, those in came.items():
        held(cohort, number, *those)

    # The diploma: four Saturdays by the design's own rule, here for the two who have them.
    far = progress_in(program, design_of(program))
    complete = {str(parent.person) for parent in parents if far[parent.pk].completed_at}
    assert (far[ada.pk].counted, far[ben.pk].counted, complete) == (5, 4, {"Parent 00", "Parent 01"})
    assert far[ada.pk].completed_at == session_of(cohort, 4).gathering.starts_at
    mine = Enrolment.objects.get(membership=ben)
    page = text_of(browser_of(ben).get(url("diploma", program.community, program.pk, mine.pk)))
    assert "Parent 01 came to 4 sessions and completed it in run 1," in page

    # Six classes: four of them by parents who had come before.
    told = taught_in(program)
    assert (told.all, told.by_former, told.percent) == (6, 4, 67)
    page = text_of(browser_of(program.made_by).get(url("sums", program.community, program.pk)))
    assert "6 classes were held. 4 of them were taught by people who came as learners before: 67 %." in page


def test_nobody_needs_a_screen_of_their_own():
    program, _parents = college()
    cora, town = program.made_by, program.community
    olga = person_in(town, "Olga")
    client, data = browser_of(cora), {"whose": "Olga", "channel": "paper"}

    client.post(url("join", town, program.pk), {**data, "way": "person"})
    client.post(url("propose_topic", town, program.pk), {**data, "words": "Forms", "key": uuid4()})

    enrolment = Enrolment.objects.get(membership=olga)
    topic = Topic.objects.get(program=program)
    assert (enrolment.state, enrolment.channel, enrolment.keyed_by) == ("in", "paper", cora.person)
    assert (topic.proposed_by, topic.channel, topic.wishes.get().membership) == (olga, "paper", olga)

    session = Session.objects.filter(cohort=saturdays(program)).order_by("number")[0]
    session.gathering.community = town
    at = session.gathering.starts_at + timedelta(hours=1)
    gatherings.mark(gathering=session.gathering, membership=olga, said="came", by=cora.person, at=at, key=uuid4())
    assert Attendance.objects.came().get().membership == olga
