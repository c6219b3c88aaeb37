"""The rota of a program for a period: its duties, closed days, and every search for who does what."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person
from alongside.programs.models import Program


class RotaQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def drafts(self) -> Self:
        return self.filter(published_at=None)

    def published(self) -> Self:
        return self.exclude(published_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-first_day", "-id")

    def touching(self, first: date, last: date) -> Self:
        """Rotas with at least one of these days."""
        return self.filter(first_day__lte=last, last_day__gte=first)

    def with_program(self) -> Self:
        return self.select_related("program__group")


class Rota(CommunityModel):
    """Who does which duty in a period. A draft until it is published; then it is looked for anew with few changes.

    `section`: what the design said about rotas when its duties were made. `revision` goes up with every change, so that
    a search knows whether it still fits. `version`: how many searches have changed it.
    """

    program = HouseForeignKey(Program, models.PROTECT, related_name="rotas")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    section = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)
    # The search that goes on: the id of its progress.
    searching = models.UUIDField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    # When what was owed and not done became lines of fees.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField()

    objects = RotaQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "program", "first_day"], name="rotas_by_first_day")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="rota_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="rota_revisions_start_at_one"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="rota_published_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False, published_at__isnull=False),
                name="rota_settled_was_published",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="rota_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"rota of {self.program_id} from {self.first_day}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class RotaVersionQuerySet(CommunityQuerySet):
    def on(self, rota: Rota) -> Self:
        return self.filter(community=rota.community_id, rota=rota)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Version(CommunityModel):
    """What came of one search. `gap`: ten-thousandths above the bound; `told`: clashes, as codes and facts."""

    class Result(models.TextChoices):
        BEST = "best", _("proved best")
        WITHIN = "within", _("near the best")
        FOUND = "found", _("found")
        OPEN = "open", _("with places left open")
        IMPOSSIBLE = "impossible", _("not possible by these rules")

    rota = HouseForeignKey(Rota, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    result = models.CharField(max_length=10, choices=Result)
    gap = models.PositiveIntegerField(null=True)
    moves = models.PositiveIntegerField(default=0)
    fewest_moves = models.BooleanField(default=False)
    open_places = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = RotaVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="rota_version_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(result="best", gap__isnull=False, gap=0)
                | Q(result="within", gap__isnull=False, gap__gte=1)
                | Q(gap=None, result__in=["found", "open", "impossible"]),
                name="rota_version_says_how_near_it_is",
            ),
            models.UniqueConstraint(fields=["community", "rota", "number"], name="rota_version_number_is_its_own"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rota_id}: {self.number}"


class ClosedDay(CommunityModel):
    """A day on which the program has nothing on, so that it has no duties either."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="closed_days")
    day = models.DateField(_("day"))
    why = models.CharField(_("why"), max_length=80, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "program", "day"], name="closed_day_once")]

    def __str__(self) -> str:
        return f"{self.program_id} closed on {self.day}"


class DutyQuerySet(CommunityQuerySet):
    def on(self, rota: Rota) -> Self:
        return self.filter(community=rota.community_id, rota=rota)

    def standing(self) -> Self:
        return self.filter(called_off_at=None)

    def coming(self, at: datetime) -> Self:
        return self.filter(starts_at__gt=at)

    def with_open_places(self, at: datetime) -> Self:
        """Those ahead that nobody, or too few, have taken."""
        taken = Count("assignments", filter=Q(assignments__ended_at=None))
        return self.standing().coming(at).annotate(taken=taken).filter(people__gt=F("taken"))

    def in_order(self) -> Self:
        return self.order_by("starts_at", "name", "id")


class Duty(CommunityModel):
    """One thing to do on one day. `everybody` and `somebody`: names of checks and training that are needed on it.

    `counts`: who does it counts in the number of adults. A program has a duty of a name once on a day, so that two
    rotas never share a day.
    """

    rota = HouseForeignKey(Rota, models.CASCADE, related_name="duties")
    program = HouseForeignKey(Program, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()
    everybody = models.JSONField(default=list, blank=True)
    somebody = models.JSONField(default=list, blank=True)
    counts = models.BooleanField(default=True)
    called_off_at = models.DateTimeField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        indexes = [models.Index(fields=["community", "program", "starts_at"], name="duties_by_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(people__gte=1), name="duty_needs_somebody"),
            models.CheckConstraint(condition=~Q(name=""), name="duty_has_a_name"),
            models.UniqueConstraint(
                fields=["community", "program", "name", "starts_at"],
                condition=Q(called_off_at=None),
                name="duty_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60
