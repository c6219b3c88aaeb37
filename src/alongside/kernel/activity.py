"""The activity log: every write of the house leaves exactly one entry."""

from datetime import datetime
from uuid import UUID

from django.db import models

from alongside.kernel.channels import Channel
from alongside.kernel.models import Activity, about


def log(
    *,
    did: str,
    about_what: models.Model,
    by_id: UUID | None,
    at: datetime,
    community_id: UUID | None = None,
    on_behalf_of_id: UUID | None = None,
    channel: str = Channel.WEB,
) -> Activity:
    """Write one activity entry. `by_id` None means the house itself (a periodic job, a command).

    `community_id` defaults to that of the row it is about.
    """
    about_type, about_id = about(about_what)
    return Activity.objects.create(
        did=did,
        about_type=about_type,
        about_id=about_id,
        by_id=by_id,
        at=at,
        community_id=community_id or getattr(about_what, "community_id", None),
        on_behalf_of_id=on_behalf_of_id,
        channel=channel,
    )
