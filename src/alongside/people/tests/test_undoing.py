"""Common acts between people come back exactly, once, for ten seconds, for the one who did them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from alongside.kernel import undo
from alongside.kernel.clock import now
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.people import actions as people
from alongside.people.models import JoinRequest, Membership, Person, Role, RoleHeld
from alongside.people.tests.factories import NOON, browser_of, community, coordinator_in, person_in, standing_for
from alongside.people.tests.undoable import (
    SCENES,
    Cast,
    Scene,
    cast,
    everything,
    revoking_an_invitation,
)

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
each_act = pytest.mark.parametrize("act", SCENES, ids=lambda act: act.__name__.replace("_", " "))
Act = Callable[[Cast, datetime], Scene]


def undo_as(person: Person, *, at: datetime) -> None:
    offer = UndoOffer.objects.latest("made_at")
    undo.perform(id=offer.pk, by=person.pk, at=at)


def said() -> list[str]:
    return list(Activity.objects.order_by("id").values_list("did", flat=True))


@each_act
def test_it_comes_back_exactly_and_the_log_tells_both(act: Act) -> None:
    scene = act(cast(), NOON)
    before = everything()
    scene.do(NOON + SECOND)
    log = said()
    assert everything() != before

    undo_as(scene.doer.person, at=NOON + 5 * SECOND)

    assert everything() == before
    assert said()[: len(log)] == log
    assert f"people.{scene.undone}_undone" in said()[len(log) :]


@each_act
def test_it_comes_back_once(act: Act) -> None:
    scene = act(cast(), NOON)
    scene.do(NOON + SECOND)
    undo_as(scene.doer.person, at=NOON + SECOND)
    after, log = everything(), said()

    with pytest.raises(undo.AlreadyUndone):
        undo_as(scene.doer.person, at=NOON + 2 * SECOND)

    assert (everything(), said()) == (after, log)


@each_act
def test_it_can_be_done_again_and_undone_again(act: Act) -> None:
    scene = act(cast(), NOON)
    before = everything()

    for seconds in (1, 20):
        scene.do(NOON + seconds * SECOND)
        undo_as(scene.doer.person, at=NOON + (seconds + 2) * SECOND)

    assert everything() == before


@each_act
def test_nobody_else_takes_it_back(act: Act) -> None:
    scene = act(cast(), NOON)
    scene.do(NOON + SECOND)
    after = everything()
    steward = person_in(scene.doer.community, "Stella", roles=[Role.STEWARD])
    with_stella = everything()

    with pytest.raises(undo.NotYoursToUndo):
        undo_as(steward.person, at=NOON + 2 * SECOND)

    assert everything() == with_stella != after


@each_act
def test_after_ten_seconds_it_stays(act: Act) -> None:
    scene = act(cast(), NOON)
    scene.do(NOON + SECOND)
    after = everything()

    with pytest.raises(undo.TooLateToUndo):
        undo_as(scene.doer.person, at=NOON + 12 * SECOND)

    assert everything() == after


@each_act
def test_what_happened_since_stays(act: Act) -> None:
    scene = act(cast(), NOON)
    scene.do(NOON + SECOND)
    offer = UndoOffer.objects.latest("made_at")
    scene.meanwhile(NOON + 2 * SECOND)
    since = everything()

    with pytest.raises(SomeoneElseWasFaster):
        undo.perform(id=offer.pk, by=scene.doer.person_id, at=NOON + 3 * SECOND)

    assert everything() == since


@pytest.mark.parametrize("act", [act for act in SCENES if act is not revoking_an_invitation])
def test_nothing_comes_back_to_somebody_who_has_left(act: Act) -> None:
    on = cast()
    scene = act(on, NOON)
    row = scene.do(NOON + SECOND)
    offer = UndoOffer.objects.latest("made_at")
    if isinstance(row, JoinRequest):
        people.erase_person(person=row.person, by=None, at=NOON + 2 * SECOND)
    for member in (on.ana, on.ben):
        people.leave_community(membership=member, by=member.person, at=NOON + 2 * SECOND)
    since = everything()

    with pytest.raises(Refusal):
        undo.perform(id=offer.pk, by=scene.doer.person_id, at=NOON + 3 * SECOND)
    assert everything() == since


@pytest.mark.parametrize(("language", "word"), [("en", "Undo"), ("es", "Deshacer")])
@each_act
def test_the_page_offers_it_in_the_readers_language(act: Act, language: str, word: str) -> None:
    at = now()
    scene = act(cast(at), at)
    before, browser = everything(), browser_of(scene.doer)
    browser.cookies["django_language"] = language

    page = pressed(browser, scene)
    button = re.search(r'<form method="post" action="(/undo/[0-9a-f-]+/)">.*?<span>(\w+)</span>', page, re.S)
    assert button is not None, "no way back on the page"
    browser.post(button[1])

    assert button[2] == word
    # The page gives its own ids and moments; what was there before is there as before.
    assert everything() == before


def pressed(browser: Client, scene: Scene) -> str:
    return str(browser.post(scene.page, scene.form, follow=True).content.decode())


def test_a_welcome_is_for_good() -> None:
    on = cast()
    asked = people.ask_to_join(community=on.town, person=Person.objects.create_person(name="Noor"), words="", at=NOON)

    people.approve_request(request=asked, by=on.cora.person, at=NOON)

    assert not UndoOffer.objects.exists()


def test_the_house_is_offered_no_way_back() -> None:
    people.give_role(membership=person_in(community(), "Ben"), role=Role.STEWARD, by=None, at=NOON)

    assert not UndoOffer.objects.exists()


def test_taking_back_a_role_leaves_no_community_without_its_last_coordinator() -> None:
    town = community()
    cora, ben = coordinator_in(town), person_in(town, "Ben")
    people.give_role(membership=ben, role=Role.COORDINATOR, by=cora.person, at=NOON)
    given = UndoOffer.objects.latest("made_at")
    people.end_role(role_held=coordinates(cora), by=cora.person, at=NOON + SECOND)

    with pytest.raises(people.LastOfTheirKind):
        undo.perform(id=given.pk, by=cora.person_id, at=NOON + 2 * SECOND)

    assert standing_for(ben).has(Role.COORDINATOR)


def test_the_first_coordinator_given_by_mistake_is_taken_back() -> None:
    town = community()
    stella, ben = person_in(town, "Stella", roles=[Role.STEWARD]), person_in(town, "Ben")
    people.give_role(membership=ben, role=Role.COORDINATOR, by=stella.person, at=NOON)

    undo_as(stella.person, at=NOON + SECOND)

    assert not standing_for(ben).has(Role.COORDINATOR)


def test_who_ended_their_own_role_by_mistake_has_it_again() -> None:
    cora = coordinator_in(community())
    people.end_role(role_held=coordinates(cora), by=cora.person, at=NOON, even_the_last=True)

    undo_as(cora.person, at=NOON + SECOND)

    assert standing_for(cora).has(Role.COORDINATOR)


def coordinates(member: Membership) -> RoleHeld:
    held: RoleHeld = RoleHeld.objects.get(membership=member, role=Role.COORDINATOR)
    return held
