"""Households, organisations and groups: bodies of people that may hold an account."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models.base import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.people.models.membership import Membership


class Body(CommunityModel):
    """What households, organisations and groups have in common."""

    name = models.CharField(_("name"), max_length=120)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Group(Body):
    """The neutral scope of a role and holder of an account; programs and circles link down to it."""

    purpose = models.TextField(_("what it is for"), blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name")]


class Organisation(Body):
    contact_name = models.CharField(_("who to ask for"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("postal address"), blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name")]


class Household(Body):
    """People who live together. A child's credits are held here, by its adults."""

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="household_has_a_name")]


class BodyMember(CommunityModel):
    """One person's place in a household, an organisation or a group."""

    class Part(models.TextChoices):
        ADULT = "adult", _("adult of the household")
        CHILD = "child", _("child of the household")
        SPEAKS_FOR = "speaks_for", _("speaks for it")
        BELONGS = "belongs", _("belongs to it")

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="places")
    household = HouseForeignKey(Household, models.CASCADE, null=True, blank=True, related_name="members")
    organisation = HouseForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="members")
    group = HouseForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="members")
    part = models.CharField(max_length=12, choices=Part)
    since = models.DateField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=False, organisation=None, group=None, part__in=["adult", "child"])
                | Q(household=None, organisation__isnull=False, group=None, part__in=["speaks_for", "belongs"])
                | Q(household=None, organisation=None, group__isnull=False, part__in=["speaks_for", "belongs"]),
                name="body_member_of_exactly_one_body",
            ),
            *(
                models.UniqueConstraint(
                    fields=["community", "membership", body],
                    condition=Q(**{f"{body}__isnull": False}),
                    name=f"body_member_once_in_{body}",
                )
                for body in ("household", "organisation", "group")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_part_display()}"
