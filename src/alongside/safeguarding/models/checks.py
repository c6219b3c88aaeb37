"""Kinds of checks, checks that were seen, what asks for them, and which ends were told."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, Group, HouseForeignKey, Membership, Person, Role

MOST_MONTHS = 120
MOST_NEEDED = 5


class CheckKindQuerySet(CommunityQuerySet):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


class CheckKind(CommunityModel):
    """What can be seen or done and written down. How long it holds counts for what is written from then on."""

    class Kind(models.TextChoices):
        REFERENCE = "reference", _("reference")
        BACKGROUND = "background", _("background check")
        INDUCTION = "induction", _("induction")
        TRAINING = "training", _("training")
        LICENCE = "licence", _("licence")

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind)
    # None: it never ends.
    months = models.PositiveSmallIntegerField(null=True)
    # How many of it somebody must have, such as two references.
    needed = models.PositiveSmallIntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    objects = CheckKindQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="check_kind_has_a_name"),
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__range=(1, MOST_MONTHS)), name="check_kind_holds_for_a_while"
            ),
            models.CheckConstraint(condition=Q(needed__range=(1, MOST_NEEDED)), name="check_kind_needs_one_or_a_few"),
            models.CheckConstraint(
                condition=Q(kind__in=["reference", "background", "induction", "training", "licence"]),
                name="check_kind_is_of_a_known_sort",
            ),
            models.UniqueConstraint(
                fields=["community", "name"], condition=Q(archived_at=None), name="check_kind_name_once_in_use"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CheckQuerySet(CommunityQuerySet):
    def standing(self) -> Self:
        """Checks that were not withdrawn, whether they hold today or not."""
        return self.filter(withdrawn_at=None)

    def holding(self, *, on: date) -> Self:
        """Checks that hold on a day; the first and the last day count."""
        return self.standing().filter(Q(ends_on=None) | Q(ends_on__gte=on), seen_on__lte=on)

    def of_person(self, person: Person) -> Self:
        return self.filter(person=person)

    def newest_first(self) -> Self:
        return self.order_by("-seen_on", "-written_at", "-pk")

    def with_people(self) -> Self:
        return self.select_related("kind", "person", "seen_by", "written_by", "withdrawn_by")


class Check(CommunityModel):
    """That a person's check of a kind was seen: a fact with its days, never what it said.

    It does not change: it is withdrawn and another is written. Triggers see to that (migration 0002).
    """

    class Why(models.TextChoices):
        MISTAKE = "mistake", _("It was written down by mistake")
        ENDED = "ended", _("It no longer holds")
        ASKED = "asked", _("The person asked for it")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = HouseForeignKey(CheckKind, models.PROTECT, related_name="checks")
    # Which of several of one day: two references may be read on one afternoon.
    place = models.PositiveSmallIntegerField(default=1)
    seen_on = models.DateField()
    seen_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ends_on = models.DateField(null=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField(max_length=10, choices=Why, blank=True)
    # Of the form it came by: sent twice, it is written once.
    key = models.UUIDField(null=True, editable=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "person", "kind"], name="checks_of_a_person"),
            models.Index(
                fields=["community", "ends_on"], condition=Q(withdrawn_at=None), name="checks_by_their_last_day"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("seen_on")), name="check_ends_after_it_was_seen"
            ),
            models.CheckConstraint(condition=~Q(seen_by=F("person")), name="check_is_seen_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(written_by=None) | ~Q(written_by=F("person")), name="check_is_written_by_somebody_else"
            ),
            models.CheckConstraint(condition=Q(place__gte=1), name="check_places_start_at_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_why__in=["mistake", "ended", "asked"]),
                name="check_withdrawn_when_and_why",
            ),
            models.UniqueConstraint(
                fields=["community", "person", "kind", "seen_on", "place"],
                condition=Q(withdrawn_at=None),
                name="check_seen_once_a_day_and_place",
            ),
            models.UniqueConstraint(
                fields=["community", "key"], condition=Q(key__isnull=False), name="check_written_once_a_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} of {self.person_id}"


class RequirementQuerySet(CommunityQuerySet):
    def of_role(self, role: str, *, group: Group | None = None) -> Self:
        """What a role asks for everywhere, and in a group besides."""
        return self.filter(role=role).within(group)

    def of_duty(self, duty: str, *, group: Group | None = None) -> Self:
        """What a duty asks for everywhere, and in a group besides."""
        return self.filter(duty=duty).within(group)

    def within(self, group: Group | None) -> Self:
        scope = Q(group=None) | Q(group=group) if group else Q(group=None)
        return self.filter(scope, kind__archived_at=None)


class Requirement(CommunityModel):
    """A role or a duty asks for a kind of check, everywhere or in one group."""

    kind = HouseForeignKey(CheckKind, models.PROTECT, related_name="requirements")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    # A short word of the room above that knows what it means; `duties` holds its name.
    duty = models.SlugField(max_length=40, blank=True, db_index=False)
    group = HouseForeignKey(Group, models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(role="") & ~Q(duty="")) | (~Q(role="") & Q(duty="")),
                name="requirement_of_a_role_or_a_duty",
            ),
            models.UniqueConstraint(
                fields=["community", "kind", "role", "duty"],
                condition=Q(group=None),
                name="requirement_once_everywhere",
            ),
            models.UniqueConstraint(
                fields=["community", "kind", "role", "duty", "group"],
                condition=Q(group__isnull=False),
                name="requirement_once_in_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role or self.duty}: {self.kind_id}"


class Ending(CommunityModel):
    """That the end of somebody's checks of a kind was told: before it came, and when it had come, once each."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = HouseForeignKey(CheckKind, models.CASCADE, related_name="+")
    last_day = models.DateField()
    soon_told_at = models.DateTimeField(null=True)
    over_told_at = models.DateTimeField(null=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "kind", "last_day"], name="ending_once_for_a_last_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} of {self.person_id} until {self.last_day}"


def current_people(community: models.Model) -> models.QuerySet[Membership, Any]:
    """The members of today, as a subquery of their persons."""
    return Membership.objects.of(community).current().values("person")
