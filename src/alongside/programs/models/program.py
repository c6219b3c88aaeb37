"""A program, and the design it has agreed: one numbered version after the other."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models import Decision
from alongside.kernel.channels import Channel
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    Group,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)


class Stage(models.TextChoices):
    """Where a program stands in its loop; the names of a blueprint's stages."""

    PLAN = "co-plan", _("Plan together")
    DESIGN = "co-design", _("Design together")
    COMMISSION = "co-commission", _("Agree who brings what")
    DELIVER = "co-deliver", _("Do it together")
    ASSESS = "co-assess", _("Ask together what came of it")


class Aim(models.TextChoices):
    PREVENTION = "prevention", _("prevention")
    EARLY_HELP = "early help", _("early help")
    TREATMENT = "treatment", _("treatment")
    AFTER_CARE = "after-care", _("after-care")


class ProgramQuerySet(CommunityQuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        return self.exclude(ended_at=None)

    def with_design(self) -> Self:
        """Add `design` and `version`: what is agreed now, and its number."""
        newest = DesignVersion.objects.filter(program=OuterRef("pk"), community=OuterRef("community")).newest_first()
        return self.annotate(
            design=Subquery(newest.values("design")[:1]), version=Subquery(newest.values("number")[:1])
        )

    def by_title(self) -> Self:
        return self.order_by("title", "id")


class Program(CommunityModel):
    """What a community does together, from a blueprint or from nothing; its people are those of its group."""

    group = HouseOneToOneField(Group, models.PROTECT, related_name="program")
    title = models.CharField(_("title"), max_length=100)
    summary = models.TextField(_("in one or two sentences"), max_length=400)
    aim = models.CharField(max_length=12, choices=Aim)
    principles = models.JSONField(default=list, blank=True)
    manner = models.CharField(_("in the manner of"), max_length=300, blank=True)
    sources = models.JSONField(default=list, blank=True)
    # Which file it started from, and its words at that time; empty for one that started from nothing.
    blueprint = models.CharField(max_length=60, blank=True)
    blueprint_version = models.CharField(max_length=20, blank=True)
    blueprint_digest = models.CharField(max_length=64, blank=True)
    copied_from = HouseForeignKey("self", models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=13, choices=Stage)
    # How many times it has come round the loop, this time included.
    round = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)
    made_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    made_at = models.DateTimeField()
    # Made by the form that asked for it: the same form sent twice starts one program.
    key = models.UUIDField()

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="program_has_a_title"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="program_stage_is_known"),
            models.CheckConstraint(condition=Q(aim__in=Aim.values), name="program_aim_is_known"),
            models.CheckConstraint(condition=Q(round__gte=1), name="program_rounds_start_at_one"),
            models.UniqueConstraint(fields=["community", "group"], name="program_has_a_group_of_its_own"),
            models.UniqueConstraint(fields=["community", "key"], name="program_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ring_stage(self) -> str:
        """The stage by its name in the loop ring: plan, design, commission, deliver, assess."""
        return self.stage.removeprefix("co-")


class DesignVersionQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class DesignVersion(CommunityModel):
    """A program's design from one moment until the next version. It never changes once made: the database refuses.

    `design`: section → values, as `rules.design` tells. `change`: what is new in it, {} in the first.
    """

    program = HouseForeignKey(Program, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    design = models.JSONField()
    change = models.JSONField(default=dict, blank=True)
    decision = HouseForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    # Who started the program with it; what was decided has no single maker.
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = DesignVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="design_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(number__lte=1, decision=None) | Q(number__gt=1, decision__isnull=False, made_by=None),
                name="design_after_the_first_is_decided",
            ),
            models.UniqueConstraint(fields=["community", "program", "number"], name="design_number_is_its_own"),
            models.UniqueConstraint(fields=["community", "decision"], name="design_once_a_decision"),
        ]

    def __str__(self) -> str:
        return f"design of {self.program_id}, {self.number}"


def design_of(program: Program) -> dict[str, Any]:
    """What a program has agreed now."""
    version: DesignVersion = DesignVersion.objects.on(program).newest_first()[0]
    design: dict[str, Any] = version.design
    return design
