"""Taking a whole batch back, such as a history that was moved in by mistake."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alongside.kernel.channels import Channel
from alongside.people.models import Person
from alongside.timebank.actions.paying import overriding
from alongside.timebank.ledger import posting
from alongside.timebank.ledger.order import Order
from alongside.timebank.ledger.refusals import ReasonMissing
from alongside.timebank.models import Transfer


@transaction.atomic
def reverse_all(
    *, transfers: Sequence[Transfer], reason: str, by: Person, at: datetime, key: str, channel: str = Channel.WEB
) -> list[Transfer]:
    """Reverse every transfer of a batch in full, the last first; those reversed already are passed over.

    Limits do not apply, because the books go back to where they were; that needs a coordinator.
    Nobody is told of each one. Raises ReasonMissing, OverrideNeedsCoordinator or AccountClosed.
    """
    if not reason.strip():
        raise ReasonMissing
    if not transfers:
        return []
    overridden_by = overriding(by, transfers[0].payer, at)
    community_id = transfers[0].community_id
    reversed_before = set(
        Transfer.objects.filter(community=community_id, reverses__isnull=False).values_list("reverses_id", flat=True)
    )
    return [
        posting.post(
            Order(
                payer=transfer.payee, payee=transfer.payer, minutes=transfer.minutes, category=transfer.category,
                helped_on=transfer.helped_on, key=f"{key}:{position}", kind=Transfer.Kind.REVERSAL, at=at,
                by_id=by.id, channel=channel, overridden_by_id=overridden_by.id, reverses_id=transfer.id,
                reason=reason,
            )
        )
        for position, transfer in enumerate(reversed(transfers), start=1)
        if transfer.id not in reversed_before
    ]  # fmt: skip
