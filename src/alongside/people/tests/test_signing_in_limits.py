"""Limits hold for all processes together, since they are kept in the database."""

import os
import subprocess
import sys

import pytest
from allauth.core import ratelimit
from django.test import Client, RequestFactory

from alongside.people.tests.factories import community, person_in
from alongside.people.tests.signing_in import card_of, sign_in_by_card, who
from tests.support.databases import address_of_database

TRIES = """
import django; django.setup()
from allauth.core import ratelimit
from django.test import RequestFactory
from alongside.people.adapter import AccountAdapter
request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
print(sum(ratelimit.consume(request, action="card_failed") for _ in range(40)))
"""


@pytest.mark.usefixtures("committed_db")
def test_two_processes_count_failed_cards_together():
    surroundings = os.environ | {
        "ALONGSIDE_DATABASE": address_of_database(),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }

    both = [
        subprocess.Popen([sys.executable, "-c", TRIES], env=surroundings, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    allowed = [int(process.communicate(timeout=60)[0]) for process in both]

    assert sum(allowed) == 60


@pytest.mark.django_db
def test_trying_many_addresses_makes_no_limit_forgotten():
    attacker = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    for _ in range(60):
        assert ratelimit.consume(attacker, action="card_failed")

    for number in range(450):
        elsewhere = RequestFactory().post("/", REMOTE_ADDR=f"198.51.100.{number % 250}")
        ratelimit.consume(elsewhere, action="request_login_code", key=f"{number}@example.org")

    assert not ratelimit.consume(attacker, action="card_failed")


@pytest.mark.django_db
def test_strangers_at_many_addresses_keep_no_card_holder_out():
    printed = card_of(person_in(community(), "Ben"))
    for number in range(11):
        attacker = RequestFactory().post("/", REMOTE_ADDR=f"198.51.100.{number}")
        for _ in range(60):
            ratelimit.consume(attacker, action="card_failed", key="all")
    ben = Client(REMOTE_ADDR="192.0.2.7")

    sign_in_by_card(ben, printed)

    assert who(ben) == "Ben"
