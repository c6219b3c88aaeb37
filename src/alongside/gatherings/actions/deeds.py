"""Who does something, for whom, when and by which channel; and the refusals that several actions share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from alongside.gatherings.models import Gathering, Series
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Person


class GatheringIsOver(Refusal):
    """It was called off, it is over, or its attendance is closed: nothing of this is changed now."""


class ReasonMissing(Refusal):
    """People are told why: a reason is needed."""


class RuleRefused(Refusal):
    """A rule that no series can have; `why` is a word of `rules.recurrence`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class StartsOutOfRange(Refusal):
    """A start too long ago, or too far ahead."""


@dataclass(frozen=True)
class Deed:
    by: Person | None
    at: datetime
    on_behalf_of: Person | None = None
    channel: str = Channel.WEB

    def log(self, did: str, about_what: models.Model) -> None:
        """Leave the one activity entry of this deed."""
        activity.log(
            did=did,
            about_what=about_what,
            by_id=self.by.pk if self.by else None,
            at=self.at,
            on_behalf_of_id=self.on_behalf_of.pk if self.on_behalf_of else None,
            channel=self.channel,
        )

    def keyed(self) -> dict[str, Any]:
        """Who keyed it in and how the word came, as rows of this room keep it."""
        return {"keyed_by": self.by, "channel": self.channel, "at": self.at}


def held(gathering: Gathering) -> Gathering:
    """The gathering as it stands now, held until the transaction ends."""
    rows = Gathering.objects.of(gathering.community).select_related("community", "series", "group", "place")
    stands: Gathering = rows.select_for_update(no_key=True, of=("self",)).get(pk=gathering.pk)
    return stands


def held_series(series: Series) -> Series:
    """The series as it stands now, held until the transaction ends."""
    rows = Series.objects.of(series.community).select_related("community", "group", "place")
    stands: Series = rows.select_for_update(no_key=True, of=("self",)).get(pk=series.pk)
    return stands
