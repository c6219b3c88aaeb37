"""Who does something, for whom, when and by which channel: the facts that every write carries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.models import Person


@dataclass(frozen=True)
class Deed:
    """`by` None means the house itself."""

    by: Person | None
    at: datetime
    on_behalf_of: Person | None = None
    channel: str = Channel.WEB

    @property
    def speaker(self) -> Person | None:
        """Whose word it is: the person it is done for, else the one who does it."""
        return self.on_behalf_of or self.by

    @property
    def by_id(self) -> UUID | None:
        return self.by.pk if self.by else None

    def log(self, did: str, about_what: models.Model) -> None:
        """Leave the one activity entry of this deed."""
        activity.log(
            did=did,
            about_what=about_what,
            by_id=self.by_id,
            at=self.at,
            on_behalf_of_id=self.on_behalf_of.pk if self.on_behalf_of else None,
            channel=self.channel,
        )
