"""Topics become classes: enough people, a host, a day, and one booking of all that goes with it."""

import re
import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from alongside.gatherings import actions as gatherings
from alongside.gatherings.models import Booking, Part
from alongside.kernel import undo
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Notice
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions, departures_topics
from alongside.programs.models import Topic, TopicClass, TopicWish
from alongside.programs.rules.topics import Taught, taught
from alongside.programs.serving import Turn, carry_out
from alongside.programs.tests.college_scenes import (
    asks_for,
    class_of,
    college,
    hosts,
    may_host,
    planned,
    ready_class,
    saturdays,
    wants,
)
from alongside.programs.tests.scenes import NOON, url

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def taken(klass):
    rows = Part.objects.filter(gathering=klass.session.gathering_id)
    return {part.name: part.taken for part in rows if part.taken}


def extras(klass, **counts):
    names = {"childcare": "Childcare place", "rides": "Ride"}
    rows = {part.name: part for part in Part.objects.filter(gathering=klass.session.gathering_id)}
    return {rows[names[key]]: count for key, count in counts.items()}


def books(klass, member, or_wait=False, **counts):
    return actions.book_class(
        klass=klass, membership=member, extras=extras(klass, **counts), or_wait=or_wait, by=member.person, at=NOON
    )


def test_the_topic_that_enough_people_want_becomes_a_draft_once_and_they_are_told():
    program, (ada, ben, cleo) = college("Ada", "Ben", "Cleo", enough=3)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben, ben)
    assert not TopicClass.objects.exists()

    wants(topic, cleo, cleo)

    assert class_of(topic).host is None
    told = Notice.objects.filter(kind="programs.topics").values_list("person", flat=True)
    assert set(told) == {member.person_id for member in (ada, ben, cleo)}


def test_people_of_both_sides_want_a_topic_and_strangers_do_not():
    program, (ada,) = college("Ada")
    teacher = person_in(program.community, "Tess", roles=[Role.PROFESSIONAL])
    stranger = person_in(program.community, "Sten")
    actions.enrol(program=program, membership=teacher, by=teacher.person, at=NOON)
    topic = asks_for(program, ada, "Taxes")

    wants(topic, teacher)
    with pytest.raises(actions.NotOfThisProgram):
        wants(topic, stranger)
    with pytest.raises(actions.NotOfThisProgram):
        asks_for(program, stranger, "Knots")

    assert TopicWish.objects.count() == 2


def test_the_same_words_are_one_topic():
    program, (ada, ben) = college("Ada", "Ben")
    topic = asks_for(program, ada, "Taxes")

    with pytest.raises(actions.TopicIsThere) as refusal:
        asks_for(program, ben, "taxes ")

    assert refusal.value.topic == topic


def test_a_wish_is_taken_back_and_a_draft_that_nobody_hosts_is_a_topic_again():
    program, (ada, ben, cleo) = college("Ada", "Ben", "Cleo", enough=2)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)
    undo.perform(id=UndoOffer.objects.get(act="programs.want_topic").pk, by=ben.person_id, at=NOON)
    assert not TopicClass.objects.exists()
    assert TopicWish.objects.get().membership == ada

    wants(topic, cleo)
    actions.want_no_more(topic=topic, membership=ada, by=ada.person, at=NOON)

    assert not TopicClass.objects.exists()


def test_a_class_that_somebody_hosts_stays_when_fewer_want_it():
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    may_host(program, ada)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)
    hosts(topic, ada)

    actions.want_no_more(topic=topic, membership=ben, by=ben.person, at=NOON)

    assert class_of(topic).host == ada


def test_a_topic_is_deleted_by_who_asked_for_it_while_nobody_else_wants_it():
    program, (ada, ben) = college("Ada", "Ben")
    first, second = asks_for(program, ada, "Taxes"), asks_for(program, ada, "Knots")
    wants(second, ben)

    actions.take_topic_back(topic=first, membership=ada, by=ada.person, at=NOON)
    with pytest.raises(actions.TopicIsOthersToo):
        actions.take_topic_back(topic=second, membership=ada, by=ada.person, at=NOON)

    assert list(Topic.objects.all()) == [second]


def test_where_fewer_are_enough_by_a_new_design_more_topics_become_classes():
    program, (ada, ben) = college("Ada", "Ben", enough=8)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)
    before = program.versions.get().design

    # What the actions read is the design in force: a version that asks for two is made by a decision elsewhere.
    after = {**before, "topics": {**before["topics"], "enough": 2}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("alongside.programs.actions.topics.design_of", lambda program: after)
        carry_out(Turn(program, before, after, None, NOON))

    assert class_of(topic)


def test_the_role_of_the_design_hosts_and_nobody_else():
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)

    with pytest.raises(actions.MayNotHost):
        hosts(topic, ben)
    may_host(program, ben)

    assert hosts(topic, ben).host == ben


