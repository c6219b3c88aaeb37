"""What happens in the people room is told to the people it concerns."""

from datetime import timedelta

import pytest

from alongside.kernel import undo
from alongside.kernel.channels import Channel
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Delivery, Notice
from alongside.people import abilities
from alongside.people import actions as people
from alongside.people.models import Person
from alongside.people.tests.factories import NOON, TODAY, community, coordinator_in, people_in
from alongside.people.tests.undoable import cast, declining_a_join_request, saying_yes_to_contact

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Who was told what, by name and kind."""
    return [(notice.person.name, notice.kind) for notice in Notice.objects.order_by("made_at", "person__name")]


def test_coordinators_hear_who_asks_to_join_and_the_person_hears_the_answer() -> None:
    town = community()
    cora = coordinator_in(town)
    noor = Person.objects.create_person(name="Noor")

    asked = people.ask_to_join(community=town, person=noor, words="", at=NOON)
    people.decline_request(request=asked, reason="We are full until May.", by=cora.person, at=NOON)

    assert told() == [("Cora", "people.join_asked"), ("Noor", "people.join_answered")]
    assert Notice.objects.get(person=noor).body == "We are full until May."


def test_who_is_asked_for_contact_hears_it_and_who_asked_hears_a_yes() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")

    share = people.ask_for_contact(asker=ana, asked=ben, words="", at=NOON)
    people.answer_contact(share=share, agreed=True, by=ben.person, at=NOON)

    assert sorted(told()) == [("Ana", "people.contact_agreed"), ("Ben", "people.contact_asked")]


def test_a_member_hears_when_somebody_writes_down_that_they_agreed() -> None:
    town = community()
    (ana,), cora = people_in(town, "Ana"), coordinator_in(town)
    abilities.register("tests.act", "do something")

    people.let_act(
        membership=ana,
        helper=cora,
        abilities=["tests.act"],
        consent_how=Channel.PHONE,
        expires_on=TODAY,
        by=cora.person,
        at=NOON,
    )

    assert told() == [("Ana", "people.helper_named")]


SECOND = timedelta(seconds=1)


def undo_as(person: Person) -> None:
    """Press Undo in the last of the ten seconds after NOON and one second."""
    undo.perform(id=UndoOffer.objects.latest("made_at").pk, by=person.pk, at=NOON + 11 * SECOND)


def test_a_refusal_waits_for_the_way_back_before_it_is_told() -> None:
    scene = declining_a_join_request(cast(), NOON)
    scene.do(NOON + SECOND)
    letter = Notice.objects.get(kind="people.join_answered")

    assert letter.shown_from > NOON + 11 * SECOND
    undo_as(scene.doer.person)

    assert not Notice.objects.filter(kind="people.join_answered").exists()
    assert not Delivery.objects.filter(notice__kind="people.join_answered").exists()


def test_a_yes_to_contact_waits_for_the_way_back_before_it_is_told() -> None:
    scene = saying_yes_to_contact(cast(), NOON)
    scene.do(NOON + SECOND)
    assert Notice.objects.get(kind="people.contact_agreed").shown_from > NOON + 11 * SECOND

    undo_as(scene.doer.person)
    scene.do(NOON + 20 * SECOND)

    assert Notice.objects.get(kind="people.contact_agreed").made_at == NOON + 20 * SECOND


def test_a_welcome_is_told_at_once() -> None:
    on = cast()
    asked = people.ask_to_join(community=on.town, person=Person.objects.create_person(name="Noor"), words="", at=NOON)

    people.approve_request(request=asked, by=on.cora.person, at=NOON)

    assert Notice.objects.get(kind="people.join_answered").shown_from == NOON
