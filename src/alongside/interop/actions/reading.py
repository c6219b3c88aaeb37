"""The first look at another system's files: everything is read and nothing moves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.interop.models import Import, ImportedRow, ImportFile
from alongside.interop.rules import tables, timeoverflow
from alongside.interop.rules.timeoverflow import Member, Post, Read, RowError, Transfer
from alongside.kernel import activity
from alongside.kernel.errors import Refusal
from alongside.people.models import Community, Person

Files = Mapping[str, bytes]
# A file of nonsense has as many errors as rows; a person reads the first few.
MOST_ERRORS_KEPT = 200
# Files of up to 60 MB each time: whoever sets up a community must not fill the disk with what nobody says yes to.
MOST_WAITING = 5
Holds = ImportFile.Holds


class TooManyWaiting(Refusal):
    """So many imports wait for a yes already: move them in or drop them first."""


@dataclass(frozen=True)
class Reading:
    """All rows of one import, and what is wrong with the others, by file."""

    members: Read[Member]
    posts: Read[Post]
    transfers: Read[Transfer]

    def errors(self) -> Iterator[tuple[str, RowError]]:
        """(which file, what is wrong with a row of it)."""
        yield from ((Holds.MEMBERS.value, error) for error in self.members.errors)
        yield from ((Holds.POSTS.value, error) for error in self.posts.errors)
        yield from ((Holds.TRANSFERS.value, error) for error in self.transfers.errors)


@transaction.atomic
def read_files(*, community: Community, files: Files, by: Person | None, at: datetime) -> Import:
    """Read TimeOverflow's files and keep them beside a report, for somebody to look at and say yes.

    `files`: bytes by "members", "posts", "transfers"; any may be missing. Nothing else is written.
    Raises tables.NotATable, with `file` set, when one of them cannot be read at all, or TooManyWaiting.
    """
    if Import.objects.of(community).filter(state=Import.State.READ).count() >= MOST_WAITING:
        raise TooManyWaiting
    reading = read(community, files, at=at)
    made = Import.objects.create(
        community=community,
        system=Import.System.TIMEOVERFLOW,
        read_at=at,
        read_by=by,
        report=report_on(community, reading),
    )
    ImportFile.objects.bulk_create(
        ImportFile(community=community, source=made, holds=holds, data=data) for holds, data in files.items()
    )
    activity.log(did="interop.files_read", about_what=made, by_id=by.pk if by else None, at=at)
    return made


def read(community: Community, files: Files, *, at: datetime) -> Reading:
    """Read each file and hold the rows of one against the members of the other, and all against the day."""
    reading = Reading(
        members=_rows(files, Holds.MEMBERS, timeoverflow.read_members),
        posts=_rows(files, Holds.POSTS, timeoverflow.read_posts),
        transfers=_rows(files, Holds.TRANSFERS, timeoverflow.read_transfers),
    )
    _refuse_the_future(reading.members, lambda row: {"entry_date": row.joined_on, "date_of_birth": row.born_on}, at)
    for dated in (reading.posts, reading.transfers):
        _refuse_the_future(dated, lambda row: {"created_at": row.made_at}, at)
    numbers = {member.uid for member in reading.members.rows} | known_members(community)
    _refuse_strangers(reading.posts, lambda post: {"user_id": post.member_uid}, numbers)
    _refuse_strangers(
        reading.transfers,
        lambda transfer: {"source": transfer.payer_uid, "destination": transfer.payee_uid},
        numbers,
    )
    return reading


def known_members(community: Community) -> set[str]:
    """Numbers that earlier files gave to people of this community."""
    rows = ImportedRow.objects.of(community).filter(holds=Holds.MEMBERS, source__state=Import.State.MOVED_IN)
    return set(rows.values_list("told", flat=True))


def _rows(files: Files, holds: str, reader: Callable[..., Read[Any]]) -> Read[Any]:
    if holds not in files:
        return Read()
    try:
        return reader(tables.read_rows(files[holds]))
    except tables.NotATable as refusal:
        refusal.file = holds
        raise


def _refuse_strangers(read: Read[Any], named: Callable[[Any], dict[str, str | None]], numbers: set[str]) -> None:
    def strangers(row: Any) -> list[RowError]:
        missing = {column: uid for column, uid in named(row).items() if uid is not None and uid not in numbers}
        return [RowError(row.line, column, "no_such_member", uid) for column, uid in missing.items()]

    _sift(read, strangers)


def _refuse_the_future(read: Read[Any], dated: Callable[[Any], dict[str, date | None]], at: datetime) -> None:
    """A line of an account runs forward alone: what is dated ahead would keep all that follows from its own day."""
    tomorrow = (at + timedelta(days=1)).date()  # somewhere on Earth it is that already

    def ahead(row: Any) -> list[RowError]:
        days = {column: day for column, day in dated(row).items() if day is not None}
        late = [column for column, day in days.items() if (day > at if isinstance(day, datetime) else day > tomorrow)]
        return [RowError(row.line, column, "in_the_future", str(days[column])) for column in late]

    _sift(read, ahead)


def _sift(read: Read[Any], faults: Callable[[Any], list[RowError]]) -> None:
    """Keep the rows without faults, and the faults of the others."""
    found = {row.line: faults(row) for row in read.rows}
    read.rows = [row for row in read.rows if not found[row.line]]
    read.errors += [fault for of_row in found.values() for fault in of_row]
    read.errors.sort(key=lambda error: error.line)


def report_on(community: Community, reading: Reading) -> dict[str, Any]:
    """Counts and errors as the preview shows them. A cell that is wrong may hold a name or an address all the same."""
    done = {holds: _already(community, holds) for holds in Holds.values}
    transfers = reading.transfers.rows
    rounded = [row.minutes * 60 - row.seconds for row in transfers if row.seconds % 60]
    errors = list(reading.errors())
    return {
        "members": {"rows": len(reading.members.rows), "known": _seen(reading.members.rows, done["members"], "uid")},
        "posts": {"rows": len(reading.posts.rows), "known": _seen(reading.posts.rows, done["posts"], "fingerprint")},
        "transfers": {
            "rows": len(transfers),
            "known": _seen(transfers, done["transfers"], "fingerprint"),
            "minutes": sum(row.minutes for row in transfers),
            "rounded": len(rounded),
            "rounded_seconds": sum(rounded),
            "named_posts": sum(bool(row.post_id) for row in transfers),
        },
        "categories": sorted({row.category_id for row in reading.posts.rows}, key=lambda text: (len(text), text)),
        "error_count": len(errors),
        "errors": [
            {"file": file, "line": error.line, "column": error.column, "why": error.why, "text": error.text}
            for file, error in errors[:MOST_ERRORS_KEPT]
        ],
    }


def without_cells(report: dict[str, Any]) -> dict[str, Any]:
    """The report for keeping: what stood in a cell is forgotten with the files."""
    return {**report, "errors": [{**error, "text": ""} for error in report["errors"]]}


def _already(community: Community, holds: str) -> set[str]:
    rows = ImportedRow.objects.of(community).filter(holds=holds, source__state=Import.State.MOVED_IN)
    return set(rows.values_list("told", flat=True))


def _seen(rows: list[Any], done: set[str], name: str) -> int:
    return sum(getattr(row, name) in done for row in rows)
