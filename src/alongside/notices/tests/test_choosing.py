"""STOP is honoured, once a day means once, and what keeps people safe always arrives."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.urls import reverse

from alongside.kernel.models import Activity
from alongside.notices import actions
from alongside.notices.models import Choice, Delivery, Notice
from alongside.notices.stopping import stop_token
from alongside.notices.tasks import daily_summaries, deliver
from alongside.notices.tests.factories import by_email, thank
from alongside.people import actions as people
from alongside.people.models import Community, Membership, Person
from alongside.people.tests.factories import NOON, community, person_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def town() -> Community:
    return community()


@pytest.fixture
def amina(town: Community) -> Person:
    return by_email(town)


def choose(person: Person, town: Community, **choices: str) -> None:
    named = {f"tests.{kind}": when for kind, when in choices.items()}
    actions.choose(person=person, community=town, choices=named, by=person, at=NOON)


def states() -> list[str]:
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_stopping_a_kind_stops_it_alone(town: Community, amina: Person) -> None:
    actions.stop(person=amina, community=town, kind="tests.thanks", by=amina, at=NOON)

    thank(amina, town)
    thank(amina, town, kind="tests.secret")

    assert [delivery.notice.kind for delivery in Delivery.objects.all()] == ["tests.secret"]
    assert Notice.objects.count() == 2


def test_stopping_everything_stops_all_but_what_keeps_people_safe(town: Community, amina: Person) -> None:
    actions.stop(person=amina, community=town, by=amina, at=NOON)

    for kind in ("tests.thanks", "tests.secret", "tests.alarm"):
        thank(amina, town, kind=kind)

    assert [delivery.notice.kind for delivery in Delivery.objects.all()] == ["tests.alarm"]


def test_stop_catches_what_already_waits(town: Community, amina: Person) -> None:
    thank(amina, town)
    thank(amina, town, kind="tests.alarm")

    actions.stop(person=amina, community=town, by=amina, at=NOON)
    deliver(NOON)

    assert states() == ["sent", "stopped"]


def test_a_choice_made_while_an_email_is_being_sent_still_counts(town: Community, amina: Person) -> None:
    thank(amina, town)
    Choice.objects.create(community=town, person=amina, kind="", when="never", chosen_at=NOON)

    deliver(NOON)

    assert (states(), django_mail.outbox) == (["stopped"], [])


def test_stop_in_one_community_leaves_another_alone(town: Community, amina: Person) -> None:
    elsewhere = community("Oak Lane")
    actions.stop(person=amina, community=town, by=amina, at=NOON)

    thank(amina, elsewhere)

    assert Delivery.objects.of(elsewhere).count() == 1


def test_what_keeps_people_safe_cannot_be_stopped(town: Community, amina: Person) -> None:
    with pytest.raises(actions.CannotStopEssential) as refusal:
        actions.stop(person=amina, community=town, kind="tests.alarm", by=amina, at=NOON)

    assert refusal.value.kind == "tests.alarm"


def test_choosing_again_ends_an_earlier_stop_of_everything(town: Community, amina: Person) -> None:
    actions.stop(person=amina, community=town, by=amina, at=NOON)

    choose(amina, town, thanks="at_once")
    thank(amina, town)

    assert states() == ["waiting"]


def test_stopping_one_kind_more_does_not_end_a_stop_of_everything(town: Community, amina: Person) -> None:
    actions.stop(person=amina, community=town, by=amina, at=NOON)

    actions.stop(person=amina, community=town, kind="tests.thanks", by=None, at=NOON)
    thank(amina, town, kind="tests.secret")

    assert states() == []


def test_stopping_one_kind_leaves_once_a_day_for_all_the_others(town: Community, amina: Person) -> None:
    actions.choose(person=amina, community=town, choices={"": "daily"}, by=amina, at=NOON)

    actions.stop(person=amina, community=town, kind="tests.thanks", by=None, at=NOON)
    thank(amina, town, kind="tests.secret")

    assert states() == ["gathering"]


def test_a_coordinator_can_note_a_stop_said_on_the_phone(town: Community, amina: Person) -> None:
    cora = person_in(town, "Cora").person

    actions.stop(person=amina, community=town, by=cora, at=NOON, channel="phone")

    entry = Activity.objects.get(did="notices.chosen")
    assert (entry.by_id, entry.on_behalf_of_id, entry.channel) == (cora.pk, amina.pk, "phone")


def test_once_a_day_puts_everything_into_one_email_the_next_morning(town: Community, amina: Person) -> None:
    choose(amina, town, thanks="daily", secret="daily")
    thank(amina, town)
    thank(amina, town, kind="tests.secret", title="Your circle writes", body="Thursday at the usual place.")
    thank(amina, town, title="Cleo thanks you")

    for hours in (-6, 0, 1, 2):
        daily_summaries(NOON + timedelta(hours=hours))
        deliver(NOON + timedelta(hours=hours))

    (summary,) = django_mail.outbox
    assert summary.subject == "3 notices from Maple Street"
    assert "For the hour in the garden." in summary.body
    assert "Your circle writes" in summary.body
    assert "Thursday" not in summary.body
    assert states() == ["gathered", "gathered", "gathered", "sent"]


def test_the_summary_waits_for_eight_in_the_morning_where_the_community_is(amina: Person) -> None:
    tokyo = community("Tokyo", time_zone="Asia/Tokyo")
    choose(amina, tokyo, thanks="daily")
    thank(amina, tokyo, at=NOON - DAY)

    made = [daily_summaries(NOON.replace(hour=hour) - DAY) for hour in (20, 22)]
    daily_summaries(NOON.replace(hour=23) - DAY)

    assert Notice.objects.filter(kind="notices.summary").count() == 1, made
    assert Notice.objects.get(kind="notices.summary").made_at == NOON.replace(hour=23) - DAY


def test_a_person_sees_the_notices_one_by_one_without_the_summary_of_them(town: Community, amina: Person) -> None:
    choose(amina, town, thanks="daily")
    notice = thank(amina, town)
    daily_summaries(NOON)

    assert list(Notice.objects.of(town).to(amina)) == [notice]


def test_looking_at_a_stop_link_stops_nothing_and_posting_does(client: object, town: Community, amina: Person) -> None:
    address = reverse("notices:stop", args=[stop_token(amina, town, "tests.thanks")])

    looked = client.get(address)  # type: ignore[attr-defined]
    assert (looked.status_code, Choice.objects.count()) == (200, 0)
    client.post(address, {"List-Unsubscribe": "One-Click"})  # type: ignore[attr-defined]

    assert [(choice.kind, choice.when) for choice in Choice.objects.all()] == [("tests.thanks", "never")]


def test_a_mail_program_needs_no_cookie_to_stop(town: Community, amina: Person) -> None:
    from django.test import Client

    address = reverse("notices:stop", args=[stop_token(amina, town, "tests.thanks")])

    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, Choice.objects.count()) == (200, 1)


def test_a_stop_link_can_stop_everything(client: object, town: Community, amina: Person) -> None:
    address = reverse("notices:stop", args=[stop_token(amina, town, "tests.thanks")])

    client.post(address, {"everything": "yes"})  # type: ignore[attr-defined]

    assert Choice.objects.get().kind == ""


def test_an_old_stop_link_stops_what_goes_to_the_one_record_that_two_became(
    client: object, town: Community, amina: Person
) -> None:
    again = person_in(town, "Amina again")
    address = reverse("notices:stop", args=[stop_token(again.person, town, "tests.thanks")])
    mine = Membership.objects.get(person=amina)
    people.merge_members(one=mine, other=again, by=amina, at=NOON)

    client.post(address, {"List-Unsubscribe": "One-Click"})  # type: ignore[attr-defined]

    assert Choice.objects.get().person == amina


def test_a_stop_link_we_did_not_write_is_not_found(client: object) -> None:
    assert client.get(reverse("notices:stop", args=["forged"])).status_code == 404  # type: ignore[attr-defined]
