"""Printed cards: what opens, what does not, and how often one may try."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.people import actions
from alongside.people.actions import cards
from alongside.people.models import Membership, Role, SignInCard
from alongside.people.models.signing_in import MOST_WRONG_PINS
from alongside.people.rules import card_codes
from alongside.people.tests.factories import NOON, also_in, browser_of, community, coordinator_in, person_in
from alongside.people.tests.signing_in import card_of, code_in_mail, sign_in_by_card, sign_in_by_code, who

pytestmark = pytest.mark.django_db


def test_a_card_and_its_pin_sign_in():
    printed = card_of(person_in(community(), "Ben"))
    browser = Client()

    sign_in_by_card(browser, printed)

    assert who(browser) == "Ben"
    card = SignInCard.objects.get()
    assert (card.wrong_pins, card.last_used_at is None) == (0, False)


def test_a_code_is_read_however_it_is_written():
    printed = card_of(person_in(community(), "Ben"))
    browser = Client()
    written = f" {printed.code[:4].lower()} – {printed.code[4:]} "

    browser.post(reverse("people:sign_in_by_card"), {"code": written, "pin": printed.pin})

    assert who(browser) == "Ben"


def test_neither_code_nor_pin_is_kept():
    printed = card_of(person_in(community(), "Ben"), pin="74921")

    row = str(SignInCard.objects.filter(pk=printed.card.pk).values().get())

    assert printed.code not in row
    assert "74921" not in row


def test_a_wrong_code_and_a_wrong_pin_are_refused_with_the_same_words():
    printed = card_of(person_in(community(), "Ben"))

    wrong_pin = sign_in_by_card(Client(), printed, pin="999998")
    wrong_code = Client().post(reverse("people:sign_in_by_card"), {"code": card_codes.new_code(), "pin": printed.pin})

    assert wrong_pin.context["form"].errors == wrong_code.context["form"].errors != {}


def test_a_card_has_to_wait_after_five_wrong_pins():
    printed = card_of(person_in(community(), "Ben"))

    answers = [sign_in_by_card(Client(), printed, pin="999998").status_code for _ in range(6)]
    browser = Client()
    sign_in_by_card(browser, printed)

    assert answers == [200, 200, 200, 200, 429, 429]
    assert who(browser) == ""


def test_a_right_pin_in_between_spares_the_waiting():
    printed = card_of(person_in(community(), "Ben"))

    for _ in range(3):
        for _ in range(4):
            sign_in_by_card(Client(), printed, pin="999998")
        browser = Client()
        sign_in_by_card(browser, printed)

    assert who(browser) == "Ben"


def test_ten_wrong_pins_shut_a_card_for_good():
    printed = card_of(person_in(community(), "Ben"))
    for _ in range(MOST_WRONG_PINS):
        assert cards.person_for(code=printed.code, pin="999998", at=NOON) is None

    assert cards.person_for(code=printed.code, pin=printed.pin, at=NOON) is None


def test_a_right_pin_lets_the_count_start_anew():
    printed = card_of(person_in(community(), "Ben"))
    for _ in range(MOST_WRONG_PINS - 1):
        cards.person_for(code=printed.code, pin="999998", at=NOON)

    assert cards.person_for(code=printed.code, pin=printed.pin, at=NOON) is not None
    assert SignInCard.objects.get().wrong_pins == 0


def test_one_address_may_fail_sixty_times_whatever_cards_it_tries():
    codes = [card_codes.new_code() for _ in range(61)]

    answers = [Client().post(reverse("people:sign_in_by_card"), {"code": code, "pin": "1234"}) for code in codes]

    assert [answer.status_code for answer in answers] == [200] * 60 + [429]


def test_many_right_cards_from_one_address_are_no_trouble():
    town = community()
    printer = coordinator_in(town).person
    printed = [cards.issue(membership=person_in(town, f"P{n}"), by=printer, at=NOON) for n in range(70)]

    names = []
    for card in printed:
        browser = Client()
        sign_in_by_card(browser, card)
        names.append(who(browser))

    assert names == [f"P{n}" for n in range(70)]


def test_a_new_card_ends_the_one_before():
    ben = person_in(community(), "Ben")
    printer = coordinator_in(ben.community).person
    first = cards.issue(membership=ben, by=printer, at=NOON)
    second = cards.issue(membership=ben, by=printer, at=NOON)

    assert cards.person_for(code=first.code, pin=first.pin, at=NOON) is None
    assert cards.person_for(code=second.code, pin=second.pin, at=NOON) == ben.person


@pytest.mark.parametrize("how", ["ended", "expired", "left", "erased"])
def test_a_card_opens_nothing_after(how: str):
    ben = person_in(community(), "Ben")
    coordinator_in(ben.community)
    printed = card_of(ben, expires_at=NOON + timedelta(days=1))
    at = NOON + timedelta(days=2) if how == "expired" else NOON
    if how == "ended":
        cards.end(card=printed.card, by=ben.person, at=NOON)
    if how == "left":
        actions.leave_community(membership=ben, by=ben.person, at=NOON)
    if how == "erased":
        actions.erase_person(person=ben.person, by=ben.person, at=NOON)

    assert cards.person_for(code=printed.code, pin=printed.pin, at=at) is None


@pytest.mark.parametrize("role", cards.ROLES_WITHOUT_CARD)
def test_no_card_opens_the_account_of_somebody_who_decides_for_others(role: Role):
    ben = person_in(community(), "Ben")
    printed = card_of(ben)
    actions.give_role(membership=ben, role=role, by=None, at=NOON)

    assert cards.person_for(code=printed.code, pin=printed.pin, at=NOON) is None
    with pytest.raises(cards.CardNotForThem):
        card_of(ben)


def test_no_card_of_one_community_opens_another():
    ben = person_in(community(), "Ben")
    printed = card_of(ben)
    also_in(community("Elm Street"), ben)

    assert cards.person_for(code=printed.code, pin=printed.pin, at=NOON) is None
    anew = card_of(ben)
    assert cards.person_for(code=anew.code, pin=anew.pin, at=NOON) is None


def test_the_page_of_a_card_does_not_tell_who_belongs_elsewhere_too():
    town = community()
    cora, ben, ana = coordinator_in(town), person_in(town, "Ben"), person_in(town, "Ana")
    also_in(community("There"), ana)

    def pages(who: Membership) -> list[str]:
        address = reverse("people:issue_card", args=[town.slug, who.pk])
        answers = [browser_of(cora).get(address), browser_of(cora).post(address, {"pin": "74921", "months": "0"})]
        told = (
            " ".join(answer.content.decode() for answer in answers).replace(str(who), "NAME").replace(str(who.pk), "")
        )
        return (
            re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}|data:image[^\"]*|value=\"[^\"]*\"|X-CSRFToken\": \"\w+", "", told)
            .replace(str(who.person), "NAME")
            .splitlines()
        )

    assert pages(ben) == pages(ana)


@pytest.mark.parametrize("pin", ["0000", "1234", "9876", "1212", "1948", "12", "12a4", "٤٢٤٢", "7" * 13, "890123"])
def test_a_pin_that_anybody_would_try_first_is_refused(pin: str):
    with pytest.raises(cards.PinTooEasy):
        card_of(person_in(community(), "Ben"), pin=pin)


def test_the_card_is_shown_once_and_its_code_is_not_in_the_address():
    ben = person_in(community(), "Ben")
    browser = browser_of(coordinator_in(ben.community))
    address = reverse("people:issue_card", args=[ben.community.slug, ben.pk])

    shown = browser.post(address, {"pin": "74921", "months": "0"}).content.decode()
    after = browser.get(address).content.decode()

    code = re.search(r"([0-9A-Z]{4}-[0-9A-Z]{4})</dd>", shown)
    assert code
    assert "74921" in shown
    assert code[1] not in after
    assert "74921" not in after


def test_a_card_cannot_be_printed_for_a_member_of_another_community():
    ben = person_in(community(), "Ben")
    browser = browser_of(coordinator_in(community("Elm Street")))

    answer = browser.post(reverse("people:issue_card", args=["elm-street", ben.pk]), {"pin": "", "months": "0"})

    assert answer.status_code == 404
    assert not SignInCard.objects.exists()


def test_a_participant_prints_no_cards():
    ben = person_in(community(), "Ben")

    answer = browser_of(ben).post(reverse("people:issue_card", args=[ben.community.slug, ben.pk]), {"months": "0"})

    assert answer.status_code == 403


def test_somebody_elses_card_cannot_be_ended():
    ben = person_in(community(), "Ben")
    printed = card_of(ben)
    stranger = browser_of(person_in(community("Elm Street"), "Eve"))

    assert stranger.post(reverse("people:end_my_card", args=[printed.card.pk])).status_code == 404
    assert browser_of(ben).post(reverse("people:end_my_card", args=[printed.card.pk])).status_code == 302
    assert SignInCard.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("change", "name"),
    [
        pytest.param({"ended_at": None, "code_key": "other"}, "sign_in_card_one_at_a_time", id="two cards at once"),
        pytest.param(
            {"ended_at": NOON, "expires_at": NOON}, "sign_in_card_expires_after_it_is_issued", id="expired when issued"
        ),
    ],
)
def test_the_database_refuses(change: dict[str, object], name: str):
    card = card_of(person_in(community(), "Ben")).card
    values = {field.attname: getattr(card, field.attname) for field in SignInCard._meta.fields if field.attname != "id"}

    with pytest.raises(IntegrityError, match=f"{name}|UNIQUE"), transaction.atomic():
        SignInCard.objects.create(**values | change)


def test_every_mistyped_letter_of_a_code_is_found():
    code = card_codes.new_code()

    wrong = [code[:place] + letter + code[place + 1 :] for place in range(8) for letter in card_codes.LETTERS]

    assert {card_codes.read_code(each) for each in wrong} == {code, None}


@pytest.mark.parametrize("how", ["ended", "printed anew", "expired", "role", "elsewhere"])
def test_a_session_that_a_card_began_ends_with_the_card(how: str):
    ben = person_in(community(), "Ben")
    printed = card_of(ben, expires_at=now() + timedelta(days=1))
    browser = Client()
    sign_in_by_card(browser, printed)
    assert who(browser) == "Ben"

    if how == "ended":
        cards.end(card=printed.card, by=ben.person, at=now())
    if how == "printed anew":
        cards.issue(membership=ben, by=printed.card.issued_by, at=now())
    if how == "expired":
        SignInCard.objects.filter(pk=printed.card.pk).update(expires_at=now())
    if how == "role":
        actions.give_role(membership=ben, role=Role.COORDINATOR, by=None, at=now())
    if how == "elsewhere":
        also_in(community("There"), ben)

    assert who(browser) == ""


def test_a_session_that_a_code_began_outlives_an_earlier_card():
    ben = person_in(community(), "Ben", email="ben@example.org")
    printed = card_of(ben)
    browser = Client()
    sign_in_by_code(browser, "ben@example.org")

    cards.end(card=printed.card, by=ben.person, at=now())

    assert who(browser) == "Ben"


@pytest.mark.parametrize(
    "name", ["people:add_passkey", "people:choose_password", "people:everything_file", "people:erase"]
)
def test_whoever_printed_a_card_cannot_take_over_an_account_with_a_proved_address(client: Client, name: str):
    amina = person_in(community(), "Amina", email="amina@example.org")
    EmailAddress.objects.create(user=amina.person, email="amina@example.org", verified=True, primary=True)
    sign_in_by_card(client, card_of(amina))

    page = client.get(reverse(name)).content.decode()

    assert "A card is not enough for this." in page


def test_a_card_is_enough_for_somebody_without_an_address(client: Client):
    sign_in_by_card(client, card_of(person_in(community(), "Olive")))

    assert "A card is not enough" not in client.get(reverse("people:erase")).content.decode()


def test_who_proves_an_address_by_card_shuts_what_the_printer_of_the_card_had_prepared():
    printed = card_of(person_in(community(), "Ben"))
    printer, ben = Client(), Client()
    sign_in_by_card(printer, printed)
    printer.post(reverse("people:choose_password"), {"password": "three words and more"})

    sign_in_by_card(ben, printed)
    ben.post(reverse("account_email"), {"email": "ben@example.org"})
    ben.post(reverse("account_email_verification_sent"), {"action": "verify", "code": code_in_mail()})
    tried = {"email": "ben@example.org", "password": "three words and more"}
    fresh = Client()
    fresh.post(reverse("people:sign_in_by_password"), tried)

    assert [who(ben), who(printer), who(fresh)] == ["Ben", "", ""]
