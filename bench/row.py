"""Measuring in a process of its own: `python -m bench.row MODULE FILE`. Started by `python -m bench`."""

import importlib
import sys
from pathlib import Path

import django

from bench.finding import Findings
from bench.options import Options


def main(module: str, file: str) -> None:
    django.setup()
    findings = Findings()
    importlib.import_module(module).measure(Options.from_environment(), findings)
    findings.write(Path(file))


if __name__ == "__main__":
    main(*sys.argv[1:])
