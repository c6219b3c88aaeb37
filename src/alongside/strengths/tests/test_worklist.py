"""The shared queue: found afresh, taken by one at a time, handed back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.notices import actions as notices
from alongside.notices.models import Delivery
from alongside.people import actions as people
from alongside.people.models import Person
from alongside.people.tests.factories import browser_of
from alongside.strengths import actions
from alongside.strengths.models import QueueClaim
from alongside.strengths.rules.steps import Step
from alongside.strengths.tests.factories import (
    NOON,
    asked,
    neighbor,
    neighbors,
    recorded,
    request_of,
    step,
    town,
    with_screens,
)
from alongside.strengths.worklist import length_of_queue, queue_of

pytestmark = pytest.mark.django_db


def works(place, source, *, days=0.0):
    """What the queue holds of a source, or of all sources of a room."""
    listed = queue_of(place, at=NOON + timedelta(days=days))
    assert length_of_queue(place, at=NOON + timedelta(days=days)) == len(listed)
    return [one.work for one in listed if one.work.item.startswith(source)]


def found(place, *, days=0.0):
    return {work.item.split(":")[0] for work in works(place, "strengths.", days=days)}


def test_a_request_nobody_answers_comes_up_after_three_days_and_an_urgent_one_at_once():
    amina, ben = neighbors("Amina", "Ben", auto_confirm_days=60)
    place = amina.membership.community
    request = request_of(amina)
    assert found(place, days=2.9) == set()
    assert "strengths.requests" in found(place, days=3)
    asked(ben, amina, listing=request)
    assert "strengths.requests" not in found(place, days=3)

    request_of(ben, urgency="urgent")

    assert found(place) == {"strengths.requests"}


def test_a_dispute_comes_up_at_once():
    amina, ben = neighbors("Amina", "Ben")
    step(recorded(amina, ben).exchange, Step.DISPUTE, ben)

    assert found(amina.membership.community) == {"strengths.disputes"}


def test_an_exchange_nobody_answers_for_a_week_comes_up():
    amina, ben = with_screens(*neighbors("Amina", "Ben"))
    recorded(amina, ben)

    assert found(amina.membership.community, days=7) == {"strengths.waiting"}


def test_a_piece_of_work_is_taken_by_one_at_a_time():
    place = town()
    cora, rosa = neighbor(place, "Cora", broker=True), neighbor(place, "Rosa", broker=True)
    actions.take(community=place, item="a:1", by=cora.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.take(community=place, item="a:1", by=rosa.person, at=NOON)
    taken = actions.take(community=place, item="a:1", by=rosa.person, at=NOON, instead_of=cora.person)

    assert taken.taken_by == rosa.person


def test_only_who_took_it_hands_it_back():
    place = town()
    cora, rosa = neighbor(place, "Cora", broker=True), neighbor(place, "Rosa", broker=True)
    actions.take(community=place, item="a:1", by=cora.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.hand_back(community=place, item="a:1", by=rosa.person, at=NOON)
    actions.hand_back(community=place, item="a:1", by=cora.person, at=NOON)

    assert not QueueClaim.objects.exists()


def test_forgotten_work_is_free_again_after_a_week():
    place = town()
    cora = neighbor(place, "Cora", broker=True)
    actions.take(community=place, item="a:1", by=cora.person, at=NOON)

    assert actions.forget_old_claims(at=NOON + timedelta(days=7)) == 0
    assert actions.forget_old_claims(at=NOON + timedelta(days=7, seconds=1)) == 1


def test_somebody_who_asks_to_join_is_in_the_queue_until_answered():
    place = town()
    cora = neighbor(place, "Cora", broker=True)
    noor = Person.objects.create_person(name="Noor")
    request = people.ask_to_join(community=place, person=noor, words="", at=NOON)

    (work,) = works(place, "people.join_requests")
    people.decline_request(request=request, reason="We are full.", by=cora.person, at=NOON)

    assert (work.title, work.since) == ("Noor asks to join", NOON)
    assert work.link == reverse("people:answer_request", args=[place.slug, request.pk])
    assert works(place, "people.join_requests") == []


def test_notices_to_carry_are_one_piece_of_work_a_person():
    amina, ben = neighbors("Amina", "Ben")
    place = amina.membership.community
    for _time in range(2):
        recorded(amina, ben)
    recorded(ben, amina)

    carried = works(place, "notices.by_hand", days=1)

    assert {(work.person, work.title) for work in carried} == {
        (ben.person, "2 notices to carry"),
        (amina.person, "1 notice to carry"),
    }


def test_what_may_still_be_undone_is_not_yet_carried_and_what_is_carried_is_done():
    amina, ben = neighbors("Amina", "Ben")
    place = amina.membership.community
    recorded(amina, ben)
    assert works(place, "notices.by_hand") == []
    assert len(works(place, "notices.by_hand", days=1)) == 1

    ids = Delivery.objects.of(place).values_list("pk", flat=True)
    notices.mark_carried(community=place, delivery_ids=ids, by=amina.person, at=NOON + timedelta(days=1))

    assert works(place, "notices.by_hand", days=1) == []


def test_other_communities_see_none_of_it():
    amina, ben = neighbors("Amina", "Ben")
    recorded(amina, ben)
    elsewhere = town()
    noor = Person.objects.create_person(name="Noor")
    people.ask_to_join(community=amina.membership.community, person=noor, words="", at=NOON)

    assert queue_of(elsewhere, at=NOON + timedelta(days=30)) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Noor asks to join", "1 notice to carry"]), ("es", ["Noor pide unirse", "1 aviso por llevar"])],
)
def test_the_queue_tells_of_both_in_the_readers_language(language, words):
    place = town()
    amina, cora = neighbor(place, "Amina"), neighbor(place, "Cora", broker=True)
    notices.tell(person=amina.person, community=place, kind="strengths.exchange", title="A word", at=now())
    people.ask_to_join(community=place, person=Person.objects.create_person(name="Noor"), words="", at=NOON)
    browser = browser_of(cora.membership)
    browser.cookies["django_language"] = language

    page = browser.get(reverse("strengths:queue", args=[place.slug])).content.decode()

    assert [word for word in words if word not in page] == []


def one_of_each_kind(place, number):
    """A dispute, somebody to ask by phone, a request, somebody who asks to join, and notices to carry."""
    amina, ben = with_screens(neighbor(place, f"Amina {number}"), neighbor(place, f"Ben {number}"))
    step(recorded(amina, ben).exchange, Step.DISPUTE, ben)
    olga = neighbor(place, f"Olga {number}")
    recorded(amina, olga)
    request_of(ben, f"Request {number}", urgency="urgent", open_until=now().date() + timedelta(days=60))
    notices.tell(person=olga.person, community=place, kind="strengths.exchange", title="A word", at=now())
    noor = Person.objects.create_person(name=f"Noor {number}")
    people.ask_to_join(community=place, person=noor, words="", at=NOON)


def test_more_of_every_kind_of_work_asks_no_more_questions():
    place = town(floor_minutes=-6000)
    cora = neighbor(place, "Cora", broker=True)
    browser, url = browser_of(cora.membership), reverse("strengths:queue", args=[place.slug])

    def asked_for(names):
        browser.get(url)  # the first visit fills caches
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(url).content.decode()
        assert [name for name in names if name not in page] == []
        return len(queries)

    one_of_each_kind(place, 1)
    few = asked_for(["Amina 1 and Ben 1", "Amina 1 and Olga 1", "Request 1", "Noor 1 asks", "to carry"])
    for number in (2, 3, 4):
        one_of_each_kind(place, number)

    assert asked_for(["Amina 4 and Ben 4", "Amina 4 and Olga 4", "Request 4", "Noor 4 asks"]) == few
    assert length_of_queue(place, at=now()) == len(queue_of(place, at=now())) >= 5 * 4
