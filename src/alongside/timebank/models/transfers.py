"""Transfers, their two entries, and the words beside them."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.lookups import Exact, GreaterThan, IsNull
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, HouseOneToOneField, Person
from alongside.timebank.models.accounts import Account
from alongside.timebank.models.bank import Category
from alongside.timebank.models.guarded import GuardedCheck


def _link(to: type[models.Model] | str, **options: Any) -> HouseForeignKey:
    """A link the ledger's own guards keep true: a foreign key's lock on a hot row would cost more."""
    return HouseForeignKey(to, models.PROTECT, db_constraint=False, db_index=False, related_name="+", **options)


def _person(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        Person, models.PROTECT, db_constraint=False, db_index=False, related_name="+", **options
    )  # fmt: skip


def ledger_community() -> "models.ForeignKey[Any, Any]":
    """The community, without a foreign key's hot lock and an index of its own: others here lead with it."""
    return models.ForeignKey(
        "people.Community", models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )  # fmt: skip


class TransferQuerySet(CommunityQuerySet):
    def with_people(self) -> Self:
        """Load both holders, the category and the words, so that a page asks no more questions."""
        sides = ("payer", "payee")
        holders = ("person", "household", "organisation", "group", "partner")
        people = [f"{side}__{holder}" for side in sides for holder in holders]
        return self.select_related("category", "by", *people).prefetch_related("note")


class Transfer(CommunityModel):
    """Minutes moved from the account of who was helped (payer) to that of who helped (payee).

    Never updated, never deleted; holds ids, minutes, category and dates, and no words.
    """

    class Kind(models.TextChoices):
        EXCHANGE = "exchange", _("exchange")
        GIFT = "gift", _("gift")
        GRANT = "grant", _("grant")
        REVERSAL = "reversal", _("reversal")
        OPENING = "opening", _("opening balance")
        IMPORT = "import", _("brought from another time bank")

    community = ledger_community()
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind)
    payer = _link(Account)
    payee = _link(Account)
    minutes = models.BigIntegerField()
    category = _link(Category, null=True)
    # The day the help was given, and the moment it was written down.
    helped_on = models.DateField()
    posted_at = models.DateTimeField()
    by = _person(null=True)
    on_behalf_of = _person(null=True)
    channel = models.CharField(max_length=10, choices=Channel)
    overridden_by = _person(null=True)
    reverses = _link("self", null=True)
    hold = _link("timebank.Hold", null=True)
    # Lines of one group exchange share it.
    together = models.UUIDField(null=True)

    objects = TransferQuerySet.as_manager()

    # Said by the posting action: limits now passed that only warn, as "payer" and "payee".
    warnings: tuple[str, ...] = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="transfer_key_has_one_effect"),
            models.UniqueConstraint(
                fields=["community", "reverses"], condition=Q(reverses__isnull=False), name="transfer_reversed_once"
            ),
            models.UniqueConstraint(
                fields=["community", "hold"], condition=Q(hold__isnull=False), name="transfer_settles_a_hold_once"
            ),
            GuardedCheck(condition=Q(minutes__gt=0), name="transfer_moves_at_least_a_minute"),
            GuardedCheck(condition=~Q(payer=F("payee")), name="transfer_is_between_two_accounts"),
            GuardedCheck(
                condition=Exact(Exact(F("kind"), Value("reversal")), IsNull(F("reverses"), False)),
                name="transfer_reversal_says_of_what",
            ),
            GuardedCheck(
                condition=~Q(kind="exchange") | Q(category__isnull=False), name="transfer_of_exchange_has_a_category"
            ),
            GuardedCheck(condition=~Q(key=""), name="transfer_has_a_key"),
        ]
        indexes = [
            models.Index(
                fields=["community", "together"], condition=Q(together__isnull=False), name="transfer_together"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.minutes} min"

    def reversal(self) -> "Transfer | None":
        """The transfer that gave this one back, if any did."""
        return Transfer.objects.filter(community=self.community_id, reverses=self).first()


class EntryQuerySet(CommunityQuerySet):
    def statement(self, account: Account, *, before: int | None = None) -> Self:
        """Placed entries of one account, newest first; `before` a seq for the next page (keyset)."""
        entries = self.filter(community=account.community_id, account=account, seq__isnull=False)
        if before is not None:
            entries = entries.filter(seq__lt=before)
        return entries.order_by("-seq")

    def waiting(self, account: Account) -> Self:
        """Credits to a pot that have no place in its line yet."""
        return self.filter(community=account.community_id, account=account, seq=None)

    def with_names(self) -> Self:
        """Load who with and the category, in one question each: joined, a dozen tables took the planner too long."""
        return self.prefetch_related(models.Prefetch("other", Account.objects.with_holders()), "category")


class Entry(CommunityModel):
    """One side of a transfer: -minutes on its payer (sign -1), +minutes on its payee (sign 1).

    `seq`, `balance_after` and `placed_at` are its place in the account's line; a credit to a pot on
    PostgreSQL gets them once, later. `placed_at` never runs backwards along an account's line.
    `kind`, `other` (the account of who with), `category` and `helped_on` are those of the transfer, which the
    database holds to it: so a page of a statement is read from the entries alone.
    """

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("transfer", "community", "sign")
    community = ledger_community()
    transfer = HouseForeignKey(Transfer, models.PROTECT, db_constraint=False, db_index=False, related_name="entries")
    sign = models.SmallIntegerField()
    account = HouseForeignKey(Account, models.PROTECT, db_constraint=False, db_index=False, related_name="entries")
    minutes = models.BigIntegerField()
    seq = models.BigIntegerField(null=True)
    balance_after = models.BigIntegerField(null=True)
    placed_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=8, choices=Transfer.Kind)
    other = _link(Account)
    category = _link(Category, null=True)
    helped_on = models.DateField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            # Led by the account: an index led by the community would tempt a planner without statistics.
            models.UniqueConstraint(fields=["account", "community", "seq"], name="entry_has_its_own_place"),
            GuardedCheck(
                condition=Q(GreaterThan(F("sign") * F("minutes"), 0), sign__in=[-1, 1]),
                name="entry_sign_is_that_of_its_minutes",
            ),
            # Of a place that is missing, the comparison says nothing, and so lets it pass.
            GuardedCheck(
                condition=Q(
                    Exact(IsNull(F("seq"), True), IsNull(F("balance_after"), True)),
                    Exact(IsNull(F("seq"), True), IsNull(F("placed_at"), True)),
                    seq__gt=0,
                ),
                name="entry_place_is_whole_or_missing",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "community"], condition=Q(seq=None), name="entry_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes:+d} min"


class TransferNote(CommunityModel):
    """The words beside a transfer. They may be erased; the transfer may not."""

    transfer = HouseOneToOneField(Transfer, models.PROTECT, db_constraint=False, db_index=False, related_name="note")
    note = models.CharField(_("note"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    thanks = models.CharField(_("thank you"), max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    thanked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "community"], name="transfer_has_one_note"),
        ]

    def __str__(self) -> str:
        return self.note or self.reason or self.thanks
