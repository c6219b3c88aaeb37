"""Where people rely on it, the house opens only when everything is safe."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest


def alongside(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with nothing inherited but the way to Python."""
    return subprocess.run(
        [sys.executable, "-m", "alongside.config.command", *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        text=True,
        capture_output=True,
        timeout=60,
    )


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {
        "ALONGSIDE_MODE": "production",
        "ALONGSIDE_DATA": str(tmp_path),
        "ALONGSIDE_SECRET_KEY": secrets.token_urlsafe(60),
        "ALONGSIDE_HOSTS": "hours.example.org",
        "ALONGSIDE_ADDRESS": "https://hours.example.org",
    }


def test_djangos_deployment_checks_find_nothing(production: dict[str, str]):
    done = alongside("check", "--deploy", "--fail-level", "DEBUG", **production)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_fault_behind_a_page_leaves_a_trace_with_its_time(production: dict[str, str]):
    fault = "import logging; logging.getLogger('django.request').error('Internal Server Error: /c/maple/')"

    done = alongside("shell", "--command", fault, **production)

    assert re.search(r"^20\d\d-.* ERROR django.request: Internal Server Error: /c/maple/$", done.stderr, re.MULTILINE)


def test_serve_refuses_a_weak_key_and_says_so(production: dict[str, str]):
    done = alongside("serve", **{**production, "ALONGSIDE_SECRET_KEY": "short"})

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: Not safe to open yet:\n- Your SECRET_KEY has less than 50 characters")


def test_serve_without_a_key_is_one_sentence(production: dict[str, str]):
    del production["ALONGSIDE_SECRET_KEY"]

    done = alongside("serve", **production)

    assert done.returncode == 1
    assert done.stderr == "ALONGSIDE_SECRET_KEY is missing; set it to 50 or more random characters.\n"


def test_serve_means_production_unless_told_otherwise(tmp_path: Path):
    done = alongside("serve", ALONGSIDE_DATA=str(tmp_path))

    assert done.stderr.startswith("ALONGSIDE_SECRET_KEY is missing")


def test_run_is_for_ones_own_machine_alone(production: dict[str, str]):
    done = alongside("run", "--port", "8799", **production)

    assert done.returncode == 1
    assert "In production type: alongside serve" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("ALONGSIDE_DEBUG", "perhaps", "write yes or no", id="flag"),
        pytest.param("ALONGSIDE_EMAIL_PORT", "many", "write a whole number", id="number"),
        pytest.param("ALONGSIDE_MODE", "holiday", "write development or production", id="mode"),
        pytest.param("ALONGSIDE_DATABASE", "mysql://x", "must be sqlite:///PATH or postgresql://", id="database"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_was_expected(tmp_path: Path, name: str, value: str, expected: str):
    done = alongside("check", **{"ALONGSIDE_DATA": str(tmp_path), name: value})

    assert done.returncode == 1
    assert name in done.stderr
    assert expected in done.stderr
    assert len(done.stderr.splitlines()) == 1
