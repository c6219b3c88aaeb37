"""The rows of the table, in its order: each a module with `measure(options, findings)`."""

from dataclasses import dataclass
from enum import Enum


class Database(Enum):
    """Where a row is measured. A lasting commit waits for the disk (synchronous_commit on)."""

    POSTGRESQL = "PostgreSQL, synchronous_commit off"
    POSTGRESQL_LASTING = "PostgreSQL, synchronous_commit on"
    POSTGRESQL_LARGE = "PostgreSQL, a ledger of millions, synchronous_commit off"
    SQLITE = "SQLite"


@dataclass(frozen=True)
class Row:
    name: str
    title: str
    database: Database


ROWS = [
    Row("paying", "Paying, against the raw function", Database.POSTGRESQL),
    Row("guards", "What the guards cost", Database.POSTGRESQL),
    Row("peers", "Against others", Database.POSTGRESQL),
    Row("together", "Many at once", Database.POSTGRESQL),
    Row("on_sqlite", "On SQLite", Database.SQLITE),
    Row("pots", "Eight clients and one pot", Database.POSTGRESQL_LASTING),
    Row("statements", "Statements of a large ledger", Database.POSTGRESQL_LARGE),
    Row("totals", "Totals and the chain", Database.POSTGRESQL_LARGE),
    Row("counting", "Counting large votes", Database.SQLITE),
    Row("counting_peers", "Counting, against other libraries", Database.SQLITE),
    Row("opinions", "Opinion maps of large conversations", Database.SQLITE),
    Row("rota", "Fair rotas of nurseries", Database.SQLITE),
    Row("casting_on_sqlite", "A hundred people voting, on SQLite", Database.SQLITE),
    Row("casting_on_postgresql", "A hundred people voting, on PostgreSQL", Database.POSTGRESQL_LASTING),
    Row("programs", "A program of two hundred people", Database.SQLITE),
    Row("signing_in", "Three hundred at the door", Database.SQLITE),
    Row("pages", "Pages of the demo community", Database.SQLITE),
]
