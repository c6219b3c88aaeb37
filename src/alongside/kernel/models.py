"""What every room leaves behind: one activity entry for each write."""

from uuid import UUID

from django.db import models

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
        ]

    def __str__(self) -> str:
        return f"{self.did} {self.about_type} {self.about_id}"


def about(thing: models.Model) -> tuple[str, UUID | None]:
    """Name a row for the activity log: ("room.model", its id)."""
    key = thing.pk
    return thing._meta.label_lower, key if isinstance(key, UUID) else None
