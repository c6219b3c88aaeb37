"""Both towns with all their things: furnished once a run, then copied as the template is."""

import fcntl
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from django.utils import translation

from tests.support.cast import Cast, gather
from tests.support.databases import PostgresTemplate, SqliteTemplate, pointed_at
from tests.support.samples import furnish

Found = TypeVar("Found")


class Towns:
    """To furnish them takes seconds, and several modules want them; `folder` is shared by all workers of a run."""

    def __init__(self, template: SqliteTemplate | PostgresTemplate, folder: Path) -> None:
        self.template, self.folder = template, folder
        self.people = folder / "towns.pickle"
        self.furnished = str(folder / "towns.sqlite3")
        if isinstance(template, PostgresTemplate):
            self.furnished = f"{template.base}_towns_{sha256(str(folder).encode()).hexdigest()[:12]}"

    @contextmanager
    def copy(self) -> Iterator[Cast]:
        """Everybody, in a database of their own; all connections lead there until the end."""
        with self._alone():
            if not self.people.exists():
                self._build()
        with self.template.copy(self.furnished) as name, pointed_at(name):
            cast: Cast = pickle.loads(self.people.read_bytes())
            yield cast

    def found_once(self, name: str, find: Callable[[], Found]) -> Found:
        """What `find` finds out about the towns, which takes long and is the same in every copy."""
        known = self.folder / f"{name}.pickle"
        with self._alone():
            if not known.exists():
                known.write_bytes(pickle.dumps(find()))
        found: Found = pickle.loads(known.read_bytes())
        return found

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "towns.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _build(self) -> None:
        with self.template.kept_copy(self.furnished) as name, pointed_at(name), translation.override(None):
            cast = gather(furnish)
            self.template.close_up()
        self.people.write_bytes(pickle.dumps(cast))
