"""Everything that changes a time bank. From another room: `from alongside.timebank import actions as timebank`."""

from alongside.timebank.actions.accounts import (
    account_of,
    close_account,
    open_account,
    open_time_bank,
    reopen_account,
    set_limits,
    update_time_bank,
)
from alongside.timebank.actions.categories import add_category, archive_category, edit_category
from alongside.timebank.actions.holding import hold, post_hold, release_expired_holds, release_hold
from alongside.timebank.actions.noting import erase_words, thank
from alongside.timebank.actions.paying import Line, pay, pay_together, reverse
from alongside.timebank.actions.recognising import (
    add_recognised_kind,
    archive_recognised_kind,
    note_recognised_work,
)
from alongside.timebank.actions.undoing import reverse_all
from alongside.timebank.ledger.refusals import (
    AccountClosed,
    AlreadyReversed,
    BalanceNotZero,
    HelpedInTheFuture,
    HoldEnded,
    KeyUsedDifferently,
    LedgerRefusal,
    MoreThanThere,
    NoCategory,
    NoMinutes,
    NotInThisCommunity,
    NotReversible,
    OverLimit,
    OverrideNeedsCoordinator,
    ReasonMissing,
    SameAccount,
)

__all__ = [
    "AccountClosed",
    "AlreadyReversed",
    "BalanceNotZero",
    "HelpedInTheFuture",
    "HoldEnded",
    "KeyUsedDifferently",
    "LedgerRefusal",
    "Line",
    "MoreThanThere",
    "NoCategory",
    "NoMinutes",
    "NotInThisCommunity",
    "NotReversible",
    "OverLimit",
    "OverrideNeedsCoordinator",
    "ReasonMissing",
    "SameAccount",
    "account_of",
    "add_category",
    "add_recognised_kind",
    "archive_category",
    "archive_recognised_kind",
    "close_account",
    "edit_category",
    "erase_words",
    "hold",
    "note_recognised_work",
    "open_account",
    "open_time_bank",
    "pay",
    "pay_together",
    "post_hold",
    "release_expired_holds",
    "release_hold",
    "reopen_account",
    "reverse",
    "reverse_all",
    "set_limits",
    "thank",
    "update_time_bank",
]
