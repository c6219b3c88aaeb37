"""What a proposal rests on: addresses and files that its authors put beside it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import Proposal
from alongside.decisions.rules.attachments import MOST_BYTES
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person


class SourceQuerySet(CommunityQuerySet):
    def shown(self) -> Self:
        """Those that were not taken off, without their bytes, the first first."""
        return self.filter(removed_at=None).defer("data").order_by("at", "id")

    def forgotten(self, before: datetime) -> Self:
        """Those taken off so long ago that nobody can bring them back."""
        return self.filter(removed_at__lt=before)


class Source(CommunityModel):
    """An address, or a file with its bytes. What is taken off stays for the ten seconds in which that can be undone."""

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="sources")
    title = models.CharField(_("what it is"), max_length=120)
    url = models.CharField(max_length=500, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    # In the database, so that a backup and an erasing miss nothing.
    data = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    # Made by the form that asked for it: the same form sent twice makes one.
    key = models.UUIDField()

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="source_says_what_it_is"),
            models.CheckConstraint(
                condition=(~Q(url="") & Q(file_name="", media_type="", data=None, size=0))
                | (
                    Q(url="", data__isnull=False, size__gte=1, size__lte=MOST_BYTES)
                    & ~Q(file_name="")
                    & Q(media_type__in=["application/pdf", "image/png", "image/jpeg", "text/plain"])
                ),
                name="source_is_an_address_or_a_file",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="source_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.title
