"""Moving in: members, their offers and requests, and the history of their hours, all or nothing."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from alongside.charter import actions as charter
from alongside.charter.in_force import is_founding, values_in_force
from alongside.charter.rules.values import CATEGORIES, difference
from alongside.interop.actions.reading import Holds, read, report_on, without_cells
from alongside.interop.models import Import, ImportedRow
from alongside.interop.rules.timeoverflow import Member, Post, Transfer
from alongside.kernel import activity
from alongside.kernel.db import take_stock
from alongside.kernel.errors import Refusal
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.actions.returning import fill_again
from alongside.people.models import Membership, Person
from alongside.strengths import actions as strengths
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category
from alongside.timebank.models import Transfer as Posted

# TimeOverflow's offers may have no last day; ours always have one, and its owner is told before.
STAYS = timedelta(days=365)
# Files hold names, addresses and birthdays of a whole time bank: they wait for a yes no longer than this.
FILES_WAIT = timedelta(days=30)
VOLUNTEERING = 5
# After how many rows, and at which of them, the database is told how much there is by now.
LOOK_EVERY, LOOK_FIRST = 1000, 50

Report = Callable[[int, int, str], None]


class NotWaiting(Refusal):
    """The import was moved in, undone or dropped already; `state` says which."""

    def __init__(self, *, state: str) -> None:
        super().__init__(state)
        self.state = state


class ImportHasErrors(Refusal):
    """Some rows cannot be read; all or nothing means nothing. `count` is how many."""

    def __init__(self, *, count: int) -> None:
        super().__init__(f"{count} rows with errors")
        self.count = count


def silent(done: int, total: int, words: str) -> None:
    """A report nobody reads."""


def move_in(
    *, waiting: Import, by: Person | None, at: datetime, without_errors: bool = False, report: Report = silent
) -> Import:
    """Move a read import in, all of it or nothing, and forget its files.

    History is posted in the order of its dates, each transfer under the moment it has in the file,
    past any limit. Rows that moved in before are passed over. `without_errors`: leave the rows that
    cannot be read behind instead of refusing. Raises NotWaiting or ImportHasErrors.
    """
    files = {file.holds: bytes(file.data) for file in waiting.files.all()}
    reading = read(waiting.community, files, at=at)
    errors = sum(1 for _ in reading.errors())
    if errors and not without_errors:
        raise ImportHasErrors(count=errors)
    report(0, 1, gettext("Moving in. Nothing shows until all of it is in."))
    with transaction.atomic():
        _claim(waiting, at)
        waiting.report = without_cells(report_on(waiting.community, reading))
        mover = _Mover(waiting, by, at)
        # Before anybody is here who could decide about it.
        mover.kinds_of_help(reading.posts.rows)
        mover.members(reading.members.rows)
        mover.posts(reading.posts.rows)
        mover.transfers(reading.transfers.rows)
        mover.remember()
        waiting.report |= mover.report()
        waiting.save(update_fields=["report"])
        waiting.files.all().delete()
        activity.log(did="interop.moved_in", about_what=waiting, by_id=by.pk if by else None, at=at)
    return waiting


@transaction.atomic
def drop(*, waiting: Import, by: Person | None, at: datetime) -> Import:
    """Forget the files of an import that nobody wants. Raises NotWaiting."""
    claimed = Import.objects.of(waiting.community).filter(pk=waiting.pk, state=Import.State.READ)
    if not claimed.update(state=Import.State.DROPPED):
        waiting.refresh_from_db()
        raise NotWaiting(state=waiting.state)
    waiting.state, waiting.report = Import.State.DROPPED, without_cells(waiting.report)
    waiting.save(update_fields=["report"])
    waiting.files.all().delete()
    activity.log(did="interop.import_dropped", about_what=waiting, by_id=by.pk if by else None, at=at)
    return waiting


def drop_forgotten(*, at: datetime) -> int:
    """Forget the files that nobody said yes to for 30 days, in every community; how many imports that were."""
    dropped = 0
    for waiting in Import.objects.filter(state=Import.State.READ, read_at__lte=at - FILES_WAIT):
        try:
            drop(waiting=waiting, by=None, at=at)
        except NotWaiting:  # somebody said yes, or no, a moment ago
            continue
        dropped += 1
    return dropped


def _claim(waiting: Import, at: datetime) -> None:
    claimed = Import.objects.of(waiting.community).filter(pk=waiting.pk, state=Import.State.READ)
    if not claimed.update(state=Import.State.MOVED_IN, moved_in_at=at):
        waiting.refresh_from_db()
        raise NotWaiting(state=waiting.state)
    waiting.state, waiting.moved_in_at = Import.State.MOVED_IN, at


def _name_of(category_id: str) -> str:
    """What a category of the other system is called, of which its files tell the number alone."""
    return gettext("TimeOverflow category %(number)s") % {"number": category_id or "–"}


class _Mover:
    """Carries rows in; knows which member number means whom."""

    def __init__(self, waiting: Import, by: Person | None, at: datetime) -> None:
        self.waiting, self.by, self.at = waiting, by, at
        self.community = waiting.community
        self.taken: list[str] = []
        self.met: list[int] = []
        rows = ImportedRow.objects.of(self.community)
        self.done = {holds: set(rows.filter(holds=holds).values_list("told", flat=True)) for holds in Holds.values}
        members = rows.filter(holds=Holds.MEMBERS).values_list("told", "became_id", "source__undone_at")
        self.who = {told: became_id for told, became_id, _undone_at in members}
        self.undone_at = {told: undone_at for told, _became_id, undone_at in members}
        self.memberships = {
            membership.pk: membership
            for membership in Membership.objects.of(self.community).select_related("person", "community")
        }
        self.accounts: dict[UUID, Account] = {}
        self.became: list[ImportedRow] = []

    def members(self, rows: Iterable[Member]) -> None:
        """Add each person, or meet the one who is here already."""
        # Whose number is taken comes last: their new one must not be somebody else's in the file.
        taken = {str(membership.number) for membership in self.memberships.values()}
        for row in sorted(rows, key=lambda row: row.uid in taken):
            known = self.memberships.get(self.who[row.uid]) if row.uid in self.who else None
            if known is None or self._was_emptied_by_an_undo(row, known):
                self._add(row, known)

    def _was_emptied_by_an_undo(self, row: Member, known: Membership) -> bool:
        """Who was erased at any other moment asked for it: no file gives their name back to what they left behind."""
        return known.person.erased_at is not None and known.person.erased_at == self.undone_at[row.uid]

    def _add(self, row: Member, known: Membership | None) -> None:
        told: dict[str, Any] = {
            "name": row.name, "email": row.email, "joined_on": row.joined_on, "by": self.by, "at": self.at,
            "phone": row.phone, "other_phone": row.other_phone, "born_on": row.born_on, "gender": row.gender,
        }  # fmt: skip
        made_here = True
        try:
            membership = fill_again(membership=known, **told) if known else self._add_new(row, told)
        except people.EmailKnownHere as refusal:
            membership, made_here = refusal.membership, False
            self.met.append(membership.number)
        self.who[row.uid] = membership.pk
        self.memberships[membership.pk] = membership
        ImportedRow.objects.update_or_create(
            community=self.community,
            holds=Holds.MEMBERS,
            told=row.uid,
            defaults={"source": self.waiting, "became_id": membership.pk, "made_here": made_here},
        )

    def _add_new(self, row: Member, told: dict[str, Any]) -> Membership:
        try:
            return people.add_person(community=self.community, number=int(row.uid), **told)
        except people.NumberTaken:
            self.taken.append(row.uid)
            return people.add_person(community=self.community, **told)

    def posts(self, rows: Iterable[Post]) -> None:
        """Put up offers and requests, with the dates they had."""
        fresh = [row for row in rows if row.fingerprint not in self.done[Holds.POSTS]]
        if not fresh:
            return
        categories = self._categories({row.category_id for row in fresh})
        keyed_by = self.by
        for row in fresh:
            membership = self.memberships[self.who[row.member_uid]]
            starts = row.starts_on or row.made_at.date()
            listing = strengths.put_up(
                membership=membership,
                kind=row.kind,
                by=keyed_by or membership.person,
                at=row.made_at,
                key=new_id(),
                title=row.title[:100],
                description=row.description[:2000],
                category=categories[row.category_id],
                open_until=row.ends_on or starts + STAYS,
            )
            self._note(Holds.POSTS, row.fingerprint, listing.pk)

    def kinds_of_help(self, rows: Iterable[Post]) -> None:
        """Take the other system's kinds of help into the list, while the founders may still do that."""
        missing = {
            name
            for name in {_name_of(row.category_id) for row in rows}
            if not Category.objects.of(self.community).filter(name__iexact=name).exists()
        }
        if missing and is_founding(self.community):
            before = values_in_force(self.community)
            added = [[str(new_id()), name, VOLUNTEERING] for name in sorted(missing)]
            after = {**before, CATEGORIES: [*before[CATEGORIES], *added]}
            charter.found(community=self.community, change=difference(before, after), by=self.by, at=self.at)

    def _categories(self, ids: set[str]) -> dict[str, Category]:
        """One category for each number of the other system; people give them names later.

        Where people of both sides are here, what is offered is theirs to decide: then it is for history alone.
        """
        named: dict[str, Category] = {}
        for number in sorted(ids):
            found = Category.objects.of(self.community).filter(name__iexact=_name_of(number)).first()
            named[number] = found or timebank.add_category(
                community=self.community,
                name=_name_of(number),
                division=VOLUNTEERING,
                by=self.by,
                at=self.at,
                is_offered=False,
            )
        return named

    def transfers(self, rows: Iterable[Transfer]) -> None:
        """Post the history in the order of its dates."""
        fresh = [row for row in rows if row.fingerprint not in self.done[Holds.TRANSFERS]]
        for row in sorted(fresh, key=lambda row: (row.made_at, row.line)):
            posted = timebank.pay(
                payer=self._account(row.payer_uid),
                payee=self._account(row.payee_uid),
                minutes=row.minutes,
                category=None,
                helped_on=row.made_at.date(),
                by=self.by,
                at=row.made_at,
                key=f"{self.waiting.pk}:{row.line}",
                kind=Posted.Kind.IMPORT,
                note=row.reason[:500],
            )
            self._note(Holds.TRANSFERS, row.fingerprint, posted.pk)

    def _account(self, uid: str | None) -> Account:
        key = self.who[uid] if uid is not None else self.community.pk
        if key not in self.accounts:
            self.accounts[key] = self._open_account(key) if uid is not None else self._pot()
        return self.accounts[key]

    def _open_account(self, membership_id: UUID) -> Account:
        person = self.memberships[membership_id].person
        account = timebank.account_of(community=self.community, person=person, by=self.by, at=self.at)
        if account.closed_at is not None:
            account = timebank.reopen_account(account=account, by=self.by, at=self.at)
        return account

    def _pot(self) -> Account:
        pot: Account = Account.objects.of(self.community).get(kind=Account.Kind.COMMUNITY_POT)
        return pot

    def _note(self, holds: str, told: str, became_id: UUID) -> None:
        self.became.append(
            ImportedRow(community=self.community, source=self.waiting, holds=holds, told=told, became_id=became_id)
        )
        if len(self.became) % LOOK_EVERY == LOOK_FIRST:
            take_stock()

    def remember(self) -> None:
        """Write down what each row became."""
        ImportedRow.objects.bulk_create(self.became, batch_size=1000)

    def report(self) -> dict[str, object]:
        """What the person who moved them in should look at afterwards."""
        beyond = [account for account in self.accounts.values() if _is_beyond(account)]
        return {
            "new_numbers": self.taken,
            "met": self.met,
            "beyond_limits": [str(account.pk) for account in beyond],
        }


def _is_beyond(account: Account) -> bool:
    account.refresh_from_db()
    low, high = account.floor_minutes, account.ceiling_minutes
    return (low is not None and account.balance_minutes < low) or (high is not None and account.balance_minutes > high)
