"""Signing in with a real browser: passkeys, a scanned card, leaving quickly."""

import pytest
from django.urls import reverse

from alongside.people.models import Device
from alongside.people.tests.factories import community, person_in
from alongside.people.tests.signing_in import card_of

pytestmark = pytest.mark.usefixtures("live_site")


def with_passkeys(page):
    """Give the page a device that makes and answers passkeys by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def type_card(page, printed):
    page.get_by_label("Code on the card").fill(printed.code)
    page.get_by_label("PIN").fill(printed.pin)
    page.get_by_role("button", name="Sign in").click()


def test_a_passkey_is_made_and_signs_in_again(open_page):
    printed = card_of(person_in(community(), "Ben"))
    page = with_passkeys(open_page())
    page.goto(reverse("people:sign_in_by_card"))
    type_card(page, printed)

    page.goto(reverse("people:add_passkey"))
    page.get_by_label("A name for it").fill("My phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("link", name="Remove My phone").wait_for()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)

    assert Device.objects.latest("began_at").way == "passkey"


def test_a_scanned_card_fills_in_its_code_and_leaves_the_address_clean(open_page):
    printed = card_of(person_in(community(), "Ben"))
    page = open_page()

    page.goto(reverse("people:sign_in_by_card") + f"#{printed.code}")
    page.get_by_label("PIN").fill(printed.pin)
    address = page.url
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)

    assert printed.code not in address
    assert Device.objects.get().way == "card"


def test_a_device_warns_before_it_locks_and_then_hides_the_page(open_page):
    printed = card_of(person_in(community(), "Ben"))
    page = open_page()
    page.goto(reverse("people:sign_in_by_card"))
    page.get_by_label("Other people use this device too").check()
    type_card(page, printed)
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.clock.install()
    page.goto(reverse("people:signing_in"))

    page.clock.fast_forward("09:30")
    warning = page.get_by_text("Are you still there?")
    with page.expect_response(f"**{reverse('people:stay')}"):
        page.get_by_role("button", name="I am still here").click()
    warning.wait_for(state="hidden")
    page.clock.fast_forward("09:30")
    warning.wait_for(state="visible")
    page.clock.fast_forward("00:45")
    page.wait_for_url(lambda address: "signing-in" in address and "again" not in address)


def test_a_card_signs_in_without_script(open_page):
    printed = card_of(person_in(community(), "Ben"))
    page = open_page(javascript=False)

    page.goto(reverse("account_login"))
    assert page.get_by_text("Passkeys need JavaScript").is_visible()
    page.get_by_role("link", name="I have a sign-in card").click()
    type_card(page, printed)

    assert Device.objects.get().way == "card"
