"""Searching without capitals and accents, in the database, on SQLite and PostgreSQL alike."""

import re
import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField

from alongside.kernel.text import folded

# Of a search, only this many words count: more would not narrow it further.
WORDS_THAT_COUNT = 6
LONGEST_SEARCH = 200


class Folded(Func):
    """The text as `kernel.text.folded` makes it, computed by the database. Needs no extension."""

    function = "alongside_folded"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        plain = r"translate(replace(lower(%(expressions)s), 'ß', 'ss'), '‘’ʼ`´', '''''''''''')"  # noqa: RUF001
        template = rf"regexp_replace(normalize({plain}, NFKD), '[\u0300-\u036F]', '', 'g')"
        return self.as_sql(compiler, connection, template=template, **context)


def teach_sqlite_to_fold(sender: Any, connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Give every new SQLite connection the function that `Folded` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("alongside_folded", 1, _folded_or_none, deterministic=True)


def _folded_or_none(text: str | None) -> str | None:
    return None if text is None else folded(text)


def search_words(text: str) -> list[str]:
    """The words of a search as they are compared, at most WORDS_THAT_COUNT of them."""
    return folded(text[:LONGEST_SEARCH]).split()[:WORDS_THAT_COUNT]


def digits_of(text: str) -> str:
    """Only the digits, as telephone numbers are compared: "+44 (0)20-7946" becomes "440207946"."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text[:LONGEST_SEARCH]))
