"""Visits to one person: by whom, from when, on which days, and what the person would like to talk about."""

from datetime import date, datetime, time
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.gatherings.rules.recurrence import moment
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models import Program


class VisitSeriesQuerySet(CommunityQuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None)

    def with_people(self) -> Self:
        return self.select_related("membership__person", "visitor__person", "program", "over_by")

    def without_visitor(self) -> Self:
        """Those for whom somebody is looked for, the longest ago first."""
        return self.running().filter(visitor=None).order_by("looked_for_since", "id")

    def lose_visitor(self, *, at: datetime) -> int:
        """Nobody visits from now on; how many it was."""
        return self.exclude(visitor=None).update(visitor=None, looked_for_since=at, over_why="", over_by=None)

    def in_order(self) -> Self:
        return self.order_by("enrolled_on", "id")


class VisitSeries(CommunityModel):
    """All visits of one program to one person. `day`: what everything turns on, once it is known for sure."""

    program = HouseForeignKey(Program, models.PROTECT, related_name="+")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    # Nobody while somebody is looked for: whoever visited has left, lacks a check or the role. Why stands nowhere.
    visitor = HouseForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    looked_for_since = models.DateTimeField(null=True)
    enrolled_on = models.DateField(_("enrolled"))
    day_expected_on = models.DateField(null=True)
    day_on = models.DateField(null=True)
    # Visits are voluntary: how the person said yes.
    agreed_how = models.CharField(max_length=10, choices=Channel)
    # One more than the design lets one person visit: by whom and why; both who are concerned read it.
    over_why = models.CharField(max_length=300, blank=True)
    over_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    key = models.UUIDField()

    objects = VisitSeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "visit series"
        constraints = [
            models.CheckConstraint(
                condition=Q(visitor=None) | ~Q(visitor=F("membership")), name="visits_are_between_two_people"
            ),
            models.CheckConstraint(
                condition=Q(visitor__isnull=False, looked_for_since=None)
                | Q(visitor=None, looked_for_since__isnull=False),
                name="visits_without_a_visitor_say_since_when",
            ),
            models.CheckConstraint(
                condition=Q(over_by=None, over_why="") | (Q(over_by__isnull=False) & ~Q(over_why="")),
                name="visits_over_the_limit_say_who_and_why",
            ),
            models.UniqueConstraint(
                fields=["community", "program", "membership"],
                condition=Q(ended_at=None),
                name="visits_run_once_a_person_and_program",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="visits_begun_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"visits {self.pk}"

    @property
    def the_day(self) -> date | None:
        """The day that everything turns on, as it is known now."""
        return self.day_on or self.day_expected_on


class VisitQuerySet(CommunityQuerySet):
    def on(self, series: VisitSeries) -> Self:
        return self.filter(community=series.community_id, series=series)

    def planned(self) -> Self:
        return self.filter(state=Visit.State.PLANNED)

    def settled(self) -> Self:
        return self.exclude(state=Visit.State.PLANNED)

    def took_place(self) -> Self:
        return self.filter(state=Visit.State.TOOK_PLACE)

    def with_day(self) -> Self:
        """`day`: the one they agreed on, else the one by the rules."""
        return self.annotate(day=Coalesce("agreed_on", "due_on"))

    def in_order(self) -> Self:
        return self.with_day().order_by("day", F("agreed_time").asc(nulls_last=True), "id")


class Visit(CommunityModel):
    """One visit, planned by the rules. `slot`: its phase and its number there; what is settled never moves.

    `agreed_on`, `agreed_time`: the day the two agreed on, and perhaps the time, on the clock of the community.
    `about_mine`: how much of it was about what the person wanted, as they alone say.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a visit", "planned")
        TOOK_PLACE = "took_place", _("took place")
        MISSED = "missed", _("missed")
        CALLED_OFF = "called_off", _("called off")

    class AboutMine(models.TextChoices):
        NONE = "none", _("none of it")
        SOME = "some", _("some of it")
        MOST = "most", _("most of it")

    series = HouseForeignKey(VisitSeries, models.CASCADE, related_name="visits")
    phase = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    agreed_on = models.DateField(null=True)
    agreed_time = models.TimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    held_on = models.DateField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    about_mine = models.CharField(max_length=4, choices=AboutMine, blank=True)
    told_at = models.DateTimeField(null=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="visit_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(agreed_on=None, agreed_time=None, agreed_at=None)
                | Q(agreed_on__isnull=False, agreed_at__isnull=False),
                name="visit_time_is_agreed_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "missed", "called_off"], held_on=None, minutes=None)
                | Q(state="took_place", held_on__isnull=False, minutes__range=(1, 600)),
                name="visit_took_place_when_and_how_long",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", settled_at=None) | (~Q(state="planned") & Q(settled_at__isnull=False)),
                name="visit_is_settled_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(about_mine="", told_at=None)
                | Q(about_mine__in=["none", "some", "most"], told_at__isnull=False, state="took_place"),
                name="visit_share_is_told_once_it_took_place",
            ),
            models.UniqueConstraint(fields=["community", "series", "phase", "number"], name="visit_has_its_own_slot"),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"

    @property
    def slot(self) -> tuple[str, int]:
        return self.phase, self.number

    @property
    def on(self) -> date:
        """The day they agreed on, else the one by the rules."""
        return self.agreed_on or self.due_on

    def begins_at(self, zone: str, *, without: time = time()) -> datetime:
        """The moment, on the clock of a place; `without`: the time of day to take where none is agreed on."""
        wall = datetime.combine(self.on, self.agreed_time or without)
        return moment(wall, zone).astimezone(ZoneInfo(zone))

    @property
    def when(self) -> date | datetime:
        """The day; with the time, if they agreed on one: a time that the clock skips is the one after it."""
        return self.begins_at(self.community.time_zone) if self.agreed_time else self.on


class AgendaItemQuerySet(CommunityQuerySet):
    def on(self, series: VisitSeries) -> Self:
        return self.filter(community=series.community_id, series=series)

    def open(self) -> Self:
        return self.filter(visit=None)

    def shown_to_visitor(self) -> Self:
        return self.filter(is_shown=True)

    def in_order(self) -> Self:
        return self.order_by("made_at", "id")


class AgendaItem(CommunityModel):
    """Something the person would like to talk about. It waits for the next visit, whichever day that is.

    `visit`: where it was talked about. `is_shown`: the visitor reads it; without that, nobody but the person does.
    """

    series = HouseForeignKey(VisitSeries, models.CASCADE, related_name="agenda")
    visit = HouseForeignKey(Visit, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=300)
    is_shown = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    key = models.UUIDField()

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="agenda_wish_says_something"),
            models.UniqueConstraint(fields=["community", "key"], name="agenda_wish_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"
