"""Rows that every room shares: what was done, what may be undone, what runs by the clock, what takes long."""

from datetime import timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.ids import new_id


class Activity(models.Model):
    """Who did what, when and for whom. Plain ids and no foreign keys: it outlives what it tells of.

    `did` is "<room>.<past participle>", such as "timebank.paid". No words, names or amounts.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    community_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    on_behalf_of_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    did = models.CharField(max_length=60)
    about_type = models.CharField(max_length=60)
    about_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community_id", "-at"], name="activity_by_community"),
            models.Index(fields=["about_id", "-at"], name="activity_by_subject"),
            models.Index(
                fields=["on_behalf_of_id", "-at"],
                condition=Q(on_behalf_of_id__isnull=False),
                name="activity_on_behalf_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.did} {self.about_type} {self.about_id}"


def about(thing: models.Model) -> tuple[str, UUID | None]:
    """Name a row for the activity log: ("room.model", its id)."""
    key = thing.pk
    return thing._meta.label_lower, key if isinstance(key, UUID) else None


class UndoOffer(models.Model):
    """For a few seconds, the person who did something may take it back.

    `args` is what the registered inverse of `act` needs: ids and numbers, never names or words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.CharField(max_length=60)
    args = models.JSONField()
    community_id = models.UUIDField(null=True)
    by_id = models.UUIDField()
    made_at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="undo_offer_ends_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"undo {self.act}"


class PeriodicJob(models.Model):
    """Something the house does by the clock: when it is next due, and who is doing it right now."""

    name = models.CharField(primary_key=True, max_length=60)
    every_seconds = models.PositiveIntegerField()
    next_due_at = models.DateTimeField()
    # The run that holds the job. A new holder has to name the old one to take over from it.
    held_by = models.UUIDField(null=True)
    held_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_by=None, held_since=None) | Q(held_by__isnull=False, held_since__isnull=False),
                name="periodic_job_held_by_whom_and_since_when",
            ),
            models.CheckConstraint(condition=Q(every_seconds__gt=0), name="periodic_job_repeats_after_a_while"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def every(self) -> timedelta:
        return timedelta(seconds=self.every_seconds)


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def latest_first(self) -> Self:
        """The last runs of all jobs, newest on top, for the page of an operator."""
        return self.order_by("-started_at")

    def in_trouble(self) -> Self:
        """Runs that ended with an error or never ended well."""
        return self.exclude(error="")


class JobRun(models.Model):
    """One run of a periodic job: what it was due for, how it went, in words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(PeriodicJob, models.CASCADE, related_name="runs")
    due_at = models.DateTimeField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # How many earlier times had passed while nobody was up; this run stands for them all.
    missed = models.PositiveIntegerField(default=0)
    outcome = models.TextField(blank=True)
    error = models.TextField(blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["job", "-started_at"], name="job_runs_latest_first")]
        constraints = [
            models.UniqueConstraint(fields=["job"], condition=Q(ended_at=None), name="job_runs_one_at_a_time"),
            models.UniqueConstraint(
                fields=["job", "due_at"],
                condition=Q(ended_at__isnull=False, error=""),
                name="job_run_ends_well_once_for_each_time_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} due {self.due_at:%Y-%m-%d %H:%M}"


class Progress(models.Model):
    """Work that takes longer than a page may: how far it is, in words, and where its result lies."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to start")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped by a problem")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    community_id = models.UUIDField(null=True)
    work = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    title = models.CharField(max_length=160)
    words = models.CharField(max_length=300, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    result_url = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    # When the worker was last heard of: work that went silent is told from work that is slow.
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "progress"
        indexes = [models.Index(fields=["person_id", "-made_at"], name="progress_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="progress_is_never_more_than_all_of_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.done} of {self.total}"

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}
