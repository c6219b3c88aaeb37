"""What letters about signing in say of the house they come from."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from alongside.people.tests.factories import community, person_in

pytestmark = pytest.mark.django_db


def test_a_letter_names_the_address_of_the_house_whatever_host_a_request_claims(client):
    person_in(community(), "Amina", email="amina@example.org")

    client.post(reverse("account_login"), {"login": "amina@example.org"}, headers={"host": "127.0.0.1"})

    body = str(mail.outbox[-1].body)
    assert settings.PUBLIC_ADDRESS in body
    assert "127.0.0.1" not in body
