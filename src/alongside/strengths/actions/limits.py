"""What no exchange may be: in the future, too long ago, or more than a day holds."""

from datetime import date, datetime, timedelta

from django.db.models import Sum

from alongside.kernel.errors import Refusal
from alongside.kernel.hours import MINUTES_A_DAY
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import State
from alongside.timebank.models import Account

# A paper slip may lie in a drawer; after this long the statement it belongs to is long closed.
OLDEST = timedelta(days=730)
# How far ahead help may be arranged.
FURTHEST = timedelta(days=365)


class InTheFuture(Refusal):
    """Help that was given cannot lie after `today`."""

    def __init__(self, *, today: date) -> None:
        super().__init__(str(today))
        self.today = today


class TooLongAgo(Refusal):
    """The day lies before `earliest`."""

    def __init__(self, *, earliest: date) -> None:
        super().__init__(str(earliest))
        self.earliest = earliest


class TooFarAhead(Refusal):
    """The day lies after `latest`."""

    def __init__(self, *, latest: date) -> None:
        super().__init__(str(latest))
        self.latest = latest


class NotAWholeDay(Refusal):
    """The minutes are none at all, or more than a day has; `most` is what a day has."""

    def __init__(self, *, most: int) -> None:
        super().__init__(f"1 to {most} minutes")
        self.most = most


class MoreThanADay(Refusal):
    """With this, the helper would have given more than 24 hours that day; `already` minutes are written down."""

    def __init__(self, *, already: int, helped_on: date) -> None:
        super().__init__(f"{already} minutes already on {helped_on}")
        self.already = already
        self.helped_on = helped_on


def refuse_impossible_minutes(minutes: int) -> None:
    """Raise NotAWholeDay unless `minutes` is between 1 and a day's."""
    if not 1 <= minutes <= MINUTES_A_DAY:
        raise NotAWholeDay(most=MINUTES_A_DAY)


def refuse_impossible_day(helped_on: date, *, today: date) -> None:
    """Raise InTheFuture or TooLongAgo for a day on which help cannot have been given."""
    if helped_on > today:
        raise InTheFuture(today=today)
    if helped_on < today - OLDEST:
        raise TooLongAgo(earliest=today - OLDEST)


def refuse_impossible_plan(helped_on: date, *, today: date) -> None:
    """Raise TooLongAgo or TooFarAhead for a day on which help cannot be arranged."""
    if helped_on < today:
        raise TooLongAgo(earliest=today)
    if helped_on > today + FURTHEST:
        raise TooFarAhead(latest=today + FURTHEST)


def refuse_overfull_day(giver: Account, minutes: int, helped_on: date, *, but: Exchange | None = None) -> None:
    """Raise MoreThanADay when one person would have helped for more than 24 hours on a day.

    Households and organisations may: they are several people. `but`: an exchange not to count.
    """
    if giver.kind != Account.Kind.PERSON:
        return
    counted = Exchange.objects.of(giver.community).filter(
        giver=giver, helped_on=helped_on, state__in=[State.DONE, State.DISPUTED, State.CONFIRMED]
    )
    if but is not None:
        counted = counted.exclude(pk=but.pk)
    already: int = counted.aggregate(total=Sum("minutes"))["total"] or 0
    if already + minutes > MINUTES_A_DAY:
        raise MoreThanADay(already=already, helped_on=helped_on)


def day_end(helped_on: date, *, after: timedelta, at: datetime, today: date) -> datetime:
    """A moment `after` the given day, never before `at`; `today` is the community's day of `at`."""
    return at + max(timedelta(0), helped_on - today) + after
