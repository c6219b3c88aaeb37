"""Accounts: where the minutes of a person, a household, a body or a pot are kept."""

from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alongside.people.models import (
    BodyMember,
    Community,
    CommunityModel,
    CommunityQuerySet,
    Group,
    HouseForeignKey,
    Household,
    Organisation,
    Person,
)
from alongside.timebank.models.guarded import GuardedCheck

# With these parts somebody acts for a household or another body.
ACTING = (BodyMember.Part.ADULT, BodyMember.Part.SPEAKS_FOR)


def acting_places(person: Person) -> CommunityQuerySet:
    """Where a person acts for a household, as an adult, or for a body for which they speak."""
    return BodyMember.objects.filter(
        membership__person=person, membership__left_at=None,
        part__in=ACTING,
    )  # fmt: skip


class AccountQuerySet(CommunityQuerySet):
    def of_person(self, person: Person) -> Self:
        """The account a person holds in their own name."""
        return self.filter(person=person)

    def acted_for_by(self, person: Person) -> Self:
        """Accounts a person may pay from: their own, their household's (adults), and bodies they speak for."""
        places = acting_places(person).filter(community=OuterRef("community"))
        return self.filter(
            Q(person=person)
            | Q(household__in=places.filter(household__isnull=False).values("household"))
            | Q(organisation__in=places.filter(organisation__isnull=False).values("organisation"))
            | Q(group__in=places.filter(group__isnull=False).values("group"))
        )

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def pots(self) -> Self:
        return self.filter(kind__in=Account.POTS)

    def with_holders(self) -> Self:
        """Load whose account it is, so that naming it asks no more questions."""
        return self.select_related("person", "household", "organisation", "group", "partner")

    def with_balance(self) -> Self:
        """Add `exact_minutes`: the balance at this moment, credits on their way into a pot included."""
        waiting = (
            self.model._meta.apps.get_model("timebank", "Entry")
            .objects.filter(community=OuterRef("community"), account=OuterRef("pk"), seq=None)
            .order_by()
            .values("account")
            .annotate(total=Sum("minutes"))
            .values("total")
        )
        return self.annotate(exact_minutes=F("balance_minutes") + Coalesce(Subquery(waiting), 0))


class Kind(models.TextChoices):
    PERSON = "person", _("person")
    HOUSEHOLD = "household", _("household")
    ORGANISATION = "organisation", _("organisation")
    GROUP_POT = "group_pot", _("group's pot")
    COMMUNITY_POT = "community_pot", _("community pot")
    PARTNER = "partner", _("partner community")
    ISSUANCE = "issuance", _("opening balances")


HOLDERS: dict[str, str] = {
    Kind.PERSON: "person",
    Kind.HOUSEHOLD: "household",
    Kind.ORGANISATION: "organisation",
    Kind.GROUP_POT: "group",
    Kind.PARTNER: "partner",
}


class Account(CommunityModel):
    """`balance_minutes` is moved by the ledger alone; the database refuses any other hand.

    On PostgreSQL credits to a pot wait without a place in its line (see `ledger/README.md`), so a
    pot's exact balance is `with_balance().exact_minutes`. That it has exactly the holder its kind asks
    for is a guard of the ledger, `timebank_account_has_its_holder`.
    """

    Kind = Kind
    POTS = (Kind.GROUP_POT, Kind.COMMUNITY_POT)
    OF_BODIES = (Kind.HOUSEHOLD, Kind.ORGANISATION, Kind.GROUP_POT)

    kind = models.CharField(max_length=14, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="accounts")
    household = HouseForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="accounts")
    organisation = HouseForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="accounts")
    group = HouseForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="accounts")
    partner = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="+")
    floor_minutes = models.BigIntegerField(_("lowest balance"), null=True, blank=True)
    ceiling_minutes = models.BigIntegerField(_("highest balance"), null=True, blank=True)
    soft_floor_minutes = models.BigIntegerField(_("say so below"), null=True, blank=True)
    soft_ceiling_minutes = models.BigIntegerField(_("say so above"), null=True, blank=True)
    balance_minutes = models.BigIntegerField(default=0, editable=False)
    # Reserved by holds: going out, and on its way in (not kept for pots, whose ceiling is only soft).
    held_minutes = models.BigIntegerField(default=0, editable=False)
    awaited_minutes = models.BigIntegerField(default=0, editable=False)
    # How many entries have a place in this account's line, and when the last one took it.
    seq = models.BigIntegerField(default=0, editable=False)
    last_placed_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["community", holder],
                    condition=Q(**{f"{holder}__isnull": False}),
                    name=f"account_once_for_a_{holder}",
                )
                for holder in HOLDERS.values()
            ),
            models.UniqueConstraint(
                fields=["community", "kind"],
                condition=Q(kind__in=["community_pot", "issuance"]),
                name="account_of_the_community_once_of_a_kind",
            ),
            # Where one is missing, the comparison says nothing, and so lets it pass.
            GuardedCheck(condition=Q(ceiling_minutes__gt=F("floor_minutes")), name="account_ceiling_above_floor"),
            GuardedCheck(condition=~Q(partner=F("community")), name="account_partner_is_another_community"),
            GuardedCheck(condition=Q(held_minutes__gte=0), name="account_held_is_not_negative"),
            GuardedCheck(condition=Q(awaited_minutes__gte=0), name="account_awaited_is_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.holder or self.get_kind_display())

    @property
    def holder(self) -> Person | Household | Organisation | Group | Community | None:
        """Who the minutes belong to; None for the community's own pot and for opening balances."""
        field = HOLDERS.get(self.kind)
        return getattr(self, field) if field else None

    def speakers(self) -> list[Person]:
        """Who a letter about this account goes to: its person, a household's adults, who speaks for a body."""
        if self.person:
            return [self.person]
        parts = [BodyMember.Part.ADULT, BodyMember.Part.SPEAKS_FOR]
        places = BodyMember.objects.filter(
            Q(household__isnull=False, household=self.household_id)
            | Q(organisation__isnull=False, organisation=self.organisation_id)
            | Q(group__isnull=False, group=self.group_id),
            community=self.community_id, part__in=parts, membership__left_at=None,
        )  # fmt: skip
        return [place.membership.person for place in places.select_related("membership__person")]

    @property
    def is_pot(self) -> bool:
        return self.kind in self.POTS

    @property
    def free_minutes(self) -> int | None:
        """What may still be spent: down to the floor, held hours left aside. None without a floor."""
        if self.floor_minutes is None:
            return None
        return max(0, self.balance_minutes - self.held_minutes - self.floor_minutes)

    @property
    def room_minutes(self) -> int | None:
        """What may still come in: up to the ceiling, with what is on its way. None without one, and for pots."""
        if self.ceiling_minutes is None or self.is_pot:
            return None
        return max(0, self.ceiling_minutes - self.balance_minutes - self.awaited_minutes)
