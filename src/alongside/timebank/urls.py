"""Addresses of the time bank."""

from django.urls import path

from alongside.timebank.views import (
    books,
    giving,
    keeping,
    mine,
    recognised,
    signals,
    statements,
    together,
    transfers,
)

app_name = "timebank"


_hours = "c/<slug:community_slug>/hours/"
_account = f"{_hours}accounts/<uuid:account_id>/"
_transfer = f"{_hours}transfers/<uuid:transfer_id>/"

urlpatterns = [
    path(_hours, mine.home, name="home"),
    # accounts and transfers
    path(_account, statements.account, name="account"),
    path(f"{_account}print/", statements.account_print, name="account_print"),
    path(f"{_account}csv/", statements.account_csv, name="account_csv"),
    path(f"{_account}limits/", keeping.limits, name="limits"),
    path(f"{_account}close/", keeping.close_account, name="close_account"),
    path(f"{_account}reopen/", keeping.reopen_account, name="reopen_account"),
    path(f"{_account}grant/", giving.grant, name="grant"),
    path(_transfer, transfers.transfer, name="transfer"),
    path(f"{_transfer}thank/", transfers.thank, name="thank"),
    path(f"{_transfer}reverse/", transfers.reverse, name="reverse"),
    # pots and groups
    path(f"{_hours}pots/", giving.pots, name="pots"),
    path(f"{_hours}give/", giving.give, name="give"),
    path(f"{_hours}together/", together.together, name="together"),
    # the books
    path(f"{_hours}books/", books.books, name="books"),
    path(f"{_hours}books/print/", books.books_print, name="books_print"),
    path(f"{_hours}books/csv/", books.books_csv, name="books_csv"),
    path(f"{_hours}check/", books.check, name="check"),
    path(f"{_hours}signals/", signals.signals, name="signals"),
    # recognised work
    path(f"{_hours}recognised/", recognised.recognised, name="recognised"),
]
