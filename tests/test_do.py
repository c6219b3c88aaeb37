"""./do: what it says when the machine is not as it should be, and how it counts."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest

from tests.support.source import ROOT


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """`do` as a module that believes to live in an empty folder with requirements of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("do", str(ROOT / "do"))
    spec = importlib.util.spec_from_loader("do", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        (tmp_path / name).write_text("")
    return module


def test_an_old_python_is_told_what_to_type(do: ModuleType):
    with pytest.raises(
        do.Trouble, match=r"needs Python 3\.11 or newer, and this is 3\.9\. Type: python3\.11 \./do run"
    ):
        do.check_python((3, 9))


def test_a_missing_venv_module_is_told_what_to_type(do: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(do.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)

    with pytest.raises(do.Trouble, match="Type: sudo apt-get install python3-venv"):
        do.ensure("run")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        pytest.param("Failed to establish: NewConnectionError('<x>')", "there is no network", id="no network"),
        pytest.param("Temporary failure in name resolution", "there is no network", id="no name server"),
        pytest.param("OSError: [Errno 28] No space left on device", "The disk is full", id="full disk"),
        pytest.param("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one we pinned", id="tampered with"),
        pytest.param("[Errno 13] Permission denied: 'x'", "You may not write", id="no permission"),
        pytest.param("ERROR: something new", "something new", id="anything else"),
    ],
)
def test_pips_many_words_become_one_sentence_with_something_to_type(do: ModuleType, output: str, sentence: str):
    said = do.sentence_for_pip(output)

    assert sentence in said
    assert "\n" not in said
    assert "type" in said.lower()


def test_a_failed_installation_leaves_no_stamp(do: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "requirements.txt").write_text("no-such-package==1.0 --hash=sha256:" + "0" * 64)
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(do.Trouble):
        do.ensure("run")

    assert not (tmp_path / ".venv" / "run.stamp").exists()


def test_a_full_disk_and_a_locked_folder_are_told_in_one_sentence(do: ModuleType):
    full = do.sentence_for(OSError(28, "No space left on device"))
    locked = do.sentence_for(PermissionError(13, "Permission denied", "/somewhere"))

    assert full.startswith("The disk is full.")
    assert locked.startswith("You may not write to /somewhere. Type: sudo chown")


def test_setting_up_happens_once_until_a_pin_changes(do: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    python = do.ensure("run")
    assert subprocess.run([python, "-c", "import sys; sys.exit(sys.prefix == sys.base_prefix)"]).returncode == 0
    installed: list[str] = []
    monkeypatch.setattr(do, "install", lambda python, name: installed.append(name))

    do.ensure("run")
    assert installed == []

    (tmp_path / "requirements.txt").write_text("# another pin\n")
    do.ensure("run")
    assert installed == ["requirements.txt"]


def test_an_unknown_word_is_answered_with_help(do: ModuleType, capsys: pytest.CaptureFixture[str]):
    assert do.main(["dance"]) == 2
    assert capsys.readouterr().err == "There is no ./do dance. Type: ./do help\n"


def test_help_names_every_word(do: ModuleType, capsys: pytest.CaptureFixture[str]):
    assert do.main([]) == 0

    text = capsys.readouterr().out
    assert [name for name in do.COMMANDS if f"./do {name}" not in text and name not in {"help", "-h", "--help"}] == []


def test_all_runs_are_summed_in_pytests_own_words(do: ModuleType, capsys: pytest.CaptureFixture[str]):
    code = do.report(
        [("SQLite", 0, "10 passed, 2 skipped in 3.10s", 3.1), ("PostgreSQL", 1, "1 failed, 4 passed in 2s", 2.0)]
    )

    assert code == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 failed, 14 passed, 2 skipped in 5.10s"


def test_a_run_that_was_killed_is_not_green(do: ModuleType):
    assert do.report([("SQLite", 0, "10 passed in 3.10s", 3.1), ("PostgreSQL", -9, "", 2.0)]) != 0


def test_a_run_without_tests_of_its_own_is_green_beside_one_with_some(do: ModuleType):
    ran, empty = ("SQLite", 0, "10 passed in 3.10s", 3.1), ("PostgreSQL", do.NO_TESTS, "no tests ran in 0.10s", 0.1)

    assert do.report([ran, empty]) == 0
    assert do.report([empty, ("SQLite", 1, "1 failed in 3.10s", 3.1)]) == 1
    assert do.report([empty]) == do.NO_TESTS


def test_every_variant_has_its_run_and_only_with_all(do: ModuleType):
    some = [title for title, *_ in do.test_runs(False, [], "postgresql://here/db")]
    every = do.test_runs(True, [], "postgresql://here/db")

    assert some == ["SQLite", "PostgreSQL, what differs there"]
    assert [title for title, *_ in every] == ["SQLite", "PostgreSQL", "PostgreSQL, community in every key"]
    assert {environment["ALONGSIDE_TEST_ALL"] for *_, environment in every} == {"1"}


def test_what_is_missing_stops_a_run_that_wants_everything(do: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(do, "ensure", lambda level: Path(sys.executable))
    monkeypatch.setattr(do, "postgresql_programs", lambda: None)
    monkeypatch.delenv("ALONGSIDE_TEST_POSTGRESQL", raising=False)

    with pytest.raises(do.Trouble, match="With --all nothing may be missing"):
        do.test(["--all"])


def test_a_throwaway_server_leaves_nothing_behind(do: ModuleType, monkeypatch: pytest.MonkeyPatch):
    if do.postgresql_programs() is None:
        pytest.skip("no PostgreSQL server on this machine")
    monkeypatch.delenv("ALONGSIDE_TEST_POSTGRESQL", raising=False)

    with do.throwaway_postgresql() as address:
        folder = Path(unquote(urlsplit(address).hostname or ""))
        assert folder.is_dir()

    assert not folder.exists()
