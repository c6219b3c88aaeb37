"""The order in which rows are locked: ordinary accounts by id, then pots by id. No deadlock can form."""

from collections.abc import Iterable
from uuid import UUID

from alongside.timebank.models import Account


def lock_accounts(community_id: UUID, ids: Iterable[UUID], *, pots: Iterable[UUID] = ()) -> dict[UUID, Account]:
    """Lock ordinary accounts among `ids`, then those of `pots`, and return them as they now stand.

    Inside a transaction. A pot among `ids` stays unlocked, so that others may go on paying in.
    """
    accounts = Account.objects.filter(community=community_id).select_for_update(no_key=True).order_by("id")
    ordinary = accounts.filter(id__in=list(ids)).exclude(kind__in=Account.POTS)
    found = {account.id: account for account in ordinary}
    if pot_ids := list(pots):
        found |= {pot.id: pot for pot in accounts.filter(id__in=pot_ids, kind__in=Account.POTS)}
    return found
