"""One file that holds everything, made while the house is open, and the way back from it."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from alongside.config.preparation import migrate_if_needed
from alongside.kernel.db import is_postgresql
from alongside.kernel.errors import Refusal


class NotEmpty(Refusal):
    """There are people in the database; restoring would put others in their place."""


class NotABackup(Refusal):
    """`path` is missing, damaged or no backup of this kind of database; `reason` says which."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class ToolMissing(Refusal):
    """PostgreSQL's `program` is not on this machine."""

    def __init__(self, *, program: str) -> None:
        super().__init__(program)
        self.program = program


class ToolFailed(Refusal):
    """PostgreSQL's `program` gave up; `reason` is its last line."""

    def __init__(self, *, program: str, reason: str) -> None:
        super().__init__(f"{program}: {reason}")
        self.program, self.reason = program, reason


def back_up(path: Path | None, *, at: datetime) -> Path:
    """Write everything into one verified file and return its path.

    `path` None means a file named after the moment in the data folder's `backups`.
    The file appears under its name only when it is whole. Raises ToolMissing, ToolFailed, NotABackup.
    """
    ending = "dump" if is_postgresql() else "sqlite3"
    path = path or settings.DATA_FOLDER / "backups" / f"alongside-{at:%Y%m%d-%H%M%S-%f}.{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.unlink(missing_ok=True)
    # Nobody else may read it: it holds everything.
    os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        _write_dump(unfinished) if is_postgresql() else _copy_sqlite(_database(), unfinished)
        verify_file(unfinished)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def restore(path: Path, *, replace: bool, at: datetime) -> Path | None:
    """Bring back everything that `path` holds, and verify the result.

    A database with people in it is left alone (NotEmpty) unless `replace`; then what was there
    is backed up first, and the path of that backup is returned.
    """
    verify_file(path)
    former = None
    if holds_people():
        if not replace:
            raise NotEmpty
        former = back_up(None, at=at)
    connections[DEFAULT_DB_ALIAS].close()
    if is_postgresql():
        _read_dump(path)
    else:
        _copy_sqlite(path, _database())
    migrate_if_needed()
    _verify_database()
    return former


def holds_people() -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if "people_person" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_person)")
        return bool(cursor.fetchone()[0])


def verify_file(path: Path) -> None:
    """Raise NotABackup unless `path` is a whole backup for the kind of database in use."""
    if not path.is_file():
        raise NotABackup(path=path, reason="there is no such file")
    if is_postgresql():
        try:
            listing = _tool("pg_restore", ["--list", str(path)])
        except ToolFailed as failure:
            raise NotABackup(path=path, reason=failure.reason) from None
        if "TABLE DATA public people_person" not in listing:
            raise NotABackup(path=path, reason="it holds no people's table")
    else:
        _verify_sqlite(path)


def _verify_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            orphans = copy.execute("PRAGMA foreign_key_check").fetchone()
            tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        raise NotABackup(path=path, reason=str(error)) from None
    if verdict != "ok" or orphans:
        raise NotABackup(path=path, reason=verdict if verdict != "ok" else f"a row of {orphans[0]} points nowhere")
    if "people_person" not in tables:
        raise NotABackup(path=path, reason="it holds no people's table")


def _verify_database() -> None:
    """After restoring: SQLite checks itself; PostgreSQL has checked every constraint while loading."""
    if not is_postgresql():
        _verify_sqlite(_database())


def _database() -> Path:
    return Path(str(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]))


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that may be in use, by SQLite's own means: no half-written moment gets in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target, timeout=30)) as to:
        from_.backup(to)


def _write_dump(path: Path) -> None:
    name = str(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"])
    _tool("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={path}", name])


def _read_dump(path: Path) -> None:
    """Load a dump beside what is there, and let go of that only when the dump is in."""
    name = str(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"])
    _run("ALTER SCHEMA public RENAME TO before_restoring", "CREATE SCHEMA public")
    whole = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--schema=public"]
    try:
        _tool("pg_restore", [*whole, f"--dbname={name}", str(path)])
    except ToolFailed:
        _run("DROP SCHEMA public CASCADE", "ALTER SCHEMA before_restoring RENAME TO public")
        raise
    _run("DROP SCHEMA before_restoring CASCADE")


def _run(*statements: str) -> None:
    """Run all statements or none, and hang up: prepared statements do not survive a change of schema."""
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connections[DEFAULT_DB_ALIAS].close()


def _tool(program: str, arguments: Sequence[str]) -> str:
    """Run one of PostgreSQL's programs on our server and return what it printed."""
    if shutil.which(program) is None:
        raise ToolMissing(program=program)
    done = subprocess.run([program, *arguments], env=_environment(), text=True, capture_output=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise ToolFailed(program=program, reason=said[-1] if said else "it gave no reason")
    return done.stdout


def _environment() -> dict[str, str]:
    """Where the server is, told by environment: a password has no place on a command line."""
    ours: dict[str, Any] = connections[DEFAULT_DB_ALIAS].settings_dict
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return {**os.environ, **{name: str(ours[key]) for name, key in told.items() if ours[key]}}
