"""Each way in, and whom it must refuse."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.kernel.models import Activity
from alongside.people.actions import signing_in
from alongside.people.models import Device, Person
from alongside.people.tests.factories import NOON, community, person_in
from alongside.people.tests.signing_in import ask_for_code, card_of, code_in_mail, sign_in_by_card, sign_in_by_code, who

pytestmark = pytest.mark.django_db


def amina(**details):
    return person_in(community(), "Amina", email="amina@example.org", **details).person


def test_a_code_by_email_signs_in_and_comes_back_to_the_page_wanted():
    amina()
    browser = Client()

    ask_for_code(browser, "Amina@Example.org", next="/me/signing-in/")
    answer = browser.post(
        reverse("account_confirm_login_code"), {"action": "verify", "code": code_in_mail(), "next": "/me/signing-in/"}
    )

    assert answer.headers["Location"] == "/me/signing-in/"
    assert who(browser) == "Amina"
    assert EmailAddress.objects.get(email="amina@example.org").verified


def test_one_sign_in_leaves_one_entry_without_names():
    person = amina()

    sign_in_by_code(Client(), "amina@example.org")

    entries = Activity.objects.filter(did__startswith="people.signed_in").values_list("did", "about_id", "by_id")
    assert list(entries) == [("people.signed_in_by_code", person.pk, person.pk)]


def test_known_and_unknown_addresses_get_the_same_answer():
    amina()
    known, unknown = Client(), Client()

    answers = [ask_for_code(known, "amina@example.org"), ask_for_code(unknown, "nobody@example.org")]
    pages = [browser.get(reverse("account_confirm_login_code")) for browser in (known, unknown)]

    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [
        (302, reverse("account_confirm_login_code"))
    ] * 2
    texts = [bare(page, email) for page, email in zip(pages, ("amina@example.org", "nobody@example.org"), strict=True)]
    assert texts[0] == texts[1]
    assert len(mail.outbox) == 2


def bare(page, email: str) -> str:
    token = page.context["csrf_token"]
    return str(page.content.decode()).replace(email, "").replace(str(token), "")


def test_a_wrong_code_is_written_down_without_names(caplog):
    amina()
    browser = Client()
    ask_for_code(browser, "amina@example.org")

    browser.post(reverse("account_confirm_login_code"), {"action": "verify", "code": "0000-0000"})

    refusals = [entry.getMessage() for entry in caplog.records if entry.name == "alongside.refusals"]
    assert refusals == ["refused people.sign_in_by_code at account_confirm_login_code to None"]


def test_a_code_is_worth_nothing_after_five_wrong_tries():
    amina()
    browser = Client()
    ask_for_code(browser, "amina@example.org")

    for _ in range(5):
        browser.post(reverse("account_confirm_login_code"), {"action": "verify", "code": "0000-0000"})
    browser.post(reverse("account_confirm_login_code"), {"action": "verify", "code": code_in_mail()})

    assert who(browser) == ""


def test_an_earlier_address_opens_nothing_once_there_is_another():
    person = amina()
    sign_in_by_code(Client(), "amina@example.org")
    person.email = "new@example.org"
    person.save()
    browser = Client()

    ask_for_code(browser, "amina@example.org")

    assert mail.outbox[-1].subject == "Somebody wanted to sign in with this address"
    assert who(browser) == ""


def test_a_new_address_typed_by_a_coordinator_is_proved_by_signing_in_with_it():
    person = amina()
    sign_in_by_code(Client(), "amina@example.org")
    person.email = "new@example.org"
    person.save()
    browser = Client()

    sign_in_by_code(browser, "new@example.org")

    assert who(browser) == "Amina"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.org", True)]


def test_a_stranger_makes_an_account_by_proving_an_address():
    browser = Client()

    browser.post(reverse("account_signup"), {"name": "Noor", "email": "noor@example.org"})
    answer = browser.post(reverse("account_email_verification_sent"), {"action": "verify", "code": code_in_mail()})

    assert answer.status_code == 302
    assert who(browser) == "Noor"
    assert Person.objects.get(email="noor@example.org").search_name == "noor"


def test_an_address_in_use_looks_free_to_whoever_wants_an_account():
    amina()
    taken, free = Client(), Client()

    answers = [
        browser.post(reverse("account_signup"), {"name": "Noor", "email": email})
        for browser, email in ((taken, "amina@example.org"), (free, "noor@example.org"))
    ]
    pages = [browser.get(reverse("account_email_verification_sent")) for browser in (taken, free)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert bare(pages[0], "amina@example.org") == bare(pages[1], "noor@example.org")
    assert mail.outbox[0].subject == "You have an account already"
    assert Person.objects.filter(name="Noor").count() == 1


def test_an_account_nobody_finished_is_dropped_after_a_week():
    Client().post(reverse("account_signup"), {"name": "Noor", "email": "noor@example.org"})
    Person.objects.filter(name="Noor").update(made_at=NOON)
    amina()
    Person.objects.filter(name="Amina").update(made_at=NOON)

    dropped = signing_in.sweep(at=NOON + signing_in.UNFINISHED_FOR * 2)

    assert dropped == 1
    assert list(Person.objects.values_list("name", flat=True)) == ["Amina"]


def test_a_password_signs_in_once_the_address_is_proved():
    person = amina()
    sign_in_by_code(Client(), "amina@example.org")
    person.set_password("three words and more")
    person.save()
    browser = Client()

    by_password(browser, "amina@example.org", "three words and more")

    assert who(browser) == "Amina"
    assert Device.objects.latest("began_at").way == "password"


def by_password(browser: Client, email: str, password: str, **more):
    return browser.post(reverse("people:sign_in_by_password"), {"email": email, "password": password, **more})


def test_wrong_passwords_are_refused_alike_and_then_have_to_wait():
    person = amina()
    person.set_password("three words and more")
    person.save()
    browser = Client()

    known = by_password(browser, "amina@example.org", "wrong")
    unknown = by_password(Client(), "nobody@example.org", "wrong")
    for _ in range(6):
        last = by_password(browser, "amina@example.org", "wrong")
    right = by_password(browser, "amina@example.org", "three words and more")

    assert known.context["form"].errors == unknown.context["form"].errors
    assert last.status_code in {200, 429}
    assert right.status_code in {200, 429}
    assert who(browser) == ""


@pytest.mark.parametrize(
    "away",
    [
        pytest.param("https://evil.example/", id="another site"),
        pytest.param("//evil.example/", id="another site, no scheme"),
        pytest.param("/\\evil.example", id="a backslash"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("http:///evil.example", id="three slashes"),
    ],
)
def test_signing_in_never_leads_to_another_site(away: str):
    printed = card_of(person_in(community(), "Ben"))
    amina()
    browser = Client()
    ask_for_code(browser, "amina@example.org", next=away)

    by_card = sign_in_by_card(Client(), printed, next=away)
    by_code = browser.post(
        reverse("account_confirm_login_code"), {"action": "verify", "code": code_in_mail(), "next": away}
    )

    assert [by_card.headers["Location"], by_code.headers["Location"]] == ["/", "/"]


def test_a_session_planted_before_signing_in_is_worth_nothing():
    printed = card_of(person_in(community(), "Ben"))
    browser = Client()
    ask_for_code(browser, "nobody@example.org")
    planted = browser.cookies["sessionid"].value

    sign_in_by_card(browser, printed)
    thief = Client()
    thief.cookies["sessionid"] = planted

    assert browser.cookies["sessionid"].value != planted
    assert who(browser) == "Ben"
    assert who(thief) == ""


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_logout",
        "people:sign_in_by_card",
        "people:sign_in_by_password",
        "people:sign_in_by_passkey",
        "people:passkey_question",
        "people:lock",
        "people:away",
    ],
)
def test_nothing_is_changed_by_another_sites_form(name: str):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(reverse(name)).status_code == 403


def test_signing_out_has_the_browser_forget():
    printed = card_of(person_in(community(), "Ben"))
    own, shared = Client(), Client()
    sign_in_by_card(own, printed)
    sign_in_by_card(shared, printed, shared="on")

    answers = [browser.post(reverse("account_logout")) for browser in (own, shared)]

    assert answers[0].headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answers[1].headers["Clear-Site-Data"] == '"cache", "storage", "cookies"'
    assert who(own) == who(shared) == ""
    assert not Device.objects.signed_in().exists()


def test_pages_of_somebody_signed_in_are_kept_by_no_cache():
    printed = card_of(person_in(community(), "Ben"))
    browser = Client()
    sign_in_by_card(browser, printed)

    answer = browser.get(reverse("people:signing_in"))

    assert "no-store" in answer.headers["Cache-Control"]


def test_leaving_quickly_signs_out_and_moves_on():
    printed = card_of(person_in(community(), "Ben"))
    browser = Client()
    sign_in_by_card(browser, printed)

    answer = browser.post(reverse("people:away"))

    assert 'http-equiv="refresh"' in answer.content.decode()
    assert "Clear-Site-Data" in answer.headers
    assert who(browser) == ""


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", "1", '"x"', '{"id": 1}', "{" * 5000])
def test_what_is_no_answer_of_a_passkey_is_refused(answer: str):
    browser = Client()
    browser.post(reverse("people:passkey_question"))

    refused = browser.post(reverse("people:sign_in_by_passkey"), {"credential": answer})

    assert refused.status_code == 400
    assert who(browser) == ""


def test_the_question_to_a_passkey_is_asked_by_post_alone():
    browser = Client()

    assert browser.get(reverse("people:passkey_question")).status_code == 405
    question = json.loads(browser.post(reverse("people:passkey_question")).content)
    assert question["publicKey"]["userVerification"] == "required"


def test_no_letter_leaving_is_said_and_is_no_fault(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    amina()

    answer = ask_for_code(Client(), "amina@example.org")

    assert answer.status_code == 503
    assert "Nothing is lost" in answer.content.decode()


def test_whoever_prepared_an_account_loses_it_when_its_address_is_proved():
    person = amina()
    printed = card_of(person.memberships.get())
    prepared, theirs = Client(), Client()
    sign_in_by_card(prepared, printed)
    prepared.post(reverse("people:choose_password"), {"password": "a long planted password"})
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})

    sign_in_by_code(theirs, "amina@example.org")

    person.refresh_from_db()
    assert (who(prepared), who(theirs)) == ("", "Amina")
    assert not person.has_usable_password()
    assert not Authenticator.objects.filter(user=person).exists()


def test_what_a_person_keeps_to_sign_in_with_outlives_a_later_code():
    person = amina()
    browser = Client()
    sign_in_by_code(browser, "amina@example.org")
    browser.post(reverse("people:choose_password"), {"password": "a long chosen password"})

    sign_in_by_code(Client(), "amina@example.org")

    person.refresh_from_db()
    assert person.has_usable_password()
    assert who(browser) == "Amina"
