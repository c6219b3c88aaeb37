"""Nobody fills the disk by sending far too much."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.web.middleware import MOST_BYTES

pytestmark = pytest.mark.django_db


def announcing(size: int) -> int:
    form = ("POST", reverse("web:look"), b"theme=dark", "application/x-www-form-urlencoded")
    return Client().generic(*form, CONTENT_LENGTH=str(size)).status_code


def test_what_is_announced_as_far_too_large_is_refused_unread() -> None:
    assert announcing(MOST_BYTES + 1) == 413
    assert announcing(10**40) == 413
    assert announcing(10) == 302
