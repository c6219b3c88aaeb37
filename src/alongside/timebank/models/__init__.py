"""Accounts, transfers and their two entries; holds; running totals and seals; recognised work."""

from alongside.timebank.models.accounts import Account, AccountQuerySet
from alongside.timebank.models.bank import Category, TimeBank
from alongside.timebank.models.books import AccountMonth, BookCheck, Chain, MonthTotal, Seal, Unfolded
from alongside.timebank.models.holds import Hold
from alongside.timebank.models.recognised import RecognisedKind, RecognisedWork
from alongside.timebank.models.transfers import Entry, EntryQuerySet, Transfer, TransferNote, TransferQuerySet

__all__ = [
    "Account",
    "AccountMonth",
    "AccountQuerySet",
    "BookCheck",
    "Category",
    "Chain",
    "Entry",
    "EntryQuerySet",
    "Hold",
    "MonthTotal",
    "RecognisedKind",
    "RecognisedWork",
    "Seal",
    "TimeBank",
    "Transfer",
    "TransferNote",
    "TransferQuerySet",
    "Unfolded",
]
