"""The house as gunicorn serves it here: each answer says how long it took and how many queries it asked."""

import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.db import connection

from alongside.config.wsgi import application as house

TIMING = "Server-Timing"


class Counter:
    """Counts the queries of one answer."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.queries += 1
        return execute(*arguments)


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer as the house does, with a Server-Timing header: `app;dur=MILLISECONDS, cpu;dur=BUSY, db;desc=QUERIES`."""
    began, busy, counter, head = time.perf_counter(), time.process_time(), Counter(), []

    def remember(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        head.append((status, headers))

    with connection.execute_wrapper(counter):
        answer = house(environ, remember)
        body = b"".join(answer)
    answer.close()
    took, busy = (time.perf_counter() - began) * 1e3, (time.process_time() - busy) * 1e3
    status, headers = head[0]
    start_response(status, [*headers, (TIMING, f"app;dur={took:.2f}, cpu;dur={busy:.2f}, db;desc={counter.queries}")])
    return [body]
