"""People who change from one run of a program to another, or wait for a place there."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person
from alongside.programs.models.enrolment import Enrolment
from alongside.programs.models.sessions import Cohort


class CohortMoveQuerySet(CommunityQuerySet):
    def waiting_for(self, cohort: Cohort) -> Self:
        """Who waits for a place in a run, the first in line first."""
        mine = self.filter(community=cohort.community_id, to_cohort=cohort, state=CohortMove.State.WAITING)
        return mine.order_by("asked_at", "id")

    def waiting(self) -> Self:
        return self.filter(state=CohortMove.State.WAITING)


class CohortMove(CommunityModel):
    """One change of runs. Whoever waits keeps the place they have until there is one in the other run."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a place there")
        MOVED = "moved", _("has changed")

    enrolment = HouseForeignKey(Enrolment, models.CASCADE, related_name="moves")
    from_cohort = HouseForeignKey(Cohort, models.PROTECT, related_name="+")
    to_cohort = HouseForeignKey(Cohort, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)

    objects = CohortMoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", moved_at=None) | Q(state="moved", moved_at__isnull=False),
                name="cohort_move_says_when",
            ),
            models.CheckConstraint(condition=~Q(from_cohort=F("to_cohort")), name="cohort_move_leads_elsewhere"),
            models.UniqueConstraint(
                fields=["community", "enrolment"], condition=Q(state="waiting"), name="cohort_move_waits_for_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.state}"
