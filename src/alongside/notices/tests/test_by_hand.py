"""What has no digital way out: listed, printed, marked as done, put back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.kernel import undo
from alongside.kernel.models import Activity
from alongside.notices import actions, rules
from alongside.notices.models import Delivery, Notice
from alongside.notices.piles import MESSAGES, SHOWN, piles_of
from alongside.notices.tests.factories import by_email, reader, thank
from alongside.people.models import Community, Membership
from alongside.people.tests.factories import NOON, browser_of, community, coordinator_in, people_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def it_is_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages look at the moment at which people were told."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def town() -> Community:
    return community()


@pytest.fixture
def cora(town: Community) -> Membership:
    return coordinator_in(town)


def to_phone(town: Community, name: str = "Walter") -> Delivery:
    person = reader(town, name, phone="0117 496 0000", preferred_channel="phone")
    return thank(person, town).deliveries.get()


def to_post(town: Community, name: str = "Edith", **details: str) -> Delivery:
    details = {"language": "en"} | details
    person = reader(town, name, address="1 Maple Street", preferred_channel="letter", **details)
    return thank(person, town).deliveries.get()


def test_piles_go_by_way_and_hold_one_bundle_a_person(town: Community) -> None:
    letter, call = to_post(town), to_phone(town)
    second_call = thank(call.notice.person, town).deliveries.get()

    piles = piles_of(Delivery.objects.of(town).by_hand(at=NOON).order_by("id"))

    assert [(pile.way, [bundle.deliveries for bundle in pile.bundles]) for pile in piles] == [
        ("phone", [[call, second_call]]),
        ("letter", [[letter]]),
    ]


def test_of_many_calls_the_first_are_shown_and_all_on_asking(town: Community, cora: Membership) -> None:
    for number in range(SHOWN + 2):
        to_phone(town, f"Walter {number:02}")
    page, browser = reverse("notices:by_hand", args=[town.slug]), browser_of(cora)

    first, whole = (browser.get(address).content.decode() for address in (page, f"{page}?whole=phone"))

    assert f"The first {SHOWN} of {SHOWN + 2} people are shown." in first
    assert [f"Walter {SHOWN + 1:02}" in words for words in (first, whole)] == [False, True]


def test_whoever_has_much_to_hear_leaves_less_room_for_others_at_first(town: Community, cora: Membership) -> None:
    first, _second = to_phone(town, "Abel"), to_phone(town, "Berta")
    for _more in range(MESSAGES - 1):
        thank(first.notice.person, town)
    waiting = Delivery.objects.of(town).by_hand(at=NOON).order_by("id")

    (at_first,), (whole,) = piles_of(waiting), piles_of(waiting, whole="phone")

    assert [str(bundle.person) for bundle in at_first.bundles] == ["Abel"]
    assert [str(bundle.person) for bundle in whole.bundles] == ["Abel", "Berta"]
    assert len(at_first.ids) == len(whole.ids) == MESSAGES + 1


def test_after_four_weeks_nobody_need_call_unless_the_kind_is_essential(town: Community, cora: Membership) -> None:
    old, essential, new = to_phone(town, "Abel"), to_phone(town, "Berta"), to_phone(town, "Carl")
    Delivery.objects.exclude(pk=new.pk).update(next_try_at=NOON - rules.FRESH)
    Notice.objects.filter(pk=essential.notice_id).update(kind="tests.alarm")

    of_town = Delivery.objects.of(town)

    assert set(of_town.by_hand(at=NOON)) == {essential, new}
    assert list(of_town.grown_old(at=NOON)) == [old]


def test_old_messages_are_behind_a_link_and_can_still_be_done(town: Community, cora: Membership) -> None:
    old, letter = to_phone(town, "Abel"), to_post(town, "Edith")
    Delivery.objects.update(next_try_at=NOON - timedelta(days=40))
    page, browser = reverse("notices:by_hand", args=[town.slug]), browser_of(cora)

    first, behind = (browser.get(address).content.decode() for address in (page, f"{page}?old=yes"))
    sheets = browser.get(reverse("notices:letters", args=[town.slug]), {"old": "yes"}).content.decode()
    browser.post(reverse("notices:carried", args=[town.slug]), {"delivery": [old.pk]})

    assert "2 messages reached nobody in time." in first
    assert ["Abel" in words for words in (first, behind)] == [False, True]
    assert "Edith" in sheets
    assert list(Delivery.objects.of(town).grown_old(at=NOON)) == [letter]


def test_all_letters_are_marked_as_posted_though_the_first_alone_are_shown(town: Community, cora: Membership) -> None:
    letters = [to_post(town, f"Edith {number:02}") for number in range(SHOWN + 1)]

    words = browser_of(cora).get(reverse("notices:by_hand", args=[town.slug])).content.decode()

    assert all(str(letter.pk) in words for letter in letters)


def test_done_takes_it_off_the_list_and_undo_puts_it_back(town: Community, cora: Membership) -> None:
    call = to_phone(town)
    offer = actions.mark_carried(community=town, delivery_ids=[call.pk], by=cora.person, at=NOON)
    done = list(Delivery.objects.of(town).filter(state=Delivery.State.SENT))

    undo.perform(id=offer.pk, by=cora.person.pk, at=NOON + timedelta(seconds=5))

    assert done == [call]
    assert list(Delivery.objects.of(town).by_hand(at=NOON)) == [call]


def test_two_coordinators_marking_the_same_call_mark_it_once(town: Community, cora: Membership) -> None:
    call, dora = to_phone(town), coordinator_in(town, "Dora")
    actions.mark_carried(community=town, delivery_ids=[call.pk], by=cora.person, at=NOON)
    late = actions.mark_carried(community=town, delivery_ids=[call.pk], by=dora.person, at=NOON)

    undo.perform(id=late.pk, by=dora.person.pk, at=NOON)

    call.refresh_from_db()
    assert (call.state, call.done_by) == ("sent", cora.person)


def test_what_somebody_else_has_done_meanwhile_keeps_nothing_else_from_being_done(
    town: Community, cora: Membership
) -> None:
    done, call, dora = to_phone(town, "Walter"), to_phone(town, "Edith"), coordinator_in(town, "Dora")
    actions.mark_carried(community=town, delivery_ids=[done.pk], by=dora.person, at=NOON)

    browser_of(cora).post(reverse("notices:carried", args=[town.slug]), {"delivery": [done.pk, call.pk, "x"]})

    carried = Delivery.objects.of(town).filter(state="sent").values_list("notice__person__name", "done_by__name")
    assert set(carried) == {("Walter", "Dora"), ("Edith", "Cora")}


def test_a_call_of_another_community_cannot_be_marked(town: Community, cora: Membership) -> None:
    elsewhere = to_phone(community("Oak Lane"))

    browser_of(cora).post(reverse("notices:carried", args=[town.slug]), {"delivery": elsewhere.pk})

    elsewhere.refresh_from_db()
    assert elsewhere.state == "waiting"


def test_an_email_in_trouble_can_be_sent_again_or_carried(town: Community, cora: Membership) -> None:
    first, second = (thank(by_email(town, name, phone="1"), town).deliveries.get() for name in ("Amina", "Ben"))
    Delivery.objects.update(state="unsure", attempts=3)

    moved = [
        actions.send_again(delivery=first, by=cora.person, at=NOON),
        actions.send_again(delivery=first, by=cora.person, at=NOON),
        actions.carry_by_hand(delivery=second, by=cora.person, at=NOON),
    ]

    assert moved == [True, False, True]
    assert Activity.objects.filter(did="notices.sent_again").count() == 1
    assert list(Delivery.objects.of(town).due(at=NOON)) == [first]
    assert [(one.pk, one.way) for one in Delivery.objects.of(town).by_hand(at=NOON)] == [(second.pk, "phone")]


def test_the_list_shows_who_to_call_with_the_number_and_the_words(town: Community, cora: Membership) -> None:
    to_phone(town)

    page = browser_of(cora).get(reverse("notices:by_hand", args=[town.slug])).content.decode()

    for words in ("Walter", "0117 496 0000", "Ben thanks you", "For the hour in the garden."):
        assert words in page


def test_a_coordinator_does_not_read_what_is_private(town: Community, cora: Membership) -> None:
    call = to_phone(town)
    thank(call.notice.person, town, kind="tests.secret", title="Your circle writes", body="Thursday, room 3.")

    page = browser_of(cora).get(reverse("notices:by_hand", args=[town.slug])).content.decode()

    assert "Your circle writes" in page
    assert "Thursday" not in page


def test_letters_are_large_and_in_the_language_of_each_reader(town: Community, cora: Membership) -> None:
    to_post(town)
    to_post(town, "Elena", language="es")

    page = browser_of(cora).get(reverse("notices:letters", args=[town.slug])).content.decode()

    assert "large-print" in page
    assert 'lang="en"' in page
    assert 'lang="es"' in page
    assert page.count("<section") == 2


def test_a_member_without_the_task_does_not_see_the_list(town: Community) -> None:
    (ben,) = people_in(town, "Ben")

    assert browser_of(ben).get(reverse("notices:by_hand", args=[town.slug])).status_code == 403


def test_the_list_grows_without_more_queries(
    town: Community, cora: Membership, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        to_phone(town, f"Walter {number}")

    browser = browser_of(cora)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        browser.get(reverse("notices:by_hand", args=[town.slug]))
