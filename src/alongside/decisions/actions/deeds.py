"""Who does something, for whom, when and by which channel: the facts that every write carries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.people.models import Person


@dataclass(frozen=True)
class Deed:
    by: Person
    at: datetime
    on_behalf_of: Person | None = None
    channel: str = Channel.WEB

    @property
    def speaker(self) -> Person:
        """Whose word it is: the person it is done for, else the one who does it."""
        return self.on_behalf_of or self.by

    def log(self, did: str, about_what: models.Model) -> None:
        """Leave the one activity entry of this deed."""
        activity.log(
            did=did,
            about_what=about_what,
            by_id=self.by.pk,
            at=self.at,
            on_behalf_of_id=self.on_behalf_of.pk if self.on_behalf_of else None,
            channel=self.channel,
        )

    def keyed(self) -> dict[str, Any]:
        """Who keyed it in and how the word came, as rows of this room keep it."""
        return {"keyed_by": self.by, "channel": self.channel}
