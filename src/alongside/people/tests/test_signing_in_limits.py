"""Limits hold for all processes together, since they are kept in the database."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection

TRIES = """
import django; django.setup()
from allauth.core import ratelimit
from django.test import RequestFactory
from alongside.people.adapter import AccountAdapter
request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
print(sum(ratelimit.consume(request, action="card_failed", key="all") for _ in range(40)))
"""


def address_of_database() -> str:
    """The test's database as ALONGSIDE_DATABASE would name it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{settings['NAME']}"
    who = f"{settings['USER']}:{quote(settings['PASSWORD'])}@{settings['HOST']}:{settings['PORT']}"
    return f"postgresql://{who}/{settings['NAME']}"


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
