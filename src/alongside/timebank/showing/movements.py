"""Movements of an account in words: what happened, with whom, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.people.models import Community
from alongside.timebank.models import Account, Entry, Transfer, TransferNote

Kind = Transfer.Kind

# What a line of a statement says, by kind of transfer: when hours came in, and when they went out.
SENTENCES = {
    Kind.EXCHANGE: (gettext_noop("You helped %(name)s"), gettext_noop("%(name)s helped you")),
    Kind.IMPORT: (gettext_noop("You helped %(name)s"), gettext_noop("%(name)s helped you")),
    Kind.GIFT: (gettext_noop("Gift from %(name)s"), gettext_noop("Gift to %(name)s")),
    Kind.GRANT: (gettext_noop("Grant from %(name)s"), gettext_noop("Grant to %(name)s")),
    Kind.REVERSAL: (gettext_noop("Given back by %(name)s"), gettext_noop("Given back to %(name)s")),
    Kind.OPENING: (gettext_noop("Opening balance"), gettext_noop("Opening balance")),
}
# The same about somebody else's account.
OF_OTHERS = {
    Kind.EXCHANGE: (gettext_noop("Help given to %(name)s"), gettext_noop("Help received from %(name)s")),
    Kind.IMPORT: (gettext_noop("Help given to %(name)s"), gettext_noop("Help received from %(name)s")),
}


@dataclass(frozen=True)
class Movement:
    """One line of a statement. `balance_minutes` is None while a credit waits for its place in a pot's line."""

    transfer_id: UUID
    what: str
    other: Account
    when: datetime
    helped_on: date
    minutes: int
    balance_minutes: int | None
    category: str
    kind: str
    note: str
    reverses_id: UUID | None
    reversed_by: UUID | None

    @property
    def helped_earlier(self) -> bool:
        """The help was given on another day than it was written down."""
        return self.helped_on != localtime(self.when).date()


def movements(entries: Iterable[Entry], community: Community, *, mine: bool) -> list[Movement]:
    """Entries, loaded `with_names`, made ready to show; one question for all reversals and one for all words."""
    rows = list(entries)
    shown = [entry.transfer_id for entry in rows]
    reversing = [entry.transfer_id for entry in rows if entry.kind == Kind.REVERSAL]
    reverses = dict(_reversals(community, Q(reverses__in=shown) | Q(pk__in=reversing)))
    reversed_by = {first: back for back, first in reverses.items()}
    notes = dict(TransferNote.objects.of(community).filter(transfer__in=shown).values_list("transfer_id", "note"))
    return [
        _movement(
            entry,
            mine=mine,
            note=notes.get(entry.transfer_id, ""),
            reverses_id=reverses.get(entry.transfer_id),
            reversed_by=reversed_by.get(entry.transfer_id),
        )
        for entry in rows
    ]


def reversals(community: Community, transfers: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which transfers were given back, and by which transfer."""
    return {first: back for back, first in _reversals(community, Q(reverses__in=list(transfers)))}


def _reversals(community: Community, which: Q) -> Iterable[tuple[UUID, UUID]]:
    return Transfer.objects.of(community).filter(which).values_list("pk", "reverses_id")


def _movement(entry: Entry, *, mine: bool, note: str, reverses_id: UUID | None, reversed_by: UUID | None) -> Movement:
    return Movement(
        transfer_id=entry.transfer_id,
        what=sentence(entry.kind, incoming=entry.sign > 0, other=entry.other, mine=mine),
        other=entry.other,
        when=entry.placed_at or entry.transfer.posted_at,
        helped_on=entry.helped_on,
        minutes=entry.minutes,
        balance_minutes=entry.balance_after,
        category=entry.category.name if entry.category else "",
        kind=entry.get_kind_display(),
        note=note,
        reverses_id=reverses_id,
        reversed_by=reversed_by,
    )


def sentence(kind: str, *, incoming: bool, other: Account, mine: bool) -> str:
    """What happened, in a few words, from where one account stands; `mine` says "you"."""
    known = Kind(kind)
    pair = SENTENCES[known] if mine else OF_OTHERS.get(known, SENTENCES[known])
    return _(pair[0] if incoming else pair[1]) % {"name": other}
