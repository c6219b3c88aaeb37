"""Who came: every entry as it was made, what counts now, and the sheets that people sign."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.gatherings.models.gatherings import Gathering
from alongside.gatherings.rules.time_there import MOST_MINUTES
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person


class Sheet(CommunityModel):
    """A printed list to sign: who stood on it and in which order, so that a number on paper finds its person."""

    gathering = HouseForeignKey(Gathering, models.PROTECT, related_name="sheets")
    # Spoken and typed in where there is no camera.
    code = models.CharField(max_length=12)
    # Ids of memberships, in the order of their numbers on the sheet.
    rows = models.JSONField(default=list)
    printed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="sheet_has_a_code"),
            models.UniqueConstraint(fields=["community", "code"], name="sheet_code_is_its_own"),
        ]

    def __str__(self) -> str:
        return self.code


class Mark(CommunityModel):
    """One entry about one person at one gathering. The database refuses to change or delete one."""

    class Said(models.TextChoices):
        CAME = "came", _("came")
        DID_NOT = "did_not", _("did not come")
        IN = "in", _("came in")
        OUT = "out", _("went out")
        TAKEN_BACK = "taken_back", _("the entry before was taken back")

    gathering = HouseForeignKey(Gathering, models.PROTECT, related_name="marks")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    said = models.CharField(max_length=10, choices=Said)
    # When somebody came in or went out.
    moment = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    sheet = HouseForeignKey(Sheet, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    # The same entry sent twice has one effect.
    key = models.UUIDField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "gathering", "membership", "id"], name="marks_of_a_gathering")]
        constraints = [
            models.CheckConstraint(
                condition=Q(said__in=["came", "did_not", "in", "out", "taken_back"]),
                name="mark_says_something_known",
            ),
            models.CheckConstraint(
                condition=Q(said__in=["in", "out"], moment__isnull=False)
                | (~Q(said__in=["in", "out"]) & Q(moment=None)),
                name="mark_of_in_or_out_has_a_moment",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="mark_made_once_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.said}"


class AttendanceQuerySet(CommunityQuerySet):
    def came(self) -> Self:
        """Who was there, as far as nobody has contradicted it."""
        return self.filter(state=Attendance.State.CAME, contradicted_by=None)

    def disputed(self) -> Self:
        """What a coordinator has to settle."""
        return self.filter(contradicted_by__isnull=False)

    def with_people(self) -> Self:
        return self.select_related("membership__person", "last_mark", "contradicted_by")


class Attendance(CommunityModel):
    """What counts now about one person at one gathering, by the marks that were made."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("not yet marked")
        CAME = "came", _("came")
        DID_NOT = "did_not", _("did not come")

    gathering = HouseForeignKey(Gathering, models.PROTECT, related_name="attendance")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.UNKNOWN)
    in_at = models.DateTimeField(null=True, blank=True)
    out_at = models.DateTimeField(null=True, blank=True)
    # Out less in, once somebody other than the person has seen it.
    minutes = models.PositiveIntegerField(null=True, blank=True)
    attested_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # The mark by which the state stands, and one that says otherwise and waits to be settled.
    last_mark = HouseForeignKey(Mark, models.PROTECT, null=True, blank=True, related_name="+")
    contradicted_by = HouseForeignKey(Mark, models.PROTECT, null=True, blank=True, related_name="+")
    is_walk_in = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "attendance"
        indexes = [models.Index(fields=["community", "membership"], name="gathering_attendance_by_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["unknown", "came", "did_not"]), name="presence_is_known_or_unknown"
            ),
            models.CheckConstraint(
                condition=Q(state="came") | Q(in_at=None, out_at=None, minutes=None), name="presence_has_times_if_any"
            ),
            models.CheckConstraint(
                condition=Q(minutes=None)
                | Q(
                    minutes__lte=MOST_MINUTES,
                    in_at__isnull=False,
                    out_at__isnull=False,
                    out_at__gt=F("in_at"),
                    attested_by__isnull=False,
                ),
                name="presence_minutes_were_seen_by_somebody",
            ),
            models.UniqueConstraint(fields=["community", "gathering", "membership"], name="presence_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.state}"

    @property
    def is_disputed(self) -> bool:
        return self.contradicted_by_id is not None
