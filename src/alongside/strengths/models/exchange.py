"""Help between two accounts: arranged, done, confirmed, credited."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.hours import MINUTES_A_DAY
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person
from alongside.strengths.models.listing import Listing
from alongside.strengths.rules.steps import HOLDING, OPEN, Side, State
from alongside.timebank.models import Account, Category, Hold, Transfer
from alongside.timebank.models.accounts import HOLDERS


class ExchangeQuerySet(CommunityQuerySet):
    def open(self) -> Self:
        """Exchanges that still wait for somebody."""
        return self.filter(state__in=OPEN)

    def of_accounts(self, accounts: Iterable[Account]) -> Self:
        """Exchanges with one of these accounts on either side."""
        return self.filter(Q(giver__in=accounts) | Q(receiver__in=accounts))

    def waiting_for(self, accounts: Iterable[Account]) -> Self:
        """Exchanges whose next word is up to one of these accounts."""
        return self.open().filter(
            Q(waits_for=Side.GIVER, giver__in=accounts) | Q(waits_for=Side.RECEIVER, receiver__in=accounts)
        )

    def due_to_confirm(self, at: datetime) -> Self:
        """Exchanges done, unanswered, and past the moment when silence counts as yes."""
        return self.filter(state=State.DONE, answer_by__lte=at)

    def to_ask_by_phone(self) -> Self:
        """Exchanges done that wait for somebody without a screen: their silence never counts as yes."""
        return self.filter(state=State.DONE, answer_by=None)

    def with_sides(self) -> Self:
        """Fetch both accounts with their holders, the category and the listing in the same query."""
        return self.select_related(
            "giver__person", "giver__household", "giver__organisation", "giver__group",
            "receiver__person", "receiver__household", "receiver__organisation", "receiver__group",
            "category", "listing", "mediator",
        )  # fmt: skip

    def with_title(self) -> Self:
        """Fetch what one line says: between whom, how long, with what and when. Anything else is one more question."""
        holders = [f"{side}__{field}" for side in ("giver", "receiver") for field in HOLDERS.values()]
        names = [f"{one}__name" for one in (*holders, "category")]
        told = ("state", "minutes", "helped_on", "waits_for", "changed_at", "giver__kind", "receiver__kind", *names)
        return self.select_related(*holders, "category").only(*told)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-id")


class Exchange(CommunityModel):
    class StateName(models.TextChoices):
        PROPOSED = State.PROPOSED, _("asked, not yet answered")
        ARRANGED = State.ARRANGED, _("arranged")
        DONE = State.DONE, _("done, not yet confirmed")
        DISPUTED = State.DISPUTED, _("being talked over")
        CONFIRMED = State.CONFIRMED, _("confirmed")
        REJECTED = State.REJECTED, _("turned down")
        CANCELLED = State.CANCELLED, _("called off")
        WITHDRAWN = State.WITHDRAWN, _("ended without hours")
        EXPIRED = State.EXPIRED, _("ran out")

    class SideName(models.TextChoices):
        GIVER = Side.GIVER, _("who helps")
        RECEIVER = Side.RECEIVER, _("who is helped")

    giver = HouseForeignKey(Account, models.PROTECT, related_name="+")
    receiver = HouseForeignKey(Account, models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField(_("how long"))
    category = HouseForeignKey(Category, models.PROTECT, related_name="+")
    helped_on = models.DateField(_("day of help"))
    listing = HouseForeignKey(Listing, models.SET_NULL, null=True, blank=True, related_name="exchanges")
    state = models.CharField(max_length=9, choices=StateName)
    # The side whose answer is awaited; "" when either may speak, or nobody needs to.
    waits_for = models.CharField(max_length=8, choices=SideName, blank=True)
    # Every step counts one up. Two people who saw the same number cannot both take a step.
    steps_taken = models.PositiveIntegerField(default=0)
    hold = HouseForeignKey(Hold, models.PROTECT, null=True, blank=True, related_name="+")
    transfer = HouseForeignKey(Transfer, models.PROTECT, null=True, blank=True, related_name="+")
    mediator = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # Proposed: when it runs out. Done: when silence counts as yes. Otherwise none.
    answer_by = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    both_agreed = models.BooleanField(default=False)
    key = models.UUIDField()

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-made_at", "-id"], name="exchange_newest_first"),
            models.Index(fields=["community", "giver", "-made_at"], name="exchange_by_giver"),
            models.Index(fields=["community", "receiver", "-made_at"], name="exchange_by_receiver"),
            models.Index(
                fields=["community", "state", "answer_by"],
                name="exchange_still_open",
                condition=Q(state__in=sorted(OPEN)),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=models.F("receiver")), name="exchange_between_two_accounts"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MINUTES_A_DAY), name="exchange_within_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(HOLDING), hold__isnull=False, transfer=None)
                | Q(state=State.CONFIRMED, transfer__isnull=False, hold=None)
                | (~Q(state__in=sorted({*HOLDING, State.CONFIRMED})) & Q(hold=None, transfer=None)),
                name="exchange_holds_or_has_posted_by_its_state",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=[State.PROPOSED, State.DONE]) & ~Q(waits_for=""))
                | (~Q(state__in=[State.PROPOSED, State.DONE]) & Q(waits_for="")),
                name="exchange_waits_for_the_other_side",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="exchange_made_once_a_form"),
            models.UniqueConstraint(
                fields=["community", "transfer"], condition=Q(transfer__isnull=False), name="transfer_of_one_exchange"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.receiver_id}: {self.minutes} min, {self.state}"

    @property
    def awaited(self) -> Account:
        """The account whose word is awaited, while the exchange waits for one."""
        account: Account = self.giver if self.waits_for == Side.GIVER else self.receiver
        return account


class ExchangeWords(CommunityModel):
    """What somebody wrote about an exchange. Kept beside it, so that words can be erased and hours stay."""

    class Kind(models.TextChoices):
        NOTE = "note", _("note")
        REASON = "reason", _("reason")
        THANKS = "thanks", _("thank-you")

    exchange = HouseForeignKey(Exchange, models.CASCADE, related_name="words")
    kind = models.CharField(max_length=6, choices=Kind)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField(max_length=1000)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "exchange words"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="exchange_words_say_something"),
        ]

    def __str__(self) -> str:
        return self.words
