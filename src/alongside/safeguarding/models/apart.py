"""Pairs that must not be put together. Only safeguarding leads ever read these tables for a page."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person


class KeptApartQuerySet(CommunityQuerySet):
    def holding(self, *, on: date) -> Self:
        """Pairs that hold on a day; the last day counts."""
        return self.filter(Q(until=None) | Q(until__gte=on), ended_at=None, since__lte=on)

    def without(self, person: Person) -> Self:
        """No lead reads of a pair in which they are themself."""
        return self.exclude(Q(one=person) | Q(other=person))

    def with_people(self) -> Self:
        return self.select_related("one", "other", "made_by", "ended_by")


class KeptApart(CommunityModel):
    """Two people who must not be put together, in one order. The reason stands here and nowhere else."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.TextField(max_length=1000)
    since = models.DateField()
    until = models.DateField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = KeptApartQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "kept apart"
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="kept_apart_two_in_one_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="kept_apart_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="kept_apart_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False),
                name="kept_apart_ended_has_a_moment",
            ),
            models.UniqueConstraint(
                fields=["community", "one", "other"], condition=Q(ended_at=None), name="kept_apart_once_while_it_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"

    def holds(self, day: date) -> bool:
        """The same as the QuerySet's `holding`, for one pair."""
        return self.ended_at is None and self.since <= day and (self.until is None or self.until >= day)


def _inside(link: str) -> Q:
    """No address, or one on this site."""
    starts = f"{link}__startswith"
    return Q(**{link: ""}) | (Q(**{starts: "/"}) & ~Q(**{starts: "//"}) & ~Q(**{starts: "/\\"}))


class PutTogether(CommunityModel):
    """People put themselves together somewhere: written for everybody alike, looked at and deleted within a minute.

    So whoever signs up causes the same work whether or not a pair is kept apart.
    """

    people = models.JSONField()
    # Names the place for the room above, such as "gatherings.occurrence:<id>": a pair is noted there once.
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    link = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "put together"
        constraints = [
            # What would be refused of a task for the leads is refused here already, of everybody alike.
            models.CheckConstraint(condition=_inside("link"), name="put_together_links_inside_this_site"),
        ]

    def __str__(self) -> str:
        return self.key


class Together(CommunityModel):
    """A pair that put itself together somewhere: a task for the leads."""

    apart = HouseForeignKey(KeptApart, models.CASCADE, related_name="together")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    link = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    noted_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "together"
        constraints = [
            models.UniqueConstraint(fields=["community", "apart", "key"], name="together_once_a_place"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False), name="together_seen_has_a_moment"
            ),
            models.CheckConstraint(condition=_inside("link"), name="together_links_inside_this_site"),
        ]

    def __str__(self) -> str:
        return self.key
