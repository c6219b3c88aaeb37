"""What is to be posted, before any database has seen it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models.base import ModelState

from alongside.kernel.ids import new_id
from alongside.timebank.models import Account, Category, Transfer

# What the activity log calls the posting of each kind of transfer.
DID = {
    Transfer.Kind.EXCHANGE: "timebank.paid",
    Transfer.Kind.GIFT: "timebank.gifted",
    Transfer.Kind.GRANT: "timebank.granted",
    Transfer.Kind.REVERSAL: "timebank.reversed",
    Transfer.Kind.OPENING: "timebank.balance_opened",
    Transfer.Kind.IMPORT: "timebank.imported",
}

# Kinds that record the past as it was: limits do not apply.
WITHOUT_LIMITS = frozenset({Transfer.Kind.OPENING, Transfer.Kind.IMPORT})

# A repeated key must repeat these columns.
PAYLOAD = (
    "kind", "payer_id", "payee_id", "minutes", "category_id", "helped_on",
    "by_id", "on_behalf_of_id", "channel", "reverses_id", "hold_id",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Order:
    """One transfer to be posted; its fields are the transfer's columns, and its words."""

    payer: Account
    payee: Account
    minutes: int
    category: Category | None
    helped_on: date
    key: str
    kind: str
    at: datetime
    by_id: UUID | None
    on_behalf_of_id: UUID | None = None
    channel: str
    overridden_by_id: UUID | None = None
    reverses_id: UUID | None = None
    hold_id: UUID | None = None
    together: UUID | None = None
    note: str = ""
    reason: str = ""
    id: UUID = field(default_factory=new_id)

    @property
    def has_no_limits(self) -> bool:
        """Overridden, reserved before, or history."""
        return self.overridden_by_id is not None or self.hold_id is not None or self.kind in WITHOUT_LIMITS

    def transfer(self, warnings: tuple[str, ...] = ()) -> Transfer:
        """The row as it now stands in the database, without asking for it again."""
        state = ModelState()
        state.adding, state.db = False, "default"
        state.fields_cache = {"payer": self.payer, "payee": self.payee, "category": self.category}
        # As an unpickled row: made field by field, it took Django a tenth of what a transfer in a batch takes in all.
        transfer = Transfer.__new__(Transfer)
        transfer.__dict__ = {
            "_state": state, "warnings": warnings,
            "id": self.id, "community_id": self.payer.community_id, "key": self.key, "kind": self.kind,
            "payer_id": self.payer.id, "payee_id": self.payee.id, "minutes": self.minutes,
            "category_id": self.category.id if self.category else None, "helped_on": self.helped_on,
            "posted_at": self.at, "by_id": self.by_id, "on_behalf_of_id": self.on_behalf_of_id,
            "channel": self.channel, "overridden_by_id": self.overridden_by_id, "reverses_id": self.reverses_id,
            "hold_id": self.hold_id, "together": self.together,
        }  # fmt: skip
        return transfer


def differing_field(first: Transfer, order: Order) -> str | None:
    """The first column in which a posted transfer differs from an order with the same key."""
    asked = order.transfer()
    for column in PAYLOAD:
        if getattr(first, column) != getattr(asked, column):
            return column.removesuffix("_id")
    return None
