"""Databases to measure in: migrated once, then copied for each row."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from django.db import connection as django_connection
from psycopg import sql

TEMPLATE = "bench_template"


def migrate(address: str, folder: Path, *commands: str) -> None:
    """Make the tables of the house in the database at `address`, and run further commands of ours there."""
    for command in ("migrate", "createcachetable", *commands):
        door = [sys.executable, "-m", "django", command, "--settings", "alongside.config.settings"]
        environment = {**os.environ, "ALONGSIDE_DATABASE": address, "ALONGSIDE_DATA": str(folder)}
        subprocess.run(door, env=environment, check=True, stdout=subprocess.DEVNULL)


def at(server: str, name: str) -> str:
    """The address of the database `name` on the server of another address."""
    return f"{server.rsplit('/', 1)[0]}/{name}"


def connect(address: str) -> psycopg.Connection:
    """A plain connection, no Django near; every statement is its own transaction, prepared at first use."""
    parts = urlsplit(address)
    return psycopg.connect(
        host=unquote(parts.hostname or ""),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or "") or None,
        port=parts.port or 5432,
        dbname=parts.path.strip("/"),
        autocommit=True,
        prepare_threshold=0,
    )


def copy(server: str, name: str, *, template: str, waits_for_disk: bool) -> str:
    """A copy of the database `template`; `waits_for_disk` is its synchronous_commit."""
    made, like = sql.Identifier(name), sql.Identifier(template)
    with connect(at(server, "postgres")) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(made))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, like))
        mode = sql.SQL("on" if waits_for_disk else "off")
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = {}").format(made, mode))
    return at(server, name)


def create(server: str, name: str) -> str:
    """A new empty database."""
    return copy(server, name, template="template0", waits_for_disk=False)


def django_backend() -> int:
    """The id of the PostgreSQL process behind Django's connection."""
    django_connection.ensure_connection()
    return int(django_connection.connection.info.backend_pid)
