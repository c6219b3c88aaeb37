"""Both towns with all their things: furnished once a run, then copied as the template is."""

import fcntl
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import translation

from tests.support.cast import Cast, gather
from tests.support.databases import PostgresTemplate, SqliteTemplate, pointed_at
from tests.support.samples import furnish


class Towns:
    """To furnish them takes seconds, and several modules want them; `folder` is shared by all workers of a run."""

    def __init__(self, template: SqliteTemplate | PostgresTemplate, folder: Path) -> None:
        self.template, self.folder = template, folder
        self.path, self.people = folder / "towns.sqlite3", folder / "towns.pickle"

    @contextmanager
    def copy(self) -> Iterator[Cast]:
        """Everybody, in a database of their own; all connections lead there until the end."""
        if isinstance(self.template, PostgresTemplate):
            with self.template.copy() as name, pointed_at(name), translation.override(None):
                yield gather(furnish)
            return
        self._build(self.template)
        with self.template.copy(self.path) as name, pointed_at(name):
            cast: Cast = pickle.loads(self.people.read_bytes())
            yield cast

    def _build(self, template: SqliteTemplate) -> None:
        with (self.folder / "towns.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.path.exists():
                return
            with template.copy() as name:
                with pointed_at(name), translation.override(None):
                    self.people.write_bytes(pickle.dumps(gather(furnish)))
                    template.close_up()
                Path(name).rename(self.path)
