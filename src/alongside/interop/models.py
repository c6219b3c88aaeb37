"""Moving in: what was read from other systems' files, and what became of each row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person


class Import(CommunityModel):
    """One visit of the files: read, then moved in all or nothing, and perhaps undone.

    `report` holds counts and the rows that could not be read, as the preview shows them: line
    numbers, names of columns and reasons. What stood in a cell may be a person's detail: it is
    quoted only while the files wait, and forgotten with them.
    """

    class System(models.TextChoices):
        TIMEOVERFLOW = "timeoverflow", "TimeOverflow"

    class State(models.TextChoices):
        READ = "read", _("read, waiting for a yes")
        MOVED_IN = "moved_in", _("moved in")
        UNDONE = "undone", _("undone")
        DROPPED = "dropped", _("dropped")

    system = models.CharField(max_length=20, choices=System)
    state = models.CharField(max_length=10, choices=State, default=State.READ)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    moved_in_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    report = models.JSONField(default=dict)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["read", "dropped"], moved_in_at=None) | Q(moved_in_at__isnull=False),
                name="import_moved_in_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | ~Q(state="undone") & Q(undone_at=None),
                name="import_undone_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()}, {self.get_state_display()}"


class ImportFile(CommunityModel):
    """A file as it came, kept only until its rows have moved in or were dropped, at most 30 days."""

    class Holds(models.TextChoices):
        MEMBERS = "members", _("members")
        POSTS = "posts", _("offers and requests")
        TRANSFERS = "transfers", _("transfers")

    source = HouseForeignKey(Import, models.CASCADE, related_name="files")
    holds = models.CharField(max_length=10, choices=Holds)
    data = models.BinaryField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "source", "holds"], name="import_file_once_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.get_holds_display()


class ImportedRow(CommunityModel):
    """What a row became, so that the same row is never moved in twice.

    `told` names the row: a member by number, others by what the row says and which time it says it.
    A member's row stays after an undo and fills the same person again; other rows are forgotten.
    """

    source = HouseForeignKey(Import, models.CASCADE, related_name="rows")
    holds = models.CharField(max_length=10, choices=ImportFile.Holds)
    told = models.CharField(max_length=64)
    became_id = models.UUIDField()
    # False when the row met somebody who was here already: an undo must leave them alone.
    made_here = models.BooleanField(default=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "holds", "told"], name="imported_row_moves_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holds} {self.told}"
