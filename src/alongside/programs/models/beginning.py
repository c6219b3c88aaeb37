"""Before a program is there: blueprints that somebody brought along, and answers given so far."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Program


class BlueprintFileQuerySet(CommunityQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-imported_at", "-id")


class BlueprintFile(CommunityModel):
    """A blueprint that was brought in by page. The same words twice are one; other words make a further row."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    imported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    objects = BlueprintFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(name=""), name="blueprint_file_says_something"),
            models.UniqueConstraint(fields=["community", "digest"], name="blueprint_file_once_a_text"),
        ]

    def __str__(self) -> str:
        return self.title


class Beginning(CommunityModel):
    """The answers somebody has given so far to start a program; they may leave and come back.

    Exactly one of: a blueprint that comes with the house (`shipped`), one that was brought along (`file`), another
    program (`program`).
    """

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    shipped = models.CharField(max_length=60, blank=True)
    file = HouseForeignKey(BlueprintFile, models.CASCADE, null=True, related_name="+")
    program = HouseForeignKey(Program, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=100, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(shipped="") & Q(file=None, program=None))
                | Q(shipped="", file__isnull=False, program=None)
                | Q(shipped="", file=None, program__isnull=False),
                name="beginning_from_exactly_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.shipped
