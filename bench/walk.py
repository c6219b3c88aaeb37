"""Walking through the house by its links, as somebody signed in, and timing what the server says of itself."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urldefrag

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from alongside.people.models import Person

LINK = re.compile(rb'href="(/[^"]*)"')
TIMES = re.compile(r"app;dur=([\d.]+), cpu;dur=([\d.]+), db;desc=(\d+)")
# Addresses of one kind that a walk opens: enough to meet a rich one among poor ones.
OF_A_KIND = 3
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Page:
    """An address as one person sees it. `name`: the name of its kind, such as "timebank:account"."""

    path: str
    name: str
    person: str
    cookie: str


@dataclass(frozen=True)
class Answer:
    """What the server says: how long it took, how much of that a processor was busy, how many queries."""

    milliseconds: float
    busy: float
    queries: int


class Visitor:
    """One client with a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, cookie: str) -> tuple[int, str, bytes, Answer]:
        connection = HTTPConnection("localhost", self.port, timeout=60)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        found = TIMES.search(response.headers.get("Server-Timing", ""))
        answer = Answer(float(found[1]), float(found[2]), int(found[3])) if found else Answer(0, 0, 0)
        return response.status, response.headers.get("Content-Type", ""), body, answer


def cookie_for(person: Person) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def walk(visitor: Visitor, *, start: str, person: str, cookie: str, of_a_kind: int = OF_A_KIND) -> Iterator[Page]:
    """Every page of HTML that can be reached by links, a few of each kind."""
    waiting, seen = [start, "/"], set[str]()
    opened: dict[str, int] = defaultdict(int)
    while waiting:
        path = urldefrag(waiting.pop(0)).url
        name = name_of(path)
        if path in seen or not name or opened[name] >= of_a_kind:
            continue
        seen.add(path)
        opened[name] += 1
        status, kind, body, _ = visitor.get(path, cookie)
        if status == 200 and kind.startswith("text/html"):
            yield Page(path, name, person, cookie)
            waiting += [link.decode().replace("&amp;", "&") for link in LINK.findall(body)]


def name_of(path: str) -> str:
    """The name of the address, "" for what is none of ours."""
    try:
        return resolve(path.split("?")[0]).view_name
    except Resolver404:
        return ""
