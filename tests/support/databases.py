"""One migrated template database a code state, and quick private copies of it for tests.

The ledger's rows cannot be deleted, so a test that commits for real cannot be cleaned up after.
It gets a database of its own instead, copied from the template, and thrown away at the end.
"""

import ast
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.support.composite_keys import switch_keys

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
COMPOSITE_KEYS = os.environ.get("ALONGSIDE_TEST_COMPOSITE_KEYS") == "1"
_OUR_MODULE = re.compile(r"alongside(\.\w+)+")


def settings_of_database() -> dict[str, Any]:
    """The live settings of the default database; new connections in any thread read them."""
    settings: dict[str, Any] = connections.settings["default"]
    return settings


def address_of_database() -> str:
    """The database of this test as ALONGSIDE_DATABASE names it; a socket's folder may stand where a host does."""
    about = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return f"sqlite://{about['NAME']}"
    user, password, host, name = (quote(about[part], safe="") for part in ("USER", "PASSWORD", "HOST", "NAME"))
    port = f":{about['PORT']}" if about["PORT"] else ""
    return f"postgresql://{user}:{password}@{host}{port}/{name}"


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Point this thread's connection, and every new one, at the database `name`.

    The former connection is set aside with whatever transaction it has open, and put back after.
    """
    settings = settings_of_database()
    former_name, former_connection = settings["NAME"], connections["default"]
    settings["NAME"] = name
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = former_connection
        settings["NAME"] = former_name


def fingerprint() -> str:
    """Name the state of everything that decides what `migrate` makes."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(_files_migrations_read() | {Path(__file__).with_name("composite_keys.py")}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _files_migrations_read() -> set[Path]:
    """The migrations, all SQL files, and every module of ours that these import, however far down."""
    found = set(SOURCE.rglob("*.sql"))
    waiting = [path for path in SOURCE.rglob("*.py") if path.parent.name == "migrations"]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [file for name in _imports(path) for file in _module_files(name)]
    return found


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module_files(name: str) -> Iterator[Path]:
    if _OUR_MODULE.fullmatch(name):
        base = SOURCE.joinpath(*name.split("."))
        yield from (file for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file())


class SqliteTemplate:
    """The template as one closed file; a copy is a copy of the file."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder, self.scratch = folder, scratch
        self.path = folder / f"template-{fingerprint()}.sqlite3"

    def build(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.path.exists():
                return
            for stale in self.folder.glob("template-*"):
                if time.time() - stale.stat().st_mtime > 3600:  # a shorter-lived one may still be in use
                    stale.unlink()
            unfinished = self.folder / "unfinished.sqlite3"
            unfinished.unlink(missing_ok=True)
            with pointed_at(str(unfinished)):
                migrate()
                self.close_up()
            unfinished.rename(self.path)

    def close_up(self) -> None:
        """Everything into the one file of the open database, which must be copied while nobody writes to it."""
        connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections["default"].cursor().execute("PRAGMA journal_mode=DELETE")

    @contextmanager
    def kept_copy(self, name: str) -> Iterator[str]:
        """A copy to be filled and closed up, and copied from then on."""
        shutil.copyfile(self.path, name)
        yield name

    @contextmanager
    def copy(self, of: str | None = None) -> Iterator[str]:
        path = self.scratch / f"{secrets.token_hex(6)}.sqlite3"
        shutil.copyfile(of or self.path, path)
        try:
            yield str(path)
        finally:
            for leftover in self.scratch.glob(path.name + "*"):
                leftover.unlink(missing_ok=True)


class PostgresTemplate:
    """The template as a database nobody is connected to; a copy is CREATE DATABASE … TEMPLATE.

    `folder` keeps what was made: the server of a run may be gone after it, and to migrate takes most of a minute.
    """

    def __init__(self, base: str, folder: Path) -> None:
        self.base, self.folder = base, folder
        self.plain = f"{base}_template_{fingerprint()}"
        self.name = f"{self.plain}k" if COMPOSITE_KEYS else self.plain

    @contextmanager
    def server(self) -> Iterator[psycopg.Connection[Any]]:
        settings = settings_of_database()
        with psycopg.connect(
            dbname="postgres",
            user=settings["USER"] or None,
            password=settings["PASSWORD"] or None,
            host=settings["HOST"] or None,
            port=settings["PORT"] or None,
            autocommit=True,
        ) as connection:
            yield connection

    def build(self) -> None:
        """Migrate unless an earlier run has; the one with community in every key begins as a copy of that."""
        with self.server() as server:
            server.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.base])
            like = self.base.replace("_", r"\_") + r"\_template\_%"
            names = {row[0] for row in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])}
            for stale in names - {self.plain, self.name}:
                self._drop(server, stale)
            if self.plain not in names:
                self._make(server, self.plain, "template1", self._migrate_or_restore)
            if self.name not in {*names, self.plain}:
                self._make(server, self.name, self.plain, lambda: switch_keys(connections["default"]))

    def _migrate_or_restore(self) -> None:
        kept = self.folder / f"template-{fingerprint()}.pgdump"
        if kept.exists() and shutil.which("pg_restore"):
            subprocess.run(["pg_restore", "--exit-on-error", "-d", address_of_database(), kept], check=True)
            return
        migrate()
        if dump := shutil.which("pg_dump"):
            unfinished = kept.with_name(f"unfinished-{secrets.token_hex(6)}.pgdump")
            # An older pg_dump refuses a newer server: then nothing is kept.
            if subprocess.run([dump, "-Fc", "-O", "-f", unfinished, address_of_database()]).returncode == 0:
                unfinished.rename(kept)

    def _make(self, server: psycopg.Connection[Any], name: str, like: str, fill: Callable[[], None]) -> None:
        """Make `name` from `like`; it has its name only once it is filled."""
        unfinished = f"{self.base}_unfinished"
        self._drop(server, unfinished)
        self._copy(server, unfinished, like)
        with pointed_at(unfinished):
            fill()
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        server.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))

    @contextmanager
    def kept_copy(self, name: str) -> Iterator[str]:
        """A copy to be filled, and copied from then on; those of former runs go."""
        with self.server() as server:
            like = name.rpartition("_")[0].replace("_", r"\_") + r"\_%"
            for (stale,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like]).fetchall():
                self._drop(server, stale)
            self._copy(server, name, self.name)
        yield name

    def close_up(self) -> None:
        """Nobody may be connected to what is copied: `pointed_at` sees to that."""

    @contextmanager
    def copy(self, of: str | None = None) -> Iterator[str]:
        name = f"{self.base}_{secrets.token_hex(6)}"
        with self.server() as server:
            self._copy(server, name, of or self.name)
        try:
            yield name
        finally:
            with self.server() as server:
                self._drop(server, name)

    @staticmethod
    def _copy(server: psycopg.Connection[Any], name: str, like: str) -> None:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like)))

    @staticmethod
    def _drop(server: psycopg.Connection[Any], name: str) -> None:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
