"""Devices that lock themselves, pages that ask again, and devices signed out from afar."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel import clock
from alongside.people import locking
from alongside.people.models import Device
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.people.tests.signing_in import card_of, code_in_mail, sign_in_by_card, sign_in_by_code, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """`later(minutes=11)` lets time pass for everybody who asks the clock of the house."""
    passed = [timedelta(0)]
    real = clock.now
    for module in ("middleware", "access", "views.signing_in", "views.entrance", "adapter", "backends"):
        monkeypatch.setattr(f"alongside.people.{module}.now", lambda: real() + passed[0])

    def wait(**time):
        passed[0] += timedelta(**time)

    return wait


def ben_on(browser: Client, **more):
    printed = card_of(person_in(community(), "Ben", email="ben@example.org"))
    sign_in_by_card(browser, printed, **more)
    return printed


def test_a_shared_device_locks_after_ten_quiet_minutes(later):
    browser = Client()
    ben_on(browser, shared="on")

    later(minutes=9)
    before = who(browser)
    later(minutes=9)
    still = who(browser)
    later(minutes=11)

    assert [before, still, who(browser)] == ["Ben", "Ben", ""]


def test_a_locked_device_leads_to_the_page_that_asks_again_and_back(later):
    browser = Client()
    printed = ben_on(browser, shared="on")
    later(minutes=11)

    door = browser.get(reverse("people:signing_in"), follow=True)
    opened = browser.post(reverse("people:sign_in_again"), {"secret": printed.pin, "next": "/me/signing-in/"})

    assert door.redirect_chain[-1][0] == "/sign-in/again/?next=%2Fme%2Fsigning-in%2F"
    assert "Ben" in door.content.decode()
    assert opened.headers["Location"] == "/me/signing-in/"
    assert who(browser) == "Ben"


def test_a_locked_device_opens_by_code(later):
    browser = Client()
    ben_on(browser)
    browser.post(reverse("people:lock"))

    browser.post(reverse("people:sign_in_again"), {"way": "code"})
    browser.post(reverse("account_confirm_login_code"), {"action": "verify", "code": code_in_mail()})

    assert who(browser) == "Ben"
    assert Device.objects.signed_in().count() == 1


def test_a_locked_device_stays_locked_with_a_wrong_pin(later):
    browser = Client()
    ben_on(browser)
    browser.post(reverse("people:lock"))

    browser.post(reverse("people:sign_in_again"), {"secret": "999998"})

    assert who(browser) == ""


def test_a_wrong_pin_behind_the_lock_is_counted_and_not_kept():
    browser = Client()
    ben_on(browser)
    browser.post(reverse("people:lock"))

    browser.post(reverse("people:sign_in_again"), {"secret": "987654"})

    kept = AccessAttempt.objects.get()
    assert kept.failures_since_start == 1
    assert "987654" not in kept.post_data


def test_the_lock_cannot_be_talked_out_of_by_the_cookie(later):
    one, other = Client(), Client()
    ben_on(one, shared="on")
    printed = card_of(person_in(community("Elm"), "Cleo"))
    sign_in_by_card(other, printed, shared="on")
    later(minutes=11)
    fresh = Client()
    sign_in_by_card(fresh, printed, shared="on")

    seen = []
    for cookie in ("", "junk", other.cookies[locking.COOKIE].value, fresh.cookies[locking.COOKIE].value):
        one.cookies[locking.COOKIE] = cookie
        seen.append(who(one))

    assert seen == ["", "", "", ""]


def test_reading_pages_writes_nothing(later):
    browser = Client()
    ben_on(browser)
    later(minutes=5)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        for name in ("people:signing_in", "people:stay", "account_logout", "account_email", "people:add_passkey"):
            browser.get(reverse(name))
        for name in ("account_login", "account_signup", "people:sign_in_by_card", "people:sign_in_by_password"):
            Client().get(reverse(name))

    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_own_devices_lock_as_their_person_chooses(later):
    browser = Client()
    ben_on(browser)

    browser.post(reverse("people:choose_lock"), {"minutes": "0"})
    later(hours=30)
    never = who(browser)
    browser.post(reverse("people:choose_lock"), {"minutes": "60"})
    later(minutes=61)

    assert [never, who(browser)] == ["Ben", ""]


def test_a_shared_device_cannot_be_told_never_to_lock(later):
    browser = Client()
    ben_on(browser, shared="on")

    browser.post(reverse("people:choose_lock"), {"minutes": "0"})
    later(minutes=11)

    assert who(browser) == ""


def test_a_shared_device_keeps_its_session_no_longer_than_the_browser():
    own, shared = Client(), Client()
    ben_on(own)
    sign_in_by_card(shared, card_of(person_in(community("Elm"), "Cleo")), shared="on")

    assert own.cookies["sessionid"]["max-age"] == 30 * 24 * 3600
    assert shared.cookies["sessionid"]["max-age"] == ""


def test_what_changes_how_one_signs_in_asks_again_after_a_while(later):
    browser = Client()
    ben_on(browser)
    fresh = browser.get(reverse("people:choose_password"))
    later(minutes=16)

    shown = browser.get(reverse("people:choose_password"))
    tried = browser.post(reverse("people:choose_password"), {"password": "three words and more"})

    assert "id_password" in fresh.content.decode()
    assert "First, show that it is you" in shown.content.decode()
    assert tried.status_code == 401


def test_a_new_password_is_told_of_by_letter():
    browser = Client()
    person_in(community(), "Amina", email="amina@example.org")
    sign_in_by_code(browser, "amina@example.org")

    browser.post(reverse("people:choose_password"), {"password": "three words and more"})

    assert mail.outbox[-1].subject == "Your password has changed"


def test_choosing_a_password_signs_other_devices_out():
    here, there = Client(), Client()
    printed = ben_on(here)
    sign_in_by_card(there, printed)

    here.post(reverse("people:choose_password"), {"password": "three words and more"})

    assert [who(here), who(there)] == ["Ben", ""]
    assert Device.objects.signed_in().count() == 1


def test_signing_out_elsewhere_leaves_this_device_alone():
    here, there = Client(), Client()
    printed = ben_on(here)
    sign_in_by_card(there, printed)

    here.post(reverse("people:sign_out_elsewhere"))

    assert [who(here), who(there)] == ["Ben", ""]


def test_the_page_about_signing_in_names_ways_and_devices():
    browser = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"})
    printed = ben_on(browser)

    page = browser.get(reverse("people:signing_in")).content.decode()

    assert "Firefox, Windows" in page
    assert "this device" in page
    assert f"ends in {printed.code[-2:]}" in page
    assert printed.code not in page


def test_another_address_counts_once_it_is_proved():
    browser = Client()
    person = person_in(community(), "Amina", email="amina@example.org").person
    sign_in_by_code(browser, "amina@example.org")

    browser.post(reverse("account_email"), {"email": "new@example.org"})
    code = code_in_mail()
    person.refresh_from_db()
    before = person.email
    browser.post(reverse("account_email_verification_sent"), {"action": "verify", "code": code})
    person.refresh_from_db()

    assert [before, person.email] == ["amina@example.org", "new@example.org"]
    assert [letter.to for letter in mail.outbox[-1:]] == [["amina@example.org"]]


def test_an_address_of_somebody_else_cannot_be_taken():
    person_in(community("Elm"), "Cleo", email="cleo@example.org")
    browser = Client()
    person = person_in(community(), "Amina", email="amina@example.org").person
    sign_in_by_code(browser, "amina@example.org")

    asked = browser.post(reverse("account_email"), {"email": "cleo@example.org"})
    browser.post(reverse("account_email_verification_sent"), {"action": "verify", "code": code_in_mail()})
    person.refresh_from_db()

    assert asked.headers["Location"] == reverse("account_email_verification_sent")
    assert person.email == "amina@example.org"


def test_a_part_of_a_page_asked_for_behind_the_lock_sends_the_whole_page_to_the_lock():
    browser = Client()
    ben_on(browser)
    browser.post(reverse("people:lock"))

    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/me/signing-in/"}
    answer = browser.get("/", headers=headers)

    assert answer.headers["HX-Redirect"] == "/sign-in/again/?next=%2Fme%2Fsigning-in%2F"
    assert answer.content == b""


def test_a_session_without_a_lock_is_not_locked():
    assert who(browser_of(person_in(community(), "Ben"))) == "Ben"
