"""What a person would like to talk about: written, shown to the visitor or not, talked about, taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Person
from alongside.wellbeing.models import AgendaItem, Visit, VisitSeries


class NoVisitYet(Refusal):
    """Nobody has visited yet, so nothing can have been talked about."""


@transaction.atomic
def wish(
    *,
    series: VisitSeries,
    words: str,
    is_shown: bool,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> AgendaItem:
    """Put something on the agenda of the next visit. The same `key` again returns the first."""
    if not VisitSeries.objects.of(series.community).running().filter(pk=series.pk).exists():
        raise SomeoneElseWasFaster
    item, is_new = AgendaItem.objects.get_or_create(
        community=series.community,
        key=key,
        defaults={
            "series": series, "words": words, "is_shown": is_shown, "made_at": at, "keyed_by": by, "channel": channel,
        },
    )  # fmt: skip
    if is_new:
        _log("wellbeing.wish_made", item, by, at, on_behalf_of, channel)
    return item


@transaction.atomic
def show_wish(
    *,
    item: AgendaItem,
    is_shown: bool,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> AgendaItem:
    """Let the visitor read it, or no longer."""
    AgendaItem.objects.of(item.community).filter(pk=item.pk).update(is_shown=is_shown)
    _log("wellbeing.wish_shown" if is_shown else "wellbeing.wish_hidden", item, by, at, on_behalf_of, channel)
    item.is_shown = is_shown
    return item


@transaction.atomic
def settle_wish(
    *, item: AgendaItem, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> AgendaItem:
    """Say that it was talked about in the last visit that took place. Raises NoVisitYet."""
    last = (
        Visit.objects.of(item.community).took_place().filter(series=item.series_id).order_by("-held_on", "-id").first()
    )
    if last is None:
        raise NoVisitYet
    AgendaItem.objects.of(item.community).filter(pk=item.pk).update(visit=last)
    _log("wellbeing.wish_talked_about", item, by, at, on_behalf_of, channel)
    item.visit = last
    return item


@transaction.atomic
def take_wish_back(
    *, item: AgendaItem, by: Person, at: datetime, on_behalf_of: Person | None = None, channel: str = Channel.WEB
) -> None:
    """Take it off the agenda; the words are gone."""
    _log("wellbeing.wish_taken_back", item, by, at, on_behalf_of, channel)
    AgendaItem.objects.of(item.community).filter(pk=item.pk).delete()


def _log(did: str, item: AgendaItem, by: Person, at: datetime, on_behalf_of: Person | None, channel: str) -> None:
    activity.log(
        did=did, about_what=item, by_id=by.pk, at=at, channel=channel,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )  # fmt: skip
