"""Who holds a seat of a job, a committee or a board: asked, offered, held for a term, and over."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Program


class JobTermQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, program=program)

    def held(self) -> Self:
        """Seats that somebody has now."""
        return self.filter(state=JobTerm.State.HELD)

    def still_open(self) -> Self:
        """Asked, offered or held."""
        return self.exclude(state=JobTerm.State.OVER)

    def held_on(self, day: date) -> Self:
        """Seats that somebody had on a day; the last day counts, unless they stepped down that day."""
        since = self.filter(starts_on__lte=day).filter(Q(over_on=None) | Q(over_on__gt=day))
        return since.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def with_people(self) -> Self:
        return self.select_related("membership__person", "asked_by__person")

    def by_name(self) -> Self:
        return self.order_by("membership__person__search_name", "id")


class JobTerm(CommunityModel):
    """One person's time in one seat. What is over stays, so that terms running can be counted."""

    class State(models.TextChoices):
        ASKED = "asked", _("was asked")
        OFFERED = "offered", _("offers to do it")
        HELD = "held", _("does it")
        OVER = "over", _("has done it")

    class How(models.TextChoices):
        OFFERED = "offering", _("offered to do it")
        BOARD = "board", _("chosen by a board")
        VOTE = "vote", _("chosen by a vote")

    class Why(models.TextChoices):
        TERM = "term", _("the term was over")
        STEPPED_DOWN = "stepped down", _("stepped down")
        LEFT = "left", _("left the program")
        DESIGN = "design", _("the job is no longer in the design")

    program = HouseForeignKey(Program, models.PROTECT, related_name="job_terms")
    # The job in the design by its name there.
    job = models.CharField(max_length=40)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State)
    asked_by = HouseForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    # Which of the seats, counted from 1: two people never have the same one.
    seat = models.PositiveSmallIntegerField(null=True)
    how = models.CharField(max_length=8, choices=How, blank=True)
    # Where it was chosen: a meeting, a vote.
    chosen_where = models.CharField(max_length=200, blank=True)
    # How many terms running this one is, itself included.
    number = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField(null=True)
    # The last day of the term; none where it goes on.
    ends_on = models.DateField(null=True)
    # The first day on which it was over.
    over_on = models.DateField(null=True)
    over_why = models.CharField(max_length=12, choices=Why, blank=True)
    told_of_end_at = models.DateTimeField(null=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = JobTermQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "ends_on"], name="job_terms_that_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "offered"], seat=None, number=None, starts_on=None, how="")
                | (
                    Q(state__in=["held", "over"], seat__isnull=False, number__isnull=False, starts_on__isnull=False)
                    & Q(seat__gte=1, number__gte=1)
                    & ~Q(how="")
                ),
                name="job_term_has_a_seat_once_held",
            ),
            models.CheckConstraint(
                condition=(Q(state="over", over_on__isnull=False) & ~Q(over_why=""))
                | (~Q(state="over") & Q(over_on=None, over_why="")),
                name="job_term_over_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="job_term_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["", "offering", "board", "vote"]), name="job_term_was_chosen_in_a_known_way"
            ),
            models.UniqueConstraint(
                fields=["community", "program", "job", "membership"],
                condition=~Q(state="over"),
                name="job_term_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["community", "program", "job", "seat"],
                condition=Q(state="held"),
                name="job_seat_is_one_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.job}"
