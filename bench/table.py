"""The table as Markdown, and its place in docs/reference/performance.md."""

import os
import platform
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg

from bench.finding import MILLISECONDS, Finding, Findings
from bench.options import Options
from bench.rows import Row

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/performance.md"
HEAD = "| what | goal | measured | lowest to highest | met | |\n| --- | --- | --- | --- | --- | --- |"


def section(row: Row, findings: Findings, options: Options) -> str:
    """One row of the goals, with its findings and how they were made."""
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    made = (
        f"{row.database.value}. {options.rounds} rounds of {options.seconds:g} s"
        f"{' before all other work (real-time priority)' if options.first else ''},"
        f" {datetime.now(UTC):%Y-%m-%d}, load average at the end {load} ({machine()})."
    )
    lines = [f"## {row.title}", "", made, *findings.remarks, "", HEAD, *map(_line, findings.found), ""]
    return "\n".join(lines)


def machine() -> str:
    """What it was measured on."""
    names = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores {names[0] if names else platform.machine()}, {gigabytes:.0f} GB,"
        f" Python {platform.python_version()}, Django {django.__version__}, psycopg {psycopg.__version__},"
        f" SQLite {sqlite3.sqlite_version}"
    )


def _line(one: Finding) -> str:
    goal = "" if one.goal is None else f"{'≥' if one.at_least else '≤'} {_number(one.goal, one.unit)}"
    met = {None: "", True: "yes", False: "**no**"}[one.met]
    spread = f"{_number(one.low, one.unit)} to {_number(one.high, one.unit)}"
    return f"| {one.what} | {goal} | {_number(one.value, one.unit)} | {spread} | {met} | {one.remark} |"


def _number(value: float, unit: str) -> str:
    digits = 3 if unit == MILLISECONDS and value < 1 else 2 if value < 100 else 0
    return f"{value:.{digits}f} {unit}"


def write(row: Row, text: str) -> None:
    """Put the section between its markers; a new one goes to the end."""
    begin, end = f"<!-- {row.name} -->\n", f"<!-- end of {row.name} -->"
    page = PAGE.read_text(encoding="utf-8")
    if begin in page:
        before, rest = page.split(begin, 1)
        after = rest.split(end, 1)[1]
        page = f"{before}{begin}{text}{end}{after}"
    else:
        page = f"{page.rstrip()}\n\n{begin}{text}{end}\n"
    PAGE.write_text(page, encoding="utf-8")
