"""TimeOverflow's three import files, exactly as that system defines them: no header, by position.

Source: TimeOverflow, app/services/user_importer.rb, post_importer.rb and transfer_importer.rb.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Generic, TypeVar

from alongside.kernel.errors import Refusal

GENDERS = {"1": "female", "2": "male", "3": "other", "4": "", "": ""}
KINDS = {"offer": "offer", "inquiry": "request"}
LONGEST_TRANSFER_SECONDS = 10_000 * 3600


class BadCell(Refusal):
    """One cell cannot be read. `column` is its name below, `why` a word, `text` what stood there."""

    def __init__(self, *, column: str, why: str, text: str = "") -> None:
        super().__init__(f"{column}: {why} ({text!r})")
        self.column, self.why, self.text = column, why, text


@dataclass(frozen=True)
class Member:
    line: int
    uid: str
    joined_on: date | None
    name: str
    gender: str
    born_on: date | None
    phone: str
    other_phone: str
    email: str


@dataclass(frozen=True)
class Post:
    line: int
    member_uid: str
    kind: str
    title: str
    description: str
    category_id: str
    made_at: datetime
    starts_on: date | None
    ends_on: date | None
    fingerprint: str


@dataclass(frozen=True)
class Transfer:
    """One movement of hours. `payer_uid`/`payee_uid` None means the organisation itself."""

    line: int
    payer_uid: str | None
    payee_uid: str | None
    seconds: int
    made_at: datetime
    reason: str
    post_id: str
    fingerprint: str

    @property
    def minutes(self) -> int:
        return whole_minutes(self.seconds)


@dataclass(frozen=True)
class RowError:
    line: int
    column: str
    why: str
    text: str = ""


RowT = TypeVar("RowT", Member, Post, Transfer)


@dataclass
class Read(Generic[RowT]):
    """What a file held: the rows that could be read, and what was wrong with the others."""

    rows: list[RowT] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def whole_minutes(seconds: int) -> int:
    """Seconds as whole minutes: the nearest, a half to the even minute, and never less than 1.

    Halves to even, so that many roundings do not drift one way (IEEE 754, roundTiesToEven).
    `seconds`: 1 or more.
    """
    minutes, rest = divmod(seconds, 60)
    if rest > 30 or (rest == 30 and minutes % 2):
        minutes += 1
    return max(minutes, 1)


def read_members(rows: Iterable[tuple[int, list[str]]]) -> Read[Member]:
    """Ten columns: uid, entry date, first name, surname 1, surname 2, gender 1 to 4, date of birth,
    phone, other phone, e-mail. Later rows that repeat a uid or an e-mail are errors.
    """
    read = _read(rows, 10, _member)
    _refuse_repeats(read, "member_uid", lambda member: member.uid)
    _refuse_repeats(read, "email", lambda member: member.email.lower())
    return read


def read_posts(rows: Iterable[tuple[int, list[str]]]) -> Read[Post]:
    """Eight columns: member uid, Offer or Inquiry, title, description, category id, made at, from, until."""
    return _read(rows, 8, _post)


def read_transfers(rows: Iterable[tuple[int, list[str]]]) -> Read[Transfer]:
    """Eight columns: source uid, source type, destination uid, destination type, seconds, made at,
    reason, post id. The type `organization` means the time bank itself; any other, a member.
    """
    return _read(rows, 8, _transfer)


def _read(
    rows: Iterable[tuple[int, list[str]]], columns: int, parse: Callable[[int, list[str], str], RowT]
) -> Read[RowT]:
    read: Read[RowT] = Read()
    seen: Counter[tuple[str, ...]] = Counter()
    for line, cells in rows:
        if len(cells) != columns:
            read.errors.append(RowError(line, "row", "wrong_number_of_columns", str(len(cells))))
            continue
        seen[tuple(cells)] += 1
        try:
            read.rows.append(parse(line, [_plain(cell) for cell in cells], _fingerprint(cells, seen[tuple(cells)])))
        except BadCell as bad:
            read.errors.append(RowError(line, bad.column, bad.why, bad.text[:80]))
    return read


def _plain(cell: str) -> str:
    """The cell as the house keeps words: composed, and without what is no letter of any script; line breaks stay."""
    composed = unicodedata.normalize("NFC", cell)
    return "".join(letter for letter in composed if letter in "\n\t" or _is_a_letter(letter)).strip()


def _is_a_letter(letter: str) -> bool:
    """No control character, no half of a pair, nothing unassigned: no spreadsheet takes those back."""
    return unicodedata.category(letter) not in {"Cc", "Cs", "Cn"}


def _shows(text: str) -> bool:
    """True when there is something to see: more than white space and invisible marks."""
    return any(not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Mn", "Me"} for letter in text)


def _fingerprint(cells: list[str], occurrence: int) -> str:
    """Names a row by what it says and which time it says it, so that the same file twice is the same rows."""
    told = "\x1f".join([*cells, str(occurrence)])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_repeats(read: Read[Member], column: str, value_of: Callable[[Member], str]) -> None:
    first_line: dict[str, int] = {}
    kept = []
    for member in read.rows:
        value = value_of(member)
        if value and value in first_line:
            read.errors.append(RowError(member.line, column, "repeated", value))
            continue
        first_line[value] = member.line
        kept.append(member)
    read.rows = kept
    read.errors.sort(key=lambda error: error.line)


def _member(line: int, cells: list[str], fingerprint: str) -> Member:
    uid, joined, first, surname_1, surname_2, gender, born, phone, other_phone, email = cells
    name = " ".join(part for part in (first, surname_1, surname_2) if part)
    if not _shows(name):
        raise BadCell(column="name", why="missing")
    if len(name) > 120:
        raise BadCell(column="name", why="too_long", text=name)
    if gender not in GENDERS:
        raise BadCell(column="gender", why="not_1_to_4", text=gender)
    if email and ("@" not in email[1:-1] or " " in email or len(email) > 254):
        raise BadCell(column="email", why="not_an_address", text=email)
    return Member(
        line=line,
        uid=_uid(uid, "member_uid"),
        joined_on=_day(joined, "entry_date"),
        name=name,
        gender=GENDERS[gender],
        born_on=_day(born, "date_of_birth"),
        phone=_short(phone, "phone", 40),
        other_phone=_short(other_phone, "alt_phone", 40),
        email=email,
    )


def _post(line: int, cells: list[str], fingerprint: str) -> Post:
    uid, kind, title, description, category, made, starts, ends = cells
    if kind.lower() not in KINDS:
        raise BadCell(column="type", why="not_offer_or_inquiry", text=kind)
    if not _shows(title):
        raise BadCell(column="title", why="missing")
    starts_on, ends_on = _day(starts, "start_on"), _day(ends, "end_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise BadCell(column="end_on", why="before_start", text=ends)
    return Post(
        line=line,
        member_uid=_uid(uid, "user_id"),
        kind=KINDS[kind.lower()],
        title=_short(title, "title", 200),
        description=description,
        category_id=_short(category, "category_id", 40),
        made_at=_moment(made, "created_at"),
        starts_on=starts_on,
        ends_on=ends_on,
        fingerprint=fingerprint,
    )


def _transfer(line: int, cells: list[str], fingerprint: str) -> Transfer:
    source, source_type, destination, destination_type, amount, made, reason, post_id = cells
    payer = None if source_type == "organization" else _uid(source, "source")
    payee = None if destination_type == "organization" else _uid(destination, "destination")
    if payer == payee:
        raise BadCell(column="destination", why="same_as_source", text=destination)
    return Transfer(
        line=line,
        payer_uid=payer,
        payee_uid=payee,
        seconds=_seconds(amount),
        made_at=_moment(made, "created_at"),
        reason=reason,
        post_id=post_id,
        fingerprint=fingerprint,
    )


def _uid(text: str, column: str) -> str:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:12]) <= 2_000_000_000 and len(text) <= 10):
        raise BadCell(column=column, why="not_a_member_number", text=text)
    return str(int(text))


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadCell(column="amount", why="not_whole_seconds", text=text)
    seconds = int(text) if len(text) <= 12 else LONGEST_TRANSFER_SECONDS + 1
    if not 0 < seconds <= LONGEST_TRANSFER_SECONDS:
        raise BadCell(column="amount", why="out_of_range", text=text)
    return seconds


def _short(text: str, column: str, longest: int) -> str:
    if len(text) > longest:
        raise BadCell(column=column, why="too_long", text=text)
    return text


def _day(text: str, column: str) -> date | None:
    if not text:
        return None
    return _moment(text, column).date()


def _moment(text: str, column: str) -> datetime:
    """An ISO date or date with time; without a zone it is read as UTC, as TimeOverflow stores it."""
    try:
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        raise BadCell(column=column, why="not_a_date", text=text) from None
    if not 1900 <= moment.year <= 2100:
        raise BadCell(column=column, why="not_a_date", text=text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
