"""`./do bench`: measure every row of the table; see docs/how-to/measure.md.

--rounds N     rounds a row (5); the table shows medians, lowest and highest
--seconds S    seconds each way works in a round (3)
--transfers N  transfers in the large ledger (5,000,000)
--only NAME …  these rows alone
--first        measure before other work on a busy machine (the system must allow real-time priority)
--write        write the rows into docs/reference/performance.md
--smoke        everything tiny: does each row still run?
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench import table
from bench.databases import TEMPLATE, at, copy, create, migrate
from bench.finding import Findings
from bench.options import Options
from bench.rows import ROWS, Database, Row

LARGE = "bench_large"
NO_SERVER = "No PostgreSQL server is set. Type: ./do bench, which starts one of its own."


def main(arguments: Sequence[str]) -> int:
    given = read(arguments)
    server = os.environ.get("ALONGSIDE_BENCH_POSTGRESQL", "")
    if not server:
        sys.stderr.write(NO_SERVER + "\n")
        return 2
    options = (
        Options.smoke() if given.smoke else Options(given.rounds, given.seconds, given.transfers, first=given.first)
    )
    rows = [row for row in ROWS if not given.only or row.name in given.only]
    failed = []
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        prepare(server, Path(folder), rows, options)
        for row in rows:
            findings = measure(row, options, server, Path(folder))
            if findings is None:
                failed.append(row.name)
                continue
            section = table.section(row, findings, options)
            sys.stdout.write(section + "\n")
            if given.write:
                table.write(row, section)
    if failed:
        sys.stderr.write(f"Not measured: {', '.join(failed)}; what went wrong stands above.\n")
    return 1 if failed else 0


def read(arguments: Sequence[str]) -> argparse.Namespace:
    usual = asdict(Options())
    parser = argparse.ArgumentParser(
        prog="./do bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=usual["rounds"])
    parser.add_argument("--seconds", type=float, default=usual["seconds"])
    parser.add_argument("--transfers", type=int, default=usual["transfers"])
    parser.add_argument("--only", nargs="+", choices=[row.name for row in ROWS], default=[])
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    return parser.parse_args(arguments)


def prepare(server: str, folder: Path, rows: Sequence[Row], options: Options) -> None:
    """Migrate one database of each kind that is needed; rows get copies of it."""
    if any(row.database is not Database.SQLITE for row in rows):
        migrate(create(server, TEMPLATE), folder)
    if any(row.database is Database.POSTGRESQL_LARGE for row in rows):
        large = copy(server, LARGE, template=TEMPLATE, waits_for_disk=False)
        if code := run("bench.large", folder / "large.json", surroundings(large, options, folder)):
            raise SystemExit(code)
    if any(row.database is Database.SQLITE for row in rows):
        migrate(sqlite_address(folder / "template.sqlite3"), folder)


def sqlite_address(path: Path) -> str:
    return f"sqlite://{path}"


def measure(row: Row, options: Options, server: str, folder: Path) -> Findings | None:
    """Measure one row in a process and a database of its own."""
    began, file = time.monotonic(), folder / f"{row.name}.json"
    environment = surroundings(database_for(row, server, folder), options, folder)
    code = run(f"bench.rows.{row.name}", file, environment)
    sys.stderr.write(f"{row.name}: {time.monotonic() - began:.0f} s\n")
    return Findings.read(file) if code == 0 else None


def surroundings(database: str, options: Options, folder: Path) -> dict[str, str]:
    """The environment of a process that measures."""
    return {
        **os.environ,
        **options.to_environment(),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "ALONGSIDE_DATABASE": database,
        "ALONGSIDE_DATA": str(folder),
    }


def run(module: str, file: Path, environment: dict[str, str]) -> int:
    return subprocess.run([sys.executable, "-m", "bench.row", module, str(file)], env=environment).returncode


def database_for(row: Row, server: str, folder: Path) -> str:
    if row.database is Database.SQLITE:
        file = folder / f"{row.name}.sqlite3"
        file.write_bytes((folder / "template.sqlite3").read_bytes())
        return sqlite_address(file)
    if row.database is Database.POSTGRESQL_LARGE:
        return at(server, LARGE)
    lasting = row.database is Database.POSTGRESQL_LASTING
    return copy(server, f"bench_{row.name}", template=TEMPLATE, waits_for_disk=lasting)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
