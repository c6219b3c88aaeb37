"""Every row of the benchmark still runs. Nothing here is about how fast."""

import importlib.util
import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader

import pytest

from bench.rows import ROWS
from tests.support.source import ROOT


@pytest.mark.all_variants
@pytest.mark.sqlite_only
def test_every_row_of_the_benchmark_runs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("do", str(ROOT / "do"))
    spec = importlib.util.spec_from_loader("do", loader)
    assert spec is not None
    do = importlib.util.module_from_spec(spec)
    loader.exec_module(do)

    with do.throwaway_postgresql(lasting=True) as address:
        environment = {**os.environ, "ALONGSIDE_BENCH_POSTGRESQL": address}
        done = subprocess.run(
            [sys.executable, "-m", "bench", "--smoke"], cwd=ROOT, env=environment, text=True, capture_output=True
        )

    assert done.returncode == 0, done.stderr
    assert [row.title for row in ROWS if f"## {row.title}\n" not in done.stdout] == []
