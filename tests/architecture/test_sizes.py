"""Small enough to read: files of 400 lines at most, functions of 60; the medians are printed."""

import statistics
import sys
from collections.abc import Sequence

import pytest

from tests.support.source import functions, python_files, shown, templates

FILE_LINES = 400
FUNCTION_LINES = 60


def test_no_file_is_longer_than_400_lines(capfd: pytest.CaptureFixture[str]):
    lengths = {shown(file): len(file.read_text().splitlines()) for file in [*python_files(), *templates()]}

    tell(capfd, "Python files", [lines for name, lines in lengths.items() if not name.endswith((".html", ".txt"))])
    tell(capfd, "templates", [lines for name, lines in lengths.items() if name.endswith((".html", ".txt"))])
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_60_lines(capfd: pytest.CaptureFixture[str]):
    lengths = {
        f"{shown(file)}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for file in python_files()
        for function in functions(file)
    }

    tell(capfd, "functions", list(lengths.values()))
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def tell(capfd: pytest.CaptureFixture[str], what: str, lengths: Sequence[int]) -> None:
    """Print past pytest's capture, so that everybody sees where we stand."""
    if not lengths:
        return
    high = sorted(lengths)[int(len(lengths) * 0.95)]
    with capfd.disabled():
        sys.stdout.write(f"\n{what}: {len(lengths)}, median {statistics.median(lengths):g} lines, 95 % up to {high}\n")
