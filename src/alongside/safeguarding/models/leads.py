"""Safeguarding leads: whom members can talk to, named by a steward for a time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.people.models import CommunityModel, CommunityQuerySet, Person
from alongside.safeguarding.models.checks import current_people


class LeadQuerySet(CommunityQuerySet):
    def on(self, day: date) -> Self:
        """Those who lead on a day; the last day counts, unless somebody ended it by hand."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None, person__erased_at=None)

    def here(self, community: models.Model, *, on: date) -> Self:
        """Those who lead in a community on a day and belong to it still."""
        return self.of(community).on(on).filter(person__in=current_people(community))

    def by_name(self) -> Self:
        return self.select_related("person").order_by("person__search_name", "pk")


class Lead(CommunityModel):
    """One person, for a time. Nobody names themself, and no other role makes anybody a lead."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="lead_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(named_by=None) | ~Q(named_by=F("person")), name="lead_is_named_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False), name="lead_ended_has_a_moment"
            ),
            models.UniqueConstraint(
                fields=["community", "person", "starts_on"], condition=Q(ended_at=None), name="lead_once_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.ends_on}"
