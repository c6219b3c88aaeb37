"""What the fold keeps in the background: the queue, the sealed chain, and running totals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.timebank.models.accounts import Account, Kind
from alongside.timebank.models.bank import Category
from alongside.timebank.models.transfers import Transfer, ledger_community


class Unfolded(CommunityModel):
    """A posted transfer that the fold has not yet counted and sealed: written with it, removed by the fold."""

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("community", "transfer")
    community = ledger_community()
    transfer = HouseForeignKey(Transfer, models.PROTECT, db_constraint=False, db_index=False, related_name="+")

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unfolded"

    def __str__(self) -> str:
        return f"unfolded {self.transfer_id}"


class Chain(CommunityModel):
    """The head of a community's chain of seals; who folds, locks this row."""

    n = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    folded_at = models.DateTimeField(null=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community"], name="chain_once_a_community")]

    def __str__(self) -> str:
        return f"seal {self.n}"


class Seal(CommunityModel):
    """Link `n` of the chain: SHA-256 over the seal before it and the transfer's columns."""

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("community", "n")
    community = ledger_community()
    n = models.BigIntegerField()
    transfer = HouseForeignKey(Transfer, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    hash = models.CharField(max_length=64)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "transfer"], name="seal_once_a_transfer"),
            models.CheckConstraint(condition=models.Q(n__gt=0), name="seal_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"seal {self.n}"


class BookCheck(CommunityModel):
    """What a self-check of a community's books found. `findings`: name and facts of each, none when all is well."""

    checked_at = models.DateTimeField()
    transfers = models.BigIntegerField()
    minutes = models.BigIntegerField()
    findings = models.JSONField(default=list)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "-checked_at"], name="book_check_latest")]

    def __str__(self) -> str:
        return f"{len(self.findings)} findings"


class MonthTotal(CommunityModel):
    """Minutes by month of help, category, kind of transfer, and from which kind of account to which.

    A reversal takes its minutes away again from the month and kind of what it reverses.
    """

    month = models.DateField(_("first day of the month"))
    category = HouseForeignKey(Category, models.PROTECT, null=True, db_index=False, related_name="+")
    kind = models.CharField(max_length=8, choices=Transfer.Kind)
    payer_kind = models.CharField(max_length=14, choices=Kind)
    payee_kind = models.CharField(max_length=14, choices=Kind)
    minutes = models.BigIntegerField()
    transfers = models.BigIntegerField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "month", "category", "kind", "payer_kind", "payee_kind"],
                condition=models.Q(category__isnull=False),
                name="month_total_once",
            ),
            models.UniqueConstraint(
                fields=["community", "month", "kind", "payer_kind", "payee_kind"],
                condition=models.Q(category=None),
                name="month_total_once_without_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.minutes} min"


class AccountMonth(CommunityModel):
    """What one account gave and received by exchanges of a month: people reached, and gentle prompts."""

    # Written with every fold; the guard of accounts keeps those with a history.
    community = ledger_community()
    account = HouseForeignKey(Account, models.PROTECT, db_constraint=False, db_index=False, related_name="months")
    month = models.DateField(_("first day of the month"))
    given_minutes = models.BigIntegerField(default=0)
    received_minutes = models.BigIntegerField(default=0)
    last_helped_on = models.DateField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "account", "month"], name="account_month_once"),
        ]
        indexes = [models.Index(fields=["community", "month"], name="account_month_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} +{self.given_minutes} -{self.received_minutes}"
