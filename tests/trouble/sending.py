"""Sends forms of the house as somebody, each time as if for the first, and notes what was written meanwhile."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from alongside.people.models import Membership
from tests.support.cast import Cast
from tests.support.permission_table import TABLE, Address, Row, addresses, rows
from tests.support.samples import filled_in
from tests.trouble.forms import Form, Reader

ROWS: dict[str, Row] = {row.url_name: row for row in rows(TABLE.read_text(encoding="utf-8"))}
ADDRESSES: dict[str, Address] = {each.url_name: each for each in addresses() if each.url_name in ROWS}
# Who tries: those who see the most forms first.
WHO = ("coordinator", "themself", "steward", "participant", "lead", "stranger")
FORM = "application/x-www-form-urlencoded"
_WRITE = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.I)
# What is remembered about every visit, refused or not.
_ABOUT_VISITS = ("django_session", "shared_cache", "axes_")


@dataclass
class Written:
    """Tables written to and not rolled back, savepoint by savepoint."""

    levels: list[tuple[str, list[str]]] = field(default_factory=lambda: [("", [])])

    def watch(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if text.startswith("SAVEPOINT"):
            self.levels.append((text.split()[-1], []))
        elif text.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")) and len(self.levels) > 1:
            self._close(text.split()[-1], kept=text.startswith("RELEASE"))
        elif (found := _WRITE.match(text)) and not found[1].startswith(_ABOUT_VISITS):
            self.levels[-1][1].append(found[1])
        return execute(sql, params, many, context)

    def _close(self, name: str, *, kept: bool) -> None:
        # What was rolled back is released as well, and must not close the level around it.
        if name not in {opened for opened, _tables in self.levels}:
            return
        while len(self.levels) > 1:
            opened, tables = self.levels.pop()
            if kept:
                self.levels[-1][1].extend(tables)
            if opened == name:
                return

    def tables(self) -> list[str]:
        return sorted({table for _name, tables in self.levels for table in tables})


@dataclass
class Answer:
    response: HttpResponse
    written: list[str]
    body: str
    # The page a redirect leads to.
    after: str = ""


class Sender:
    """One person's browser; whatever it does is taken back."""

    def __init__(self, membership: Membership | None) -> None:
        self.client = Client(raise_request_exception=True)
        if membership:
            self.client.force_login(membership.person, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = deepcopy(self.client.cookies)

    @contextmanager
    def as_if_first(self) -> Iterator[Written]:
        self.client.cookies = deepcopy(self.cookies)
        written = Written()
        with transaction.atomic():
            with connection.execute_wrapper(written.watch):
                yield written
            transaction.set_rollback(True)

    def get(self, path: str) -> Any:
        with self.as_if_first():
            return self.client.get(path)

    def post(self, path: str, values: dict[str, str], *, follow: bool = False) -> Answer:
        return self.send(path, urlencode(values, errors="surrogatepass"), follow=follow)

    def send(self, path: str, body: str | bytes, content_type: str = FORM, *, follow: bool = False) -> Answer:
        with self.as_if_first() as written:
            response: Any = self.client.post(path, body, content_type=content_type)
            tables = written.tables()
            here = follow and response.status_code == 302 and response["Location"].startswith("/")
            after: Any = self.client.get(response["Location"]) if here else None
        return Answer(response, tables, text_of(response), text_of(after) if after else "")


def text_of(response: HttpResponse) -> str:
    if getattr(response, "streaming", False) or "text" not in response.get("Content-Type", ""):
        return ""
    return response.content.decode()


def senders(cast: Cast) -> dict[str, Sender]:
    known = {actor.name: actor for actor in cast.actors}
    return {name: Sender(known[name].membership) for name in WHO}


def allowed(row: Row, cast: Cast) -> list[str]:
    words = {actor.name: actor.words for actor in cast.actors}
    return [name for name in WHO if words[name] & row.who]


def forms_of_the_house(cast: Cast, people: dict[str, Sender]) -> dict[str, tuple[str, Form]]:
    """For the name of every address that some page has a form for: who may send it, and its fullest form."""
    found: dict[str, tuple[str, Form]] = {}
    for address in ADDRESSES.values():
        row = ROWS[address.url_name]
        for who in allowed(row, cast)[:2] if "GET" in row.methods else []:
            path = filled_in(address, cast.home)
            for form in Reader(path, text_of(people[who].get(path))).forms:
                known = found.get(name_of(form.path))
                if form.method == "POST" and (known is None or len(form.boxes) > len(known[1].boxes)):
                    found[name_of(form.path)] = (who, form)
    return found


def name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
