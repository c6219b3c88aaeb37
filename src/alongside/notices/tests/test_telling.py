"""Telling: in the person's language and time, once, quietly at first, and taken back."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.kernel.models import Activity
from alongside.notices import actions
from alongside.notices.models import Choice, Delivery, Notice, Way
from alongside.notices.tasks import deliver
from alongside.notices.tests.factories import THANKS, by_email, reader, thank
from alongside.people.models import Community, Person
from alongside.people.tests.factories import NOON, community, person_in

pytestmark = pytest.mark.django_db

SECONDS = timedelta(seconds=1)


@pytest.fixture
def town() -> Community:
    return community()


def test_a_reader_finds_the_notice_here_and_nothing_leaves_the_house(town: Community) -> None:
    amina = reader(town, "Amina")

    notice = thank(amina, town)

    assert list(Notice.objects.of(town).to(amina).shown_by(NOON).unread()) == [notice]
    assert not Delivery.objects.exists()
    assert Activity.objects.filter(did="notices.told", about_id=notice.pk).count() == 1


def test_a_coordinator_does_not_see_by_the_way_a_notice_goes_that_its_address_is_known_elsewhere(
    town: Community,
) -> None:
    person_in(community("Elsewhere"), "Vera", email="vera@example.org")
    known, free = (
        person_in(town, name, email=email, preferred_channel="email").person
        for name, email in (("Somebody", "vera@example.org"), ("Another", "free@example.org"))
    )

    ways = [thank(person, town).deliveries.get().way for person in (known, free)]
    deliver(NOON + 60 * SECONDS)

    assert ways == [Way.EMAIL, Way.EMAIL]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["free@example.org", "vera@example.org"]


def test_words_are_made_in_the_language_of_the_reader_not_of_the_sender(town: Community) -> None:
    amina = reader(town, "Amina", language="es")

    with translation.override("en"):
        lazy = thank(amina, town, title=gettext_lazy("Spanish"))
        called = thank(amina, town, title=partial(_, "Spanish"))

    assert [lazy.title.lower(), called.title.lower()] == ["español", "español"]
    assert lazy.language == "es"


def test_times_are_told_as_the_clock_shows_where_the_community_is() -> None:
    tokyo = community(time_zone="Asia/Tokyo")
    amina = reader(tokyo, "Amina")

    notice = thank(amina, tokyo, title=lambda: timezone.localtime(NOON).strftime("%H:%M"))

    assert notice.title == "21:00"


def test_the_same_key_tells_a_person_once_and_others_too(town: Community) -> None:
    amina, ben = reader(town, "Amina"), reader(town, "Ben")

    first, again = (thank(amina, town, key="exchange:1") for _time in range(2))
    thank(ben, town, key="exchange:1")

    assert first == again
    assert Notice.objects.count() == 2
    assert Activity.objects.filter(did="notices.told").count() == 2


def told_all(people: list[Person], town: Community, **about: Any) -> int:
    letters = [actions.Letter(person, lambda: _("Spanish")) for person in people]
    given = {"kind": THANKS.name, "title": "A word for all", "key": "all:1", "link": "/", **about}
    return actions.tell_many(letters=letters, community=town, at=NOON, **given)


def test_many_are_told_as_each_would_be_alone(town: Community) -> None:
    amina, ben = reader(town, "Amina", language="es"), by_email(town, "Ben")
    never = by_email(town, "Noor")
    actions.choose(person=never, community=town, choices={THANKS.name: Choice.When.NEVER}, by=never, at=NOON)

    assert told_all([amina, ben, never], town) == 3

    assert [notice.body for notice in Notice.objects.order_by("person__name")] == ["Español", "Spanish", "Spanish"]
    assert [(one.notice.person, one.way) for one in Delivery.objects.all()] == [(ben, Way.EMAIL)]
    assert Activity.objects.filter(did="notices.told_many").count() == 1


def test_of_many_those_who_know_already_or_are_erased_are_not_told(town: Community) -> None:
    amina, ben, gone = (reader(town, name) for name in ("Amina", "Ben", "Gone"))
    thank(amina, town, key="all:1")
    Person.objects.filter(pk=gone.pk).update(erased_at=NOON, name="", search_name="")
    gone.refresh_from_db()

    assert told_all([amina, ben, ben, gone], town) == 1
    assert told_all([amina, ben], town) == 0
    assert Notice.objects.filter(key="all:1").count() == 2


def test_telling_more_people_asks_no_more_of_the_database(town: Community, django_assert_max_num_queries: Any) -> None:
    many = [reader(town, f"Reader {number}") for number in range(30)]

    with django_assert_max_num_queries(8):
        told_all(many, town)


def test_a_person_without_any_way_to_sign_in_is_told_in_person(town: Community) -> None:
    walter = person_in(town, "Walter").person

    notice = thank(walter, town)

    assert [delivery.way for delivery in notice.deliveries.all()] == ["in_person"]


def test_an_erased_person_is_told_nothing(town: Community) -> None:
    gone = person_in(town, "Gone").person
    gone.erased_at = NOON

    assert actions.tell(person=gone, community=town, kind="tests.thanks", title="x", at=NOON) is None


def test_what_may_be_undone_stays_quiet_for_its_ten_seconds(town: Community) -> None:
    amina = by_email(town)
    thank(amina, town, after_seconds=undo.SECONDS)

    early, late = NOON + 11 * SECONDS, NOON + 12 * SECONDS

    mine = Notice.objects.of(town).to(amina)
    assert (mine.shown_by(early).count(), mine.shown_by(late).count()) == (0, 1)
    assert (Delivery.objects.due(at=early).count(), Delivery.objects.due(at=late).count()) == (0, 1)


def test_what_is_undone_in_time_is_never_told(town: Community, mailoutbox: list[object]) -> None:
    amina = by_email(town)
    thank(amina, town, after_seconds=undo.SECONDS, key="exchange:1")

    actions.take_back(community=town, key="exchange:1", at=NOON + 9 * SECONDS)
    deliver(NOON + 60 * SECONDS)

    assert mailoutbox == []
    assert not Notice.objects.exists()


def test_what_was_sent_stays_when_it_is_taken_back(town: Community, mailoutbox: list[object]) -> None:
    amina = by_email(town)
    thank(amina, town, key="exchange:1")
    deliver(NOON)

    count = actions.take_back(community=town, key="exchange:1", at=NOON)

    assert count == 0
    assert Notice.objects.get().deliveries.get().state == "sent"


def test_taking_back_leaves_other_keys_and_communities_alone(town: Community) -> None:
    elsewhere = community("Oak Lane")
    kept = [
        thank(reader(town, "Amina"), town, key="exchange:2"),
        thank(reader(elsewhere, "Ben"), elsewhere, key="exchange:1"),
    ]

    actions.take_back(community=town, key="exchange:1", at=NOON)

    assert set(Notice.objects.all()) == set(kept)


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/"])
def test_the_database_refuses_a_link_that_leads_elsewhere(town: Community, link: str) -> None:
    amina = reader(town, "Amina")

    with pytest.raises(IntegrityError, match=r"notice_links_inside_this_site|CHECK"), transaction.atomic():
        thank(amina, town, link=link)


def test_the_database_refuses_a_notice_without_a_title(town: Community) -> None:
    amina = reader(town, "Amina")

    with pytest.raises(IntegrityError, match=r"notice_has_a_title|CHECK"), transaction.atomic():
        thank(amina, town, title="\r\n")


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param({"state": "sent"}, id="sent without a time"),
        pytest.param({"sent_at": NOON}, id="waiting with a time of sending"),
        pytest.param({"state": "sending"}, id="being sent since nobody knows when"),
        pytest.param({"state": "gathered"}, id="in a summary that is not named"),
    ],
)
def test_the_database_refuses_a_delivery_that_contradicts_itself(town: Community, lie: dict[str, object]) -> None:
    thank(by_email(town), town)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**lie)


def test_the_database_refuses_the_same_way_twice(town: Community) -> None:
    delivery = thank(by_email(town), town).deliveries.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(community=town, notice=delivery.notice, way=delivery.way, next_try_at=NOON)


def test_the_database_refuses_two_choices_for_a_kind(town: Community) -> None:
    amina = reader(town, "Amina")
    Choice.objects.create(community=town, person=amina, kind="", when="never", chosen_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(community=town, person=amina, kind="", when="daily", chosen_at=NOON)
