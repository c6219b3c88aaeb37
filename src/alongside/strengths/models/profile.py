"""What a person can share, would like to learn, and what matters to them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership
from alongside.strengths.models.picture_names import PICTURE_NAMES
from alongside.strengths.rules.pictures import BY_CODE, Section


class SectionName(models.TextChoices):
    """What each part of a profile is called on screen."""

    SKILL = Section.SKILL, _("Things I know how to do")
    LIVED = Section.LIVED, _("Things I have lived through")
    PLACE = Section.PLACE, _("A place I can offer")
    TOOL = Section.TOOL, _("Things I can lend")
    CONNECTION = Section.CONNECTION, _("People and groups I know")
    COMPANY = Section.COMPANY, _("Company I can give")
    LEARN = Section.LEARN, _("What I would like to learn")
    MATTERS = Section.MATTERS, _("What matters to me")


class StrengthsProfileQuerySet(CommunityQuerySet):
    def with_strengths(self) -> Self:
        """Fetch the person and every strength in two further queries, however many profiles."""
        return self.select_related("membership__person").prefetch_related("strengths")


class StrengthsProfile(CommunityModel):
    class ShownTo(models.TextChoices):
        MEMBERS = "members", _("everybody in this community")
        COORDINATORS = "coordinators", _("only me and the coordinators")

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="strengths_profiles")
    shown_to = models.CharField(_("who may see it"), max_length=12, choices=ShownTo, default=ShownTo.COORDINATORS)
    changed_at = models.DateTimeField()

    objects = StrengthsProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "membership"], name="strengths_profile_once_a_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: strengths"


class Strength(CommunityModel):
    """One thing on a profile: a picture that was chosen, or the person's own words."""

    profile = HouseForeignKey(StrengthsProfile, models.CASCADE, related_name="strengths")
    section = models.CharField(max_length=10, choices=SectionName)
    picture = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=140, blank=True)
    place = models.PositiveSmallIntegerField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(picture="") & ~Q(words="")) | (~Q(picture="") & Q(words="")),
                name="strength_is_a_picture_or_words",
            ),
            models.UniqueConstraint(
                fields=["community", "profile", "section", "place"], name="strength_has_its_own_place"
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(PICTURE_NAMES.get(self.picture, self.picture))

    @property
    def icon(self) -> str:
        """The icon of the picture; for own words, a pencil."""
        picture = BY_CODE.get(self.picture)
        return picture.icon if picture else "pencil"
