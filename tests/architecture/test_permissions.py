"""Every address × every role × own and other community, against the written table."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.test import Client
from django.urls import reverse

from alongside.config import urls
from alongside.kernel.db import is_postgresql
from tests.support.cast import Actor, Cast
from tests.support.permission_table import TABLE, WORDS, Address, Row, addresses, rows
from tests.support.samples import filled_in
from tests.support.towns import Towns

ROWS = {row.url_name: row for row in rows(TABLE.read_text(encoding="utf-8"))}
ADDRESSES = {address.url_name: address for address in addresses()}
LISTED = [ADDRESSES[name] for name in sorted(ADDRESSES) if name in ROWS]
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)", re.IGNORECASE)
TURNED_AWAY = re.compile("There is nothing here|This door is closed")
MOST_POWERFUL = {"coordinator", "steward", "lead"}


class Door:
    """Knocks at addresses as one actor, each time as if for the first."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.client = Client(raise_request_exception=True)
        if actor.membership:
            self.client.force_login(actor.membership.person, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = deepcopy(self.client.cookies)

    def knock(self, method: str, path: str) -> HttpResponse:
        self.client.cookies = deepcopy(self.cookies)
        with rolled_back():
            answer: HttpResponse = getattr(self.client, method.lower())(path)
        return answer


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
def doors(cast: Cast) -> dict[str, Door]:
    return {actor.name: Door(actor) for actor in cast.actors}


@pytest.fixture
def without_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is turned away is told so in a number alone: most of the time went into drawing that one page."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())
    monkeypatch.setattr(urls, "handler403", lambda request, exception: HttpResponseForbidden(), raising=False)


@pytest.fixture
def refusals() -> Iterator[list[str]]:
    """What the house wrote down about people it turned away."""
    written: list[str] = []

    class Notebook(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(record.getMessage())

    notebook, logger = Notebook(), logging.getLogger("alongside.refusals")
    logger.addHandler(notebook)
    yield written
    logger.removeHandler(notebook)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(ADDRESSES) == set(ROWS)


def test_the_table_speaks_only_of_known_people() -> None:
    assert {word for row in ROWS.values() for word in row.who} <= WORDS


@pytest.mark.parametrize("address", LISTED, ids=lambda address: address.url_name)
def test_at_home_everybody_gets_in_exactly_where_the_table_says_and_looking_writes_nothing(
    address: Address, cast: Cast, doors: dict[str, Door], refusals: list[str], without_a_page: None
) -> None:
    row, path = ROWS[address.url_name], filled_in(address, cast.home)
    # Who gets in is decided before any database is asked otherwise: the other one shows that the page opens.
    knocking = strongest(row, cast) if is_postgresql() else set(doors)
    may = {actor.name for actor in cast.actors if actor.words & row.who} & knocking

    for method in sorted(row.methods):
        got_in, wrote = set(), {}
        for name, door in doors.items():
            if name not in knocking:
                continue
            with written_statements() as written:
                answer = door.knock(method, path)
            got_in |= {name} if entered(answer, row) else set()
            wrote[name] = written
        assert got_in == may, f"{method} {path}"
        if method == "GET":
            assert {name: wrote[name] for name in may if wrote[name]} == {}, path


@pytest.mark.one_database
@pytest.mark.parametrize(
    "address", [each for each in LISTED if "community_slug" in each.params], ids=lambda a: a.url_name
)
def test_another_community_looks_like_none_at_all(
    address: Address, cast: Cast, doors: dict[str, Door], without_a_page: None
) -> None:
    row, path = ROWS[address.url_name], filled_in(address, cast.away)
    if row.who & {"public", "stranger", "signed in"}:
        return

    for method in sorted(row.methods):
        answers = {name: door.knock(method, path) for name, door in doors.items()}
        assert {name for name, answer in answers.items() if name != "stranger" and answer.status_code != 404} == set()
        assert is_way_to_sign_in(answers["stranger"])


@pytest.mark.parametrize(
    "address",
    [each for each in LISTED if "community_slug" in each.params and len(each.params) > 1],
    ids=lambda address: address.url_name,
)
def test_things_of_another_community_cannot_be_reached_from_here(
    address: Address, cast: Cast, doors: dict[str, Door], without_a_page: None
) -> None:
    row, path = ROWS[address.url_name], filled_in(address, cast.home, things_of=cast.away)
    if path == filled_in(address, cast.home):
        return

    for method in sorted(row.methods):
        for name in strongest(row, cast):
            assert doors[name].knock(method, path).status_code in {403, 404, 410}, f"{method} {path} as {name}"


def strongest(row: Row, cast: Cast) -> set[str]:
    """Those who may most of all the people a row lets in; a stranger, where everybody may."""
    if "public" in row.who:
        return {"stranger"}
    return {actor.name for actor in cast.actors if actor.words & row.who & MOST_POWERFUL} or {"themself"}


@pytest.mark.one_database
@pytest.mark.parametrize(
    "address", [each for each in LISTED if ROWS[each.url_name].methods == {"POST"}], ids=lambda each: each.url_name
)
def test_where_something_changes_looking_is_refused(
    address: Address, cast: Cast, doors: dict[str, Door], without_a_page: None
) -> None:
    for door in doors.values():
        answer = door.knock("GET", filled_in(address, cast.home))
        assert answer.status_code in {403, 404, 405} or is_way_to_sign_in(answer)


def test_a_place_that_is_closed_reads_as_one_that_is_not_there(cast: Cast, doors: dict[str, Door]) -> None:
    for actor in cast.actors[1:]:
        knock = partial(page_behind, doors[actor.name])
        closed = next(filled_in(address, cast.home) for address in LISTED if is_closed_to(actor, address))
        elsewhere, nowhere = (reverse("web:home", args=[slug]) for slug in (cast.away.community.slug, "nowhere"))

        assert TURNED_AWAY.search(knock(closed)), closed
        assert "There is nothing here" in knock(elsewhere) == knock(nowhere), actor.name


def is_closed_to(actor: Actor, address: Address) -> bool:
    row = ROWS[address.url_name]
    return "community_slug" in address.params and "GET" in row.methods and not actor.words & row.who


def page_behind(door: Door, path: str) -> str:
    """The page as it is read, without its own address and what is drawn by lot."""
    return re.sub(r'"\w{64}"|nonce="[^"]+"', "", door.knock("GET", path).text.replace(path, ""))


def test_a_refusal_is_written_down(cast: Cast, doors: dict[str, Door], refusals: list[str]) -> None:
    doors["former"].knock("GET", reverse("web:home", args=[cast.home.community.slug]))

    former = cast.home.members["former"].person
    assert refusals == [f"refused people.see_noticeboard at web:home to {former.pk}"]


def entered(answer: HttpResponse, row: Row) -> bool:
    """Let in: the view itself answered, even if only with "please fill this in"."""
    if row.who == {"stranger"}:
        return answer.status_code == 200
    return answer.status_code not in {403, 404} and not is_way_to_sign_in(answer)


def is_way_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and urlsplit(answer["Location"]).path == reverse("account_login")


@contextmanager
def written_statements() -> Iterator[list[str]]:
    """The statements that write, collected while the block runs."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
