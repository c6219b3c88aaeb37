"""What somebody who looked on at a session saw happen, by the checklist of the design."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.sessions import Cohort, Session


class SessionLookQuerySet(CommunityQuerySet):
    def in_run(self, cohort: Cohort) -> Self:
        return self.filter(community=cohort.community_id, session__cohort=cohort)


class SessionLook(CommunityModel):
    """One look of one person: `happened` are places in the checklist of design `version`, counted from 0."""

    session = HouseForeignKey(Session, models.PROTECT, related_name="looks")
    # Empty once somebody is erased: the look still counts.
    membership = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    happened = models.JSONField(default=list, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SessionLookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="look_is_by_a_design"),
            models.UniqueConstraint(fields=["community", "session", "membership"], name="look_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {len(self.happened)}"
