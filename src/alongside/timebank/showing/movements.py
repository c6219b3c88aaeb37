"""Movements of an account in words: what happened, with whom, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.people.models import Community
from alongside.timebank.models import Account, Entry, Transfer

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
    """Entries, loaded `with_transfer`, made ready to show; one question for all reversals."""
    rows = list(entries)
    given_back = reversals(community, [entry.transfer_id for entry in rows])
    return [_movement(entry, given_back, mine=mine) for entry in rows]


def reversals(community: Community, transfers: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which transfers were given back, and by which transfer."""
    found = Transfer.objects.of(community).filter(reverses__in=list(transfers))
    return dict(found.values_list("reverses_id", "pk"))


def _movement(entry: Entry, given_back: dict[UUID, UUID], *, mine: bool) -> Movement:
    transfer = entry.transfer
    other = transfer.payer if entry.sign > 0 else transfer.payee
    words = getattr(transfer, "note", None)
    return Movement(
        transfer_id=transfer.pk,
        what=sentence(transfer, incoming=entry.sign > 0, other=other, mine=mine),
        other=other,
        when=entry.placed_at or transfer.posted_at,
        helped_on=transfer.helped_on,
        minutes=entry.minutes,
        balance_minutes=entry.balance_after,
        category=transfer.category.name if transfer.category else "",
        kind=transfer.get_kind_display(),
        note=words.note if words else "",
        reverses_id=transfer.reverses_id,
        reversed_by=given_back.get(transfer.pk),
    )


def sentence(transfer: Transfer, *, incoming: bool, other: Account, mine: bool) -> str:
    """What happened, in a few words, from where one account stands; `mine` says "you"."""
    kind = Kind(transfer.kind)
    pair = SENTENCES[kind] if mine else OF_OTHERS.get(kind, SENTENCES[kind])
    return _(pair[0] if incoming else pair[1]) % {"name": other}