def test_who_is_asked_to_host_says_yes_or_no():
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    may_host(program, ben)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)
    told: Any = {"klass": class_of(topic), "membership": ben, "at": NOON}
    stranger = person_in(program.community, "Sten")
    with pytest.raises(actions.NotOfThisProgram):
        actions.ask_host(asked_by=stranger, by=stranger.person, **told)
    actions.ask_host(asked_by=ada, by=ada.person, **told)
    assert class_of(topic).asked == ben

    actions.decline_to_host(klass=class_of(topic), membership=ben, by=ben.person, at=NOON)

    assert (class_of(topic).asked, class_of(topic).host) == (None, None)


def test_no_class_is_planned_without_a_host():
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    cohort = saturdays(program)
    topic = asks_for(program, ada, "Taxes")
    wants(topic, ben)

    with pytest.raises(actions.HostMissing):
        planned(topic, cohort)

    assert class_of(topic).session is None


def test_a_class_is_booked_together_with_childcare_and_a_ride():
    klass, (_ada, ben, *_rest), _cohort = ready_class(childcare=2, rides=3)

    made = books(klass, ben, childcare=2, rides=1)

    assert made.is_booked
    assert taken(klass) == {"Taxes": 1, "Childcare place": 2, "Ride": 1}


def test_nothing_is_booked_where_childcare_is_full():
    klass, (_ada, ben, cleo, _dora), _cohort = ready_class(childcare=1)
    books(klass, ben, childcare=1)
    before = taken(klass)

    with pytest.raises(gatherings.NoRoom) as refusal:
        books(klass, cleo, childcare=1, rides=1)

    assert refusal.value.parts == ["Childcare place"]
    assert taken(klass) == before
    assert not Booking.objects.filter(membership=cleo).exists()
    assert books(klass, cleo, rides=1).is_booked


def test_who_wants_to_waits_for_all_of_it_together():
    klass, (_ada, ben, cleo, _dora), _cohort = ready_class(childcare=1)
    books(klass, ben, childcare=1)
    assert books(klass, cleo, or_wait=True, childcare=1).state == "waiting"

    gatherings.leave(gathering=klass.session.gathering, membership=ben, by=ben.person, at=NOON)

    assert Booking.objects.get(membership=cleo).is_booked
    assert taken(klass) == {"Taxes": 1, "Childcare place": 1}


def test_what_somebody_has_taken_besides_they_keep():
    klass, (_ada, ben, *_rest), _cohort = ready_class()
    cook = Part.objects.get(gathering=klass.session.gathering_id, name="Cook")
    gatherings.book(gathering=klass.session.gathering, membership=ben, parts={cook: 1}, by=ben.person, at=NOON)

    books(klass, ben, childcare=1)

    assert taken(klass) == {"Cook": 1, "Taxes": 1, "Childcare place": 1}


@pytest.mark.both_databases
def test_of_five_who_want_the_last_childcare_place_at_once_one_has_all_and_four_nothing(committed_db):
    klass, _parents, _cohort = ready_class(childcare=1)
    program = klass.topic.program
    crowd = [person_in(program.community, f"Parent {n}") for n in range(5)]
    said = []

    def tries(member):
        try:
            books(klass, member, childcare=1, rides=1)
            said.append("all")
        except gatherings.NoRoom:
            said.append("nothing")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tries, args=[member]) for member in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["all", *["nothing"] * 4]
    assert taken(klass) == {"Taxes": 1, "Childcare place": 1, "Ride": 1}


def test_a_class_is_taken_off_while_nobody_has_booked_it():
    klass, (_ada, ben, *_rest), _cohort = ready_class()
    by = klass.topic.program.made_by.person
    books(klass, ben)
    with pytest.raises(gatherings.PartIsTaken):
        actions.take_class_off(klass=klass, by=by, at=NOON)
    gatherings.leave(gathering=klass.session.gathering, membership=ben, by=ben.person, at=NOON)
    Booking.objects.all().delete()

    actions.take_class_off(klass=klass, by=by, at=NOON)

    assert class_of(klass.topic).session is None
    assert not Part.objects.filter(gathering=klass.session.gathering_id, name="Taxes").exists()


def test_a_topic_called_like_something_else_at_the_session_is_not_mixed_up_with_it():
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    may_host(program, ada)
    cohort = saturdays(program)
    topic = asks_for(program, ada, "Ride")
    wants(topic, ben)
    hosts(topic, ada)

    with pytest.raises(actions.NameIsTaken):
        planned(topic, cohort)


