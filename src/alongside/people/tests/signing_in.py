"""A stranger's browser for tests of signing in."""

import re

from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.people.actions import cards
from alongside.people.models import Membership
from alongside.people.tests.factories import NOON, coordinator_in


def code_in_mail() -> str:
    """The code in the letter sent last."""
    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[0]


def ask_for_code(client: Client, email: str, **more):
    return client.post(reverse("account_login"), {"login": email, **more})


def sign_in_by_code(client: Client, email: str, **more):
    ask_for_code(client, email, **more)
    return client.post(reverse("account_confirm_login_code"), {"action": "verify", "code": code_in_mail()})


def card_of(membership: Membership, **wishes) -> cards.PrintedCard:
    printer = coordinator_in(membership.community, "Printer")
    return cards.issue(membership=membership, by=printer.person, at=NOON, **wishes)


def sign_in_by_card(client: Client, printed: cards.PrintedCard, *, pin: str = "", **more):
    return client.post(reverse("people:sign_in_by_card"), {"code": printed.code, "pin": pin or printed.pin, **more})


def who(client: Client) -> str:
    """Who is signed in here, by name; nothing for a stranger or behind the lock."""
    page = client.get(reverse("people:signed_out"))
    person = page.wsgi_request.user
    return str(person) if person.is_authenticated else ""
