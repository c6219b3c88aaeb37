"""The `alongside` command and what it needs before Django starts."""

import os
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.config import addresses, command
from alongside.config.addresses import FIRST_PORT, asked_port, choose_address, free_port


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_two_words_name_one_command():
    assert command.with_joined_name(["demo", "links", "--help"])[0] in {"demo", "demo_links"}
    assert command.with_joined_name(["migrate", "people"]) == ["migrate", "people"]


def test_the_overview_explains_every_command_of_the_house():
    text = command.overview()

    lines = [line for line in text.splitlines() if line.startswith("  alongside ")]
    assert {line.split()[1] for line in lines} >= {"run", "serve", "backup", "restore"}
    assert [line for line in lines if len(line.split(maxsplit=2)) < 3 or not line.endswith(".")] == []


def test_a_taken_port_is_passed_over(taken_port: int):
    assert free_port(taken_port) > taken_port


def test_the_public_address_follows_the_port(taken_port: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALONGSIDE_PORT", "")
    monkeypatch.delenv("ALONGSIDE_ADDRESS", raising=False)

    choose_address(["--port", str(taken_port)])

    port = int(os.environ["ALONGSIDE_PORT"])
    assert port > taken_port
    assert os.environ["ALONGSIDE_ADDRESS"] == f"http://localhost:{port}"


def test_a_machine_without_a_free_port_gets_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["alongside", "run", "--port", "9000"])
    monkeypatch.setattr(os, "umask", lambda mask: mask)
    monkeypatch.setattr(addresses, "is_taken", lambda *where: True)

    with pytest.raises(SystemExit) as farewell:
        command.main()

    assert farewell.value.code == "alongside run: ports 9000 to 9099 are all taken"


@pytest.mark.parametrize(
    ("arguments", "port"),
    [
        pytest.param([], FIRST_PORT, id="nothing asked"),
        pytest.param(["--port", "8123"], 8123, id="two words"),
        pytest.param(["--port=8123"], 8123, id="one word"),
        pytest.param(["--port", "many"], FIRST_PORT, id="not a number"),
        pytest.param(["--port", "70000"], FIRST_PORT, id="no such port"),
    ],
)
def test_the_port_asked_for(arguments: list[str], port: int):
    assert asked_port(arguments) == port


def test_whatever_a_command_writes_is_for_nobody_else_on_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    written = tmp_path / "alongside.sqlite3"
    monkeypatch.setattr(command, "execute", lambda words: written.write_text("names and telephone numbers"))
    monkeypatch.setattr("sys.argv", ["alongside", "work"])
    former = os.umask(0o022)

    try:
        command.main()
    finally:
        os.umask(former)

    assert stat.S_IMODE(written.stat().st_mode) == 0o600