def test_a_class_stays_at_its_session_when_the_design_changes_what_goes_with_it():
    klass, _parents, cohort = ready_class()
    program = klass.topic.program
    before = program.versions.get().design
    extra = [{"name": "Meal", "places": 50}]
    after = {**before, "sessions": {**before["sessions"], "extras": extra}}

    actions.follow_design(cohort=cohort, before=before, after=after, at=NOON)

    names = set(Part.objects.filter(gathering=klass.session.gathering_id).values_list("name", flat=True))
    assert {"Meal", "Taxes"} <= names
    assert "Ride" not in names


def test_who_leaves_hosts_no_more_and_the_class_looks_for_another():
    klass, (ada, ben, *_rest), _cohort = ready_class()

    departures_topics.leave(ada, by=ada.person, at=NOON)

    left = class_of(klass.topic)
    assert (left.host, left.session, left.lost_host_at) == (None, klass.session, NOON)
    may_host(klass.topic.program, ben)
    assert hosts(klass.topic, ben).lost_host_at is None


def test_former_attendees_are_those_who_came_to_an_earlier_session():
    first_came: Any = {"Ada": 1, "Ben": 3}
    classes: Any = [("Ada", 2), ("Ada", 1), ("Ben", 3), ("Ben", 4), ("Tess", 5), (None, 5)]

    assert taught(classes, first_came) == Taught(6, 2)
    assert taught(classes, first_came).percent == 33
    assert taught(classes[:4], first_came).percent is None


def test_the_page_says_how_many_want_what_and_a_button_says_i_too():
    program, (ada, ben) = college("Ada", "Ben", enough=2)
    topic = asks_for(program, ada, "Taxes")
    client, town = browser_of(ben), program.community

    page = client.get(url("topics", town, program.pk))
    assert "Taxes 1 person wants it · 2 are enough" in text_of(page)
    page = client.post(url("want_topic", town, program.pk, topic.pk), follow=True)

    assert "You want it too." in text_of(page)
    assert "A host is looked for." in text_of(page)
    assert "Undo" in text_of(page)


def test_the_form_says_what_is_full_and_keeps_what_was_chosen(monkeypatch):
    monkeypatch.setattr("alongside.programs.views.classes.now", lambda: NOON)
    klass, (_ada, ben, cleo, _dora), _cohort = ready_class(childcare=1)
    books(klass, ben, childcare=1)
    client, program = browser_of(cleo), klass.topic.program
    care, ride = (Part.objects.get(gathering=klass.session.gathering_id, name=n) for n in ("Childcare place", "Ride"))
    place = url("book_class", program.community, program.pk, klass.pk)

    page = client.post(place, {f"part_{care.pk}": 1, f"part_{ride.pk}": 2})
    assert "Nothing was booked. There is no room left for: Childcare place." in text_of(page)
    assert f'name="part_{ride.pk}" value="2"' in page.content.decode()
    page = client.post(place, {f"part_{ride.pk}": 2}, follow=True)

    assert "It is all booked together." in text_of(page)


def test_a_topic_sent_twice_by_one_form_is_one():
    program, (ada,) = college("Ada")
    data = {"words": "Taxes", "key": uuid4()}
    place = url("propose_topic", program.community, program.pk)

    for _ in range(2):
        browser_of(ada).post(place, data)

    assert Topic.objects.count() == 1


def test_two_records_of_one_person_want_a_topic_once():
    program, (ada, twin) = college("Ada", "Ada twice")
    topic = asks_for(program, ada, "Taxes")
    wants(topic, twin)
    other = asks_for(program, twin, "Knots")

    departures_topics.merge(kept=ada, dropped=twin, by=ada.person, at=NOON)

    assert set(TopicWish.objects.values_list("topic", "membership")) == {(topic.pk, ada.pk), (other.pk, ada.pk)}


def test_who_is_forgotten_leaves_what_others_want_under_no_name():
    program, (ada, ben) = college("Ada", "Ben")
    alone, shared = asks_for(program, ada, "Knots"), asks_for(program, ada, "Taxes")
    wants(shared, ben)

    departures_topics.erase(ada.person, by=None, at=NOON)

    assert Topic.objects.get(words="Taxes").proposed_by is None
    assert not Topic.objects.filter(pk=alone.pk).exists()


def test_whoever_does_not_take_part_is_led_to_the_way_in():
    program, _parents = college("Parent")
    nora = person_in(program.community, "Nora")

    page = text_of(browser_of(nora).get(url("topics", program.community, program.pk)))

    assert "Take part first" in page
    assert "Ask for a topic" not in page
