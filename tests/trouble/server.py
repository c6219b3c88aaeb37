"""A real web server on the database of this test, and a browser that speaks to it over the wire."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tests.support.browser import session_of
from tests.support.databases import ROOT, address_of_database
from tests.trouble.forms import Form, Reader

PATIENCE = 60  # seconds


@contextmanager
def gunicorn(folder: Path) -> Iterator[int]:
    """The port of a server with one web process, which dies at its first POST."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {
        **os.environ,
        "ALONGSIDE_DATABASE": address_of_database(),
        "ALONGSIDE_DATA": str(folder),
        "DIED_ONCE": str(folder / "died-once"),
    }
    command = [sys.executable, "-m", "gunicorn", "tests.trouble.dying_wsgi:application", f"--bind=127.0.0.1:{port}"]
    log = (folder / "gunicorn.log").open("w")
    with subprocess.Popen([*command, "--workers=1"], cwd=ROOT, env=environment, stdout=log, stderr=log) as server:
        try:
            yield port
        finally:
            server.terminate()
            server.wait(PATIENCE)


class Wire:
    """A signed-in browser that fills in forms by hand and sees when a line goes dead."""

    def __init__(self, port: int, person: Any) -> None:
        self.port = port
        self.cookies = {settings.SESSION_COOKIE_NAME: session_of(person)}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """(status, text); raises ConnectionError or http.client.RemoteDisconnected when the line goes dead."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, headers)
            reply = line.getresponse()
            for name, value in reply.getheaders():
                if name.lower() == "set-cookie":
                    key, _equals, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return reply.status, reply.read().decode()
        finally:
            line.close()

    def open(self, path: str) -> tuple[Form, str]:
        """The first form of a page that is sent, and the token to send with it; waits until the server is up."""
        began = time.monotonic()
        while True:
            try:
                status, text = self.ask("GET", path)
                break
            except OSError:
                assert time.monotonic() - began < PATIENCE, "the server did not come up"
                time.sleep(0.1)
        assert status == 200, text
        token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = next(each for each in Reader(path, text).forms if each.method == "POST" and "key" in each.boxes)
        return form, token

    def send(self, form: Form, token: str, **values: str) -> int:
        sent = {**form.values(), **values, "csrfmiddlewaretoken": token}
        return self.ask("POST", form.path, urlencode(sent))[0]
