"""What the tests of pages share: browsers of people, addresses, and the text of a page."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from alongside.people.models import Community
from alongside.timebank.ledger.fold import fold
from alongside.timebank.models import Account
from alongside.timebank.tests.factories import NOON, pay

MINUS = "\N{MINUS SIGN}"


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, community: Community, *args: Any) -> str:
    return reverse(f"timebank:{name}", args=[community.slug, *args])


def text_of(response: Any) -> str:
    """The words of the main part of a page, with single spaces."""
    main = response.content.decode().split('<main id="main"', 1)[1].split("</main>", 1)[0]
    words = re.sub(r"<(svg|script)\b.*?</\1>", " ", main, flags=re.S)
    plain = unescape(re.sub(r"<[^>]+>", " ", words)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", plain)


def look(person: Any, name: str, community: Community, *args: Any, **query: str) -> str:
    """The text of a page as this person sees it."""
    response = browser(person).get(url(name, community, *args), query)
    assert response.status_code == 200
    return text_of(response)


def key() -> str:
    return str(uuid4())


def pay_often(payer: Account, payee: Account, times: int) -> None:
    """So many exchanges of a minute, one a minute, folded."""
    for number in range(times):
        pay(payer, payee, 1, after_minutes=number)
    fold(NOON + timedelta(days=1))
