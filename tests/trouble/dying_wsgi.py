"""The application in a web process that dies once, after its work is committed and before it replies."""

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from alongside.config.wsgi import application as house


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    reply: Iterable[bytes] = house(environ, start_response)
    died = Path(os.environ["DIED_ONCE"])
    if environ["REQUEST_METHOD"] == "POST" and not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return reply
