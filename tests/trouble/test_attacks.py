"""What ill-meaning strangers try: questions in addresses, odd bodies, ways out of the house, words that come alive."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import CharField, TextField
from django.test import Client, override_settings

from alongside.kernel.db import is_postgresql
from alongside.people.tests.signing_in import card_of, sign_in_by_card
from tests.support.cast import Cast
from tests.support.samples import filled_in
from tests.support.towns import Towns
from tests.trouble.nasty import MARKUP
from tests.trouble.sending import ADDRESSES, FORM, ROWS, Sender, allowed, senders, text_of

PAGES = sorted(name for name in ADDRESSES if "GET" in ROWS[name].methods)
CHANGES = sorted(name for name in ADDRESSES if "POST" in ROWS[name].methods)
# Everything that some page reads from its address.
ASKED = (
    "after", "added", "at", "before", "both_agree", "category", "channel", "day", "direction", "field", "for", "from",
    "giver", "helped_on", "language", "large", "listing", "minutes", "next", "note", "other", "page", "period", "pot",
    "q", "receiver", "role", "side", "signal", "since", "size", "theme", "told_by", "until", "urgency", "where", "with",
    "words", "year",
)  # fmt: skip
FOR_A_DATABASE = ["\x00", "9999-12-31", "9" * 40]
QUESTIONS = [*FOR_A_DATABASE, MARKUP, "0001-01-01"]
BODIES: dict[str, tuple[str, str | bytes]] = {
    "empty JSON": ("application/json", "{}"),
    "deep JSON": ("application/json", "[" * 10_000 + "]" * 10_000),
    "JSON with a key twice": ("application/json", '{"key": 1, "key": 2}'),
    "plain text": ("text/plain", "key=1"),
    "broken multipart": ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name="),
    "no boundary": ("multipart/form-data", "key=1"),
    "half characters": (FORM, b"key=%ED%A0%80&words=%FF%FE&name=\xff"),
    "a thousand fields": (FORM, "&".join(f"f{n}=1" for n in range(1100))),
}
ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "http:evil.example", "javascript:alert(1)")


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cast(towns: Towns, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock(), towns.copy() as cast, rolled_back():
        yield cast


@pytest.fixture(scope="module")
def people(cast: Cast) -> dict[str, Sender]:
    return senders(cast)


def test_no_page_stumbles_over_what_is_asked_in_its_address(cast: Cast, people: dict[str, Sender]) -> None:
    faults = []
    for name in PAGES:
        path, who = filled_in(ADDRESSES[name], cast.home), allowed(ROWS[name], cast)[0]
        for question in FOR_A_DATABASE if is_postgresql() else QUESTIONS:
            try:
                answer = people[who].get(f"{path}?{urlencode(dict.fromkeys(ASKED, question))}")
            except Exception as error:
                faults.append(f"{name} ? {question[:20]!r}: {type(error).__name__}: {str(error)[:120]}")
                continue
            if answer.status_code >= 500 or "<img src=x" in text_of(answer):
                faults.append(f"{name} ? {question[:20]!r}: {answer.status_code}")

    assert not faults, "\n".join(faults)


# Whatever of the others is read as a form comes to the database as words like any other.
@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=() if kind == "half characters" else pytest.mark.one_database) for kind in BODIES],
)
def test_no_form_stumbles_over_a_body_that_is_none(kind: str, cast: Cast, people: dict[str, Sender]) -> None:
    content_type, body = BODIES[kind]
    faults = []
    for name in CHANGES:
        path, who = filled_in(ADDRESSES[name], cast.home), allowed(ROWS[name], cast)[0]
        try:
            status = people[who].send(path, body, content_type).response.status_code
        except Exception as error:
            faults.append(f"{name}: {type(error).__name__}: {str(error)[:120]}")
        else:
            faults += [f"{name}: {status}"] if status >= 500 else []

    assert not faults, "\n".join(faults)


@pytest.mark.one_database
@pytest.mark.parametrize("target", ELSEWHERE[:2])
def test_no_page_leads_out_of_the_house(target: str, cast: Cast, people: dict[str, Sender]) -> None:
    """Leaving quickly is the one way out, and its address is in the settings."""
    wanted, led = {"next": target, "from": target}, []
    for name in sorted(set(ADDRESSES) - {"people:away"}):
        path, who = filled_in(ADDRESSES[name], cast.home), allowed(ROWS[name], cast)[0]
        answers = [people[who].get(f"{path}?{urlencode(wanted)}")] if name in PAGES else []
        answers += (
            [people[who].post(path, {**wanted, "theme": "dark", "language": "es"}).response] if name in CHANGES else []
        )
        for answer in answers:
            location = answer.get("Location", "") or answer.get("HX-Redirect", "")
            if location.startswith(("//", "/\\", "javascript:")) or "evil" in (urlsplit(location).netloc or ""):
                led.append(f"{name}: {location}")
            led += [f"{name}: link"] if f'href="{target}"' in text_of(answer) else []

    assert led == []


def test_signing_in_leads_to_no_other_house(cast: Cast) -> None:
    for target in ELSEWHERE:
        with rolled_back():
            answer = sign_in_by_card(Client(), card_of(cast.home.members["themself"]), next=target)
            assert answer.status_code == 302
            assert "evil" not in answer["Location"]
            assert "script" not in answer["Location"]


@override_settings(ALLOWED_HOSTS=["localhost"])
def test_a_host_that_is_not_ours_gets_no_page(cast: Cast) -> None:
    for host in ("evil.example", "localhost.evil.example", "localhost@evil.example", "[::1"):
        assert Client().get("/", HTTP_HOST=host).status_code == 400
    assert Client().get("/", HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example").status_code == 200
    assert settings.USE_X_FORWARDED_HOST is False


@pytest.mark.one_database
def test_markup_in_stored_words_comes_alive_on_no_page_and_formulas_in_no_file(
    cast: Cast, people: dict[str, Sender]
) -> None:
    faults = []
    with rolled_back():
        say_everywhere(f"={MARKUP}")
        for name in PAGES:
            for who in allowed(ROWS[name], cast)[:2]:
                answer = people[who].get(filled_in(ADDRESSES[name], cast.home))
                text = text_of(answer)
                if "csv" not in answer["Content-Type"] and ("<img src=x" in text or "<script>alert" in text):
                    faults.append(f"{name} as {who}")
                if "csv" in answer["Content-Type"] and any(
                    cell.startswith(("=", '"=')) for line in text.splitlines() for cell in line.split(",")
                ):
                    faults.append(f"{name} as {who}: a formula")

    assert faults == []


def say_everywhere(words: str) -> None:
    """Put `words` wherever people write freely: every text long enough that is no choice, key or code."""
    for model in apps.get_models():
        if not model.__module__.startswith("alongside.") or model.__name__ in {"Transfer", "Entry"}:
            continue
        for field in model._meta.concrete_fields:
            free = type(field) in {CharField, TextField} and not field.choices and not field.unique
            if (
                free
                and (field.max_length or 999) >= 60
                and not field.name.endswith(("key", "kind", "code", "zone", "link"))
            ):
                for row in model._default_manager.all():
                    put(row, field.name, f"{words}{row.pk}"[: field.max_length or 999])


def put(row: Any, field: str, words: str) -> None:
    """Change one text in the database; the database's own refusal is as good."""
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{field: words})
    except DatabaseError:
        return
