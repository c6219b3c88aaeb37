"""Why the ledger says no. Each carries facts; pages turn them into kind words."""

from uuid import UUID

from alongside.kernel.errors import Refusal


class LedgerRefusal(Refusal):
    """`line`: which line of a group exchange or batch (from 1), or None."""

    line: int | None = None


class OverLimit(LedgerRefusal):
    """The hard limit of an account stands in the way.

    `side`: "payer" (its floor) or "payee" (its ceiling). `left_minutes`: what may still move, 0 or more.
    """

    def __init__(self, *, side: str, left_minutes: int) -> None:
        super().__init__(f"over the limit of the {side}: {left_minutes} minutes left")
        self.side = side
        self.left_minutes = max(0, left_minutes)


class KeyUsedDifferently(LedgerRefusal):
    """The key has posted something else before. `field`: the first column that differs."""

    def __init__(self, *, field: str, first_id: UUID) -> None:
        super().__init__(f"the key posted {first_id} with another {field}")
        self.field = field
        self.first_id = first_id


class AccountClosed(LedgerRefusal):
    """`side`: "payer" or "payee"."""

    def __init__(self, *, side: str) -> None:
        super().__init__(f"the account of the {side} is closed")
        self.side = side


class BodyClosed(LedgerRefusal):
    """The household, organisation or group that would pay is closed; only a coordinator moves what is left."""


class OwnCase(LedgerRefusal):
    """Hours would come to whoever decides. `who`: who may do it instead, "coordinator", "steward" or "nobody"."""

    def __init__(self, *, who: str) -> None:
        super().__init__(f"in their own case; may be done by: {who}")
        self.who = who


class NotStandingIn(LedgerRefusal):
    """A steward stands in for the only coordinator in that coordinator's own case alone."""


class NotInThisCommunity(LedgerRefusal):
    """`what`: "payer", "payee" or "category" of another community, or not there at all."""

    def __init__(self, *, what: str) -> None:
        super().__init__(f"the {what} is not of this community")
        self.what = what


class NoMinutes(LedgerRefusal):
    """An amount must be a whole number of minutes, 1 or more."""


class SameAccount(LedgerRefusal):
    """Payer and payee are one account."""


class HelpedInTheFuture(LedgerRefusal):
    """The day of help has not come yet."""


class OverrideNeedsCoordinator(LedgerRefusal):
    """Only a coordinator may go past a limit."""


class ReasonMissing(LedgerRefusal):
    """A reversal says why."""


class NoCategory(LedgerRefusal):
    """An exchange has a category."""


class AlreadyReversed(LedgerRefusal):
    """A transfer is reversed at most once."""


class NotReversible(LedgerRefusal):
    """A reversal itself is not reversed; post the transfer anew."""


class MoreThanThere(LedgerRefusal):
    """`most_minutes`: the whole of what was moved or held."""

    def __init__(self, *, most_minutes: int) -> None:
        super().__init__(f"at most {most_minutes} minutes")
        self.most_minutes = most_minutes


class HoldEnded(LedgerRefusal):
    """The hold was posted or released before. `state` says which."""

    def __init__(self, *, state: str) -> None:
        super().__init__(f"the hold is {state}")
        self.state = state


class BalanceNotZero(LedgerRefusal):
    """An account closes at a balance of 0, with nothing held."""

    def __init__(self, *, balance_minutes: int) -> None:
        super().__init__(f"the balance is {balance_minutes} minutes")
        self.balance_minutes = balance_minutes
