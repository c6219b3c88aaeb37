"""What the house does by itself with exchanges: confirm by silence, let lapse, remind."""

import logging
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.strengths import letters
from alongside.strengths.actions.deeds import Deed
from alongside.strengths.actions.steps import silence_counts_from, take_step
from alongside.strengths.models import Exchange
from alongside.strengths.rules.steps import State, Step, reminder_is_due

log = logging.getLogger(__name__)


def confirm_by_silence(*, at: datetime) -> int:
    """Confirm exchanges done that nobody has answered in time; return how many.

    Whoever has lost every way to be asked on a screen since is left to the coordinators.
    """
    due = Exchange.objects.due_to_confirm(at).with_sides().select_related("community")
    return sum(_taken_by_house(exchange, Step.AUTO_CONFIRM, at) for exchange in due if not _left_to_ask(exchange, at))


def let_lapse(*, at: datetime) -> int:
    """End proposals nobody answered and arrangements nobody spoke of; return how many."""
    due = Exchange.objects.filter(state__in=[State.PROPOSED, State.ARRANGED], answer_by__lte=at)
    return sum(_taken_by_house(exchange, Step.LAPSE, at) for exchange in due.with_sides().select_related("community"))


def remind(*, at: datetime) -> int:
    """Remind people whom an open exchange waits for, halfway and a day before the end; return how many."""
    open_ones = Exchange.objects.filter(answer_by__gt=at).with_sides().select_related("community")
    due = [exchange for exchange in open_ones.iterator(500) if _is_due(exchange, at)]
    return sum(_reminded(exchange, at) for exchange in due)


def _taken_by_house(exchange: Exchange, step: Step, at: datetime) -> bool:
    """Take a step for the house. What the ledger refuses stays open, for a coordinator to see in the queue."""
    try:
        take_step(exchange=exchange, step=step, by=None, at=at, seen=exchange.steps_taken)
    except SomeoneElseWasFaster:
        return False
    except Refusal as refusal:
        log.warning("exchange %s: %s was refused: %s", exchange.pk, step, type(refusal).__name__)
        return False
    return True


@transaction.atomic
def _left_to_ask(exchange: Exchange, at: datetime) -> bool:
    """Whether silence counts no longer, and somebody asks by phone instead."""
    if silence_counts_from(exchange, at) is not None:
        return False
    still = Exchange.objects.of(exchange.community).filter(pk=exchange.pk, steps_taken=exchange.steps_taken)
    if still.update(answer_by=None):
        Deed(by=None, at=at).log("strengths.left_to_ask", exchange)
    return True


def _is_due(exchange: Exchange, at: datetime) -> bool:
    since = exchange.changed_at
    if exchange.state == State.ARRANGED:
        zone = ZoneInfo(exchange.community.time_zone)
        since = max(since, datetime.combine(exchange.helped_on, time(), tzinfo=zone))
    return exchange.answer_by is not None and reminder_is_due(
        since=since, answer_by=exchange.answer_by, reminded_at=exchange.reminded_at, at=at
    )


@transaction.atomic
def _reminded(exchange: Exchange, at: datetime) -> bool:
    still = Exchange.objects.of(exchange.community).filter(
        pk=exchange.pk, steps_taken=exchange.steps_taken, reminded_at=exchange.reminded_at
    )
    if not still.update(reminded_at=at):
        return False
    letters.remind(exchange, at=at)
    Deed(by=None, at=at).log("strengths.reminded", exchange)
    return True
