"""Which port the house takes on one's own machine."""

import os
import socket
from collections.abc import Sequence

FIRST_PORT = 8000
PORTS_TO_TRY = 100
LOOPBACK = "127.0.0.1"
_BOTH_LOOPBACKS = ((socket.AF_INET, LOOPBACK), (socket.AF_INET6, "::1"))


class NoFreePort(Exception):
    """All ports from `first` on are taken."""

    def __init__(self, *, first: int) -> None:
        super().__init__(f"ports {first} to {first + PORTS_TO_TRY - 1} are all taken")
        self.first = first


def choose_address(arguments: Sequence[str]) -> None:
    """Settle port and public address before the settings are read: links must name the right port."""
    port = free_port(asked_port(arguments))
    os.environ["ALONGSIDE_PORT"] = str(port)
    os.environ.setdefault("ALONGSIDE_ADDRESS", f"http://localhost:{port}")


def asked_port(arguments: Sequence[str]) -> int:
    """The port asked for by `--port N` or `--port=N`, else 8000. Whether it is sensible is checked later."""
    words = " ".join(arguments).replace("=", " ").split()
    after = words[words.index("--port") + 1 :] if "--port" in words else []
    return int(after[0]) if after and after[0].isdecimal() and 0 < int(after[0]) < 65536 else FIRST_PORT


def free_port(first: int) -> int:
    """The first port from `first` on that nobody on this machine listens at.

    Raises NoFreePort when a hundred in a row are taken.
    """
    for port in range(first, min(first + PORTS_TO_TRY, 65536)):
        if not any(is_taken(family, host, port) for family, host in _BOTH_LOOPBACKS):
            return port
    raise NoFreePort(first=first)


def is_taken(family: socket.AddressFamily, host: str, port: int) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.2)
        try:
            return probe.connect_ex((host, port)) == 0
        except OSError:  # a machine without IPv6 has nobody listening there
            return False
